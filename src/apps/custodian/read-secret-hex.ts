import { ProductionError } from '../../production/errors';
import { decodeHex } from '../../standards/bytes/hex';
import { MalformedError } from '../../standards/bytes/malformed';
import { readSecret, type SecretName } from '../wiring/secret';

/**
 * Bytes that a reference names, as `readSecret` takes it, in hexadecimal with spaces anywhere.
 *
 * @throws ProductionError as `readSecret`, `INPUT_MALFORMED`; nothing of the secret is repeated.
 */
export async function readSecretHex(reference: string, name: SecretName): Promise<Uint8Array> {
  const text = await readSecret(reference, name);
  try {
    return decodeHex(text.replaceAll(/\s/g, ''));
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error;
    throw new ProductionError('INPUT_MALFORMED', name.what, ['it is not hexadecimal']);
  }
}
