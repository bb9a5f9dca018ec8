import { join } from 'node:path';
import { ProductionError } from '../../production/errors';
import type { CardOutcome } from '../../production/line';
import type { PrintedSide } from '../../production/face/print-face';
import type { FaceRenderer } from '../../production/ports';
import { ldsArtefacts } from '../document-folder';
import { faceArtefacts } from '../face-artefacts';
import { reportArtefacts } from '../inspection-artefacts';
import { systemClock } from '../system';
import { writeArtefacts } from '../write-artefacts';
import { faceRasterizer } from '../wiring/faces';
import type { OpenKeys } from '../wiring/keys';
import type { DemoResult } from './demo-result';

type ReleasedCard = Extract<CardOutcome, { outcome: 'released' }>;

const DOTS_PER_INCH = 300;

/** Folder of a card below the demo's. */
export function cardFolder({ documentId }: Pick<CardOutcome, 'documentId'>): string {
  return join('cards', String(documentId).padStart(4, '0'));
}

/** What stands on the chip as it was read back, what was printed, and the judgement. */
export async function writeCard(
  out: string,
  card: ReleasedCard,
  renderer: FaceRenderer,
): Promise<void> {
  const { document, report } = card;
  const sides = await renderer.render(card.face, { createdAt: systemClock.now() });
  await writeArtefacts(join(out, cardFolder(card)), [
    ...ldsArtefacts(document.files, 'lds'),
    { path: 'DSC.cer', content: document.signer.certificate },
    ...faceArtefacts(await Promise.all(sides.map(withPng)), 'face'),
    ...(await reportArtefacts(report, 'html')),
  ]);
}

/** Without pdftoppm there is no PNG, and the PDF says the same. */
async function withPng(side: PrintedSide): Promise<PrintedSide> {
  try {
    const png = await faceRasterizer.rasterize(side.pdf, { dotsPerInch: DOTS_PER_INCH });
    return { ...side, png };
  } catch (error) {
    if (error instanceof ProductionError && error.code === 'TOOL_MISSING') return side;
    throw error;
  }
}

/** `summary.json` and the anchor of trust; nothing in the summary tells who a card is for. */
export async function writeSummary(
  out: string,
  { startedAt, pulled, outcomes, balance, warnings, signers }: DemoResult,
  keys: OpenKeys,
): Promise<void> {
  const summary = {
    format: 'persoline-demo-1',
    startedAt,
    finishedAt: systemClock.now(),
    registered: pulled.registered,
    refused: pulled.refused,
    cards: outcomes.map((one) => ({
      document: one.documentId,
      outcome: one.outcome,
      ...('chipSerial' in one && { chipSerial: one.chipSerial }),
      ...(one.outcome === 'released' && {
        product: one.product,
        chip: one.chip,
        verdict: one.report.verdict,
        sentence: one.report.sentence,
        folder: cardFolder(one),
      }),
      ...('error' in one && {
        code: one.error.code,
        reasons: [one.error.place, ...one.error.reasons],
      }),
    })),
    balance,
    warnings,
    signers,
  };
  await writeArtefacts(out, [
    { path: 'summary.json', content: `${JSON.stringify(summary, undefined, 2)}\n` },
    { path: 'trust/CSCA.cer', content: keys.keys.csca.certificate },
  ]);
}
