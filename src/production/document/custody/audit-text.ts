import { Ajv } from 'ajv';
import { decodeHex, encodeHex } from '../../../standards/bytes/hex';
import { MalformedError } from '../../../standards/bytes/malformed';
import type { AuditEntry, AuditHead } from './audit-log';

/** What a checkpoint says: how long each chain is, and its last hash. */
export interface CheckpointContent {
  /** `periodic` stands between entries; `closing` ends a file and is not numbered. */
  readonly kind: 'periodic' | 'closing';
  /** Periodic ones count from 1; a closing one gives the number of periodic ones before it. */
  readonly number: number;
  readonly at: Date;
  /** Name of the signature algorithm. */
  readonly algorithm: string;
  /** SHA-256 of the text of the periodic checkpoint before; zeros for the first. */
  readonly previous: Uint8Array;
  readonly heads: readonly AuditHead[];
}

interface EntryJson {
  readonly writer: string;
  readonly sequence: number;
  readonly previous: string;
  readonly at: string;
  readonly who: string;
  readonly action: string;
  readonly subject: string;
  readonly place: string;
  readonly outcome: AuditEntry['outcome'];
  readonly reasons: readonly string[];
}

interface CheckpointJson {
  readonly kind: CheckpointContent['kind'];
  readonly number: number;
  readonly at: string;
  readonly algorithm: string;
  readonly previous: string;
  readonly heads: readonly (readonly [writer: string, sequence: number, sha256: string])[];
}

export const NO_PREVIOUS: Uint8Array = new Uint8Array(32);

const MAX_TEXT = 300;
const word = { type: 'string', minLength: 1, maxLength: MAX_TEXT };
const digest = { type: 'string', pattern: '^[0-9a-f]{64}$' };
const moment = { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$' };
const counted = { type: 'integer', minimum: 0 };
const strict = (properties: Record<string, object>): object => ({
  type: 'object',
  additionalProperties: false,
  required: Object.keys(properties),
  properties,
});

const ajv = new Ajv({ strictTuples: false });
const isEntry = ajv.compile<EntryJson>(
  strict({
    writer: word,
    sequence: { type: 'integer', minimum: 1 },
    previous: digest,
    at: moment,
    who: word,
    action: word,
    subject: word,
    place: word,
    outcome: { enum: ['done', 'refused', 'failed'] },
    reasons: { type: 'array', maxItems: 32, items: word },
  }),
);
const isCheckpoint = ajv.compile<CheckpointJson>(
  strict({
    kind: { enum: ['periodic', 'closing'] },
    number: counted,
    at: moment,
    algorithm: word,
    previous: digest,
    heads: {
      type: 'array',
      items: { type: 'array', minItems: 3, maxItems: 3, items: [word, counted, digest] },
    },
  }),
);

/** The one line of JSON that is hashed; the order of members is fixed. */
export function encodeAuditEntry(entry: AuditEntry): string {
  const json: EntryJson = {
    writer: tidy(entry.writer),
    sequence: entry.sequence,
    previous: lowerHex(entry.previous),
    at: entry.at.toISOString(),
    who: tidy(entry.who),
    action: tidy(entry.action),
    subject: tidy(entry.subject),
    place: tidy(entry.place),
    outcome: entry.outcome,
    reasons: entry.reasons.slice(0, 32).map(tidy),
  };
  return JSON.stringify(json);
}

/** @throws MalformedError */
export function parseAuditEntry(text: string): AuditEntry {
  const json = parseJson(text, 'audit entry');
  if (!isEntry(json)) throw new MalformedError('audit entry', 'is not of the form of an entry');
  return { ...json, previous: decodeHex(json.previous), at: new Date(json.at) };
}

/** The one line of JSON that is signed. */
export function encodeCheckpoint(content: CheckpointContent): string {
  const json: CheckpointJson = {
    kind: content.kind,
    number: content.number,
    at: content.at.toISOString(),
    algorithm: content.algorithm,
    previous: lowerHex(content.previous),
    heads: content.heads.map(
      ({ writer, sequence, sha256 }) => [writer, sequence, lowerHex(sha256)] as const,
    ),
  };
  return JSON.stringify(json);
}

/** @throws MalformedError */
export function parseCheckpoint(text: string): CheckpointContent {
  const json = parseJson(text, 'checkpoint');
  if (!isCheckpoint(json)) {
    throw new MalformedError('checkpoint', 'is not of the form of a checkpoint');
  }
  return {
    ...json,
    at: new Date(json.at),
    previous: decodeHex(json.previous),
    heads: json.heads.map(([writer, sequence, sha256]) => ({
      writer,
      sequence,
      sha256: decodeHex(sha256),
    })),
  };
}

/** One line, never empty, never long: an entry must not fail for its wording. */
function tidy(text: string): string {
  const line = text.replaceAll(/\p{Cc}+/gu, ' ').trim();
  if (line === '') return '-';
  // What is half a character cannot be encoded.
  const characters = Array.from(line.replaceAll(/\p{Cs}/gu, '\uFFFD'));
  return characters.length > MAX_TEXT
    ? `${characters.slice(0, MAX_TEXT - 1).join('')}…`
    : characters.join('');
}

function lowerHex(bytes: Uint8Array): string {
  return encodeHex(bytes).toLowerCase();
}

function parseJson(text: string, place: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new MalformedError(place, 'is not JSON');
  }
}
