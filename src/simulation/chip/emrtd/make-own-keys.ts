import { generateKeyPairSync } from 'node:crypto';
import { SW } from '../../../standards/apdu/status-words';
import { decodeUint } from '../../../standards/bytes/integer';
import {
  derivePrivateKey,
  derivePublicKey,
  privateKeyRandomBytes,
} from '../../../standards/crypto/agreement-group';
import { findStandardizedGroup } from '../../../standards/crypto/standardized-groups';
import { encodeTlv, findTlv, parseTlvs, requireTlv } from '../../../standards/tlv/tlv';
import type { RandomSource } from '../../../production/ports';
import type { NvMemory } from '../nv-memory';
import { refuse } from '../status-word-error';
import { storeChipKey } from './chip-secrets';

/** Where the chip's own keys come from. */
export interface KeyMaking {
  readonly memory: NvMemory;
  readonly random: RandomSource;
}

const TEMPLATE = 0x7f49;
/** Public keys in their template; 84 is the public value of Diffie-Hellman [TR-03110-3 §D.3]. */
const TAG = { modulus: 0x81, publicExponent: 0x82, publicValue: 0x84, point: 0x86 } as const;
const MODULUS_BITS = [1024, 1280, 1536, 1848, 2048, 3072, 4096];

/** `81 modulus length in bits 83 digest`; RSA for Active Authentication. */
export function makeRsaKey({ memory }: KeyMaking, value: Uint8Array): Uint8Array {
  const parts = parseTlvs(value, 'AA key');
  const modulusLength = decodeUint(requireTlv(parts, 0x81, 'AA key'));
  if (!MODULUS_BITS.includes(modulusLength)) refuse(SW.wrongData);
  const digest = requireTlv(parts, 0x83, 'AA key');
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength });
  const { n, e, d } = privateKey.export({ format: 'jwk' });
  const modulus = fromBase64Url(n);
  memory.change({
    remove: ['aa.curve', 'aa.scalar'],
    put: { 'aa.modulus': modulus, 'aa.exponent': fromBase64Url(d), 'aa.digest': digest },
  });
  return encodeTlv(
    TEMPLATE,
    encodeTlv(TAG.modulus, modulus),
    encodeTlv(TAG.publicExponent, fromBase64Url(e)),
  );
}

/** `80 parameter id 83 digest`; ECDSA for Active Authentication. */
export function makeSigningCurveKey(chip: KeyMaking, value: Uint8Array): Uint8Array {
  const parts = parseTlvs(value, 'AA key');
  const parameterId = requireTlv(parts, 0x80, 'AA key');
  const { kind, privateKey, answer } = makeKeyPair(chip, parameterId[0] ?? 0);
  if (kind !== 'ECDH') return refuse(SW.wrongData);
  chip.memory.change({
    remove: ['aa.modulus', 'aa.exponent'],
    put: {
      'aa.curve': parameterId,
      'aa.scalar': privateKey,
      'aa.digest': requireTlv(parts, 0x83, 'AA key'),
    },
  });
  return answer;
}

/** `80 parameter id [84 key id]`; for Chip Authentication, on a curve or in a group of numbers. */
export function makeAgreementKey(chip: KeyMaking, value: Uint8Array): Uint8Array {
  const parts = parseTlvs(value, 'chip authentication key');
  const [parameterId = 0] = requireTlv(parts, 0x80, 'chip authentication key');
  const { privateKey, answer } = makeKeyPair(chip, parameterId);
  storeChipKey(chip.memory, { parameterId, keyId: findTlv(parts, 0x84)?.[0], privateKey });
  return answer;
}

function makeKeyPair({ random }: KeyMaking, parameterId: number) {
  const group = findStandardizedGroup(parameterId) ?? refuse(SW.wrongData);
  const privateKey = derivePrivateKey(group, random.bytes(privateKeyRandomBytes(group)));
  const tag = group.kind === 'ECDH' ? TAG.point : TAG.publicValue;
  const answer = encodeTlv(TEMPLATE, encodeTlv(tag, derivePublicKey(group, privateKey)));
  return { kind: group.kind, privateKey, answer };
}

function fromBase64Url(text: string | undefined): Uint8Array {
  return new Uint8Array(Buffer.from(text ?? '', 'base64url'));
}
