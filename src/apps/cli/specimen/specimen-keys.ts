import { generateKeyPairSync } from 'node:crypto';
import { findCurveByName } from '../../../standards/crypto/curve-parameters';
import { derivePrivateKey, derivePublicKey } from '../../../standards/crypto/agreement-group';
import { findDhGroupByPaceParameterId } from '../../../standards/crypto/dh-parameters';
import { findCurveByPaceParameterId } from '../../../standards/crypto/curve-parameters';
import { findStandardizedGroup } from '../../../standards/crypto/standardized-groups';
import { encodeDhPublicKey } from '../../../standards/access/chip-authentication/dh-public-key';
import { encodeUint } from '../../../standards/bytes/integer';
import {
  encodeEcPublicKey,
  encodeRsaPublicKey,
} from '../../../standards/pki/subject-public-key-info';
import { encodeTlv } from '../../../standards/tlv/tlv';
import { concatBytes } from '../../../standards/bytes/concat';
import { DIGEST_NAMES } from '../../../standards/crypto/digest-algorithms';
import type { Grouping } from '../../../simulation/chip/emrtd/personalized-chip';
import type { RandomSource } from '../../../production/ports';
import type { ActiveAuthenticationWish } from './specimen-description';

/** A key pair of a specimen's chip: how the chip takes it, and what its files say of it. */
export interface SpecimenKey {
  readonly grouping: Grouping;
  /** DER SubjectPublicKeyInfo, with explicit parameters for EC keys. */
  readonly publicKey: Uint8Array;
}

export interface AgreementKeyWish {
  readonly parameterId: number;
  readonly keyId?: number;
}

/** A key for Chip Authentication or for PACE with chip authentication mapping. */
export function makeAgreementKey(
  { parameterId, keyId }: AgreementKeyWish,
  random: RandomSource,
): SpecimenKey {
  const group = findStandardizedGroup(parameterId);
  if (group === undefined) throw new RangeError(`no domain parameters ${parameterId}`);
  const privateKey = derivePrivateKey(group, random.bytes(group.orderBytes + 8));
  const publicKey = derivePublicKey(group, privateKey);
  const curve = findCurveByPaceParameterId(parameterId);
  const dh = findDhGroupByPaceParameterId(parameterId);
  return {
    grouping: {
      dgi: 0x8f20,
      value: concatBytes(
        number(0x80, parameterId),
        encodeTlv(0x82, privateKey),
        ...(keyId === undefined ? [] : [number(0x84, keyId)]),
      ),
    },
    publicKey:
      curve === undefined
        ? encodeDhPublicKey(dh ?? fail(parameterId), publicKey)
        : encodeEcPublicKey({ curve, point: publicKey, parameters: 'explicit' }),
  };
}

/** A key for Active Authentication. */
export function makeActiveAuthenticationKey(
  wish: ActiveAuthenticationWish,
  random: RandomSource,
): SpecimenKey {
  const digest = number(0x83, DIGEST_NAMES.indexOf(wish.digest));
  if (wish.algorithm === 'rsa') return makeRsaKey(wish.modulusBits, digest);
  const curve = findCurveByName(wish.curve);
  if (curve === undefined) throw new RangeError(`no curve ${wish.curve}`);
  const group = findStandardizedGroup(curve.paceParameterId) ?? fail(curve.paceParameterId);
  const privateKey = derivePrivateKey(group, random.bytes(group.orderBytes + 8));
  const point = derivePublicKey(group, privateKey);
  const parts = [number(0x80, curve.paceParameterId), encodeTlv(0x82, privateKey), digest];
  return {
    grouping: { dgi: 0x8f11, value: concatBytes(...parts) },
    publicKey: encodeEcPublicKey({ curve, point, parameters: 'explicit' }),
  };
}

function makeRsaKey(modulusBits: number, digest: Uint8Array): SpecimenKey {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: modulusBits });
  const { n = '', d = '', e = '' } = privateKey.export({ format: 'jwk' });
  const bytes = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64url'));
  const bigint = (base64: string) =>
    BigInt(`0x${Buffer.from(base64, 'base64url').toString('hex')}`);
  const exponent = encodeUint(bigint(d), modulusBits / 8);
  return {
    grouping: {
      dgi: 0x8f10,
      value: concatBytes(encodeTlv(0x81, bytes(n)), encodeTlv(0x82, exponent), digest),
    },
    publicKey: encodeRsaPublicKey({ modulus: bytes(n), publicExponent: bigint(e) }),
  };
}

function number(tag: number, value: number): Uint8Array {
  return encodeTlv(tag, Uint8Array.of(value));
}

function fail(parameterId: number): never {
  throw new RangeError(`no domain parameters ${parameterId}`);
}
