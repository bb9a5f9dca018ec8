import { SeededRandom } from '../../seeded-random';
import type { ChipKind } from '../chip-kinds';
import { VirtualCard } from '../virtual-card';
import { VirtualReader } from '../virtual-reader';
import { TestTerminal } from './test-terminal';
import { lockCommands, sendAll, specimenCommands } from './write-specimen';

/** A chip in a reader with a terminal that speaks to it. */
export async function openChip(kind: ChipKind, seed = 'chip') {
  const card = new VirtualCard({ kind, random: new SeededRandom(seed) });
  const reader = new VirtualReader('virtual reader');
  reader.insert(card);
  const connection = await reader.connect({ timeoutMs: 0 });
  const newTerminal = () => new TestTerminal(connection, new SeededRandom(`${seed} terminal`));
  return { card, reader, connection, terminal: newTerminal(), newTerminal };
}

/** The same with the specimen written, and locked when asked for. */
export async function openWrittenChip(kind: ChipKind, state: 'written' | 'locked' = 'locked') {
  const opened = await openChip(kind);
  await sendAll(opened.terminal, specimenCommands(kind));
  if (state === 'locked') await sendAll(opened.terminal, lockCommands(kind));
  await opened.connection.reset();
  return { ...opened, terminal: opened.newTerminal() };
}
