import type { Handle } from 'pkcs11js';
import { encryptAesCbc, encryptAesEcb } from '../../standards/crypto/aes';
import { computeAesCmac } from '../../standards/crypto/aes-cmac';
import { encryptTripleDesCbc, encryptTripleDesEcb } from '../../standards/crypto/triple-des';
import type { CardKeyCipher } from '../../standards/gp/key-check-value';
import type { TokenCardKey } from './card-key-objects';
import type { ObjectView } from './object-view';

/** A card key at work: a master inside the token, or the key of one card, which came out of it. */
export interface CardKeyWork {
  readonly cipher: CardKeyCipher;
  readonly lengthBytes: number;
  /** AES-CMAC over the message. */
  readonly computeCmac: (message: Uint8Array) => Promise<Uint8Array>;
  /** Whole blocks by CBC, which begins with zeros. */
  readonly encryptCbc: (data: Uint8Array) => Promise<Uint8Array>;
  /** Whole blocks each by itself. */
  readonly encryptEcb: (data: Uint8Array) => Promise<Uint8Array>;
}

const MAC_BYTES = 16;

/** Every operation happens in the token. */
export function workInToken(
  { binding, functions, session }: ObjectView,
  handle: Handle,
  { cipher, lengthBytes }: Pick<TokenCardKey, 'cipher' | 'lengthBytes'>,
): CardKeyWork {
  const isAes = cipher === 'aes';
  const encrypt = async (mechanism: number, data: Uint8Array, iv?: Buffer): Promise<Uint8Array> => {
    const wanted = { mechanism, ...(iv && { parameter: iv }) };
    functions.C_EncryptInit(session, wanted, handle);
    const output = Buffer.alloc(data.length);
    return new Uint8Array(await functions.C_EncryptAsync(session, Buffer.from(data), output));
  };
  return {
    ...{ cipher, lengthBytes },
    computeCmac: async (message) => {
      functions.C_SignInit(session, { mechanism: binding.CKM_AES_CMAC }, handle);
      const output = Buffer.alloc(MAC_BYTES);
      return new Uint8Array(await functions.C_SignAsync(session, Buffer.from(message), output));
    },
    encryptCbc: (data) =>
      encrypt(
        isAes ? binding.CKM_AES_CBC : binding.CKM_DES3_CBC,
        data,
        Buffer.alloc(isAes ? 16 : 8),
      ),
    encryptEcb: (data) => encrypt(isAes ? binding.CKM_AES_ECB : binding.CKM_DES3_ECB, data),
  };
}

/** The key of one card, in memory for as long as one operation takes. */
export function workInMemory(cipher: CardKeyCipher, key: Uint8Array): CardKeyWork {
  const isAes = cipher === 'aes';
  return {
    ...{ cipher, lengthBytes: key.length },
    computeCmac: (message) => Promise.resolve(computeAesCmac(key, message)),
    encryptCbc: (data) =>
      Promise.resolve(
        isAes
          ? encryptAesCbc(key, new Uint8Array(16), data)
          : encryptTripleDesCbc(key, new Uint8Array(8), data),
      ),
    encryptEcb: (data) =>
      Promise.resolve(isAes ? encryptAesEcb(key, data) : encryptTripleDesEcb(key, data)),
  };
}
