import type { SignerStore } from '../../production/document/custody/signer-store';

export interface RecallBenchResult {
  readonly ledgerRows: number;
  readonly documents: number;
  readonly seconds: number;
}

/** A recall takes less than a minute, however long the ledger is. */
export const RECALL_BENCH_TARGET_SECONDS = 60;

/** Lists every document of a signer as `key recall` does, and measures how long it takes. */
export async function runRecallBench(
  signers: Pick<SignerStore, 'recall'>,
  order: { readonly number: number; readonly ledgerRows: number },
): Promise<RecallBenchResult> {
  const begin = performance.now();
  let rows = 0;
  const { documents } = await signers.recall(order.number, (page) => {
    rows += page.length;
    return Promise.resolve();
  });
  if (rows !== documents) throw new Error('a recall lists what it counts');
  return {
    documents,
    ledgerRows: order.ledgerRows,
    seconds: (performance.now() - begin) / 1000,
  };
}

/** The result in one line, with the target of the design. */
export function renderRecallBench({ ledgerRows, documents, seconds }: RecallBenchResult): string {
  const verdict = seconds < RECALL_BENCH_TARGET_SECONDS ? 'met' : 'missed';
  return (
    `recall: ${documents} documents of one signer among ${ledgerRows} in ${seconds.toFixed(1)} s, ` +
    `less than ${RECALL_BENCH_TARGET_SECONDS} s wanted: ${verdict}`
  );
}
