import type { ApprovedRecord } from '../document/approved-record';
import { findStrayCharacter, isName } from './check-text';
import type { RecordProblem } from './record-problem';

/** Members that are names of people. */
const NAMES = new Set(['name', 'father', 'mother', 'spouse', 'otherNames', 'otherPersons']);

/** Members of persons in a list that are names. */
const NAME_INSIDE = /^personsToNotify\.\d+\.name$/;

/** Members that say where a file is: their bytes are the source's matter. */
const PATHS = new Set([
  'portrait',
  'signature',
  'displayedPortrait',
  'proofOfCitizenship',
  'imageOfFront',
  'imageOfRear',
  'fingerprints',
  'irises',
]);

/** The same record with every text in normalization form C, as chip and face write it. */
export function cleanRecord(record: Partial<ApprovedRecord>): Partial<ApprovedRecord> {
  return Object.fromEntries(
    Object.entries(record).map(([member, value]) => [
      member,
      PATHS.has(member) ? value : normalize(value),
    ]),
  );
}

/** Characters that nobody meant, wherever text stands, and names that are none. */
export function findTextProblems(record: Partial<ApprovedRecord>): readonly RecordProblem[] {
  const vietnamese = record.issuingState === 'VNM';
  const problems: RecordProblem[] = [];
  for (const [member, value] of Object.entries(record)) {
    if (PATHS.has(member)) continue;
    for (const [field, text] of textsOf(member, value)) {
      const stray = findStrayCharacter(text, { vietnamese });
      if (stray !== undefined) problems.push({ field, reason: stray });
      else if ((NAMES.has(member) || NAME_INSIDE.test(field)) && text !== '' && !isName(text)) {
        problems.push({ field, reason: 'has characters that names do not have' });
      }
    }
  }
  return problems;
}

function normalize(value: unknown): unknown {
  if (typeof value === 'string') return value.normalize('NFC');
  if (Array.isArray(value)) return value.map(normalize);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, normalize(part)]));
}

function textsOf(member: string, value: unknown): readonly (readonly [string, string])[] {
  if (typeof value === 'string') return [[member, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => textsOf(`${member}.${name}`, part));
}
