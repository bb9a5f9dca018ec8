import { ProductionError } from '../../production/errors';
import { parseSignatureAlgorithmName } from '../../standards/crypto/signature-algorithms';
import { findTokenKey } from './key-objects';
import { planSigning } from './mechanisms';
import { openPkcs11Module } from './pkcs11-module';
import type { Pkcs11HsmOptions } from './pkcs11-hsm';
import { findTokenSlot, openLoggedInSession } from './token-login';

/** Bare signatures of a token, one after the other, in the calling thread. */
export interface RawSigner {
  readonly sign: () => Uint8Array;
  readonly close: () => void;
}

const MAX_SIGNATURE_BYTES = 1024;

/**
 * The reference of a benchmark: what the token does when nothing stands between it and the caller.
 * No pool, no check of purposes, no waiting off the event loop.
 *
 * @throws ProductionError `HSM_KEY_MISSING`, or as `openPkcs11Hsm`.
 */
export async function openRawSigner(
  options: Pkcs11HsmOptions,
  label: string,
  message: Uint8Array,
): Promise<RawSigner> {
  const pkcs11 = await openPkcs11Module(options.modulePath);
  const { binding, functions } = pkcs11;
  const { modulePath, pin } = options;
  const slot = findTokenSlot(pkcs11, options.tokenLabel);
  const session = openLoggedInSession({ pkcs11, modulePath, slot, pin });
  const key = findTokenKey({ binding, functions, session }, label);
  if (key?.algorithm === undefined) throw new ProductionError('HSM_KEY_MISSING', `key ${label}`);
  const { signature } = parseSignatureAlgorithmName(key.algorithm);
  return {
    sign: () => {
      const { mechanism, input, encode } = planSigning(binding, signature, message);
      functions.C_SignInit(session, mechanism, key.handle);
      const output = Buffer.alloc(MAX_SIGNATURE_BYTES);
      return encode(new Uint8Array(functions.C_Sign(session, Buffer.from(input), output)));
    },
    close: () => {
      functions.C_CloseSession(session);
      pkcs11.release();
    },
  };
}
