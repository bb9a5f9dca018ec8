import type { Handle, Template } from 'pkcs11js';
import type { CardKeyKind, KeyRealm } from '../../production/document/custody/card-key-vault';
import type { KeyPurpose } from '../../production/ports';
import { decodeHex, encodeHex } from '../../standards/bytes/hex';
import type { CardKeyCipher } from '../../standards/gp/key-check-value';
import { type ObjectView, readAttribute, secrecy } from './object-view';
import type { Pkcs11Binding } from './pkcs11-module';

/** What the token says of a card key. */
export interface TokenCardKey {
  readonly cipher: CardKeyCipher;
  readonly lengthBytes: number;
  readonly realm: KeyRealm;
  /** Absent for a key whose check value nobody has compared. */
  readonly recordedKcv?: Uint8Array;
}

export function isCardPurpose(purpose: KeyPurpose): purpose is CardKeyKind['purpose'] {
  return purpose === 'card-master' || purpose === 'card-transport';
}

/**
 * CKA_ID: purpose, realm, length in bytes and check value, so that the token itself says what a key
 * is for. The length, because SoftHSM 2.6.1 (2020) forgets CKA_VALUE_LEN when it unwraps a key.
 */
export function encodeCardKeyId(
  { purpose, realm, lengthBytes }: CardKeyKind,
  kcv: Uint8Array,
): Buffer {
  return Buffer.from(`${purpose} ${realm} ${lengthBytes} ${encodeHex(kcv)}`, 'ascii');
}

/** Reads back what `encodeCardKeyId` wrote; a key of which nobody said anything is a test key. */
export function readCardKey(view: ObjectView, handle: Handle, id: Buffer): TokenCardKey {
  const { binding } = view;
  const [, realm, length, kcv = ''] = id.toString('ascii').split(' ');
  const keyType = readNumber(readAttribute(view, handle, binding.CKA_KEY_TYPE));
  const lengthBytes =
    length === undefined
      ? readNumber(readAttribute(view, handle, binding.CKA_VALUE_LEN))
      : Number(length);
  return {
    cipher: keyType === binding.CKK_AES ? 'aes' : '3des',
    lengthBytes,
    realm: realm === 'live' ? 'live' : 'test',
    ...(/^[0-9A-F]{6}$/.test(kcv) && { recordedKcv: decodeHex(kcv) }),
  };
}

/**
 * Template of a card key, whichever way it comes. A master computes what card keys are derived of; a
 * transport key of AES unwraps inside, one of 3DES deciphers, because tokens unwrap no key by ECB.
 */
export function cardKeyTemplate(
  binding: Pkcs11Binding,
  { purpose, cipher }: Pick<CardKeyKind, 'purpose' | 'cipher'>,
): Template {
  return [
    { type: binding.CKA_CLASS, value: binding.CKO_SECRET_KEY },
    { type: binding.CKA_KEY_TYPE, value: cipher === 'aes' ? binding.CKK_AES : binding.CKK_DES2 },
    ...secrecy(binding),
    ...cardKeyUses(binding, { purpose, cipher }),
  ];
}

/** What a card key may do in the token; encrypting gives its check value. */
export function cardKeyUses(
  binding: Pkcs11Binding,
  { purpose, cipher }: Pick<CardKeyKind, 'purpose' | 'cipher'>,
): Template {
  const isTransport = purpose === 'card-transport';
  return [
    { type: binding.CKA_ENCRYPT, value: true },
    { type: binding.CKA_DECRYPT, value: isTransport && cipher === '3des' },
    { type: binding.CKA_SIGN, value: !isTransport && cipher === 'aes' },
    { type: binding.CKA_VERIFY, value: false },
    { type: binding.CKA_WRAP, value: false },
    { type: binding.CKA_UNWRAP, value: isTransport && cipher === 'aes' },
    { type: binding.CKA_DERIVE, value: false },
  ];
}

/** CK_ULONG in the byte order of this machine. */
function readNumber(value: Buffer): number {
  if (value.length === 8) return Number(value.readBigUInt64LE());
  return value.length === 4 ? value.readUInt32LE() : 0;
}
