import { createHmac, randomBytes } from 'node:crypto';
import type { Handle, PKCS11 } from 'pkcs11js';
import { ProductionError } from '../../production/errors';
import { equalBytes } from '../../standards/bytes/compare';
import { isAlreadyLoggedIn, isRefusedPin, toProductionError } from './pkcs11-errors';
import type { Pkcs11Module } from './pkcs11-module';

/** The key under which this process remembers PINs that a token accepted. */
const processKey = randomBytes(32);

/** PINs of the tokens to which this process is logged in, as MACs, by library and slot. */
const accepted = new Map<string, Uint8Array>();

/** PINs that a token refused, as MACs: asked again and again they would lock it. */
const refused = new Map<string, Uint8Array>();

export interface TokenLogin {
  readonly pkcs11: Pkcs11Module;
  readonly modulePath: string;
  readonly slot: Handle;
  readonly pin: string;
}

/**
 * Opens a session in which the keys can be used. All sessions of a process share one login, and a
 * token does not look at the PIN of a second one: this function does. A PIN that was refused once is
 * not tried again, for after a few times the token would lock.
 *
 * @throws ProductionError `HSM_PIN_WRONG`, `HSM_LOCKED`, `HSM_FAILED`.
 */
export function openLoggedInSession(login: TokenLogin): Handle {
  const { pkcs11, slot, pin } = login;
  const { binding, functions } = pkcs11;
  const name = `${login.modulePath} ${slot.toString('hex')}`;
  const mac = new Uint8Array(createHmac('sha256', processKey).update(pin).digest());
  const before = refused.get(name);
  if (before !== undefined && equalBytes(before, mac)) {
    const reason = 'the token refused this PIN before; it is not tried again in this program';
    throw new ProductionError('HSM_PIN_WRONG', 'token', [reason]);
  }
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
    if (isRefusedPin(error)) refused.set(name, mac);
    throw isAlreadyLoggedIn(error)
      ? new ProductionError('HSM_PIN_WRONG', 'token', ['it is not the PIN of the open token'])
      : toProductionError(error, 'token');
  }
}

/**
 * The slot of the token with this label.
 *
 * @param code what it is when there is none: a wrong name, or a token that was there before
 * @throws ProductionError of this code, `HSM_FAILED`.
 */
export function findTokenSlot(
  { functions }: Pkcs11Module,
  tokenLabel: string,
  code: 'HSM_FAILED' | 'HSM_REMOVED' = 'HSM_FAILED',
): Handle {
  try {
    const slot = functions
      .C_GetSlotList(true)
      .find((candidate) => labelOf(functions, candidate) === tokenLabel);
    if (slot !== undefined) return slot;
  } catch (error) {
    throw toProductionError(error, 'slots');
  }
  throw new ProductionError(code, `token ${tokenLabel}`, ['there is no such token']);
}

/** Whether the token with this label is still in its slot. */
export function isTokenThere({ functions }: Pkcs11Module, slot: Handle, label: string): boolean {
  return labelOf(functions, slot) === label;
}

/** Of the token in a slot; undefined where it tells none, which is no reason to leave out the others. */
function labelOf(functions: PKCS11, slot: Handle): string | undefined {
  try {
    return functions.C_GetTokenInfo(slot).label.trimEnd();
  } catch {
    return undefined;
  }
}
