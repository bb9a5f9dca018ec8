import { startDebianPostgres } from '../adapters/postgres/testing/debian-postgres';
import { TestDatabases } from '../adapters/postgres/testing/test-databases';
import { makeNextCard } from './line';
import { parseDg15 } from '../standards/lds/dg15';
import type { Line } from './line-parts';
import type { ProfileSource } from './ports';
import { dhChipText, rsaChipText } from './profile/testing/own-key-chips';
import { recoverStation } from './recover-station';
import { Killed, KillSwitch } from './testing/kill-switch';
import { LineWorld, prepareWorldParts, type WorldParts } from './testing/line-world';

const CARDS = 3;
const PROOFS = ['9303-11:AA/signature', '9303-11:CA/key-agreement'];

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

async function newWorld(seed: string): Promise<void> {
  world = await LineWorld.create(parts, databases, { chip: 'gp-emrtd', cards: CARDS, seed });
}
afterEach(() => world.close());

async function expectOneGoodCard(): Promise<void> {
  const balance = await world.store.stockBalance();
  expect(balance.discrepancies).toEqual([]);
  expect([balance.documents.released, balance.attempts.open]).toEqual([1, 0]);
  expect(balance.cards.good).toBe(1);
}

test('a GlobalPlatform chip makes its own keys and becomes a released card', async () => {
  await newWorld('clean');
  const outcomes = await world.finish();
  expect(outcomes).toMatchObject([{ outcome: 'released', report: { verdict: 'pass' } }]);
  const [made] = outcomes;
  if (made?.outcome !== 'released') throw new Error('no card was made');
  const { activeAuthentication, chipAuthentication } = made.document.chipKeys;
  expect([activeAuthentication?.type, chipAuthentication?.type]).toEqual(['on-chip', 'on-chip']);
  // The chip has proved both of them to the reader that judged it.
  const proven = made.report.checks.filter(({ id }) => PROOFS.includes(id));
  expect(proven.map(({ outcome }) => outcome)).toEqual(['pass', 'pass']);
  await expectOneGoodCard();
}, 60_000);

/** The line with another text of the chip's profile. */
function withChip(line: Line, text: string): Line {
  const profiles: ProfileSource = {
    listProfiles: (kind) => line.profiles.listProfiles(kind),
    readPackage: (name) => line.profiles.readPackage(name),
    readProfile: async (kind, name) => {
      const file = await line.profiles.readProfile(kind, name);
      return name === 'gp-emrtd' ? { ...file, text } : file;
    },
  };
  return { ...line, profiles };
}

test.each([
  ['RSA for Active Authentication', rsaChipText, '9303-11:AA/signature'],
  ['DH for Chip Authentication', dhChipText, '9303-11:CA/key-agreement'],
])(
  '%s is made on the chip, and its public half is signed',
  async (_name, text, proof) => {
    await newWorld('own keys');
    const { line, station } = world.start();
    const outcome = await makeNextCard(withChip(line, text()), station);
    if (outcome?.outcome !== 'released') throw new Error('no card was made');
    const { activeAuthentication, chipAuthentication } = outcome.document.chipKeys;
    expect([activeAuthentication?.type, chipAuthentication?.type]).toEqual(['on-chip', 'on-chip']);
    expect(parseDg15(outcome.document.files.get('EF.DG15') ?? new Uint8Array())).toEqual(
      activeAuthentication?.publicKey,
    );
    const dg14 = Buffer.from(outcome.document.files.get('EF.DG14') ?? []);
    expect(dg14.includes(Buffer.from(chipAuthentication?.publicKey ?? []))).toBe(true);
    const found = outcome.report.checks.find(({ id }) => id === proof);
    expect(found).toMatchObject({ outcome: 'pass' });
    await expectOneGoodCard();
  },
  60_000,
);

test('a card with other keys than its lot goes back, and the document waits for the next', async () => {
  await newWorld('wrong keys');
  const { line, station } = world.start();
  const connection = await world.reader.connect({ timeoutMs: 0 });
  await connection.disconnect();
  world.reader.card?.setFaults([{ kind: 'wrong-keys', atApdu: 1 }]);
  await expect(makeNextCard(line, station)).resolves.toMatchObject({
    outcome: 'returned',
    error: { code: 'CARD_KEYS_WRONG' },
  });
  world.eject();
  expect(await world.finish()).toMatchObject([{ outcome: 'released' }]);
}, 60_000);

test('killed anywhere and started again, there is one good card', async () => {
  const observer = new KillSwitch(Number.POSITIVE_INFINITY);
  await newWorld('moments');
  await world.finish(observer);
  await world.close();
  const chosen = [...observer.moments.keys()].filter(
    (index) => !(observer.moments[index] ?? '').includes('apdu') || index % 17 === 1,
  );
  for (const at of chosen) {
    await newWorld(`kill ${at}`);
    await expect(world.finish(new KillSwitch(at))).rejects.toThrow(Killed);
    const { line, station } = world.start();
    const recovery = await recoverStation(line, station);
    expect(recovery.waiting).toEqual([]);
    if (recovery.settled.length > 0) world.eject();
    await world.finish();
    await expectOneGoodCard();
    await world.close();
  }
  await newWorld('end');
}, 300_000);

test('a chip with other keys than the lot was ordered with costs no document', async () => {
  await newWorld('other keys');
  const { line, station } = world.start();
  const strangers = await prepareWorldParts(0);
  try {
    await expect(
      makeNextCard({ ...line, cardKeys: withoutTransportKeys(strangers) }, station),
    ).resolves.toMatchObject({ outcome: 'returned', error: { code: 'HSM_KEY_MISSING' } });
  } finally {
    await strangers.close();
  }
  world.eject();
  expect(await world.finish()).toMatchObject([{ outcome: 'released' }]);
  const [serial] = [...world.cards].find(([, card]) => card === world.pile[0]) ?? [];
  expect((await world.store.findCard(serial ?? ''))?.state).toBe('issued');
}, 60_000);

/** The same HSM, asked for sets of other names. */
function withoutTransportKeys({ hsm }: WorldParts): WorldParts['hsm'] {
  return new Proxy(hsm, {
    get: (target, name: keyof WorldParts['hsm']) =>
      name === 'deriveCardSession'
        ? (...[card, session]: Parameters<typeof hsm.deriveCardSession>) =>
            target.deriveCardSession({ ...card, keySet: 'elsewhere' }, session)
        : Reflect.get(target, name),
  });
}
