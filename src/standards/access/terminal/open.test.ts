import { derivePrivateKey, privateKeyRandomBytes } from '../../crypto/agreement-group';
import { encodeTlv } from '../../tlv/tlv';
import { AccessError } from '../access-error';
import { PACE_ALGORITHMS } from '../pace/pace-algorithms';
import { paceNonceBytes } from '../pace/pace-nonce';
import { derivePacePasswordKey, type PacePassword } from '../pace/pace-password';
import { type PaceProtocol, resolvePaceProtocol } from '../pace/pace-protocol';
import { verifyChipAuthenticationData } from '../pace/chip-authentication-mapping';
import type { PaceChipInput } from '../pace/pace-chip';
import { derivePublicKey } from '../../crypto/agreement-group';
import { seededRandom } from '../testing/seeded-random';
import { SmallChip, type SmallChipOptions } from '../testing/small-chip';
import { PlainChannel } from './apdu-channel';
import { openByBac } from './open-by-bac';
import { openByPace } from './open-by-pace';
import { readCardAccess } from './read-card-access';
import { readFile } from './read-file';

const MRZ = { documentNumber: 'X1234567', dateOfBirth: '900101', dateOfExpiry: '300101' };
const CAN: PacePassword = { kind: 'CAN', digits: '123456' };
const FILE = encodeTlv(0x61, new Uint8Array(93).fill(0x41));
const files = new Map([[0x0101, FILE]]);

function chipInput(protocol: PaceProtocol, password: PacePassword): PaceChipInput {
  const random = seededRandom('chip');
  const { cipher } = protocol.algorithm;
  const key = () =>
    derivePrivateKey(protocol.group, random.bytes(privateKeyRandomBytes(protocol.group)));
  return {
    protocol,
    passwordKey: derivePacePasswordKey(cipher, password),
    nonce: random.bytes(paceNonceBytes(cipher)),
    mappingPrivateKey: key(),
    agreementPrivateKey: key(),
    staticPrivateKey: key(),
    authorityReferences: ['XXCVCATEST00002', 'XXCVCATEST00001'],
  };
}

async function failureOf(result: Promise<unknown>): Promise<AccessError> {
  const error = await result.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof AccessError) return error;
  throw new Error('no AccessError');
}

describe('BAC', () => {
  it('opens the chip with the right MRZ', async () => {
    const chip = new SmallChip({ files, mrz: MRZ });
    const channel = await openByBac(chip, MRZ, seededRandom('terminal'));
    expect(await readFile(channel, 0x0101)).toEqual(FILE);
  });

  it.each([0x6300, 0x6982, 0x6985, 0x6988])('calls the MRZ wrong on %i', async (sw) => {
    const intercept: SmallChipOptions['intercept'] = ({ ins }) =>
      ins === 0x82 ? { data: new Uint8Array(), sw } : undefined;
    const chip = new SmallChip({ files, mrz: MRZ, intercept });
    const error = await failureOf(openByBac(chip, MRZ, seededRandom('terminal')));
    expect(error).toMatchObject({ reason: 'wrong-secret', sw });
  });

  it('is refused with another MRZ', async () => {
    const chip = new SmallChip({ files, mrz: { ...MRZ, documentNumber: 'X1234568' } });
    const error = await failureOf(openByBac(chip, MRZ, seededRandom('terminal')));
    expect(error.reason).toBe('wrong-secret');
  });

  it('refuses a chip that answers something else than the proof', async () => {
    const intercept: SmallChipOptions['intercept'] = ({ ins }) =>
      ins === 0x82 ? { data: new Uint8Array(40), sw: 0x9000 } : undefined;
    const chip = new SmallChip({ files, mrz: MRZ, intercept });
    const error = await failureOf(openByBac(chip, MRZ, seededRandom('terminal')));
    expect(error.reason).toBe('wrong-proof');
  });
});

/** Every variant with the domain parameters that it is allowed with; P-224 never with IM. */
const VARIANTS = PACE_ALGORITHMS.flatMap((algorithm) => {
  const ids = algorithm.agreement === 'DH' ? [0, 1, 2] : [8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18];
  const quick =
    algorithm.cipher === 'AES-128' ? ids : [ids[1] ?? 0, 13].filter((id) => ids.includes(id));
  return quick
    .filter((id) => algorithm.mapping !== 'IM' || id !== 10)
    .map((parameterId) => ({ ...algorithm, parameterId }));
});

describe('PACE', () => {
  it.each(VARIANTS)('$name with domain parameters $parameterId', async (variant) => {
    const protocol = resolvePaceProtocol(variant);
    const input = chipInput(protocol, CAN);
    const chip = new SmallChip({
      files,
      pace: (reference) => (reference === 2 ? input : undefined),
    });
    const opened = await openByPace(chip, {
      offer: { protocol, ambiguous: true },
      password: CAN,
      random: seededRandom('terminal'),
    });
    expect(await readFile(opened.channel, 0x0101)).toEqual(FILE);
    expect(opened.result.authorityReferences).toEqual(['XXCVCATEST00002', 'XXCVCATEST00001']);
    const { chipAuthentication } = opened.result;
    expect(chipAuthentication !== undefined).toBe(variant.mapping === 'CAM');
    if (chipAuthentication === undefined) return;
    const staticKey = derivePublicKey(protocol.group, input.staticPrivateKey ?? new Uint8Array());
    const { group } = protocol;
    expect(verifyChipAuthenticationData(group, chipAuthentication, staticKey)).toBe(true);
    const otherKey = derivePublicKey(group, Uint8Array.of(5));
    expect(verifyChipAuthenticationData(group, chipAuthentication, otherKey)).toBe(false);
  });

  const protocol = resolvePaceProtocol({ oid: '0.4.0.127.0.7.2.2.4.2.2', parameterId: 13 });
  const open = (chip: SmallChip, password: PacePassword = CAN) =>
    openByPace(chip, {
      offer: { protocol, ambiguous: false },
      password,
      random: seededRandom('terminal'),
    });

  it('opens with the MRZ, the PIN and the PUK too', async () => {
    const passwords: readonly PacePassword[] = [
      { kind: 'MRZ', mrz: MRZ },
      { kind: 'PIN', digits: '654321' },
      { kind: 'PUK', digits: '1234567890' },
    ];
    for (const password of passwords) {
      const chip = new SmallChip({ files, pace: () => chipInput(protocol, password) });
      expect(await readFile((await open(chip, password)).channel, 0x0101)).toEqual(FILE);
    }
  });

  it('says that the secret is wrong when the chip refuses the token', async () => {
    const wrong: PacePassword = { kind: 'CAN', digits: '123457' };
    const chip = new SmallChip({ files, pace: () => chipInput(protocol, CAN) });
    expect(await failureOf(open(chip, wrong))).toMatchObject({
      reason: 'wrong-secret',
      sw: 0x6300,
    });
  });

  it('refuses a chip that does not know the secret', async () => {
    const chip = new SmallChip({
      files,
      pace: () => chipInput(protocol, CAN),
      intercept: ({ ins, cla }) =>
        ins === 0x86 && cla === 0
          ? { data: encodeTlv(0x7c, encodeTlv(0x86, new Uint8Array(8))), sw: 0x9000 }
          : undefined,
    });
    expect((await failureOf(open(chip))).reason).toBe('wrong-proof');
  });

  it.each([
    ['a point off the curve', encodeTlv(0x82, Uint8Array.of(4, ...new Uint8Array(64).fill(1)))],
    ['a compressed point', encodeTlv(0x82, Uint8Array.of(2, ...new Uint8Array(32).fill(1)))],
    ['the point at infinity', encodeTlv(0x82, Uint8Array.of(0))],
    ['nothing', new Uint8Array()],
    ['an object twice', Uint8Array.of(0x82, 0, 0x82, 0)],
  ])('refuses mapping data that is %s', async (_name, object) => {
    let commands = 0;
    const chip = new SmallChip({
      files,
      pace: () => chipInput(protocol, CAN),
      intercept: ({ ins }) =>
        ins === 0x86 && ++commands === 2
          ? { data: encodeTlv(0x7c, object), sw: 0x9000 }
          : undefined,
    });
    const error = await failureOf(open(chip));
    expect(error).toMatchObject({ reason: 'protocol', step: 'PACE, map nonce' });
  });

  it('refuses a chip that sends the own public key back', async () => {
    let commands = 0;
    const chip = new SmallChip({
      files,
      pace: () => chipInput(protocol, CAN),
      intercept: ({ ins, data = new Uint8Array() }) => {
        if (ins !== 0x86 || ++commands !== 3) return undefined;
        return { data: encodeTlv(0x7c, encodeTlv(0x84, data.subarray(4))), sw: 0x9000 };
      },
    });
    expect((await failureOf(open(chip))).reason).toBe('protocol');
  });

  it('goes on when a PIN has tries left, and stops before the last one and after it', async () => {
    const pin: PacePassword = { kind: 'PIN', digits: '654321' };
    const chipWith = (sw: number) => {
      let run = 0;
      const chip: SmallChip = new SmallChip({
        files,
        pace: () => chipInput(protocol, pin),
        intercept: ({ ins }) =>
          ins === 0x22 && sw === 0x63c0 ? { data: new Uint8Array(), sw } : undefined,
      });
      return {
        transmit: async (command: Uint8Array) => {
          const answer = await chip.transmit(command);
          return command[1] === 0x22 && run++ === 0 ? Uint8Array.of(sw >> 8, sw & 0xff) : answer;
        },
      };
    };
    const run = (sw: number) =>
      openByPace(chipWith(sw), {
        offer: { protocol, ambiguous: false },
        password: pin,
        random: seededRandom('terminal'),
      });
    expect((await run(0x63c2)).channel.open).toBe(true);
    expect((await failureOf(run(0x63c1))).reason).toBe('suspended');
    expect((await failureOf(run(0x63c0))).reason).toBe('blocked');
  });
});

describe('EF.CardAccess', () => {
  const cardAccess = encodeTlv(0x31, new Uint8Array(20));

  it('is found where the chip has it', async () => {
    const chip = new SmallChip({ files: new Map([[0x011c, cardAccess]]), openFiles: [0x011c] });
    expect(await readCardAccess(new PlainChannel(chip))).toEqual({
      bytes: cardAccess,
      place: 'MF',
    });
  });

  it('is not taken for EF.CVCA of a BAC chip', async () => {
    let inApplication = false;
    const chip = new SmallChip({
      files: new Map([[0x011c, encodeTlv(0x42, new Uint8Array(14))]]),
      openFiles: [0x011c],
      intercept: ({ ins, p1 }) => {
        if (ins === 0xa4 && p1 === 4) inApplication = true;
        return ins === 0xa4 && p1 === 2 && !inApplication
          ? { data: new Uint8Array(), sw: 0x6a82 }
          : undefined;
      },
    });
    expect(await readCardAccess(new PlainChannel(chip))).toBeUndefined();
  });
});
