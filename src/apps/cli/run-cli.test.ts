import { ProductionError } from '../../production/errors';
import type { CommandContext } from '../command-context';
import { runCli } from './run-cli';

/** A command that is interrupted while it works, and then does what it is told. */
async function interruptDuring(after: () => void) {
  const noted: string[] = [];
  const terminal = {
    interactive: false,
    print: () => undefined,
    note: (text: string) => void noted.push(text),
  };
  const status = await runCli(['work'], {
    terminal,
    commands: [
      (program, context: CommandContext) => {
        program.command('work').action(() => {
          process.emit('SIGINT');
          expect(context.signal.aborted).toBe(true);
          after();
        });
      },
    ],
  });
  return { status, noted };
}

const TOLD = 'interrupted: what was begun comes to its end; a second time ends it at once';

test('an interrupt is told at once, and work that comes to its end is done', async () => {
  expect(await interruptDuring(() => undefined)).toEqual({ status: 0, noted: [TOLD] });
});

test('what stops because of it is status 3, without a word more', async () => {
  const stop = () => {
    throw new DOMException('This operation was aborted', 'AbortError');
  };
  expect(await interruptDuring(stop)).toEqual({ status: 3, noted: [TOLD] });
});

test('how to go on is said', async () => {
  const stop = () => {
    throw new ProductionError('CEREMONY_INTERRUPTED', 'step 2');
  };
  const { status, noted } = await interruptDuring(stop);
  expect([status, noted.slice(0, 2)]).toEqual([
    3,
    [TOLD, expect.stringContaining('CEREMONY_INTERRUPTED')],
  ]);
});
