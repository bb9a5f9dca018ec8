import type { Mechanism } from 'pkcs11js';
import { encodeEcdsaSignature } from '../../standards/crypto/ecdsa-signature';
import { type DigestName, digestBytes } from '../../standards/crypto/digest-algorithms';
import type { SignatureAlgorithm } from '../../standards/crypto/signature-algorithms';
import { ProductionError } from '../../production/errors';
import type { Pkcs11Binding } from './pkcs11-module';

/** How a token makes one kind of signature. */
export interface SigningMethod {
  readonly mechanism: Mechanism;
  /** What the token is given: the message, or its hash where the mechanism takes no message. */
  readonly prepare: (message: Uint8Array) => Uint8Array;
  /** Room that the plain signature needs at the most. */
  readonly maxSignatureBytes: number;
  /** From what the token returns to what a certificate carries. */
  readonly encode: (signature: Uint8Array) => Uint8Array;
}

/** r ‖ s of curves of 521 bits; RSA of 8192 bits. */
const [MAX_ECDSA_BYTES, MAX_RSA_BYTES] = [132, 1024];

/** Constants of each hash function in the tables of PKCS #11 [PKCS11 §6.1]. */
function digestMechanisms(
  binding: Pkcs11Binding,
  digest: Exclude<DigestName, 'sha1'>,
): { hash: number; mask: number; pkcs1: number; pss: number } {
  return {
    sha224: {
      hash: binding.CKM_SHA224,
      mask: binding.CKG_MGF1_SHA224,
      pkcs1: binding.CKM_SHA224_RSA_PKCS,
      pss: binding.CKM_SHA224_RSA_PKCS_PSS,
    },
    sha256: {
      hash: binding.CKM_SHA256,
      mask: binding.CKG_MGF1_SHA256,
      pkcs1: binding.CKM_SHA256_RSA_PKCS,
      pss: binding.CKM_SHA256_RSA_PKCS_PSS,
    },
    sha384: {
      hash: binding.CKM_SHA384,
      mask: binding.CKG_MGF1_SHA384,
      pkcs1: binding.CKM_SHA384_RSA_PKCS,
      pss: binding.CKM_SHA384_RSA_PKCS_PSS,
    },
    sha512: {
      hash: binding.CKM_SHA512,
      mask: binding.CKG_MGF1_SHA512,
      pkcs1: binding.CKM_SHA512_RSA_PKCS,
      pss: binding.CKM_SHA512_RSA_PKCS_PSS,
    },
  }[digest];
}

/**
 * Which mechanism signs, with what input. ECDSA tokens take a hash and return plain r ‖ s
 * [PKCS11 §6.3.12]; RSA mechanisms hash the message themselves.
 */
export function signingMethod(
  binding: Pkcs11Binding,
  algorithm: SignatureAlgorithm,
): SigningMethod {
  const { scheme, digest } = algorithm;
  if (digest === 'sha1' || scheme === 'dsa') {
    throw new ProductionError('HSM_WRONG_USE', 'signature', ['SHA-1 and DSA are not issued']);
  }
  if (scheme === 'ecdsa') {
    return {
      mechanism: { mechanism: binding.CKM_ECDSA },
      prepare: (message) => digestBytes(digest, message),
      maxSignatureBytes: MAX_ECDSA_BYTES,
      encode: encodeEcdsaSignature,
    };
  }
  const table = digestMechanisms(binding, digest);
  const whole = { prepare: same, encode: copy, maxSignatureBytes: MAX_RSA_BYTES };
  if (scheme === 'rsa-pkcs1') {
    return { mechanism: { mechanism: table.pkcs1 }, ...whole };
  }
  const parameter = {
    type: binding.CK_PARAMS_RSA_PSS,
    hashAlg: table.hash,
    mgf: table.mask,
    saltLen: algorithm.saltBytes,
  };
  return { mechanism: { mechanism: table.pss, parameter }, ...whole };
}

function same(message: Uint8Array): Uint8Array {
  return message;
}

/** The answers of a batch lie in one piece of memory, which one signature would keep alive. */
function copy(signature: Uint8Array): Uint8Array {
  return signature.slice();
}

/** AES-GCM with a tag of 16 bytes [PKCS11 §6.13]. */
export function gcmMechanism(
  binding: Pkcs11Binding,
  nonce: Uint8Array,
  context: string,
): Mechanism {
  const parameter = {
    type: binding.CK_PARAMS_AES_GCM_v240,
    iv: Buffer.from(nonce),
    aad: Buffer.from(context, 'utf8'),
    ivBits: nonce.length * 8,
    tagBits: 128,
  };
  return { mechanism: binding.CKM_AES_GCM, parameter };
}
