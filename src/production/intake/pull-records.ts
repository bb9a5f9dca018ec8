import { createHash } from 'node:crypto';
import type { ApprovedRecord } from '../document/approved-record';
import type { DocumentId, RecordStore } from '../document/line-store';
import { ERRORS, ProductionError, type ErrorCode } from '../errors';
import type { PictureProcessor, RecordSource, SourceRecord } from '../ports';
import type { ProductProfile } from '../profile/product';
import { checkRecord, type Products } from './check-record';
import { digestRecord } from './record-digest';
import { readRecordPictures } from './record-pictures';
import { problemText } from './record-problem';

/** What one pull made of a source. Nothing in it tells who a record is about. */
export interface PullSummary {
  readonly registered: number;
  readonly alreadyKnown: number;
  /** Registered, and held until a person has looked at the doubts. */
  readonly held: readonly HeldRecord[];
  readonly refused: readonly RefusedRecord[];
}

export interface HeldRecord {
  readonly place: string;
  readonly recordId: string;
  readonly documentId: DocumentId;
  readonly reasons: readonly string[];
}

export interface RefusedRecord {
  readonly place: string;
  readonly recordId?: string;
  readonly code: ErrorCode;
  /** All of them at once. */
  readonly reasons: readonly string[];
}

export interface PullOptions {
  readonly source: RecordSource;
  readonly products: Products;
  readonly pictures: PictureProcessor;
  readonly store: Pick<RecordStore, 'registerRecord' | 'recordRefusal'>;
  /** Doubts of later stages, for which a right record is held too; they tell nothing of the holder. */
  readonly review?: (record: ApprovedRecord, product: ProductProfile) => readonly string[];
}

type Answer =
  | { readonly outcome: 'registered' | 'already-known'; readonly held?: HeldRecord }
  | { readonly outcome: 'refused'; readonly refusal: RefusedRecord };

/** Codes by which the store refuses one record and not the pull. */
const STORE_REFUSALS: readonly ErrorCode[] = [
  'RECORD_CHANGED',
  'RECORD_SUPERSEDED',
  'RECORD_IN_PRODUCTION',
];

/** So many record ids are remembered to find one that stands twice in a source. */
const REMEMBERED = 500_000;

/**
 * Takes every right record of a source into production. A wrong one is refused with every reason
 * at once, and the rest goes on. The same source pulled again changes nothing.
 *
 * @throws ProductionError when the source or the store fails; what came before is stored.
 */
export async function pullRecords(options: PullOptions): Promise<PullSummary> {
  const seen = new Map<string, string>();
  let registered = 0;
  let alreadyKnown = 0;
  const held: HeldRecord[] = [];
  const refused: RefusedRecord[] = [];
  for await (const sourceRecord of options.source.pull()) {
    const answer = await takeRecord(options, sourceRecord, seen);
    if (answer.outcome === 'refused') {
      refused.push(answer.refusal);
      await options.store.recordRefusal({
        source: options.source.name,
        place: sourceRecord.place,
        ...(answer.refusal.recordId === undefined ? {} : { recordId: answer.refusal.recordId }),
        sha256: new Uint8Array(createHash('sha256').update(sourceRecord.bytes).digest()),
        reasons: answer.refusal.reasons,
      });
      continue;
    }
    if (answer.outcome === 'registered') registered++;
    else alreadyKnown++;
    if (answer.held !== undefined) held.push(answer.held);
  }
  return { registered, alreadyKnown, held, refused };
}

async function takeRecord(
  options: PullOptions,
  sourceRecord: SourceRecord,
  seen: Map<string, string>,
): Promise<Answer> {
  const { place } = sourceRecord;
  const checked = checkRecord(sourceRecord.bytes, options.products);
  const usable = checked.outcome === 'right' ? checked.record : checked.usable;
  const { pictures, problems } = await readRecordPictures(usable, checked.product, {
    readPicture: (path, maxBytes) => sourceRecord.readPicture(path, maxBytes),
    pictures: options.pictures,
  });
  const again = findRepetition(usable, place, seen);
  const reasons = [
    ...(checked.outcome === 'wrong' ? checked.problems.map(problemText) : []),
    ...problems.map(problemText),
    ...again,
  ];
  if (checked.outcome === 'wrong' || reasons.length > 0) {
    const onlyPictures = checked.outcome === 'right' && again.length === 0;
    const code = (onlyPictures ? problems[0]?.code : undefined) ?? 'RECORD_INVALID';
    return refuse({ place, code, reasons }, usable.recordId);
  }
  const { record, product, doubts } = checked;
  const hold = [...doubts.map(problemText), ...(options.review?.(record, product) ?? [])];
  const content = { record, pictures };
  try {
    const { outcome, documentId } = await options.store.registerRecord({
      record: content,
      source: options.source.name,
      place,
      sha256: digestRecord(content),
      ...(hold.length === 0 ? {} : { hold }),
    });
    if (outcome === 'already-known' || hold.length === 0) return { outcome };
    return { outcome, held: { place, recordId: record.recordId, documentId, reasons: hold } };
  } catch (error) {
    if (!(error instanceof ProductionError) || !STORE_REFUSALS.includes(error.code)) throw error;
    const said = [ERRORS[error.code].en, ...error.reasons];
    return refuse({ place, code: error.code, reasons: said }, record.recordId);
  }
}

/** One version of a record stands once in a source: of two, nobody can say which is meant. */
function findRepetition(
  { recordId, recordVersion }: { readonly recordId?: string; readonly recordVersion?: number },
  place: string,
  seen: Map<string, string>,
): readonly string[] {
  if (recordId === undefined || recordVersion === undefined) return [];
  const key = `${recordId} ${recordVersion}`;
  const first = seen.get(key);
  if (first !== undefined) return [`recordId: this version stands at ${first} too`];
  if (seen.size < REMEMBERED) seen.set(key, place);
  return [];
}

function refuse(refusal: Omit<RefusedRecord, 'recordId'>, recordId: string | undefined): Answer {
  return {
    outcome: 'refused',
    refusal: { ...refusal, ...(recordId === undefined ? {} : { recordId }) },
  };
}
