import { type ErrorCode, ProductionError } from '../../production/errors';

interface ReturnValue {
  readonly name: string;
  readonly code: ErrorCode;
  /** In words, for the custodian. */
  readonly reason: string;
}

/** Return values with a meaning of their own; every other one is a failure of the HSM [PKCS11 §5.1]. */
const RETURN_VALUES: readonly ReturnValue[] = [
  { name: 'CKR_PIN_INCORRECT', code: 'HSM_PIN_WRONG', reason: 'the token refused the PIN' },
  { name: 'CKR_PIN_INVALID', code: 'HSM_PIN_WRONG', reason: 'the PIN has a wrong character' },
  { name: 'CKR_PIN_LEN_RANGE', code: 'HSM_PIN_WRONG', reason: 'the PIN has a wrong length' },
  { name: 'CKR_PIN_LOCKED', code: 'HSM_LOCKED', reason: 'the token is locked' },
  { name: 'CKR_PIN_EXPIRED', code: 'HSM_LOCKED', reason: 'the PIN has expired' },
  { name: 'CKR_TOKEN_NOT_PRESENT', code: 'HSM_REMOVED', reason: 'the token is removed' },
  { name: 'CKR_DEVICE_REMOVED', code: 'HSM_REMOVED', reason: 'the token is removed' },
  { name: 'CKR_TOKEN_NOT_RECOGNIZED', code: 'HSM_REMOVED', reason: 'another token is there' },
  { name: 'CKR_SLOT_ID_INVALID', code: 'HSM_REMOVED', reason: 'its slot is gone' },
  { name: 'CKR_DEVICE_ERROR', code: 'HSM_FAILED', reason: 'the device has a fault' },
  { name: 'CKR_DEVICE_MEMORY', code: 'HSM_FAILED', reason: 'the token is full' },
  { name: 'CKR_MECHANISM_INVALID', code: 'HSM_FAILED', reason: 'the token lacks the algorithm' },
  { name: 'CKR_CURVE_NOT_SUPPORTED', code: 'HSM_FAILED', reason: 'the token lacks the curve' },
  {
    name: 'CKR_KEY_FUNCTION_NOT_PERMITTED',
    code: 'HSM_WRONG_USE',
    reason: 'the key is not for this',
  },
];

/** After these nothing of the session is left; another one may do what it was asked. */
const LOST_SESSION = [
  'CKR_SESSION_HANDLE_INVALID',
  'CKR_SESSION_CLOSED',
  'CKR_USER_NOT_LOGGED_IN',
  'CKR_CRYPTOKI_NOT_INITIALIZED',
];

/** After these the handle of a key must be looked up again. */
const LOST_HANDLE = ['CKR_KEY_HANDLE_INVALID', 'CKR_OBJECT_HANDLE_INVALID'];

/** The token was taken out; its sessions are gone with it, and it may come back. */
const REMOVED = [
  'CKR_TOKEN_NOT_PRESENT',
  'CKR_DEVICE_REMOVED',
  'CKR_TOKEN_NOT_RECOGNIZED',
  'CKR_SLOT_ID_INVALID',
];

/** With these a token says that data was not encrypted by it. */
const NOT_ITS_DATA = [
  'CKR_ENCRYPTED_DATA_INVALID',
  'CKR_ENCRYPTED_DATA_LEN_RANGE',
  'CKR_WRAPPED_KEY_INVALID',
  // SoftHSM 2.6.1 (2020) gives no other answer when the tag of AES-GCM is wrong.
  'CKR_GENERAL_ERROR',
];

/** What the binding threw, as a failure of the line; one that already is passes through. */
export function toProductionError(error: unknown, place: string): ProductionError {
  if (error instanceof ProductionError) return error;
  const name = returnValueOf(error);
  const row = RETURN_VALUES.find((candidate) => candidate.name === name);
  const reason = row?.reason ?? name ?? 'there is no such library, or it cannot be loaded';
  return new ProductionError(row?.code ?? 'HSM_FAILED', place, [reason], { cause: error });
}

export function isLostSession(error: unknown): boolean {
  return LOST_SESSION.includes(returnValueOf(error) ?? '');
}

export function isLostHandle(error: unknown): boolean {
  return LOST_HANDLE.includes(returnValueOf(error) ?? '');
}

export function isRemoved(error: unknown): boolean {
  return REMOVED.includes(returnValueOf(error) ?? '');
}

export function isForeignData(error: unknown): boolean {
  return NOT_ITS_DATA.includes(returnValueOf(error) ?? '');
}

export function isAlreadyLoggedIn(error: unknown): boolean {
  return returnValueOf(error) === 'CKR_USER_ALREADY_LOGGED_IN';
}

export function isRefusedPin(error: unknown): boolean {
  return returnValueOf(error) === 'CKR_PIN_INCORRECT';
}

/** The binding puts the name of the return value into the message. */
function returnValueOf(error: unknown): string | undefined {
  const message = typeof error === 'object' && error && 'message' in error ? error.message : '';
  return /CKR_[A-Z0-9_]+/.exec(String(message))?.[0];
}
