import {
  isMap,
  isNode,
  isScalar,
  LineCounter,
  parseDocument,
  Scalar,
  visit,
  type Document,
  type Node,
} from 'yaml';
import type { ProfileFile } from '../ports';
import type { ProfileProblem } from './profile-problem';

export type YamlPath = readonly (string | number)[];

/** A parsed YAML file that knows the line of each of its members. */
export interface YamlSource {
  readonly data: unknown;
  readonly problems: readonly ProfileProblem[];
  /** A problem at a place of the structure; `ofKey` points at the name instead of the value. */
  readonly problem: (path: YamlPath, what: Complaint) => ProfileProblem;
}

export interface Complaint {
  readonly found: string;
  readonly allowed: string;
  readonly ofKey?: string;
}

const MAX_BYTES = 256 * 1024;

/** Members whose values are hexadecimal: unquoted, YAML would read 0101 as the number 101. */
const HEX_MEMBERS = ['application', 'fid', 'dgi', 'send', 'data', 'expect', 'keyVersion'];
/** Members whose own names are hexadecimal. */
const HEX_KEYED_MEMBERS = ['answers'];

/**
 * Reads YAML strictly: one document, no tags, anchors or merges, no name twice, hexadecimal in
 * quotes.
 */
export function readYaml({ text, file }: ProfileFile): YamlSource {
  if (text.length > MAX_BYTES) return tooLarge(file, text.length);
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    version: '1.2',
    schema: 'core',
  });
  const at = (offset: number, path: string, what: Complaint): ProfileProblem => ({
    file,
    line: Math.max(1, lines.linePos(offset).line),
    path,
    found: what.found,
    allowed: what.allowed,
  });
  const problems = document.errors.map((error) =>
    at(error.pos[0], '', { found: `no YAML (${error.message})`, allowed: 'YAML 1.2' }),
  );
  if (problems.length === 0) problems.push(...findForeign(document, at));
  return {
    data: problems.length === 0 ? (document.toJS({ maxAliasCount: 0 }) as unknown) : undefined,
    problems,
    problem: (path, what) =>
      at(findOffset(document, path, what.ofKey), formatPath([...path, what.ofKey ?? '']), what),
  };
}

/** `script[3].send`, the way a person would write it. */
function formatPath(path: YamlPath): string {
  return path
    .filter((part) => part !== '')
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`))
    .join('')
    .replace(/^\./, '');
}

function tooLarge(file: string, characters: number): YamlSource {
  const problem = {
    file,
    line: 1,
    path: '',
    found: `${characters} characters`,
    allowed: `at most ${MAX_BYTES}`,
  };
  return { data: undefined, problems: [problem], problem: () => problem };
}

type ProblemAt = (offset: number, path: string, what: Complaint) => ProfileProblem;

/** What YAML can do and a profile may not, and hexadecimal without quotes. */
function findForeign(document: Document, at: ProblemAt): ProfileProblem[] {
  const problems: ProfileProblem[] = [];
  const complain = (node: Node, found: string, allowed: string): void => {
    problems.push(at(node.range?.[0] ?? 0, '', { found, allowed }));
  };
  visit(document, {
    Alias: (_key, node) => complain(node, `the alias *${node.source}`, 'the value itself'),
    Node: (_key, node) => {
      const { anchor } = node as { readonly anchor?: string };
      if (anchor !== undefined) complain(node, `the anchor &${anchor}`, 'no anchors');
      if (node.tag !== undefined) complain(node, `the tag ${node.tag}`, 'no tags');
    },
    Pair: (_key, pair) => {
      if (!isScalar(pair.key) || typeof pair.key.value !== 'string') {
        // A list or an object as a name would be turned into text, with a warning of the library.
        if (isNode(pair.key)) complain(pair.key, 'a name that is no text', 'text, in quotes');
        return;
      }
      const name = pair.key.value;
      if (name === '<<') complain(pair.key, 'a merge', 'the members themselves');
      if (HEX_MEMBERS.includes(name)) problems.push(...findUnquoted(pair.value, name, at));
      if (HEX_KEYED_MEMBERS.includes(name) && isMap(pair.value)) {
        for (const { key } of pair.value.items) {
          // A key that YAML read as a number is complained of when it is visited itself.
          if (isScalar(key) && typeof key.value !== 'string') continue;
          problems.push(...findUnquoted(key, name, at));
        }
      }
    },
  });
  return problems;
}

function findUnquoted(value: unknown, name: string, at: ProblemAt): ProfileProblem[] {
  const problems: ProfileProblem[] = [];
  const check = (node: Scalar): void => {
    if (node.type !== Scalar.PLAIN) return;
    const found = `${node.source ?? String(node.value)} without quotes`;
    problems.push(
      at(node.range?.[0] ?? 0, name, { found, allowed: "hexadecimal in quotes, '0101'" }),
    );
  };
  if (isScalar(value)) check(value);
  else if (value !== null && typeof value === 'object') {
    visit(value as Node, {
      Pair: (_key, pair) => {
        if (isScalar(pair.value)) check(pair.value);
        return visit.SKIP;
      },
      Scalar: (_key, node) => check(node),
    });
  }
  return problems;
}

/** Where the value at a path begins, or the nearest thing above it that exists. */
function findOffset(document: Document, path: YamlPath, key: string | undefined): number {
  if (key !== undefined) {
    const parent = document.getIn(path, true);
    const pair = isMap(parent)
      ? parent.items.find((item) => isScalar(item.key) && item.key.value === key)
      : undefined;
    if (isScalar(pair?.key)) return pair.key.range?.[0] ?? 0;
  }
  for (let length = path.length; length >= 0; length--) {
    const node: unknown =
      length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    const range = (node as Partial<Node> | null | undefined)?.range;
    if (range) return range[0];
  }
  return 0;
}
