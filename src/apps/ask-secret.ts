import { ProductionError } from '../production/errors';

const ENTER = /[\r\n]/;
const CTRL_C = '\u0003';
const BACKSPACES = ['\u0008', '\u007f'];
const MAX_CHARACTERS = 256;

/** What a secret is asked from: standard input and error of a process, or a test's. */
export interface SecretPrompt {
  readonly input: NodeJS.ReadStream;
  readonly output: { write(text: string): unknown };
}

/**
 * Asks for one line at the keyboard and shows nothing of it.
 *
 * @throws ProductionError `USAGE` when there is no keyboard, or the person gives up.
 */
export async function askSecret(
  question: string,
  { input, output }: SecretPrompt = { input: process.stdin, output: process.stderr },
): Promise<string> {
  if (!input.isTTY)
    throw new ProductionError('USAGE', question, ['there is no terminal to ask at']);
  // No echo before the question: who sees it may type at once.
  input.setRawMode(true).resume().setEncoding('utf8');
  output.write(`${question}: `);
  try {
    let typed = '';
    for await (const chunk of input.iterator({ destroyOnReturn: false })) {
      for (const character of Array.from(String(chunk))) {
        if (ENTER.test(character)) return typed;
        if (character === CTRL_C || typed.length > MAX_CHARACTERS) {
          throw new ProductionError('USAGE', question, ['nothing was entered']);
        }
        const erased = Array.from(typed).slice(0, -1).join('');
        typed = BACKSPACES.includes(character) ? erased : typed + character;
      }
    }
    throw new ProductionError('USAGE', question, ['nothing was entered']);
  } finally {
    input.setRawMode(false).pause();
    output.write('\n');
  }
}
