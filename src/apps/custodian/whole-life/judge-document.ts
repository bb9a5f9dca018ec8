import { join } from 'node:path';
import { completeChip, FROM_THE_START } from '../../../production/make-chip';
import { inspectChip } from '../../../production/inspection/inspect-chip';
import { judgeFiles, type JudgeRequest } from '../../../production/inspection/judge-files';
import { compileScript } from '../../../production/personalization/compile-script';
import { loadPair } from '../../../production/profile/load-profiles';
import { isChipKind } from '../../../simulation/chip/chip-kinds';
import { VirtualCard } from '../../../simulation/chip/virtual-card';
import { VirtualReader } from '../../../simulation/chip/virtual-reader';
import { readDocumentFolder, type DocumentFolder } from '../../document-folder';
import { systemRandom } from '../../system';
import { openProfiles } from '../../wiring/profiles';
import { expectThat, type Life, PRODUCT } from './life';

type Trust = JudgeRequest['trust'];

/**
 * What an inspection says of a document, by its files, and again of a chip that was made of them
 * and is read through its own access protocol. The two say the same.
 */
export async function judgeDocument(
  { folder, clock }: Pick<Life, 'folder' | 'clock'>,
  documentId: number,
  trust: Trust,
): Promise<string> {
  const document = await readDocumentFolder(join(folder, 'documents', String(documentId)));
  const { verdict } = judgeFiles({ files: document.document.files, trust, at: clock.now() });
  const chip = await judgeChip(document, clock, trust);
  expectThat(chip === verdict, `files and chip of document ${documentId} are judged alike`);
  return verdict;
}

async function judgeChip(
  { document, csca }: DocumentFolder,
  clock: Life['clock'],
  trust: Trust,
): Promise<string> {
  const pair = await loadPair(openProfiles(), { product: PRODUCT });
  const { name: kind } = pair.chip;
  if (!isChipKind(kind)) throw new Error(`there is no virtual chip ${kind}`);
  const reader = new VirtualReader('whole-life');
  reader.insert(new VirtualCard({ kind, random: systemRandom }));
  const connection = await reader.connect({ timeoutMs: 0 });
  const random = systemRandom;
  await completeChip(
    { store: UNACCOUNTED, clock, random },
    {
      ...{ attemptId: 0, documentId: 0, chipSerial: 'virtual', document, csca, chip: pair.chip },
      script: compileScript({ document, ...pair }),
    },
    { connection, start: FROM_THE_START, verified: { before: false } },
  );
  await connection.reset();
  const { mrz } = document.access;
  const policy = 'pace-or-bac';
  const report = await inspectChip({ connection, access: { mrz }, policy, random, clock, trust });
  await connection.disconnect();
  return report.verdict;
}

/** These cards are of no stock. */
const UNACCOUNTED = {
  recordInspection: () => Promise.resolve(),
  recordEncoded: () => Promise.resolve(),
  release: () => Promise.resolve(),
};
