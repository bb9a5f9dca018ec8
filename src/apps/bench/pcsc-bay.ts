import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { ProductionError } from '../../production/errors';
import type { ChipKind } from '../../simulation/chip/chip-kinds';
import { type ServedCard, serveVirtualCard } from '../../simulation/vpcd/serve-virtual-card';
import { CARD_CHANGE_MS } from '../wiring/pcscd-sandbox';
import { openReaders } from '../wiring/readers';
import { type CardBay, makeTimedCard } from './card-bay';

/** A reader of pcscd and the port at which its cards are put in. */
export interface VpcdReader {
  readonly name: string;
  readonly port: number;
}

/**
 * Readers of the pcscd that is reached here. The chips live in a process of their own, so that
 * their computing does not stand in the way of the one that is measured.
 */
export async function openPcscBay(kind: ChipKind, vpcd: readonly VpcdReader[]): Promise<CardBay> {
  const service = openReaders();
  const readers = await Promise.all(vpcd.map(({ name }) => service.find(name)));
  const ports = vpcd.map(({ port }) => String(port));
  const server = spawn(
    process.execPath,
    [process.argv[1] ?? '', 'bench', 'cards', '--chip', kind, '--port', ...ports],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  // Whoever still asks it for a card is told below that it has ended.
  server.stdin.on('error', () => undefined);
  const waiting = new Map<number, () => void>();
  createInterface({ input: server.stdout }).on('line', (line) => {
    waiting.get(Number(line))?.();
    waiting.delete(Number(line));
  });
  return {
    words: `over pcscd with ${vpcd.length} vpcd readers`,
    readers,
    insertBlank: async (index) => {
      const inserted = new Promise<void>((resolve) => waiting.set(index, resolve));
      server.stdin.write(`${index}\n`);
      const isInserted = await Promise.race([inserted.then(() => true), ended.then(() => false)]);
      if (!isInserted) throw new ProductionError('READER_NONE', 'vpcd', ['no cards come any more']);
    },
    close: async () => {
      server.stdin.end();
      await ended;
      await service.close();
    },
  };
}

/** The other side: for each number on the input a fresh blank in the reader of that number. */
export async function serveBlanks(kind: ChipKind, ports: readonly number[]): Promise<void> {
  const served = new Map<number, ServedCard>();
  const change = async (index: number): Promise<void> => {
    const before = served.get(index);
    if (before !== undefined) {
      await before.stop();
      await delay(CARD_CHANGE_MS);
    }
    const port = ports[index];
    if (port === undefined) throw new RangeError('there are too few ports');
    served.set(index, await serveVirtualCard({ card: makeTimedCard(kind), port }));
    process.stdout.write(`${index}\n`);
  };
  const changes = new Set<Promise<void>>();
  for await (const line of createInterface({ input: process.stdin })) {
    const changed = change(Number(line)).finally(() => changes.delete(changed));
    changes.add(changed);
  }
  await Promise.all(changes);
  await Promise.all([...served.values()].map((card) => card.stop()));
}
