import { createHmac, randomBytes } from 'node:crypto';
import type { Handle } from 'pkcs11js';
import { ProductionError } from '../../production/errors';
import { equalBytes } from '../../standards/bytes/compare';
import { isAlreadyLoggedIn, toProductionError } from './pkcs11-errors';
import type { Pkcs11Module } from './pkcs11-module';

/** The key under which this process remembers PINs that a token accepted. */
const processKey = randomBytes(32);

/** PINs of the tokens to which this process is logged in, as MACs, by library and slot. */
const accepted = new Map<string, Uint8Array>();

export interface TokenLogin {
  readonly pkcs11: Pkcs11Module;
  readonly modulePath: string;
  readonly slot: Handle;
  readonly pin: string;
}

/**
 * Opens a session in which the keys can be used. All sessions of a process share one login, and a
 * token does not look at the PIN of a second one: this function does.
 *
 * @throws ProductionError `HSM_PIN_WRONG`, `HSM_LOCKED`, `HSM_FAILED`.
 */
export function openLoggedInSession(login: TokenLogin): Handle {
  const { pkcs11, slot, pin } = login;
  const { binding, functions } = pkcs11;
  const name = `${login.modulePath} ${slot.toString('hex')}`;
  const mac = new Uint8Array(createHmac('sha256', processKey).update(pin).digest());
  let session: Handle | undefined;
  try {
    session = functions.C_OpenSession(slot, binding.CKF_SERIAL_SESSION | binding.CKF_RW_SESSION);
    functions.C_Login(session, binding.CKU_USER, pin);
    accepted.set(name, mac);
    return session;
  } catch (error) {
    if (session !== undefined && isAlreadyLoggedIn(error)) {
      const known = accepted.get(name);
      if (known === undefined || equalBytes(known, mac)) return session;
    }
    if (session !== undefined) functions.C_CloseSession(session);
    throw isAlreadyLoggedIn(error)
      ? new ProductionError('HSM_PIN_WRONG', 'token', ['it is not the PIN of the open token'])
      : toProductionError(error, 'token');
  }
}

/** The slot of the token with this label. @throws ProductionError `HSM_FAILED` when there is none. */
export function findTokenSlot({ functions }: Pkcs11Module, tokenLabel: string): Handle {
  try {
    const slot = functions
      .C_GetSlotList(true)
      .find((candidate) => functions.C_GetTokenInfo(candidate).label.trimEnd() === tokenLabel);
    if (slot !== undefined) return slot;
  } catch (error) {
    throw toProductionError(error, 'slots');
  }
  throw new ProductionError('HSM_FAILED', `token ${tokenLabel}`, ['there is no such token']);
}
