/**
 * The terminal as a command sees it; tests hand in one that remembers. Results go to standard
 * output, everything about the way there to standard error.
 */
export interface Terminal {
  readonly interactive: boolean;
  readonly print: (text: string) => void;
  readonly note: (text: string) => void;
}

export function processTerminal(): Terminal {
  return {
    interactive: process.stderr.isTTY,
    print: (text) => process.stdout.write(`${text}\n`),
    note: (text) => process.stderr.write(`${text}\n`),
  };
}

/** One value for machines: JSON on one line a value, dates as RFC 3339, bytes as hexadecimal. */
export function printJson(terminal: Terminal, value: unknown): void {
  terminal.print(JSON.stringify(value, jsonMember, 2));
}

function jsonMember(_key: string, value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex').toUpperCase();
  if (value instanceof Map) return Object.fromEntries(value as Map<string, unknown>);
  if (typeof value === 'bigint') return value.toString();
  return value;
}
