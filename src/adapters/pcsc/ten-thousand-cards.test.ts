import { setTimeout as delay } from 'node:timers/promises';
import { CARD_CHANGE_MS, type PcscdSandbox, startPcscdSandbox } from './sandbox/pcscd-sandbox';
import { type CompiledSources, compileForNode } from './testing/compile-for-node';
import type { Hold } from './testing/measure-hold';
import { RemoteAgent } from './testing/remote-agent';

const READERS = 16;
const SESSIONS = 10_000;
/** pcscd needs a second to notice that a card was changed, so most sessions begin with a reset. */
const CARDS_A_READER = 25;
/** By then everything is loaded that is loaded once. */
const CARDS_BEFORE_FIRST_MEASURE = 5;
/** A hundred bytes kept of each session would be 800 kB. */
const MAX_HEAP_GROWTH_BYTES = 2 ** 19;
/** Of the process with the native library, whose own allocations only the system can tell. */
const MAX_RESIDENT_GROWTH_BYTES = 12 * 2 ** 20;
/** The process with the library has the heap of a watch: one that kept its sessions would end. */
const SMALL_HEAP = '--max-old-space-size=16 --max-semi-space-size=1';

let sources: CompiledSources;
let sandbox: PcscdSandbox;

beforeAll(async () => {
  sources = await compileForNode();
  sandbox = await startPcscdSandbox({ readers: READERS });
});
afterAll(async () => {
  await sandbox.stop();
  await sources.remove();
});

test('10,000 sessions on 400 cards that are put in and taken out leave nothing behind', async () => {
  const machine = RemoteAgent.start(sandbox, sources, { nodeOptions: SMALL_HEAP });
  const cards = RemoteAgent.start(sandbox, sources);
  const { readers } = sandbox;
  const sessions = Math.ceil(SESSIONS / CARDS_A_READER / readers.length);
  const useOneCardEach = (turn: number) =>
    Promise.all(
      readers.map(async ({ name, port }) => {
        const seed = `${name} ${turn}`;
        const card = await cards.insert({ kind: 'passport-applet', port, seed });
        await machine.holdSessions(name, sessions);
        await card.pull();
        await delay(CARD_CHANGE_MS);
      }),
    );

  let turn = 0;
  while (turn < CARDS_BEFORE_FIRST_MEASURE) await useOneCardEach(turn++);
  const early = await machine.measure();
  while (turn < CARDS_A_READER) await useOneCardEach(turn++);
  const late = await machine.measure();

  expect(early.children).toHaveLength(1);
  expect(pidsOf(late)).toEqual(pidsOf(early));
  expect(growth(early, late, ({ heapBytes }) => heapBytes)).toBeLessThan(MAX_HEAP_GROWTH_BYTES);
  expect(growth(early, late, residentOfHost)).toBeLessThan(MAX_RESIDENT_GROWTH_BYTES);
  for (const figure of HELD) expect(growth(early, late, figure)).toBeLessThanOrEqual(0);
  expect(await machine.finish()).toBe(0);
  expect(await cards.finish()).toBe(0);
}, 300_000);

/** Timers and sockets, files, threads, children, and what pcscd keeps for this program. */
const HELD: readonly ((hold: Hold) => number)[] = [
  ({ resources }) => resources,
  ({ self }) => self.openFiles,
  ({ self }) => self.threads,
  ({ children }) => children.length,
  ({ children }) => children[0]?.openFiles ?? Number.NaN,
  ({ children }) => children[0]?.threads ?? Number.NaN,
  ({ pcscd }) => pcscd.openFiles,
  ({ pcscd }) => pcscd.threads,
];

function residentOfHost({ children }: Hold): number {
  return children[0]?.residentBytes ?? Number.NaN;
}

function pidsOf({ self, children, pcscd }: Hold): readonly number[] {
  return [self, ...children, pcscd].map(({ pid }) => pid);
}

function growth(early: Hold, late: Hold, figure: (hold: Hold) => number): number {
  return figure(late) - figure(early);
}
