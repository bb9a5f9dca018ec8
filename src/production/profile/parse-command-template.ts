import { decodeHex } from '../../standards/bytes/hex';
import type { CommandTemplate, TemplateNode } from './command-template';
import {
  TEMPLATE_VALUES,
  type TemplateScope,
  type TemplateValue,
  type TemplateValueName,
} from './template-values';

/** Thrown where a template does not follow the notation of card-profiles/README.md. */
export class TemplateNotationError extends Error {
  override readonly name = 'TemplateNotationError';

  constructor(
    readonly found: string,
    readonly allowed: string,
    /** Index of the first wrong character. */
    readonly offset: number,
  ) {
    super(`found ${found}; allowed: ${allowed}`);
  }
}

const HEADER_BYTES = 4;
const MAX_DEPTH = 8;
const SCOPES: readonly TemplateScope[] = ['anywhere', 'document', 'file', 'write'];

/**
 * A command: four header bytes, then data in parentheses and `/` with Le where there are any.
 *
 * @throws TemplateNotationError
 */
export function parseCommandTemplate(text: string, scope: TemplateScope): CommandTemplate {
  const reader = new NotationReader(text, scope);
  const header = reader.readNodes('(');
  const headerBytes = countBytes(header);
  if (headerBytes !== HEADER_BYTES) {
    throw new TemplateNotationError(
      headerBytes === undefined ? 'a header of unknown length' : `a header of ${headerBytes} bytes`,
      'CLA INS P1 P2, four bytes, and the data in ( )',
      0,
    );
  }
  const data = reader.take('(') ? reader.readEnclosed(')') : undefined;
  const le = reader.take('/') ? reader.readLe() : undefined;
  reader.expectEnd();
  return { header, ...(data && { data }), ...(le !== undefined && { le }) };
}

/**
 * A value without a command around it, for instance a data grouping.
 *
 * @throws TemplateNotationError
 */
export function parseDataTemplate(text: string, scope: TemplateScope): readonly TemplateNode[] {
  const reader = new NotationReader(text, scope);
  const nodes = reader.readNodes('');
  reader.expectEnd();
  return nodes;
}

/** Reads one template from left to right. */
class NotationReader {
  private position = 0;
  private depth = 0;

  constructor(
    private readonly text: string,
    private readonly scope: TemplateScope,
  ) {}

  take(character: string): boolean {
    this.skipSpace();
    if (this.text[this.position] !== character) return false;
    this.position++;
    return true;
  }

  readEnclosed(end: string): readonly TemplateNode[] {
    const start = this.position - 1;
    if (++this.depth > MAX_DEPTH) this.fail(`brackets more than ${MAX_DEPTH} deep`, 'fewer', start);
    const nodes = this.readNodes(end);
    if (!this.take(end))
      this.fail(`"${this.text[start] ?? ''}" without its end`, `"${end}"`, start);
    this.depth--;
    return nodes;
  }

  /** Everything up to one of the characters that end this level. */
  readNodes(ends: string): readonly TemplateNode[] {
    const nodes: TemplateNode[] = [];
    for (;;) {
      this.skipSpace();
      const next = this.text[this.position];
      if (next === undefined || next === '/' || ends.includes(next)) return nodes;
      nodes.push(this.readNode(next));
    }
  }

  readLe(): number {
    const hex = this.readHex();
    const [high = 0, low] = hex;
    if (hex.length > 2) {
      this.fail('Le of another length', 'one byte, 00 for 256, or two', this.position);
    }
    // Two bytes make the command one of extended length; 0000 asks for all that there can be.
    return low === undefined ? high || 0x100 : high * 0x100 + low || 0x1_0000;
  }

  expectEnd(): void {
    this.skipSpace();
    const rest = this.text[this.position];
    if (rest !== undefined) this.fail(`"${rest}"`, 'the end of the command', this.position);
  }

  private readNode(next: string): TemplateNode {
    if (this.take('{')) return this.readValue();
    if (this.take('[')) return { kind: 'length', style: 'ber', content: this.readEnclosed(']') };
    if (this.take('<')) return { kind: 'length', style: 'dgi', content: this.readEnclosed('>') };
    if (/[0-9A-F]/.test(next)) return { kind: 'bytes', bytes: this.readHex() };
    this.fail(`"${next}"`, 'upper-case hexadecimal, {value}, [ ], < >', this.position);
  }

  private readHex(): Uint8Array {
    this.skipSpace();
    const start = this.position;
    const digits = /^[0-9A-F]*/.exec(this.text.slice(start))?.[0] ?? '';
    if (digits.length === 0) this.fail('no byte', 'upper-case hexadecimal', start);
    if (digits.length % 2 !== 0) this.fail(`"${digits}"`, 'two digits a byte', start);
    this.position += digits.length;
    return decodeHex(digits);
  }

  private readValue(): TemplateNode {
    const start = this.position - 1;
    const end = this.text.indexOf('}', start);
    if (end < 0) this.fail('"{" without its end', '"}"', start);
    const inside = this.text.slice(this.position, end);
    this.position = end + 1;
    const [, name = '', width] = /^([A-Za-z.]+)(?::([1-4]))?$/.exec(inside) ?? [];
    const allowed = Object.keys(TEMPLATE_VALUES).filter((value) => this.isKnownHere(value));
    if (!isValueName(name) || !allowed.includes(name)) {
      this.fail(`"{${inside}}"`, `{${allowed.join('}, {')}} here`, start);
    }
    const isNumber = TEMPLATE_VALUES[name].type === 'number';
    if (isNumber !== (width !== undefined)) {
      this.fail(`"{${inside}}"`, isNumber ? `{${name}:2} with its bytes` : `{${name}}`, start);
    }
    return { kind: 'value', name, ...(width !== undefined && { lengthBytes: Number(width) }) };
  }

  private isKnownHere(name: string): boolean {
    const value: TemplateValue | undefined = isValueName(name) ? TEMPLATE_VALUES[name] : undefined;
    return value !== undefined && SCOPES.indexOf(value.scope) <= SCOPES.indexOf(this.scope);
  }

  private skipSpace(): void {
    while (this.text[this.position] === ' ' || this.text[this.position] === '\n') this.position++;
  }

  private fail(found: string, allowed: string, offset: number): never {
    throw new TemplateNotationError(found, allowed, offset);
  }
}

function isValueName(name: string): name is TemplateValueName {
  return Object.hasOwn(TEMPLATE_VALUES, name);
}

/** How many bytes the nodes come to; undefined where a value decides it. */
function countBytes(nodes: readonly TemplateNode[]): number | undefined {
  let bytes = 0;
  for (const node of nodes) {
    if (node.kind === 'bytes') bytes += node.bytes.length;
    else if (node.kind === 'value' && node.lengthBytes !== undefined) bytes += node.lengthBytes;
    else return undefined;
  }
  return bytes;
}
