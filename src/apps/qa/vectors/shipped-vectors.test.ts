import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { runEntry } from './run-entry';
import { runFile } from './run-file';
import { readManifest, readTopicFiles, VECTOR_ROOT } from './testing/shipped-vectors';
import { findTopic, TOPICS } from './topics';
import type { VectorEntry } from './vector-file';

/** Printed figures that nobody can recompute, with the reason that the runner gives. */
const NOT_CHECKED = [
  'aa-rsa1024-sha1-structure signature_printed: the inputs have no public key to verify the signature with',
];

/**
 * Words of files that are confirmed by the figures beside them, and inputs that stand among the
 * figures: another value of them is another question, not a wrong figure.
 */
const NO_FIGURES =
  /^(chain|rule|nesting|fields\..*|steps\[\d+\]\.(step|data|le|cla_ins_p1_p2|plain_command)|apdus\[\d+\]\.step|map\.[^.]+\.(name|description)|sm_encrypt_ssc1\.plain|sm_mac_ssc2\.data)$/;

const files = readTopicFiles();

test('every topic of the runner has worked examples', () => {
  const covered = new Set(files.map(({ topic }) => findTopic(topic)));
  expect(TOPICS.filter((topic) => !covered.has(topic)).map(({ name }) => name)).toEqual([]);
});

test('every shipped example passes, and what cannot be checked is known', () => {
  const results = files.map(runFile);
  const members = results.flatMap(({ entries }) =>
    entries.flatMap((entry) => entry.members.map((result) => ({ id: entry.id, result }))),
  );
  expect(members.filter(({ result }) => result.outcome === 'failed')).toEqual([]);
  const unchecked = members.flatMap(({ id, result }) =>
    result.outcome === 'not-checked' ? [`${id} ${result.member}: ${result.why}`] : [],
  );
  expect(unchecked).toEqual(NOT_CHECKED);
});

describe('no figure passes when the file expects another', () => {
  const entries = files.flatMap((file) =>
    file.entries.map((entry) => [file.topic, entry.id, entry, file.entries] as const),
  );

  it.each(entries)('%s: %s', (topicName, _id, entry, all) => {
    const topic = findTopic(topicName)!;
    const wrongly = spoilEachLeaf(entry.expected)
      .filter(({ place }) => !NO_FIGURES.test(place))
      .filter(({ expected }) => {
        const spoiled: VectorEntry = { ...entry, expected };
        return runEntry(topic, spoiled, all).outcome === 'passed';
      })
      .map(({ place }) => place);
    expect(wrongly).toEqual([]);
  });
});

describe('the manifest', () => {
  const manifest = readManifest();
  // The files of a card set stand, with their hashes, in the index of their folder.
  const found = listFiles(VECTOR_ROOT).filter(
    (file) =>
      file !== 'manifest.json' &&
      !file.endsWith('.md') &&
      !/^(good|bad|products)\/[^/]+\//.test(file),
  );

  test('names every vector file once', () => {
    expect(manifest.map(({ file }) => file).toSorted()).toEqual(found.toSorted());
  });

  test.each(manifest.map((line) => [line.file, line] as const))(
    '%s is what it says and is used',
    (file, line) => {
      const content = readFileSync(join(VECTOR_ROOT, file));
      expect(createHash('sha256').update(content).digest('hex')).toBe(line.sha256);
      expect(line.source).not.toBe('');
      expect(line.licence).not.toBe('');
      const user = join(VECTOR_ROOT, '..', line.usedBy);
      expect(existsSync(user)).toBe(true);
      const usesRunner = files.some(({ name }) => name === file);
      expect(usesRunner || readFileSync(user, 'utf8').includes(file.split('/').at(-1)!)).toBe(true);
    },
  );
});

/** The same value with one leaf altered, once for each leaf, with the place of the leaf. */
function spoilEachLeaf(
  expected: Readonly<Record<string, unknown>>,
): readonly { place: string; expected: Readonly<Record<string, unknown>> }[] {
  return leavesOf(expected).flatMap((path) => {
    const copy = structuredClone(expected) as Record<string, unknown>;
    let parent: Record<string, unknown> = copy;
    for (const key of path.slice(0, -1)) parent = parent[key] as Record<string, unknown>;
    const last = path.at(-1)!;
    const place = path.reduce(
      (text, key) => (/^\d+$/.test(key) && text !== '' ? `${text}[${key}]` : `${text}.${key}`),
      '',
    );
    parent[last] = spoil(parent[last], place.slice(1));
    return [{ place: place.slice(1), expected: copy }];
  });
}

function leavesOf(value: unknown): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [[]];
  return Object.entries(value).flatMap(([key, inner]) =>
    leavesOf(inner).map((path) => [key, ...path]),
  );
}

/** Another value: a number beside it, the other answer, a text with another last letter. */
function spoil(value: unknown, place: string): unknown {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  if (typeof value !== 'string' || value === '') return '00';
  const other = (letter: string | undefined): string => (letter === '0' ? '1' : '0');
  // The printed table cuts its rules where a cell ends, so that their ends say nothing.
  if (/^map\..*\.rule$/.test(place)) return other(value[0]) + value.slice(1);
  return value.slice(0, -1) + other(value.at(-1));
}

function listFiles(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(VECTOR_ROOT, join(entry.parentPath, entry.name)));
}
