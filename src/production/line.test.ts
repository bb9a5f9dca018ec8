import { join } from 'node:path';
import { startDebianPostgres } from '../adapters/postgres/testing/debian-postgres';
import { TestDatabases } from '../adapters/postgres/testing/test-databases';
import { openProfileFolder } from '../adapters/profiles/profile-folder';
import type { VirtualCard } from '../simulation/chip/virtual-card';
import { VirtualReader } from '../simulation/chip/virtual-reader';
import { observeLife } from './encoding/observe-life';
import { makeNextCard } from './line';
import { loadChip } from './profile/load-profiles';
import { recoverStation } from './recover-station';
import { Killed, KillSwitch } from './testing/kill-switch';
import { LineWorld, prepareWorldParts, type WorldParts } from './testing/line-world';

/** One document, three blanks: enough for a spoiled card and one that stays. */
const CARDS = 3;
const chip = 'passport-applet';
const profiles = openProfileFolder(join(__dirname, '../../card-profiles'));

let databases: TestDatabases;
let parts: WorldParts;
let world: LineWorld;

beforeAll(async () => {
  databases = await TestDatabases.start(startDebianPostgres);
  parts = await prepareWorldParts(1);
}, 60_000);
afterAll(async () => {
  await parts.close();
  await databases.stop();
});

async function newWorld(seed: string): Promise<LineWorld> {
  world = await LineWorld.create(parts, databases, { chip, cards: CARDS, seed });
  return world;
}
afterEach(() => world.close());

/** As the chip itself says it. */
async function lifeOf(card: VirtualCard): Promise<string> {
  const desk = new VirtualReader('desk');
  desk.insert(card);
  const connection = await desk.connect({ timeoutMs: 0 });
  const { sign } = await observeLife(connection, await loadChip(profiles, card.kind));
  desk.remove();
  return sign;
}

/** No lost document, no second good card, no unaccounted blank; chips agree with the records. */
async function expectWorldAddsUp(): Promise<void> {
  const balance = await world.store.stockBalance();
  expect(balance.discrepancies).toEqual([]);
  expect(balance.documents.released).toBe(1);
  expect(balance.attempts.open).toBe(0);
  const { good, spoiled, issued } = balance.cards;
  expect([good, good + spoiled + issued]).toEqual([1, CARDS]);
  for (const [serial, card] of world.cards) {
    const state = (await world.store.findCard(serial))?.state;
    if (state === 'good') expect(await lifeOf(card)).toBe('locked');
    if (state === 'issued') expect(card.pagesProgrammed).toBe(0);
  }
}

test('a document becomes a released card', async () => {
  await newWorld('clean');
  expect(await world.finish()).toMatchObject([
    { outcome: 'released', report: { verdict: 'pass' } },
  ]);
  await expectWorldAddsUp();
  const events = await world.store.trace(1);
  expect(events.map(({ subject, event }) => `${subject} ${event}`)).toContain('document released');
}, 30_000);

describe('killed anywhere, started again', () => {
  /** What a program does to the world in one clean run, to choose the moments from. */
  async function listMoments(): Promise<readonly string[]> {
    const observer = new KillSwitch(Number.POSITIVE_INFINITY);
    await newWorld('moments');
    await world.finish(observer);
    await world.close();
    return observer.moments;
  }

  /** Before and after every statement of the store, and every so many APDUs. */
  async function chooseMoments(): Promise<readonly number[]> {
    const moments = await listMoments();
    return [...moments.keys()].filter(
      (index) => !(moments[index] ?? '').includes('apdu') || index % 29 === 3,
    );
  }

  test('the document gets exactly one good card and every blank is accounted for', async () => {
    for (const at of await chooseMoments()) {
      await newWorld(`kill ${at}`);
      const kill = new KillSwitch(at);
      await expect(world.finish(kill)).rejects.toThrow(Killed);

      const { line, station } = world.start();
      const recovery = await recoverStation(line, station);
      expect(recovery.waiting).toEqual([]);
      if (recovery.settled.length > 0) world.eject();
      await world.finish();
      await expectWorldAddsUp();
      await world.close();
    }
    await newWorld('end');
  }, 300_000);

  test('a card that is not put back is not guessed about: its attempt waits', async () => {
    const moments = await listMoments();
    const middle = moments.indexOf('after store openAttempt') + 101;
    await newWorld('not put back');
    await expect(world.finish(new KillSwitch(middle))).rejects.toThrow(Killed);
    const taken = world.reader.remove();

    const { line, station } = world.start();
    const first = await recoverStation(line, station);
    expect(first.settled).toEqual([]);
    expect(first.waiting).toHaveLength(1);
    expect(world.reader.card).not.toBe(taken);
    expect(await makeNextCard(line, station)).toBeUndefined();

    world.reader.remove();
    if (taken !== undefined) world.reader.insert(taken);
    expect(await recoverStation(line, station)).toMatchObject({
      waiting: [],
      settled: [{ outcome: 'released' }],
    });
  }, 60_000);
});

describe('a chip that fails', () => {
  test.each([
    [
      'loses its power for good',
      [
        { kind: 'tear-off', atApdu: 60 },
        { kind: 'mute', atApdu: 61, forever: true },
      ],
      'CARD_MUTE',
    ],
    ['answers an error', [{ kind: 'status', atApdu: 80 }], 'CARD_REFUSED'],
  ] as const)(
    'that %s is spoiled, and the document remade',
    async (_, faults, code) => {
      await newWorld(`fault ${code}`);
      [...world.cards.values()][0]?.setFaults(faults);
      const outcomes = await world.finish();
      expect(outcomes).toMatchObject([{ outcome: 'spoiled' }, { outcome: 'released' }]);
      expect(outcomes[0]).toMatchObject({ error: { code } });
      await expectWorldAddsUp();
    },
    60_000,
  );

  test('that only lost contact and lies there again goes on', async () => {
    await newWorld('contact');
    [...world.cards.values()][0]?.setFaults([{ kind: 'tear-off', atApdu: 60 }]);
    expect(await world.finish()).toMatchObject([{ outcome: 'released' }]);
    await expectWorldAddsUp();
  }, 60_000);
});

test('a card that is not blank costs nothing: the document waits for another', async () => {
  await newWorld('used');
  await world.finish();
  const used = world.pile[0];
  if (used === undefined) throw new Error('no card was made');
  const { record } = parts.records[0] ?? {};
  if (record === undefined) throw new Error('no record was made');
  await world.store.registerRecord({
    record: {
      record: { ...record, recordId: 'second' },
      pictures: parts.records[0]?.pictures ?? new Map(),
    },
    ...{ source: 'test', place: '2', sha256: new Uint8Array(32).fill(99) },
  });
  world.reader.insert(used);
  const { line, station } = world.start();
  expect(await makeNextCard(line, station)).toMatchObject({
    outcome: 'returned',
    error: { code: 'CARD_NOT_BLANK' },
  });
  world.eject();
  expect(await makeNextCard(line, station)).toMatchObject({ outcome: 'released' });
}, 60_000);
