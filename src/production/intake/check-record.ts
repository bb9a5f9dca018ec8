import { MalformedError } from '../../standards/bytes/malformed';
import type { ApprovedRecord } from '../document/approved-record';
import type { ProductProfile } from '../profile/product';
import { findDateProblems } from './check-dates';
import { findProductProblems } from './check-product-rules';
import { cleanRecord, findTextProblems } from './clean-record';
import { isIssuingState, isNationality } from './country-codes';
import { parseRecordJson } from './parse-json';
import { RECORD_CHECKS } from './record-checks';
import type { RecordProblem } from './record-problem';
import { findSchemaProblems } from './schema-problems';

/** Products by name. */
export type Products = ReadonlyMap<string, ProductProfile>;

/** The answer about one record: right, right with doubts, or wrong with every reason at once. */
export type CheckedRecord =
  | {
      readonly outcome: 'right';
      /** Texts in normalization form C. */
      readonly record: ApprovedRecord;
      readonly product: ProductProfile;
      /** What a person is to look at before a card is made. */
      readonly doubts: readonly RecordProblem[];
    }
  | {
      readonly outcome: 'wrong';
      readonly recordId?: string;
      readonly problems: readonly RecordProblem[];
      /** Members that are right for themselves: their pictures can still be looked at. */
      readonly usable: Partial<ApprovedRecord>;
      readonly product?: ProductProfile;
    };

/** Judges the bytes of one record; pictures are judged by `readRecordPictures`. */
export function checkRecord(bytes: Uint8Array, products: Products): CheckedRecord {
  let value: unknown;
  try {
    value = parseRecordJson(bytes);
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error;
    const problem = { field: error.place, reason: error.reason };
    return { outcome: 'wrong', problems: [problem], usable: {} };
  }
  const schemaProblems = findSchemaProblems(value);
  const usable = cleanRecord(withoutWrongMembers(value, schemaProblems));
  const product = usable.profile === undefined ? undefined : products.get(usable.profile);
  const found = (product?.record.checks ?? []).map((name) => RECORD_CHECKS[name](usable));
  const problems = [
    ...schemaProblems,
    ...findTextProblems(usable),
    ...findDateProblems(usable),
    ...findCodeProblems(usable),
    ...findProductProblems(usable, product),
    ...found.flatMap(({ errors }) => errors),
  ];
  if (problems.length === 0 && product !== undefined) {
    const record = usable as ApprovedRecord;
    return { outcome: 'right', record, product, doubts: found.flatMap(({ doubts }) => doubts) };
  }
  return {
    outcome: 'wrong',
    problems,
    usable,
    ...(usable.recordId === undefined ? {} : { recordId: usable.recordId }),
    ...(product === undefined ? {} : { product }),
  };
}

/** The members that the schema has nothing against, so that they are judged further. */
function withoutWrongMembers(
  value: unknown,
  problems: readonly RecordProblem[],
): Partial<ApprovedRecord> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  const wrong = new Set(problems.map(({ field }) => field.split('.')[0]));
  return Object.fromEntries(Object.entries(value).filter(([member]) => !wrong.has(member)));
}

function findCodeProblems(record: Partial<ApprovedRecord>): RecordProblem[] {
  const reason = 'is no code of Doc 9303-3 section 5';
  const problems: RecordProblem[] = [];
  if (record.issuingState !== undefined && !isIssuingState(record.issuingState)) {
    problems.push({ field: 'issuingState', reason });
  }
  if (record.nationality !== undefined && !isNationality(record.nationality)) {
    problems.push({ field: 'nationality', reason });
  }
  return problems;
}
