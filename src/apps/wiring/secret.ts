import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ProductionError } from '../../production/errors';
import { askSecret } from '../ask-secret';

const MAX_CHARACTERS = 256;
/** Rights of group and others. */
const OTHERS = 0o077;

/** How a secret is called, for messages and for the question at the keyboard. */
export interface SecretName {
  /** `PIN`, `passphrase`. */
  readonly what: string;
  readonly question: string;
}

/** Kinds of places a secret can be in; none of them is a command line, which everybody can read. */
const SOURCES = {
  /** A file that holds the secret and nothing else. */
  file: readSecretFile,
  /** An environment variable, by its name. */
  env: (name: string) => Promise.resolve(process.env[name] ?? ''),
  /** What systemd was told to hand over, `LoadCredential=NAME:…`. */
  credential: (name: string, what: string) => {
    const folder = process.env['CREDENTIALS_DIRECTORY'];
    if (folder === undefined) {
      throw new ProductionError('INPUT_UNREADABLE', `credential ${name}`, [
        'systemd handed no credentials to this process',
      ]);
    }
    return readSecretFile(join(folder, name), what);
  },
} as const;

/** The kinds of references, for the help of options. */
export const SECRET_PLACES = 'file:PATH, env:NAME, credential:NAME of systemd, stdin, or prompt';

/**
 * The secret that a reference names: `file:PATH`, `env:NAME`, `credential:NAME`, `stdin` or `prompt`.
 *
 * @throws ProductionError `USAGE`, `INPUT_UNREADABLE`, `INPUT_MALFORMED`; none quotes the secret.
 */
export async function readSecret(
  reference: string,
  { what, question }: SecretName,
): Promise<string> {
  if (reference === 'prompt') return requireOneLine(await askSecret(question), reference, what);
  if (reference === 'stdin') return requireOneLine(await readStandardInput(), reference, what);
  const [, kind, name] = /^(file|env|credential):(.+)$/.exec(reference) ?? [];
  if (kind === undefined || name === undefined) {
    // The reference itself is not repeated: somebody may have given the secret in its place.
    throw new ProductionError('USAGE', what, [
      'it comes from file:PATH, env:NAME, credential:NAME, stdin or prompt',
    ]);
  }
  const secret = await SOURCES[kind as keyof typeof SOURCES](name, what);
  return requireOneLine(secret, reference, what);
}

async function readSecretFile(file: string, what: string): Promise<string> {
  const unreadable = (cause: unknown): never => {
    throw new ProductionError('INPUT_UNREADABLE', file, [`the file of the ${what}`], { cause });
  };
  const { mode } = await stat(file).catch(unreadable);
  if (process.env['PERSOLINE_MODE'] === 'production' && (mode & OTHERS) !== 0) {
    throw new ProductionError('INPUT_UNREADABLE', file, [
      `the file of the ${what} is open to others than its owner; chmod 600`,
    ]);
  }
  const text = await readFile(file, 'utf8').catch(unreadable);
  // One line and its end: what stands after that is something else.
  return text.replace(/\r?\n$/, '');
}

async function readStandardInput(): Promise<string> {
  let text = '';
  for await (const chunk of process.stdin) {
    text += String(chunk);
    if (text.length > MAX_CHARACTERS) break;
  }
  return text.trimEnd();
}

function requireOneLine(secret: string, place: string, what: string): string {
  if (secret.length === 0 || secret.length > MAX_CHARACTERS || /[\r\n]/.test(secret)) {
    throw new ProductionError('INPUT_MALFORMED', place, [`it holds one line, the ${what}`]);
  }
  return secret;
}
