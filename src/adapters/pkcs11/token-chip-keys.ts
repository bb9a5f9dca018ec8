import { randomBytes } from 'node:crypto';
import type { Handle, Template } from 'pkcs11js';
import { ProductionError } from '../../production/errors';
import type { ChipKeyMaker } from '../../production/ports';
import { derOid } from '../../standards/asn1/der';
import { unwrapPadded } from '../../standards/crypto/aes-key-wrap';
import { findCurveByName } from '../../standards/crypto/curve-parameters';
import {
  type PrivateKeyNumbers,
  readPrivateKeyNumbers,
} from '../../standards/pki/private-key-numbers';
import type { Pkcs11Module } from './pkcs11-module';
import type { TokenAccess } from './token-access';

const WRAPPING_KEY_BYTES = 32;
/** PKCS #8 of RSA with 8,192 bits, and what wrapping adds. */
const MAX_WRAPPED_BYTES = 8192;

/**
 * Key pairs of chips, made by the generator of the token. They belong to one chip and are written
 * onto it, so they leave the token at once and under encryption, by a key of this one moment; the
 * token keeps nothing of them.
 */
export function createTokenChipKeys({ pkcs11, perform }: TokenAccess): ChipKeyMaker {
  const { binding } = pkcs11;
  const make = (pair: KeyPairKind): Promise<PrivateKeyNumbers> =>
    perform('chip key', (session) => makeAndTakeOut(pkcs11, session, pair));
  return {
    async makeRsa(modulusBits) {
      const made = await make({
        mechanism: binding.CKM_RSA_PKCS_KEY_PAIR_GEN,
        kind: [
          { type: binding.CKA_MODULUS_BITS, value: modulusBits },
          { type: binding.CKA_PUBLIC_EXPONENT, value: Buffer.from([1, 0, 1]) },
        ],
      });
      if (made.type !== 'rsa') throw new Error('an RSA key was made');
      const { publicKey, modulus, privateExponent } = made;
      return { publicKey, modulus, privateExponent };
    },
    async makeEc(name) {
      const curve = findCurveByName(name);
      if (curve === undefined) {
        throw new ProductionError('PROFILE_INVALID', 'chip key', [`there is no curve ${name}`]);
      }
      const made = await make({
        mechanism: binding.CKM_EC_KEY_PAIR_GEN,
        kind: [{ type: binding.CKA_EC_PARAMS, value: Buffer.from(derOid(curve.oid)) }],
      });
      if (made.type !== 'ec') throw new Error('an EC key was made');
      return { publicKey: made.publicKey, privateScalar: made.privateScalar };
    },
  };
}

interface KeyPairKind {
  readonly mechanism: number;
  /** What the public half says of the kind of key. */
  readonly kind: Template;
}

async function makeAndTakeOut(
  { binding, functions }: Pkcs11Module,
  session: Handle,
  { mechanism, kind }: KeyPairKind,
): Promise<PrivateKeyNumbers> {
  const wrappingKey = randomBytes(WRAPPING_KEY_BYTES);
  const handles: Handle[] = [];
  try {
    const wrapping = functions.C_CreateObject(session, [
      { type: binding.CKA_CLASS, value: binding.CKO_SECRET_KEY },
      { type: binding.CKA_KEY_TYPE, value: binding.CKK_AES },
      { type: binding.CKA_VALUE, value: wrappingKey },
      ...ofThisMoment(binding),
      { type: binding.CKA_EXTRACTABLE, value: false },
      { type: binding.CKA_WRAP, value: true },
    ]);
    handles.push(wrapping);
    const pair = await functions.C_GenerateKeyPairAsync(
      session,
      { mechanism },
      [{ type: binding.CKA_TOKEN, value: false }, ...kind],
      [...ofThisMoment(binding), { type: binding.CKA_EXTRACTABLE, value: true }],
    );
    handles.push(pair.publicKey, pair.privateKey);
    const wrapped = functions.C_WrapKey(
      session,
      { mechanism: binding.CKM_AES_KEY_WRAP_PAD },
      wrapping,
      pair.privateKey,
      Buffer.alloc(MAX_WRAPPED_BYTES),
    );
    const pkcs8 = unwrapPadded(wrappingKey, wrapped);
    try {
      return readPrivateKeyNumbers(pkcs8);
    } finally {
      pkcs8.fill(0);
    }
  } finally {
    wrappingKey.fill(0);
    for (const handle of handles) functions.C_DestroyObject(session, handle);
  }
}

/** In the session alone, and shown to nobody in clear. */
function ofThisMoment(binding: Pkcs11Module['binding']): Template {
  return [
    { type: binding.CKA_TOKEN, value: false },
    { type: binding.CKA_PRIVATE, value: true },
    { type: binding.CKA_SENSITIVE, value: true },
  ];
}
