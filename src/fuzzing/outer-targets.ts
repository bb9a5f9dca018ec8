import { parseVectorFile } from '../apps/qa/vectors/vector-file';
import { checkRecord } from '../production/intake/check-record';
import { judgeFiles } from '../production/inspection/judge-files';
import { renderReportHtml } from '../production/inspection/render/render-report-html';
import { parseChip } from '../production/profile/parse-chip';
import { parseProduct } from '../production/profile/parse-product';
import { parseDynamicData } from '../standards/access/general-authenticate';
import { parseProtectedObjects } from '../standards/access/secure-messaging/protected-objects';
import { parseCommand } from '../standards/apdu/command';
import { parseResponse } from '../standards/apdu/response';
import { parseCplc } from '../standards/gp/cplc';
import { parseInitializeUpdateAnswer } from '../standards/gp/initialize-update';
import { parseKeyInformation } from '../standards/gp/key-information';
import { parseDataGroupings } from '../standards/gp/store-data';
import { parseTlvHeader } from '../standards/tlv/tlv';
import { dataGroupOfTag } from '../standards/lds/lds-file-table';
import type { FuzzTarget } from './target';

const SET = 'test-vectors/good/ecdsa-brainpoolp256r1-sha256';
const FILES = ['EF.COM', 'EF.DG1', 'EF.DG2', 'EF.DG14', 'EF.SOD'].map(
  (file) => `${SET}/${file}.bin`,
);
const NONE: readonly string[] = [];
const SM_STATUS = 0x99;

/** What chips answer, and what people write: commands, profiles, records, vectors, whole sets. */
export const OUTER_TARGETS = {
  'apdu-command': { read: parseCommand, seeds: NONE, maxBytes: 512 },
  'apdu-response': {
    read: (bytes) => parseProtectedObjects(parseResponse(bytes).data, SM_STATUS),
    seeds: NONE,
    maxBytes: 512,
  },
  'dynamic-data': { read: (bytes) => parseDynamicData(bytes, 'fuzz'), seeds: NONE, maxBytes: 512 },
  'initialize-update': { read: parseInitializeUpdateAnswer, seeds: NONE, maxBytes: 64 },
  'key-information': { read: parseKeyInformation, seeds: NONE, maxBytes: 256 },
  cplc: { read: parseCplc, seeds: NONE, maxBytes: 64 },
  'data-groupings': { read: parseDataGroupings, seeds: NONE, maxBytes: 512 },
  'profile-product': {
    read: (bytes) => parseProduct(textOf(bytes), 'fuzz.yaml'),
    seeds: [
      'card-profiles/products/training-td1.yaml',
      'card-profiles/products/icao-td3-passport.yaml',
    ],
    maxBytes: 8192,
  },
  'profile-chip': {
    read: (bytes) => parseChip(textOf(bytes), 'fuzz.yaml'),
    seeds: ['card-profiles/chips/training-card.yaml', 'card-profiles/chips/passport-applet.yaml'],
    maxBytes: 8192,
  },
  record: {
    read: (bytes) => checkRecord(bytes, new Map()),
    seeds: ['docs/record.schema.json'],
    maxBytes: 8192,
  },
  vectors: {
    read: (bytes) => parseVectorFile('fuzz.json', textOf(bytes)),
    seeds: ['test-vectors/kdf/kdf.json', 'test-vectors/mrz/vn-mrz-examples.json'],
    maxBytes: 8192,
  },
  'card-set': { read: judgeOne, seeds: FILES },
} as const satisfies Record<string, FuzzTarget>;

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8');
}

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
