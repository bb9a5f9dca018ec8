import { createPrivateKey, sign } from 'node:crypto';
import {
  activeAuthenticationRandomBytes,
  signActiveAuthenticationRsa,
} from '../../../standards/access/active-authentication/sign-active-authentication';
import {
  parseSetChipAuthentication,
  parseSetKeyAgreement,
} from '../../../standards/access/chip-authentication/chip-authentication-commands';
import {
  type ChipAuthenticationAlgorithm,
  findChipAuthenticationAlgorithm,
} from '../../../standards/access/chip-authentication/chip-authentication-protocol';
import { answerChipAuthentication } from '../../../standards/access/chip-authentication/chip-authentication-session';
import {
  encodeDynamicData,
  parseDynamicData,
} from '../../../standards/access/general-authenticate';
import { SecureMessaging } from '../../../standards/access/secure-messaging/secure-messaging';
import { SW } from '../../../standards/apdu/status-words';
import {
  derContext,
  derInteger,
  derOctetString,
  derOid,
  derSequence,
} from '../../../standards/asn1/der';
import { InvalidPublicKeyError } from '../../../standards/crypto/agreement-group';
import { type CurveParameters, CURVES } from '../../../standards/crypto/curve-parameters';
import { DIGEST_NAMES, type DigestName } from '../../../standards/crypto/digest-algorithms';
import { findStandardizedGroup } from '../../../standards/crypto/standardized-groups';
import { requireTlv } from '../../../standards/tlv/tlv';
import type { NvMemory } from '../nv-memory';
import { refuse } from '../status-word-error';
import { listChipKeys } from './chip-secrets';
import { type EmrtdCommand, type EmrtdContext, type EmrtdHandler, NO_DATA } from './emrtd-context';

const CHALLENGE_BYTES = 8;
const DES_OID = { DH: '0.4.0.127.0.7.2.2.3.1.1', ECDH: '0.4.0.127.0.7.2.2.3.2.1' } as const;

/** INTERNAL AUTHENTICATE: Active Authentication with RSA or ECDSA [9303-11 §6.1]. */
export const internalAuthenticate: EmrtdHandler = ({ memory, random, session }, { data }) => {
  if (session.channel === undefined) refuse(SW.securityStatusNotSatisfied);
  if (data.length !== CHALLENGE_BYTES) refuse(SW.wrongLength);
  const digest = DIGEST_NAMES[memory.value('aa.digest')?.[0] ?? 0] ?? 'sha1';
  const modulus = memory.value('aa.modulus');
  const privateExponent = memory.value('aa.exponent');
  if (modulus !== undefined && privateExponent !== undefined) {
    const bytes = random.bytes(activeAuthenticationRandomBytes(modulus, digest));
    return signActiveAuthenticationRsa({ modulus, privateExponent, digest, random: bytes }, data);
  }
  return signByCurve(memory, digest, data);
};

/** Plain r and s, one after the other [9303-11 §6.1.2.3]. */
function signByCurve(memory: NvMemory, digest: DigestName, challenge: Uint8Array): Uint8Array {
  const scalar = memory.value('aa.scalar');
  const curves: readonly CurveParameters[] = Object.values(CURVES);
  const curve = curves.find((one) => one.paceParameterId === memory.value('aa.curve')?.[0]);
  if (scalar === undefined || curve === undefined) return refuse(SW.referenceDataNotFound);
  const der = derSequence(derInteger(1), derOctetString(scalar), derContext(0, derOid(curve.oid)));
  const key = createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'sec1' });
  return new Uint8Array(sign(digest, challenge, { key, dsaEncoding: 'ieee-p1363' }));
}

/** MSE:Set KAT: Chip Authentication with 3DES in one command [9303-11 §6.2.4.1]. */
export function setKeyAgreement(chip: EmrtdContext, { data }: EmrtdCommand): Uint8Array {
  const { publicKey, keyId } = parseSetKeyAgreement(data);
  const kind = publicKey[0] === 0x04 && publicKey.length % 2 === 1 ? 'ECDH' : 'DH';
  const algorithm = findChipAuthenticationAlgorithm(DES_OID[kind]);
  agree(chip, algorithm ?? refuse(SW.wrongData), { publicKey, keyId });
  return NO_DATA;
}

/** MSE:Set AT for Chip Authentication; GENERAL AUTHENTICATE follows [9303-11 §6.2.4.2]. */
export function setChipAuthentication(chip: EmrtdContext, { data }: EmrtdCommand): Uint8Array {
  const { oid, keyId } = parseSetChipAuthentication(data);
  const algorithm = findChipAuthenticationAlgorithm(oid) ?? refuse(SW.wrongData);
  chip.session.chipAuthentication = { algorithm, keyId };
  return NO_DATA;
}

export function stepChipAuthentication(chip: EmrtdContext, { data }: EmrtdCommand): Uint8Array {
  const { session } = chip;
  const wanted = session.chipAuthentication ?? refuse(SW.conditionsNotSatisfied);
  delete session.chipAuthentication;
  const place = 'chip authentication';
  const publicKey = requireTlv(parseDynamicData(data, place), 0x80, place);
  agree(chip, wanted.algorithm, { publicKey, keyId: wanted.keyId });
  return encodeDynamicData();
}

function agree(
  { memory, session }: EmrtdContext,
  algorithm: ChipAuthenticationAlgorithm,
  terminal: { readonly publicKey: Uint8Array; readonly keyId?: number | undefined },
): void {
  const key = listChipKeys(memory).find(
    ({ parameterId, keyId }) =>
      (terminal.keyId === undefined || keyId === terminal.keyId) &&
      findStandardizedGroup(parameterId)?.kind === algorithm.agreement,
  );
  const group = key === undefined ? undefined : findStandardizedGroup(key.parameterId);
  if (key === undefined || group === undefined) return refuse(SW.referenceDataNotFound);
  try {
    const keys = answerChipAuthentication(
      { group, staticPrivateKey: key.privateKey },
      algorithm.cipher,
      terminal.publicKey,
    );
    session.nextMessaging = new SecureMessaging(keys);
    session.terminalKey = group.compress(terminal.publicKey);
  } catch (error) {
    if (error instanceof InvalidPublicKeyError) refuse(SW.wrongData);
    throw error;
  }
}
