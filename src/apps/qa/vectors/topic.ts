import { encodeHex } from '../../../standards/bytes/hex';
import type { VectorEntry } from './vector-file';

/**
 * One figure: computed when it is compared, so that one that cannot be computed does not hide the
 * others. It is handed what the entry expects, for figures that can only be confirmed, such as a
 * signature with an unknown random number.
 */
export type Figure = (expected: unknown) => unknown;

/** Figures by the names under which `expected` has them. */
export type Figures = Readonly<Record<string, Figure>>;

/** What the runner knows of one topic. */
export interface Topic {
  readonly name: string;
  /** The figures of an entry; those that its inputs do not lead to are left away or throw. */
  readonly figures: (entry: VectorEntry, file: readonly VectorEntry[]) => Figures;
  /**
   * Runs what the entry describes as a careful receiver does; for negative entries. Returns when
   * everything was accepted.
   *
   * @throws a refusal of the standards, `Refused`, or NotComputable
   */
  readonly accept: (entry: VectorEntry) => void;
}

/** A value that is computed once, when it is first asked for. */
export function once<T>(work: () => T): () => T {
  let done: { readonly value: T } | undefined;
  return () => (done ??= { value: work() }).value;
}

/** A figure of bytes, written as hexadecimal. */
export function hexFigure(work: () => Uint8Array): Figure {
  return () => encodeHex(work());
}
