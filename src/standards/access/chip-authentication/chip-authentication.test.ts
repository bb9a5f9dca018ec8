import { derivePublicKey, InvalidPublicKeyError } from '../../crypto/agreement-group';
import { CURVES } from '../../crypto/curve-parameters';
import { DH_GROUPS } from '../../crypto/dh-parameters';
import { dhGroup } from '../../crypto/dh-group';
import { ecGroup } from '../../crypto/ec-group';
import { encodeTlv } from '../../tlv/tlv';
import type { CommandApdu } from '../../apdu/command';
import { parseCommand } from '../../apdu/command';
import { encodeResponse, type ResponseApdu } from '../../apdu/response';
import type { SecurityInfo } from '../../lds/security-infos';
import { encodeEcPublicKey } from '../../pki/subject-public-key-info';
import { AccessError } from '../access-error';
import { encodeDynamicData, parseDynamicData } from '../general-authenticate';
import { SecureMessaging } from '../secure-messaging/secure-messaging';
import type { SessionKeys } from '../session-keys';
import { SecureChannel } from '../terminal/secure-channel';
import { authenticateChip } from '../terminal/authenticate-chip';
import { selectFile } from '../terminal/select';
import { seededRandom } from '../testing/seeded-random';
import { parseSetChipAuthentication, parseSetKeyAgreement } from './chip-authentication-commands';
import {
  CHIP_AUTHENTICATION_ALGORITHMS,
  type ChipAuthenticationAlgorithm,
  findChipAuthenticationAlgorithm,
  listChipAuthenticationOffers,
} from './chip-authentication-protocol';
import { answerChipAuthentication } from './chip-authentication-session';
import { encodeDhPublicKey, parseDhPublicKey } from './dh-public-key';

const STATIC_PRIVATE_KEY = seededRandom('static').bytes(40);
const EC = ecGroup(CURVES.brainpoolP256r1);
const DH = dhGroup(DH_GROUPS['MODP-2048-256']);

function keyInfo(agreement: 'DH' | 'ECDH', keyId?: number): SecurityInfo {
  const publicKey =
    agreement === 'ECDH'
      ? encodeEcPublicKey({
          curve: CURVES.brainpoolP256r1,
          point: derivePublicKey(EC, STATIC_PRIVATE_KEY),
          parameters: 'explicit',
        })
      : encodeDhPublicKey(DH_GROUPS['MODP-2048-256'], derivePublicKey(DH, STATIC_PRIVATE_KEY));
  return {
    kind: 'chip-authentication-public-key',
    oid: `0.4.0.127.0.7.2.2.1.${agreement === 'DH' ? 1 : 2}`,
    publicKey,
    ...(keyId === undefined ? {} : { keyId }),
  };
}

function info(algorithm: ChipAuthenticationAlgorithm, keyId?: number): SecurityInfo {
  return {
    kind: 'chip-authentication',
    oid: algorithm.oid,
    version: 1,
    ...(keyId === undefined ? {} : { keyId }),
  };
}

const FIRST_SESSION: SessionKeys = {
  cipher: '3DES',
  encryptionKey: new Uint8Array(16).fill(1),
  macKey: new Uint8Array(16).fill(2),
  sendSequenceCounter: new Uint8Array(8),
};

/** A chip that knows Chip Authentication and answers everything else with 9000. */
function chipWith(staticPrivateKey: Uint8Array, keyIdsSeen: (number | undefined)[] = []) {
  let session = new SecureMessaging(FIRST_SESSION);
  let next: SecureMessaging | undefined;
  let algorithm: ChipAuthenticationAlgorithm | undefined;
  const agree = (agreed: ChipAuthenticationAlgorithm, publicKey: Uint8Array) => {
    const group = agreed.agreement === 'DH' ? DH : EC;
    const keys = answerChipAuthentication({ group, staticPrivateKey }, agreed.cipher, publicKey);
    next = new SecureMessaging(keys);
  };
  const process = ({ ins, p2, data = new Uint8Array() }: CommandApdu): ResponseApdu => {
    if (ins === 0x22 && p2 === 0xa6) {
      const { publicKey, keyId } = parseSetKeyAgreement(data);
      keyIdsSeen.push(keyId);
      const arc = publicKey[0] === 4 && publicKey.length === 65 ? 2 : 1;
      agree(findChipAuthenticationAlgorithm(`0.4.0.127.0.7.2.2.3.${arc}.1`)!, publicKey);
    } else if (ins === 0x22) {
      const { oid, keyId } = parseSetChipAuthentication(data);
      keyIdsSeen.push(keyId);
      algorithm = findChipAuthenticationAlgorithm(oid);
    } else if (ins === 0x86) {
      agree(algorithm!, parseDynamicData(data, 'test')[0]!.value);
      return { data: encodeDynamicData(), sw: 0x9000 };
    }
    return { data: new Uint8Array(), sw: 0x9000 };
  };
  return {
    transmit(bytes: Uint8Array): Promise<Uint8Array> {
      const command = parseCommand(bytes);
      try {
        const response = session.wrapResponse(process(session.unwrapCommand(command)));
        session = next ?? session;
        next = undefined;
        return Promise.resolve(encodeResponse(response));
      } catch {
        return Promise.resolve(Uint8Array.of(0x69, 0x88));
      }
    },
  };
}

describe.each(CHIP_AUTHENTICATION_ALGORITHMS)('$name', (algorithm) => {
  const [offer] = listChipAuthenticationOffers([info(algorithm), keyInfo(algorithm.agreement)]);

  it('is what DG14 offers', () => {
    expect(offer?.algorithm).toEqual(algorithm);
  });

  it('goes on under new keys with the genuine chip', async () => {
    const channel = new SecureChannel(chipWith(STATIC_PRIVATE_KEY), FIRST_SESSION);
    await authenticateChip(channel, offer!, seededRandom('terminal'));
    await selectFile(channel, 0x010e);
    expect(channel.open).toBe(true);
  });

  it('does not go on with a chip that has another key', async () => {
    const channel = new SecureChannel(chipWith(Uint8Array.of(9)), FIRST_SESSION);
    await authenticateChip(channel, offer!, seededRandom('terminal'));
    await expect(selectFile(channel, 0x010e)).rejects.toMatchObject({ reason: 'unprotected' });
  });
});

it('names the key where the chip has several', async () => {
  const algorithm = findChipAuthenticationAlgorithm('0.4.0.127.0.7.2.2.3.2.4')!;
  const infos = [info(algorithm, 7), keyInfo('ECDH', 7), keyInfo('ECDH', 8)];
  const offers = listChipAuthenticationOffers(infos);
  expect(offers.map(({ keyId, algorithm: { cipher } }) => [keyId, cipher])).toEqual([
    [7, 'AES-256'],
    [8, '3DES'],
  ]);
  const seen: (number | undefined)[] = [];
  for (const offer of offers) {
    const channel = new SecureChannel(chipWith(STATIC_PRIVATE_KEY, seen), FIRST_SESSION);
    await authenticateChip(channel, offer, seededRandom('terminal'));
  }
  expect(seen).toEqual([7, 8]);
});

it('refuses a static key that is not of its group', async () => {
  const algorithm = findChipAuthenticationAlgorithm('0.4.0.127.0.7.2.2.3.2.2')!;
  const offer = { algorithm, group: EC, publicKey: Uint8Array.of(4, ...new Uint8Array(64)) };
  const channel = new SecureChannel(chipWith(STATIC_PRIVATE_KEY), FIRST_SESSION);
  await expect(authenticateChip(channel, offer, seededRandom('terminal'))).rejects.toThrow(
    AccessError,
  );
});

describe('DH public keys', () => {
  const publicKey = derivePublicKey(DH, STATIC_PRIVATE_KEY);

  it('come back as they were written', () => {
    for (const form of ['pkcs3', 'x942'] as const) {
      const der = encodeDhPublicKey(DH_GROUPS['MODP-2048-256'], publicKey, form);
      const parsed = parseDhPublicKey(der);
      expect(parsed.publicKey).toEqual(publicKey);
      expect(parsed.group.order).toBe(DH_GROUPS['MODP-2048-256'].q);
    }
  });

  it('outside the subgroup are refused', () => {
    const { p } = DH_GROUPS['MODP-2048-256'];
    const minusOne = Uint8Array.from(Buffer.from((p - 1n).toString(16), 'hex'));
    for (const [bytes, reason] of [
      [minusOne, 'not-in-group'],
      [Uint8Array.of(1), 'neutral'],
      [Uint8Array.of(0), 'not-in-group'],
      [new Uint8Array(), 'encoding'],
    ] as const) {
      try {
        DH.sharedSecret(bytes);
        throw new Error('was accepted');
      } catch (error) {
        expect(error).toBeInstanceOf(InvalidPublicKeyError);
        expect(error).toMatchObject({ reason });
      }
    }
  });

  it('of a truncated structure are malformed', () => {
    const whole = encodeDhPublicKey(DH_GROUPS['MODP-2048-256'], publicKey);
    expect(() => parseDhPublicKey(whole.subarray(0, 200))).toThrow('DH public key');
    expect(() => parseDhPublicKey(encodeTlv(0x30))).toThrow('DH public key');
  });
});
