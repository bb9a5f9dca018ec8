import { MalformedError } from '../../standards/bytes/malformed';
import { decodeUtf8 } from '../../standards/bytes/text';
import { RECORD_MAX_BYTES } from '../document/record-limits';

const BYTE_ORDER_MARK = '\ufeff';
/** No member of a record lies deeper than three. */
const MAX_DEPTH = 8;

/**
 * The JSON value of one record as it came: UTF-8, with or without a byte order mark, no member
 * named twice. JSON.parse alone would keep the last of two members and say nothing.
 *
 * @throws MalformedError without a word of the content.
 */
export function parseRecordJson(bytes: Uint8Array): unknown {
  if (bytes.length > RECORD_MAX_BYTES) {
    throw new MalformedError('record', `is longer than ${RECORD_MAX_BYTES} bytes`);
  }
  const decoded = decodeUtf8(bytes, 'record');
  const text = decoded.startsWith(BYTE_ORDER_MARK) ? decoded.slice(1) : decoded;
  requireShallow(text);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new MalformedError('record', 'is not JSON');
  }
  requireDistinctMembers(text);
  return value;
}

/** Strings of JSON, and the signs that open, close and divide. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/gs;

function requireShallow(text: string): void {
  let depth = 0;
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '{' || token === '[') depth++;
    if (token === '}' || token === ']') depth--;
    if (depth > MAX_DEPTH) throw new MalformedError('record', 'is nested too deeply');
  }
}

/** For text that JSON.parse has accepted. */
function requireDistinctMembers(text: string): void {
  const open: (Set<string> | undefined)[] = [];
  let lastString: string | undefined;
  for (const [token] of text.matchAll(TOKEN)) {
    const members = open.at(-1);
    if (token === '{') open.push(new Set());
    else if (token === '[') open.push(undefined);
    else if (token === '}' || token === ']') open.pop();
    else if (token === ':' && members !== undefined && lastString !== undefined) {
      const name = JSON.parse(lastString) as string;
      if (members.has(name)) throw new MalformedError('record', 'has a member twice');
      members.add(name);
    }
    lastString = token.startsWith('"') ? token : undefined;
  }
}
