import { withFilledLedger } from '../wiring/ledger-bench';
import { renderRecallBench, runRecallBench } from './bench-recall';

test('recalls exactly the documents of one signer out of a filled ledger', async () => {
  const result = await withFilledLedger({ rows: 50_000, signers: 20 }, (custody) =>
    runRecallBench(custody.signers, { number: 7, ledgerRows: 50_000 }),
  );
  expect(result).toMatchObject({ documents: 2500, ledgerRows: 50_000 });
  expect(renderRecallBench({ ...result, seconds: 3.21 })).toContain('in 3.2 s');
  expect(renderRecallBench({ ...result, seconds: 60 })).toContain('missed');
}, 60_000);
