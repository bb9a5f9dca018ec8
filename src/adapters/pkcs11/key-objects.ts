import type { Handle, Template } from 'pkcs11js';
import { KEY_KINDS } from '../../production/document/key-kinds';
import type { HsmPublicKey, KeyPurpose } from '../../production/ports';
import { derOid } from '../../standards/asn1/der';
import { parseDer, readOctetString } from '../../standards/asn1/read';
import { CURVES } from '../../standards/crypto/curve-parameters';
import { parseSignatureAlgorithmName } from '../../standards/crypto/signature-algorithms';
import { encodeEcPublicKey, encodeRsaPublicKey } from '../../standards/pki/subject-public-key-info';
import { cardKeyUses, isCardPurpose, readCardKey, type TokenCardKey } from './card-key-objects';
import { findLabelled, type ObjectView, readAttribute, secrecy } from './object-view';
import type { Pkcs11Binding } from './pkcs11-module';

/** A key in the token: its handle, and what its CKA_ID says of it. */
export interface TokenKey extends HsmPublicKey {
  readonly handle: Handle;
  /** Absent for a secret key. */
  readonly algorithm?: string;
  /** Of card keys alone. */
  readonly card?: TokenCardKey;
}

const PURPOSES = Object.keys(KEY_KINDS) as readonly KeyPurpose[];
const SECRET_KEY_BYTES = 32;

/**
 * CKA_ID of our keys: purpose and algorithm, so that the token itself says what a key is for.
 */
export function encodeKeyId(purpose: KeyPurpose, algorithm?: string): Buffer {
  return Buffer.from([purpose, ...(algorithm === undefined ? [] : [algorithm])].join(' '), 'ascii');
}

/** Generation templates of a key pair: sensitive, not extractable, made to sign and nothing else. */
export function keyPairTemplates(
  binding: Pkcs11Binding,
  { label, purpose, algorithm }: Required<Pick<TokenKey, 'label' | 'purpose' | 'algorithm'>>,
): { mechanism: number; publicKey: Template; privateKey: Template } {
  const { key } = parseSignatureAlgorithmName(algorithm);
  const common = [
    { type: binding.CKA_TOKEN, value: true },
    { type: binding.CKA_LABEL, value: label },
    { type: binding.CKA_ID, value: encodeKeyId(purpose, algorithm) },
  ];
  const kind =
    key.type === 'ec'
      ? [{ type: binding.CKA_EC_PARAMS, value: Buffer.from(derOid(CURVES[key.curve].oid)) }]
      : [
          { type: binding.CKA_MODULUS_BITS, value: key.modulusBits },
          { type: binding.CKA_PUBLIC_EXPONENT, value: Buffer.from([1, 0, 1]) },
        ];
  return {
    mechanism: key.type === 'ec' ? binding.CKM_EC_KEY_PAIR_GEN : binding.CKM_RSA_PKCS_KEY_PAIR_GEN,
    publicKey: [...common, { type: binding.CKA_VERIFY, value: true }, ...kind],
    privateKey: [
      ...common,
      ...secrecy(binding),
      { type: binding.CKA_SIGN, value: true },
      { type: binding.CKA_DECRYPT, value: false },
      { type: binding.CKA_UNWRAP, value: false },
      { type: binding.CKA_DERIVE, value: false },
    ],
  };
}

/** Generation template of an AES-256 key: one for storage seals and opens. */
export function secretKeyTemplate(
  binding: Pkcs11Binding,
  { label, purpose }: Pick<TokenKey, 'label' | 'purpose'>,
): Template {
  return [
    { type: binding.CKA_TOKEN, value: true },
    { type: binding.CKA_LABEL, value: label },
    { type: binding.CKA_ID, value: encodeKeyId(purpose) },
    { type: binding.CKA_VALUE_LEN, value: SECRET_KEY_BYTES },
    ...secrecy(binding),
    ...(isCardPurpose(purpose)
      ? cardKeyUses(binding, { purpose, cipher: 'aes' })
      : [
          { type: binding.CKA_ENCRYPT, value: true },
          { type: binding.CKA_DECRYPT, value: true },
          { type: binding.CKA_SIGN, value: false },
          { type: binding.CKA_WRAP, value: false },
          { type: binding.CKA_UNWRAP, value: false },
        ]),
  ];
}

/** Handles of the private and secret keys with a label; more than one when two were made at once. */
export function findKeyHandles(view: ObjectView, label: string): readonly Handle[] {
  const { CKO_PRIVATE_KEY, CKO_SECRET_KEY } = view.binding;
  return [CKO_PRIVATE_KEY, CKO_SECRET_KEY].flatMap((keyClass) =>
    findLabelled(view, label, keyClass),
  );
}

/**
 * Handles of everything with a label, a private or secret key first: whoever is interrupted while
 * destroying them has destroyed what counts.
 */
export function findAllHandles(view: ObjectView, label: string): readonly Handle[] {
  return [
    ...findKeyHandles(view, label),
    ...findLabelled(view, label, view.binding.CKO_PUBLIC_KEY),
  ];
}

/**
 * The key with this label that was made by us; undefined when there is none.
 *
 * @throws MalformedError when its public half cannot be read.
 */
export function findTokenKey(view: ObjectView, label: string): TokenKey | undefined {
  const { binding } = view;
  const [handle] = findKeyHandles(view, label);
  if (handle === undefined) return undefined;
  const id = readAttribute(view, handle, binding.CKA_ID);
  const [purposeText, algorithm] = id.toString('ascii').split(' ');
  const purpose = PURPOSES.find((known) => known === purposeText);
  if (purpose === undefined) return undefined;
  if (isCardPurpose(purpose)) {
    return { label, purpose, handle, card: readCardKey(view, handle, id) };
  }
  if (algorithm === undefined) return { label, purpose, handle };
  const [publicHandle] = findLabelled(view, label, binding.CKO_PUBLIC_KEY);
  if (publicHandle === undefined) return { label, purpose, handle, algorithm };
  return {
    label,
    purpose,
    handle,
    algorithm,
    publicKey: readPublicKey(view, publicHandle, algorithm),
  };
}

/** DER SubjectPublicKeyInfo of a public key object, with explicit parameters for a curve. */
function readPublicKey(view: ObjectView, handle: Handle, algorithm: string): Uint8Array {
  const { binding } = view;
  const { key } = parseSignatureAlgorithmName(algorithm);
  if (key.type === 'rsa') {
    const exponent = readAttribute(view, handle, binding.CKA_PUBLIC_EXPONENT);
    return encodeRsaPublicKey({
      modulus: new Uint8Array(readAttribute(view, handle, binding.CKA_MODULUS)),
      publicExponent: BigInt(`0x${exponent.toString('hex')}`),
    });
  }
  const curve = CURVES[key.curve];
  const found = new Uint8Array(readAttribute(view, handle, binding.CKA_EC_POINT));
  // The standard wraps the point in an OCTET STRING; some tokens give it bare [PKCS11 §6.3.3].
  const isBare = found.length === 1 + 2 * curve.fieldBytes;
  const point = isBare ? found : readOctetString(parseDer(found, 'CKA_EC_POINT'), 'CKA_EC_POINT');
  return encodeEcPublicKey({ curve, point, parameters: 'explicit' });
}
