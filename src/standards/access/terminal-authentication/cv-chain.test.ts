import fc from 'fast-check';
import type { CommandApdu } from '../../apdu/command';
import type { ResponseApdu } from '../../apdu/response';
import { decodeHex } from '../../bytes/hex';
import { AccessError } from '../access-error';
import { resolvePaceProtocol } from '../pace/pace-protocol';
import { authenticateTerminal } from '../terminal/authenticate-terminal';
import { issueCvCertificate, makeCvKey, signWith } from '../testing/cv-issuer';
import { effectiveReadingRights, inspectionSystemAuthorization } from './cv-authorization';
import {
  decodeCvDate,
  encodeCvCertificate,
  parseCvCertificate,
  parseCvCertificateBody,
} from './cv-certificate';
import {
  type CvTrustState,
  findTrustedKey,
  importCvCertificate,
  orderCvChain,
  trustPointOf,
} from './cv-chain';
import { encodeEfCvca, parseEfCvca } from './ef-cvca';
import {
  chipIdentifierFromMrz,
  chipIdentifierFromPace,
  encodeTerminalProof,
  verifyTerminal,
} from './terminal-authentication';
import { parseKeyReference } from './terminal-authentication-commands';

const cvca = makeCvKey('XXCVCATEST00001');
const nextCvca = makeCvKey('XXCVCATEST00002');
const dv = makeCvKey('XXDVTEST00001');
const foreignDv = makeCvKey('YYDVTEST00001');
const terminal = makeCvKey('XXISTEST00001');

const root = issueCvCertificate({ issuer: cvca, holder: cvca, role: 'cvca' });
const link = issueCvCertificate({
  issuer: cvca,
  holder: nextCvca,
  role: 'cvca',
  from: '260601',
  to: '280601',
});
const dvCertificate = issueCvCertificate({ issuer: cvca, holder: dv, role: 'domestic-dv' });
const terminalCertificate = issueCvCertificate({
  issuer: dv,
  holder: terminal,
  role: 'terminal',
  rights: { dg3: true, dg4: false },
});
const START: CvTrustState = { trustPoints: [trustPointOf(root)], currentDate: '260201' };

function refusalOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof AccessError) return error.message;
    throw error;
  }
  return 'accepted';
}

describe('a chip that is shown certificates', () => {
  it('accepts a chain from its trust point to the terminal', () => {
    const afterDv = importCvCertificate(START, dvCertificate);
    const state = importCvCertificate(afterDv, terminalCertificate);
    expect(state.imported?.reference).toBe(terminal.reference);
    const rights = effectiveReadingRights(state.imported?.authorizations ?? []);
    expect(rights).toEqual({ dg3: true, dg4: false });
  });

  it('takes a chain of RSA keys', () => {
    const rsaCvca = makeCvKey('XXCVCARSA00001', 'rsa');
    const rsaDv = makeCvKey('XXDVRSA00001', 'rsa');
    const rsaRoot = issueCvCertificate({ issuer: rsaCvca, holder: rsaCvca, role: 'cvca' });
    const certificate = issueCvCertificate({ issuer: rsaCvca, holder: rsaDv, role: 'domestic-dv' });
    const state = importCvCertificate(
      { ...START, trustPoints: [trustPointOf(rsaRoot)] },
      certificate,
    );
    expect(state.imported?.reference).toBe(rsaDv.reference);
  });

  it('learns the next key of its CVCA and keeps two, and the time with it', () => {
    const state = importCvCertificate(START, link);
    expect(state.trustPoints.map(({ reference }) => reference)).toEqual([
      nextCvca.reference,
      cvca.reference,
    ]);
    expect(state.currentDate).toBe('260601');
    const third = makeCvKey('XXCVCATEST00003');
    const later = importCvCertificate(
      state,
      issueCvCertificate({
        issuer: nextCvca,
        holder: third,
        role: 'cvca',
        from: '270601',
        to: '290601',
      }),
    );
    expect(later.trustPoints.map(({ reference }) => reference)).toEqual([
      third.reference,
      nextCvca.reference,
    ]);
  });

  it('takes a link certificate that has expired', () => {
    const state = importCvCertificate({ ...START, currentDate: '290101' }, link);
    expect(state.trustPoints[0]?.reference).toBe(nextCvca.reference);
    expect(state.currentDate).toBe('290101');
  });

  it('does not learn the time from a terminal of a foreign DV', () => {
    const foreign = issueCvCertificate({ issuer: cvca, holder: foreignDv, role: 'foreign-dv' });
    const late = issueCvCertificate({
      issuer: foreignDv,
      holder: terminal,
      role: 'terminal',
      from: '260901',
    });
    const state = importCvCertificate(importCvCertificate(START, foreign), late);
    expect(state.currentDate).toBe(START.currentDate);
  });

  const withIssuer = (request: Parameters<typeof issueCvCertificate>[0]) =>
    refusalOf(() => importCvCertificate(START, issueCvCertificate(request)));
  const altered = {
    ...dvCertificate,
    signature: dvCertificate.signature.map((byte, index) => (index === 3 ? byte ^ 1 : byte)),
  };
  const expiredRoot = { ...trustPointOf(root), expirationDate: '260131' };

  it.each([
    ['its issuer is not known', refusalOf(() => importCvCertificate(START, terminalCertificate))],
    ['its signature is wrong', refusalOf(() => importCvCertificate(START, altered))],
    ['it has expired', withIssuer({ issuer: cvca, holder: dv, role: 'domestic-dv', to: '260131' })],
    [
      'it is never valid',
      withIssuer({ issuer: cvca, holder: dv, role: 'domestic-dv', to: '251231' }),
    ],
    ['a cvca signed a terminal', withIssuer({ issuer: cvca, holder: terminal, role: 'terminal' })],
    [
      'a domestic-dv signed a cvca',
      refusalOf(() =>
        importCvCertificate(
          importCvCertificate(START, dvCertificate),
          issueCvCertificate({ issuer: dv, holder: nextCvca, role: 'cvca' }),
        ),
      ),
    ],
    [
      'the key that signed it has expired',
      refusalOf(() => importCvCertificate({ ...START, trustPoints: [expiredRoot] }, dvCertificate)),
    ],
  ])('refuses it: %s', (reason, found) => expect(found).toBe(`CV certificate: ${reason}`));
});

describe('reading certificates', () => {
  const bytes = encodeCvCertificate(dvCertificate.body, dvCertificate.signature);

  it('gives back what was written', () => {
    expect(parseCvCertificate(bytes)).toEqual(dvCertificate);
  });

  it('never fails otherwise than with a reason, whatever is altered or cut', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (index, value) => {
        const copy = bytes.slice();
        copy[index] = value;
        for (const candidate of [copy, bytes.subarray(0, index)]) {
          try {
            const parsed = parseCvCertificate(candidate);
            refusalOf(() => importCvCertificate(START, parsed));
          } catch (error) {
            expect((error as Error).name).toBe('MalformedError');
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it.each(['7F4E00', '7F2100', '7F4E035F29015F3700'])('refuses %s', (hex) => {
    expect(() => parseCvCertificateBody(decodeHex(hex))).toThrow('CV certificate');
  });

  it.each([[[2, 6, 0, 2, 3, 0]], [[2, 6, 1, 3, 0, 1]], [[2, 6, 10, 1, 0, 1]], [[2, 6]]])(
    'refuses the date %j',
    (digits) => expect(() => decodeCvDate(Uint8Array.from(digits))).toThrow('has no date'),
  );
});

describe('EF.CVCA', () => {
  it('holds one or two references in 36 bytes', () => {
    for (const references of [[cvca.reference], [nextCvca.reference, cvca.reference]]) {
      const file = encodeEfCvca(references);
      expect(file).toHaveLength(36);
      expect(parseEfCvca(file)).toEqual(references);
    }
    expect(() => encodeEfCvca([])).toThrow(RangeError);
    expect(() => parseEfCvca(new Uint8Array(36))).toThrow('has no reference');
    const dirty = encodeEfCvca([cvca.reference]);
    dirty[35] = 1;
    expect(() => parseEfCvca(dirty)).toThrow('is not filled up with zeros');
  });
});

/** A chip that knows Terminal Authentication; a command channel, as the session is not tested here. */
function chipWith(identifier: Uint8Array, compressedPublicKey: Uint8Array) {
  let state = START;
  let selected: string | undefined;
  let chained: readonly number[] = [];
  const challenge = Uint8Array.of(8, 7, 6, 5, 4, 3, 2, 1);
  const chip = {
    rights: undefined as ReturnType<typeof verifyTerminal>,
    longest: 0,
    send({ cla, ins, data: part = new Uint8Array() }: CommandApdu): Promise<ResponseApdu> {
      const answer = (sw: number, response = new Uint8Array()) =>
        Promise.resolve({ data: response, sw });
      chip.longest = Math.max(chip.longest, part.length);
      const data = Uint8Array.from([...chained, ...part]);
      chained = cla === 0x10 ? [...data] : [];
      if (cla === 0x10) return answer(0x9000);
      if (ins === 0x22) {
        selected = parseKeyReference(data);
        return answer(findTrustedKey(state, selected) === undefined ? 0x6a88 : 0x9000);
      }
      if (ins === 0x84) return answer(0x9000, challenge);
      if (ins === 0x82) {
        const key = findTrustedKey(state, selected ?? '');
        const message = encodeTerminalProof({
          chipIdentifier: identifier,
          challenge,
          compressedPublicKey,
        });
        chip.rights = key === undefined ? undefined : verifyTerminal(key, message, data);
        return answer(chip.rights === undefined ? 0x6300 : 0x9000);
      }
      try {
        state = importCvCertificate(state, parseCvCertificateBody(data));
        return answer(0x9000);
      } catch {
        return answer(0x6300);
      }
    },
  };
  return chip;
}

describe('Terminal Authentication', () => {
  const identifier = chipIdentifierFromMrz('X1234567');
  const compressedPublicKey = new Uint8Array(32).fill(5);
  const credentials = {
    certificates: [terminalCertificate, dvCertificate, link],
    sign: (message: Uint8Array) => Promise.resolve(signWith(terminal, message)),
  };
  const binding = {
    authorityReferences: [cvca.reference],
    chipIdentifier: identifier,
    compressedPublicKey,
  };

  it('opens DG3 to a terminal with the right', async () => {
    const chip = chipWith(identifier, compressedPublicKey);
    await authenticateTerminal(chip, credentials, binding);
    expect(chip.rights).toEqual({ dg3: true, dg4: false });
  });

  it('sends certificates in parts to a chip without extended length', async () => {
    const chip = chipWith(identifier, compressedPublicKey);
    await authenticateTerminal(chip, { ...credentials, mostDataBytes: 100 }, binding);
    expect(chip.rights).toEqual({ dg3: true, dg4: false });
    expect(chip.longest).toBe(100);
    const refusing = { send: () => Promise.resolve({ data: new Uint8Array(), sw: 0x6884 }) };
    const run = authenticateTerminal(refusing, { ...credentials, mostDataBytes: 100 }, binding);
    await expect(run).rejects.toMatchObject({ reason: 'refused', sw: 0x6884 });
  });

  it('goes by a link certificate where the chip knows the older key alone', async () => {
    const newDv = issueCvCertificate({ issuer: nextCvca, holder: dv, role: 'domestic-dv' });
    const chip = chipWith(identifier, compressedPublicKey);
    const certificates = [link, newDv, terminalCertificate];
    await authenticateTerminal(chip, { ...credentials, certificates }, binding);
    expect(chip.rights).toBeDefined();
  });

  it('is bound to the chip and to the session', async () => {
    for (const other of [
      { ...binding, chipIdentifier: chipIdentifierFromMrz('X1234568') },
      { ...binding, compressedPublicKey: new Uint8Array(32) },
    ]) {
      const chip = chipWith(identifier, compressedPublicKey);
      const run = authenticateTerminal(chip, credentials, other);
      await expect(run).rejects.toMatchObject({ reason: 'wrong-secret', sw: 0x6300 });
    }
  });

  it('needs a certificate chain that begins at a key of the chip', async () => {
    const chip = chipWith(identifier, compressedPublicKey);
    const strange = { ...binding, authorityReferences: ['ZZCVCATEST00001'] };
    const run = authenticateTerminal(chip, credentials, strange);
    await expect(run).rejects.toMatchObject({ reason: 'unsupported' });
    expect(() => orderCvChain([dvCertificate], [cvca.reference])).toThrow(AccessError);
  });
});

it('names the chip after PACE by the x coordinate of its key', () => {
  const { group } = resolvePaceProtocol({ oid: '0.4.0.127.0.7.2.2.4.2.2', parameterId: 13 });
  const identifier = chipIdentifierFromPace(group, group.generator);
  expect(identifier).toEqual(group.generator.subarray(1, 33));
});

it('grants nothing to other types of terminal or to an empty chain', () => {
  const all = inspectionSystemAuthorization('cvca', { dg3: true, dg4: true });
  expect(effectiveReadingRights([all])).toEqual({ dg3: true, dg4: true });
  expect(effectiveReadingRights([])).toEqual({ dg3: false, dg4: false });
  const other = { ...all, oid: '0.4.0.127.0.7.3.1.2.2' };
  expect(effectiveReadingRights([all, other])).toEqual({ dg3: false, dg4: false });
});
