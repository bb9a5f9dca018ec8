import { ProductionError } from '../../../production/errors';
import { JsonFault, scanJson } from './scan-json';

/** One worked example; which inputs and figures it has depends on the topic. */
export interface VectorEntry {
  readonly id: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly expected: Readonly<Record<string, unknown>>;
  /** Document and section, or how it was made. */
  readonly source?: string;
}

/** A file of worked examples of one topic. */
export interface VectorFile {
  /** As it was named on the command line. */
  readonly name: string;
  readonly topic: string;
  readonly entries: readonly VectorEntry[];
}

const MAX_FILE_CHARACTERS = 64_000_000;

/** As many as are told; a file that is wrong throughout is wrong in one way mostly. */
const MAX_PROBLEMS = 50;

/**
 * Reads a vector file: an object with `topic` and `entries`, each with `id`, `inputs` and
 * `expected`. Members beyond those are allowed.
 *
 * @throws ProductionError `INPUT_MALFORMED` with every place that is wrong, and its line.
 */
export function parseVectorFile(name: string, text: string): VectorFile {
  const { document, entryLines } = parseJson(name, text);
  if (!isObject(document)) throw malformed(name, ['the file is no JSON object']);
  const { topic, entries } = document;
  const problems: string[] = [];
  if (typeof topic !== 'string' || topic.trim() === '') problems.push('topic: is no text');
  if (!Array.isArray(entries)) problems.push('entries: is no list');
  if (problems.length > 0) throw malformed(name, problems);
  const placeOf = (index: number) => `line ${entryLines[index] ?? 1}, entries[${index}]`;
  const read = (entries as readonly unknown[]).map((entry, index) =>
    readEntry(entry, placeOf(index), problems),
  );
  if (problems.length > 0) throw malformed(name, problems);
  return { name, topic: topic as string, entries: tellApart(read, placeOf) };
}

/** Every entry is looked at; one whose id another has before it is told of with its place. */
function tellApart(
  entries: readonly VectorEntry[],
  placeOf: (index: number) => string,
): readonly VectorEntry[] {
  const ids = new Set<string>();
  return entries.map((entry, index) => {
    const { id } = entry;
    if (ids.has(id)) return { ...entry, id: `${id} (${placeOf(index)})` };
    ids.add(id);
    return entry;
  });
}

function parseJson(
  name: string,
  text: string,
): { readonly document: unknown; readonly entryLines: readonly number[] } {
  if (text.length > MAX_FILE_CHARACTERS) throw malformed(name, ['the file is too large']);
  const content = text.replace(/^\uFEFF/, '');
  try {
    const { entryLines } = scanJson(content);
    return { document: JSON.parse(content) as unknown, entryLines };
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    const { line, column, message } = error;
    throw malformed(name, [`line ${line}, column ${column}: ${message}`]);
  }
}

/** An entry as far as it can be read; what is wrong with it goes to `problems`. */
function readEntry(entry: unknown, place: string, problems: string[]): VectorEntry {
  const empty = { id: place, inputs: {}, expected: {} };
  if (!isObject(entry)) {
    problems.push(`${place}: is no object`);
    return empty;
  }
  const { id, inputs = {}, expected = {}, source } = entry;
  const hasId = typeof id === 'string' && id.trim() !== '';
  const named = hasId ? `${place} "${id}"` : place;
  if (!hasId) problems.push(`${place}.id: is no text`);
  if (!isObject(inputs)) problems.push(`${named}.inputs: is no object`);
  if (!isObject(expected)) problems.push(`${named}.expected: is no object`);
  return {
    id: hasId ? id : place,
    inputs: isObject(inputs) ? inputs : {},
    expected: isObject(expected) ? expected : {},
    ...(typeof source === 'string' ? { source } : {}),
  };
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function malformed(name: string, reasons: readonly string[]): ProductionError {
  const told = reasons.slice(0, MAX_PROBLEMS);
  const more = reasons.length - told.length;
  return new ProductionError('INPUT_MALFORMED', name, [
    ...told,
    ...(more > 0 ? [`and ${more} more`] : []),
  ]);
}
