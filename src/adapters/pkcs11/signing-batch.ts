import type { Handle, Mechanism } from 'pkcs11js';

/** One signature to make: everything the token is given. */
export interface SigningJob {
  readonly mechanism: Mechanism;
  readonly key: Handle;
  readonly input: Uint8Array;
  /** Room that the signature needs at the most. */
  readonly maxSignatureBytes: number;
}

/** What the token said; a failure says whether the signature may have been made and counted. */
export type SigningAnswer =
  { readonly signature: Uint8Array } | { readonly failure: string; readonly begun: boolean };

/** How a signature is made: what is the same for many jobs travels once. */
export type SigningKind = Pick<SigningJob, 'mechanism' | 'key'>;

/** Jobs on their way to a thread, packed: a message of many small values takes longer than a signature. */
export interface PackedJobs {
  readonly kinds: readonly SigningKind[];
  /** For each job the index of its kind, then the length of its input in bytes. */
  readonly shapes: Uint32Array;
  /** All inputs, one after the other. */
  readonly inputs: Uint8Array;
  /** Room for each signature on the way back. */
  readonly placeBytes: number;
}

/** Answers on their way back, in the order of the jobs. */
export interface PackedAnswers {
  /** A place of the same size for each signature. */
  readonly signatures: Uint8Array;
  readonly placeBytes: number;
  /** Length of each signature in bytes, 0 for a failure. */
  readonly lengths: Uint32Array;
  readonly failures: readonly {
    readonly index: number;
    readonly failure: string;
    readonly begun: boolean;
  }[];
}

export function packJobs(jobs: readonly SigningJob[]): PackedJobs {
  const kinds: SigningKind[] = [];
  const shapes = new Uint32Array(jobs.length * 2);
  const inputs = new Uint8Array(jobs.reduce((sum, { input }) => sum + input.length, 0));
  let [at, placeBytes] = [0, 0];
  for (const [index, { mechanism, key, input, maxSignatureBytes }] of jobs.entries()) {
    let kind = kinds.findIndex((one) => one.mechanism === mechanism && one.key === key);
    if (kind === -1) kind = kinds.push({ mechanism, key }) - 1;
    shapes.set([kind, input.length], index * 2);
    inputs.set(input, at);
    at += input.length;
    placeBytes = Math.max(placeBytes, maxSignatureBytes);
  }
  return { kinds, shapes, inputs, placeBytes };
}

export function unpackAnswers(packed: PackedAnswers): readonly SigningAnswer[] {
  const { signatures, placeBytes, lengths, failures } = packed;
  const answers: SigningAnswer[] = Array.from(lengths, (length, index) => {
    const at = index * placeBytes;
    return { signature: signatures.subarray(at, at + length) };
  });
  for (const { index, failure, begun } of failures) answers[index] = { failure, begun };
  return answers;
}
