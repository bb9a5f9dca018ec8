/** Deeper than any figure of a vector lies; text beyond it would only exhaust the stack. */
const MAX_DEPTH = 32;
const LITERAL = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
/** What stands in a text between its escapes: one pattern for all of it runs out of stack. */
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const SPACE = /[ \t\r\n]*/y;

/** Thrown at the first place that is no JSON. */
export class JsonFault extends Error {
  override readonly name = 'JsonFault';

  constructor(
    readonly line: number,
    readonly column: number,
    reason: string,
  ) {
    super(reason);
  }
}

/**
 * Walks JSON text as a person would who looks for a mistake in it: the place of what is wrong, a
 * member that is there twice (JSON.parse keeps the last and says nothing), and where the items of
 * the list `entries` begin.
 *
 * @throws JsonFault
 */
export function scanJson(text: string): { readonly entryLines: readonly number[] } {
  const scanner = new Scanner(text);
  scanner.readValue([]);
  scanner.skipSpace();
  if (scanner.at < text.length) scanner.fail('something follows after the end');
  return { entryLines: scanner.entryLines };
}

class Scanner {
  readonly entryLines: number[] = [];
  at = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  readValue(path: readonly string[]): void {
    this.skipSpace();
    if (path.length > MAX_DEPTH) this.fail(`more than ${MAX_DEPTH} levels`);
    const first = this.#text[this.at];
    if (first === '{') this.#readObject(path);
    else if (first === '[') this.#readList(path);
    else if (first === '"') this.#readString();
    else if (this.#match(LITERAL) === undefined) this.fail('no value where one belongs');
  }

  skipSpace(): void {
    this.#match(SPACE);
  }

  fail(reason: string, kind = 'is not JSON, '): never {
    const { line, column } = this.#place();
    throw new JsonFault(line, column, `${kind}${reason}`);
  }

  #readObject(path: readonly string[]): void {
    const names = new Set<string>();
    this.at++;
    this.skipSpace();
    if (this.#skip('}')) return;
    for (;;) {
      this.skipSpace();
      const from = this.at;
      const name = this.#readString();
      if (names.has(name)) {
        this.at = from;
        this.fail(`the member ${JSON.stringify(name)} is there twice`, '');
      }
      names.add(name);
      this.skipSpace();
      if (!this.#skip(':')) this.fail('no colon after the name of a member');
      this.readValue([...path, name]);
      this.skipSpace();
      if (this.#skip('}')) return;
      if (!this.#skip(',')) this.fail('neither a comma nor the end of the object');
    }
  }

  #readList(path: readonly string[]): void {
    const isEntries = path.length === 1 && path[0] === 'entries';
    this.at++;
    this.skipSpace();
    if (this.#skip(']')) return;
    for (;;) {
      this.skipSpace();
      if (isEntries) this.entryLines.push(this.#line());
      this.readValue([...path, '']);
      this.skipSpace();
      if (this.#skip(']')) return;
      if (!this.#skip(',')) this.fail('neither a comma nor the end of the list');
    }
  }

  #readString(): string {
    const from = this.at;
    if (!this.#skip('"')) return this.fail('no name in quotes');
    do this.#match(PLAIN);
    while (this.#match(ESCAPE) !== undefined);
    if (this.#skip('"')) return JSON.parse(this.#text.slice(from, this.at)) as string;
    this.at = from;
    return this.fail('a text that is not right');
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const [found] = pattern.exec(this.#text) ?? [];
    if (found !== undefined) this.at = pattern.lastIndex;
    return found;
  }

  #skip(sign: string): boolean {
    if (this.#text[this.at] !== sign) return false;
    this.at++;
    return true;
  }

  #place(): { readonly line: number; readonly column: number } {
    const lines = this.#text.slice(0, this.at).split('\n');
    return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
  }

  /** Counted on from the last entry, so that a long file is counted once. */
  #line(): number {
    for (; this.#counted < this.at; this.#counted++) {
      if (this.#text[this.#counted] === '\n') this.#lines++;
    }
    return this.#lines;
  }

  #counted = 0;
  #lines = 1;
}
