import { ProductionError } from '../../../production/errors';

/** One worked example; which inputs and figures it has depends on the topic. */
export interface VectorEntry {
  readonly id: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly expected: Readonly<Record<string, unknown>>;
}

/** A file of worked examples of one topic. */
export interface VectorFile {
  /** As it was named on the command line. */
  readonly name: string;
  readonly topic: string;
  readonly entries: readonly VectorEntry[];
}

const MAX_FILE_CHARACTERS = 64_000_000;

/**
 * Reads a vector file: an object with `topic` and `entries`, each with `id`, `inputs` and
 * `expected`. Members beyond those are allowed.
 *
 * @throws ProductionError `INPUT_MALFORMED` with every place that is wrong.
 */
export function parseVectorFile(name: string, text: string): VectorFile {
  const document = parseJson(name, text);
  if (!isObject(document)) throw malformed(name, ['the file is no JSON object']);
  const { topic, entries } = document;
  const problems: string[] = [];
  if (typeof topic !== 'string' || topic.trim() === '') problems.push('topic: is no text');
  if (!Array.isArray(entries)) problems.push('entries: is no list');
  if (problems.length > 0) throw malformed(name, problems);
  const read = (entries as readonly unknown[]).map((entry, index) =>
    readEntry(entry, `entries[${index}]`, problems),
  );
  for (const [index, { id }] of read.entries()) {
    if (read.findIndex((other) => other.id === id) !== index) {
      problems.push(`entries[${index}]: the id "${id}" is there twice`);
    }
  }
  if (problems.length > 0) throw malformed(name, problems);
  return { name, topic: topic as string, entries: read };
}

function parseJson(name: string, text: string): unknown {
  if (text.length > MAX_FILE_CHARACTERS) throw malformed(name, ['the file is too large']);
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
  } catch (error) {
    const detail = error instanceof Error ? `: ${error.message}` : '';
    throw malformed(name, [`is not JSON${detail}`]);
  }
}

/** An entry as far as it can be read; what is wrong with it goes to `problems`. */
function readEntry(entry: unknown, place: string, problems: string[]): VectorEntry {
  const empty = { id: place, inputs: {}, expected: {} };
  if (!isObject(entry)) {
    problems.push(`${place}: is no object`);
    return empty;
  }
  const { id, inputs = {}, expected = {} } = entry;
  if (typeof id !== 'string' || id.trim() === '') problems.push(`${place}.id: is no text`);
  if (!isObject(inputs)) problems.push(`${place}.inputs: is no object`);
  if (!isObject(expected)) problems.push(`${place}.expected: is no object`);
  return {
    id: typeof id === 'string' && id.trim() !== '' ? id : place,
    inputs: isObject(inputs) ? inputs : {},
    expected: isObject(expected) ? expected : {},
  };
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function malformed(name: string, reasons: readonly string[]): ProductionError {
  return new ProductionError('INPUT_MALFORMED', name, reasons);
}
