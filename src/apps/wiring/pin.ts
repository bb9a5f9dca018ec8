import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ProductionError } from '../../production/errors';
import { askSecret } from '../ask-secret';

const MAX_CHARACTERS = 256;

/** Kinds of places a PIN can be in; the PIN itself never stands on a command line. */
const SOURCES = {
  /** A file that holds the PIN and nothing else. */
  file: readPinFile,
  /** An environment variable, by its name. */
  env: (name: string) => Promise.resolve(process.env[name] ?? ''),
  /** What systemd was told to hand over, `LoadCredential=NAME:…`. */
  credential: (name: string) => {
    const folder = process.env['CREDENTIALS_DIRECTORY'];
    if (folder === undefined) {
      throw new ProductionError('INPUT_UNREADABLE', `credential ${name}`, [
        'systemd handed no credentials to this process',
      ]);
    }
    return readPinFile(join(folder, name));
  },
} as const;

/**
 * The PIN that a reference names: `file:PATH`, `env:NAME`, `credential:NAME` or `prompt`.
 *
 * @throws ProductionError `USAGE`, `INPUT_UNREADABLE`, `INPUT_MALFORMED`.
 */
export async function readPin(reference: string): Promise<string> {
  if (reference === 'prompt') return requirePin(await askSecret('PIN of the HSM'), reference);
  const [, kind, name] = /^(file|env|credential):(.+)$/.exec(reference) ?? [];
  if (kind === undefined || name === undefined) {
    // The reference itself is not repeated: somebody may have given the PIN in its place.
    throw new ProductionError('USAGE', 'PIN', [
      'it comes from file:PATH, env:NAME, credential:NAME or prompt',
    ]);
  }
  return requirePin(await SOURCES[kind as keyof typeof SOURCES](name), reference);
}

async function readPinFile(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new ProductionError('INPUT_UNREADABLE', file, ['the PIN file'], { cause });
  });
  return text.trimEnd();
}

function requirePin(pin: string, place: string): string {
  if (pin.length === 0 || pin.length > MAX_CHARACTERS || /[\r\n]/.test(pin)) {
    throw new ProductionError('INPUT_MALFORMED', place, ['it holds one line, the PIN']);
  }
  return pin;
}
