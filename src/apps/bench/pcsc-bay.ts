import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
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

const READY = 'ready';

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
  const answers = createInterface({ input: server.stdout })[Symbol.asyncIterator]();
  return {
    words: `over pcscd with ${vpcd.length} vpcd readers`,
    readers,
    insertBlanks: async (count) => {
      server.stdin.write(`${count}\n`);
      const answer: IteratorResult<string, unknown> = await answers.next();
      if (answer.value !== READY) throw new Error('the process with the chips has ended');
    },
    close: async () => {
      const exited = once(server, 'exit');
      server.stdin.end();
      await exited;
      await service.close();
    },
  };
}

/** The other side: for each number on the input, so many fresh blanks in the readers. */
export async function serveBlanks(kind: ChipKind, ports: readonly number[]): Promise<void> {
  let served: readonly ServedCard[] = [];
  const takeOut = () => Promise.all(served.map((card) => card.stop()));
  for await (const line of createInterface({ input: process.stdin })) {
    await takeOut();
    if (served.length > 0) await delay(CARD_CHANGE_MS);
    served = await Promise.all(
      ports
        .slice(0, Number(line))
        .map((port) => serveVirtualCard({ card: makeTimedCard(kind), port })),
    );
    process.stdout.write(`${READY}\n`);
  }
  await takeOut();
}
