import type { Mechanism } from 'pkcs11js';
import { encodeEcdsaSignature } from '../../standards/crypto/ecdsa-signature';
import { type DigestName, digestBytes } from '../../standards/crypto/digest-algorithms';
import type { SignatureAlgorithm } from '../../standards/crypto/signature-algorithms';
import { ProductionError } from '../../production/errors';
import type { Pkcs11Binding } from './pkcs11-module';

/** How a token makes one kind of signature. */
export interface SigningPlan {
  readonly mechanism: Mechanism;
  /** What the token is given: the message, or its hash where the mechanism takes no message. */
  readonly input: Uint8Array;
  /** From what the token returns to what a certificate carries. */
  readonly encode: (signature: Uint8Array) => Uint8Array;
}

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
 * Which mechanism signs a message, with what input. ECDSA tokens take a hash and return plain
 * r ‖ s [PKCS11 §6.3.12]; RSA mechanisms hash the message themselves.
 */
export function planSigning(
  binding: Pkcs11Binding,
  algorithm: SignatureAlgorithm,
  message: Uint8Array,
): SigningPlan {
  const { scheme, digest } = algorithm;
  if (digest === 'sha1' || scheme === 'dsa') {
    throw new ProductionError('HSM_WRONG_USE', 'signature', ['SHA-1 and DSA are not issued']);
  }
  if (scheme === 'ecdsa') {
    return {
      mechanism: { mechanism: binding.CKM_ECDSA },
      input: digestBytes(digest, message),
      encode: encodeEcdsaSignature,
    };
  }
  const table = digestMechanisms(binding, digest);
  const encode = (signature: Uint8Array): Uint8Array => signature;
  if (scheme === 'rsa-pkcs1') {
    return { mechanism: { mechanism: table.pkcs1 }, input: message, encode };
  }
  const parameter = {
    type: binding.CK_PARAMS_RSA_PSS,
    hashAlg: table.hash,
    mgf: table.mask,
    saltLen: algorithm.saltBytes,
  };
  return { mechanism: { mechanism: table.pss, parameter }, input: message, encode };
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
