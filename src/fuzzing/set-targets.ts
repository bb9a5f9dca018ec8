import { judgeFiles } from '../production/inspection/judge-files';
import { renderReportHtml } from '../production/inspection/render/render-report-html';
import { dataGroupOfTag } from '../standards/lds/lds-file-table';
import { parseTlvHeader } from '../standards/tlv/tlv';
import type { FuzzTarget } from './target';

const SET = 'test-vectors/good/ecdsa-brainpoolp256r1-sha256';
const FILES = ['EF.COM', 'EF.DG1', 'EF.DG2', 'EF.DG14', 'EF.SOD'].map(
  (file) => `${SET}/${file}.bin`,
);

/** Whole sets of files, through every check. */
export const SET_TARGETS = {
  'card-set': { read: judgeOne, seeds: FILES },
} as const satisfies Record<string, FuzzTarget>;

/** The whole judge and its page, with the bytes as the file that their first tag names. */
function judgeOne(bytes: Uint8Array): unknown {
  const report = judgeFiles({
    files: new Map([[fileOf(bytes), bytes]]),
    trust: { cscas: [bytes], crls: [bytes], documentSigners: [bytes] },
    at: new Date('2026-06-15T00:00:00Z'),
  });
  const broken = report.checks.find(
    ({ reason }) => reason?.en.startsWith('This check broke off') === true,
  );
  // A check that breaks off is caught by the judge, and all the same a fault of ours.
  if (broken !== undefined) throw new Error(`${broken.id} broke off: ${broken.found ?? ''}`);
  return renderReportHtml(report);
}

function fileOf(bytes: Uint8Array): string {
  const tag = bytes.length < 2 ? 0x77 : parseTlvHeader(bytes, 'fuzz').tag;
  const group = dataGroupOfTag(tag);
  if (group !== undefined) return `EF.DG${group}`;
  return tag === 0x60 ? 'EF.COM' : 'EF.SOD';
}
