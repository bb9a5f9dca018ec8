import { readSecret } from './secret';

/**
 * The PIN of the HSM that a reference names: `file:PATH`, `env:NAME`, `credential:NAME`,
 * `stdin` or `prompt`.
 *
 * @throws ProductionError `USAGE`, `INPUT_UNREADABLE`, `INPUT_MALFORMED`.
 */
export function readPin(reference: string): Promise<string> {
  return readSecret(reference, { what: 'PIN', question: 'PIN of the HSM' });
}
