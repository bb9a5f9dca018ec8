import { createHash, randomBytes } from 'node:crypto';
import type { ApprovedRecord } from '../../../production/document/approved-record';
import type { InspectionReport } from '../../../production/document/inspection-report';
import type {
  AttemptIntent,
  FileHashes,
  LineStore,
  Preparation,
  ReceivedRecord,
} from '../../../production/document/line-store';
import type { DocumentSigner } from '../../../production/document/signed-document';

/** Invented records and steps for storage tests; the store never looks inside a record. */

export const STATION = 'station-1';
export const CHIP = 'test-chip';
/** Stands for holder data: it must never come back in an error, an event or a log. */
export const MARKER = 'ZZMARKERNAME';

export function sampleRecord(
  recordId: string,
  change: Partial<ApprovedRecord> = {},
): ReceivedRecord {
  const record: ApprovedRecord = {
    recordId,
    recordVersion: 1,
    profile: 'test-product',
    approvedAt: '2026-01-05T08:00:00Z',
    approvedBy: 'approver-1',
    issuingState: 'UTO',
    name: { full: `${MARKER} ${recordId}` },
    dateOfBirth: '1990-01-01',
    sex: 'F',
    nationality: 'UTO',
    dateOfIssue: '2026-01-05',
    dateOfExpiry: '2036-01-05',
    portrait: 'portrait.jpg',
    ...change,
  };
  const pictures = new Map([['portrait.jpg', new Uint8Array(Buffer.from(`${MARKER} portrait`))]]);
  return {
    record: { record, pictures },
    source: 'directory test',
    place: `records.ndjson:${recordId}`,
    sha256: digestOf(JSON.stringify(record)),
  };
}

export function sampleSigner(change: Partial<DocumentSigner> = {}): DocumentSigner {
  return {
    keyLabel: 'document-signer-1',
    algorithm: 'ecdsa-P-256-sha256',
    certificate: new Uint8Array(Buffer.from('a certificate')),
    csca: new Uint8Array(Buffer.from('a CSCA certificate')),
    keyUse: { from: new Date('2026-01-01T00:00:00Z'), until: new Date('2026-04-01T00:00:00Z') },
    validity: { from: new Date('2026-01-01T00:00:00Z'), until: new Date('2036-07-01T00:00:00Z') },
    ...change,
  };
}

export function samplePreparation(
  documentId: number,
  change: Partial<Preparation> = {},
): Preparation {
  return {
    documentId,
    station: STATION,
    signer: sampleSigner(),
    signature: {
      signedAt: new Date('2026-02-01T00:00:00Z'),
      sodSha256: new Uint8Array(randomBytes(32)),
    },
    fileHashes: SAMPLE_HASHES,
    content: new Uint8Array(Buffer.from(`${MARKER} prepared`)),
    ...change,
  };
}

export const SAMPLE_HASHES: FileHashes = new Map([
  ['EF.COM', digestOf('EF.COM')],
  ['EF.DG1', digestOf('EF.DG1')],
  ['EF.SOD', digestOf('EF.SOD')],
]);

export function sampleIntent(
  documentId: number,
  chipSerial: string,
  change: Partial<AttemptIntent> = {},
): AttemptIntent {
  return {
    documentId,
    chipSerial,
    chip: CHIP,
    station: STATION,
    scriptSha256: digestOf(`script ${chipSerial}`),
    fileHashes: SAMPLE_HASHES,
    ...change,
  };
}

export function sampleReport(verdict: 'pass' | 'fail'): InspectionReport {
  return {
    verdict,
    sentence: { vi: MARKER, en: MARKER },
    inspectedAt: new Date('2026-02-01T00:01:00Z'),
    access: 'BAC',
    checks: [
      {
        id: 'TEST/one',
        group: 'files',
        title: { vi: 'Một', en: 'One' },
        outcome: verdict,
        clause: '[9303-10 §4]',
        file: 'EF.DG1',
        expected: MARKER,
        found: MARKER,
      },
      {
        id: 'TEST/two',
        group: 'chip',
        title: { vi: 'Hai', en: 'Two' },
        outcome: 'pass',
        clause: '[9303-11 §4]',
      },
    ],
    files: new Map([['EF.DG1', new Uint8Array(Buffer.from(MARKER))]]),
    steps: [
      { name: 'open', apdus: 3, durationMs: 1.4 },
      { name: 'read', apdus: 9, durationMs: 2.4 },
    ],
  };
}

/** Blanks through receiving and vault to the station. */
export async function issueBlanks(
  store: LineStore,
  chipSerials: readonly string[],
  lot = 'lot-1',
): Promise<void> {
  await store.receiveCards({ lot, chip: CHIP, chipSerials, by: 'keeper' });
  await store.storeCards({ chipSerials, by: 'keeper' });
  await store.issueCards({ chipSerials, by: 'keeper', station: STATION });
}

/** A document in the hands of the station, prepared; returns its number. */
export async function prepareNext(store: LineStore): Promise<number> {
  const claimed = await store.claimDocument({ station: STATION });
  if (claimed === undefined) throw new Error('no document waits');
  await store.recordPrepared(samplePreparation(claimed.documentId));
  return claimed.documentId;
}

/** From prepared to released on this card. */
export async function makeGood(
  store: LineStore,
  documentId: number,
  chipSerial: string,
): Promise<number> {
  const attemptId = await store.openAttempt(sampleIntent(documentId, chipSerial));
  await store.recordInspection(attemptId, 'before-lock', sampleReport('pass'));
  await store.recordEncoded(attemptId);
  await store.recordInspection(attemptId, 'after-lock', sampleReport('pass'));
  await store.release(attemptId);
  return attemptId;
}

function digestOf(text: string): Uint8Array {
  return new Uint8Array(createHash('sha256').update(text).digest());
}
