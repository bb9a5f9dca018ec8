import { ProductionError } from '../../production/errors';
import { isForeignData, isLostHandle, isLostSession, toProductionError } from './pkcs11-errors';

/** As the binding throws it. */
const returned = (name: string): Error => new Error(`${name}:48`);

test.each([
  ['CKR_PIN_INCORRECT', 'HSM_PIN_WRONG', 'the token refused the PIN'],
  ['CKR_PIN_LOCKED', 'HSM_LOCKED', 'the token is locked'],
  ['CKR_TOKEN_NOT_PRESENT', 'HSM_REMOVED', 'the token is removed'],
  ['CKR_DEVICE_REMOVED', 'HSM_REMOVED', 'the token is removed'],
  ['CKR_KEY_FUNCTION_NOT_PERMITTED', 'HSM_WRONG_USE', 'the key is not for this'],
  ['CKR_FUNCTION_FAILED', 'HSM_FAILED', 'CKR_FUNCTION_FAILED'],
])('%s is %s', (name, code, reason) => {
  expect(toProductionError(returned(name), 'key a')).toMatchObject({
    ...{ code, place: 'key a', reasons: [reason] },
  });
});

test('what cannot be loaded is said to be so', () => {
  expect(toProductionError(new Error('dlopen failed'), 'library').reasons).toEqual([
    'there is no such library, or it cannot be loaded',
  ]);
});

test('what is an error of the line already stays what it is', () => {
  const error = new ProductionError('HSM_KEY_MISSING', 'key b');
  expect(toProductionError(error, 'key a')).toBe(error);
});

test('tells lost sessions, lost handles and foreign data apart', () => {
  expect(isLostSession(returned('CKR_SESSION_HANDLE_INVALID'))).toBe(true);
  expect(isLostSession(returned('CKR_KEY_HANDLE_INVALID'))).toBe(false);
  expect(isLostHandle(returned('CKR_KEY_HANDLE_INVALID'))).toBe(true);
  expect(isForeignData(returned('CKR_ENCRYPTED_DATA_INVALID'))).toBe(true);
  expect(isForeignData(new TypeError('no CKR'))).toBe(false);
});
