import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeHex, encodeHex } from '../../bytes/hex';
import { MalformedError } from '../../bytes/malformed';
import { InvalidPublicKeyError } from '../../crypto/agreement-group';
import { AccessError } from '../access-error';
import { SecureMessagingError } from '../secure-messaging/secure-messaging-error';

/** One worked example of test-vectors/; the members depend on the topic. */
export interface VectorEntry {
  readonly id: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly expected: Readonly<Record<string, unknown>>;
}

/** Figures computed from the inputs of an entry, under the names that `expected` uses. */
export type Recomputed = Readonly<Record<string, unknown>>;

const ROOT = join(__dirname, '../../../../test-vectors');

export function readVectorEntries(file: string): readonly VectorEntry[] {
  const parsed = JSON.parse(readFileSync(join(ROOT, file), 'utf8')) as {
    readonly entries: readonly VectorEntry[];
  };
  return parsed.entries;
}

/** A text input. @throws Error when the entry has none. */
export function textInput(entry: VectorEntry, member: string): string {
  const value = entry.inputs[member];
  if (typeof value !== 'string') throw new Error(`${entry.id} has no input ${member}`);
  return value;
}

/** A hexadecimal input. @throws Error when the entry has none. */
export function hexInput(entry: VectorEntry, member: string): Uint8Array {
  return decodeHex(textInput(entry, member));
}

/** Every value as text in the notation of the vector files. */
export function hexMembers(members: Readonly<Record<string, Uint8Array>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(members).map(([name, bytes]) => [name, encodeHex(bytes)]),
  );
}

/** What the other side sent instead of the right figure, where a negative entry says so. */
export function receivedInstead(entry: VectorEntry, member: string): Uint8Array | undefined {
  const name = `${member}_received`;
  const value = entry.inputs[name] ?? entry.expected[name];
  return typeof value === 'string' ? decodeHex(value) : undefined;
}

/**
 * The reason for which the standards refuse something, for negative entries; undefined when they
 * do not. Any other error is a mistake of the program and is thrown on.
 */
export function refusalOf(work: () => unknown): string | undefined {
  try {
    work();
  } catch (error) {
    if (REFUSALS.some((kind) => error instanceof kind)) return (error as Error).message;
    throw error;
  }
  return undefined;
}

const REFUSALS = [
  AccessError,
  SecureMessagingError,
  InvalidPublicKeyError,
  MalformedError,
] as const;

/** Members of `expected` that the recomputation says nothing about. */
export function uncheckedMembers(entry: VectorEntry, computed: Recomputed): readonly string[] {
  return Object.keys(entry.expected).filter((member) => !(member in computed));
}
