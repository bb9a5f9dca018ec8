import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeSoftHsmToken, type SoftHsmToken } from './soft-hsm-token';

/** Return values as the standard numbers them [PKCS11 §5.1]. */
export const RETURN_VALUES = {
  CKR_DEVICE_REMOVED: 0x32,
  CKR_PIN_INCORRECT: 0xa0,
  CKR_PIN_LOCKED: 0xa4,
  CKR_SESSION_HANDLE_INVALID: 0xb3,
  CKR_TOKEN_NOT_PRESENT: 0xe0,
} as const;

export type TroubledFunction =
  'C_GetSlotList' | 'C_OpenSession' | 'C_Login' | 'C_SignInit' | 'C_Sign';

export interface Trouble {
  readonly at: TroubledFunction;
  /** Whether the token does it first. */
  readonly after?: true;
  readonly answer: keyof typeof RETURN_VALUES;
}

/** A token of SoftHSM2 behind a library that misbehaves as it is told. */
export interface FaultyToken extends SoftHsmToken {
  /** From now on; none ends it. */
  readonly setTroubles: (...troubles: readonly Trouble[]) => Promise<void>;
  /** Signatures do not come to their end until `release`. */
  readonly hold: () => Promise<void>;
  readonly release: () => Promise<void>;
  /** How many signatures the token has made. */
  readonly signatures: () => Promise<number>;
  /** How often a PIN was handed to the token. */
  readonly logins: () => Promise<number>;
}

/** Compiles the library of trouble before a new token; takes the C compiler that native packages need. */
export async function makeFaultyToken(): Promise<FaultyToken> {
  const token = await makeSoftHsmToken();
  const folder = await mkdtemp(join(tmpdir(), 'persoline-faulty-'));
  const modulePath = join(folder, 'libfaulty.so');
  const made = spawnSync('cc', [
    ...['-shared', '-fPIC', '-o', modulePath, join(__dirname, 'faulty-library.c')],
    ...[`-DREAL_LIBRARY="${token.modulePath}"`, '-ldl'],
  ]);
  if (made.status !== 0) throw new Error(`cc failed: ${String(made.stderr)}`);
  const size = async (name: string): Promise<number> =>
    (await readFile(join(folder, name)).catch(() => Buffer.alloc(0))).length;
  return {
    ...token,
    modulePath,
    setTroubles: (...troubles) =>
      writeFile(
        join(folder, 'trouble'),
        troubles
          .map(({ at, after, answer }) =>
            [at, after ? 'after' : 'before', RETURN_VALUES[answer].toString(16)].join(' '),
          )
          .join('\n'),
      ),
    hold: () => writeFile(join(folder, 'hold'), ''),
    release: () => rm(join(folder, 'hold'), { force: true }),
    signatures: () => size('signatures'),
    logins: () => size('logins'),
    remove: async () => {
      await token.remove();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
