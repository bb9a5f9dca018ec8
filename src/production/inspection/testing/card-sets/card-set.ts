import {
  makeTestChain,
  type ChainChanges,
  type TestChain,
} from '../../../../standards/pki/testing/test-issuer';
import type { LdsFileName } from '../../../document/lds-files';
import type { JudgeRequest } from '../../judge-files';
import { makeSpecimen, type SpecimenOptions } from '../specimen-set';

export type Files = Map<LdsFileName, Uint8Array>;

/** One set that is wrong in one way, and what must be said of it. */
export interface BadSet {
  /** Kebab-case, the name of its folder. */
  readonly id: string;
  /** The fault in words of ours. */
  readonly fault: string;
  /** Id of the check that must find it. */
  readonly check: string;
  /** What it must say, in English, as a part of the sentence or the whole. */
  readonly reason: string;
  /** `warning` where a reader goes on, `note` where it is no fault of the files. */
  readonly outcome?: 'fail' | 'warning' | 'note';
  /** Other things that must be said because they follow from the fault, as `check: reason`. */
  readonly also?: readonly string[];
  readonly make: () => Promise<CardSet>;
}

/** A set as it is written to a folder. */
export interface CardSet {
  readonly files: ReadonlyMap<LdsFileName, Uint8Array>;
  readonly csca: Uint8Array;
  readonly crl?: Uint8Array;
  readonly at: Date;
}

const ALGORITHM = 'ecdsa-brainpoolP256r1-sha256';
const base = makeTestChain(ALGORITHM);

/** The chain of the bad sets; its keys live as long as the program that writes them. */
export const CHAIN = base;

/** A chain with the same keys and changed certificates. */
export function chainWith(changes: ChainChanges): TestChain {
  return makeTestChain(ALGORITHM, 'explicit', { keys: base, ...changes });
}

export interface SetOptions extends SpecimenOptions {
  readonly afterSigning?: (files: Files) => void;
  readonly at?: Date;
  readonly csca?: Uint8Array;
  readonly crl?: Uint8Array;
}

export async function cardSet(options: SetOptions = {}): Promise<CardSet> {
  const chain = options.chain ?? base;
  const request: JudgeRequest & { readonly files: Files } = await makeSpecimen({
    ...options,
    chain,
  });
  options.afterSigning?.(request.files);
  return {
    files: request.files,
    csca: options.csca ?? chain.csca.raw,
    at: options.at ?? request.at,
    ...(options.crl && { crl: options.crl }),
  };
}

/** A set whose file is changed before it is signed: its hash is right, its content is not. */
export function changed(
  name: LdsFileName,
  change: (bytes: Uint8Array) => Uint8Array,
): () => Promise<CardSet> {
  return () => cardSet({ beforeSigning: (files) => apply(files, name, change) });
}

/** A set whose file is changed after everything was signed. */
export function tampered(
  name: LdsFileName,
  change: (bytes: Uint8Array) => Uint8Array,
): () => Promise<CardSet> {
  return () => cardSet({ afterSigning: (files) => apply(files, name, change) });
}

function apply(files: Files, name: LdsFileName, change: (bytes: Uint8Array) => Uint8Array): void {
  const bytes = files.get(name);
  if (bytes === undefined) throw new Error(`there is no ${name}`);
  files.set(name, change(bytes));
}
