import { setTimeout as delay } from 'node:timers/promises';
import { encodeHex } from '../../standards/bytes/hex';
import type { CardConnection } from '../../production/ports';
import { SeededRandom } from '../../simulation/seeded-random';
import { SPECIMEN_CAN, SPECIMEN_FILES, SPECIMEN_MRZ } from '../../simulation/chip/testing/specimen';
import { TestTerminal } from '../../simulation/chip/testing/test-terminal';
import {
  lockCommands,
  sendAll,
  specimenCommands,
} from '../../simulation/chip/testing/write-specimen';
import { type CompiledSources, compileForNode } from './testing/compile-for-node';
import { CARD_CHANGE_MS, type PcscdSandbox, startPcscdSandbox } from './sandbox/pcscd-sandbox';
import { RemoteAgent } from './testing/remote-agent';

const SELECT = '00A4040C07A0000002471001';
const PACE = { oid: '0.4.0.127.0.7.2.2.4.2.2', parameterId: 13 };
const FIRST_RESPONSE_MS = 1_500;

jest.setTimeout(60_000);

let sources: CompiledSources;
let sandbox: PcscdSandbox;
let agent: RemoteAgent;

beforeAll(async () => {
  sources = await compileForNode();
  sandbox = await startPcscdSandbox({ readers: 10 });
});
afterAll(async () => {
  await sandbox.stop();
  await sources.remove();
});
beforeEach(() => {
  agent = RemoteAgent.start(sandbox, sources, { transmitTimeoutMs: FIRST_RESPONSE_MS });
});
afterEach(async () => {
  expect(await agent.finish()).toBe(0);
});

let readersUsed = 0;

/** A reader in which no card lay before, or where there are too few, none that it could mistake. */
async function nextSlot() {
  if (readersUsed >= sandbox.readers.length) await delay(CARD_CHANGE_MS);
  const reader = sandbox.readers[readersUsed % sandbox.readers.length];
  readersUsed += 1;
  if (reader === undefined) throw new Error('the sandbox has no readers');
  return { ...reader, reader: agent.reader(reader.name) };
}

function terminalOn(connection: CardConnection): TestTerminal {
  return new TestTerminal(connection, new SeededRandom('terminal'));
}

test('readers are listed by name', async () => {
  expect(await agent.listReaders()).toEqual(sandbox.readers.map(({ name }) => name));
});

test.each(['passport-applet', 'passport-applet-pace'] as const)(
  '%s is written, locked and read back over pcscd, with a reset in between',
  async (kind) => {
    const { reader, port } = await nextSlot();
    const card = await agent.insert({ kind, port });
    const writer = await reader.connect({ timeoutMs: 60_000 });
    expect(encodeHex(writer.atr)).toMatch(/^3B/);
    await sendAll(terminalOn(writer), [...specimenCommands(kind), ...lockCommands(kind)]);
    await writer.reset();

    const byBac = terminalOn(writer);
    await byBac.selectApplet();
    await byBac.openByBac(SPECIMEN_MRZ);
    await expectSpecimen(byBac);
    expect(await byBac.hex(SELECT)).toBe('6982');
    await writer.disconnect();

    const verifier = await reader.connect({ timeoutMs: 60_000 });
    const next = terminalOn(verifier);
    await next.selectApplet();
    if (kind === 'passport-applet-pace') {
      await next.openByPace(PACE, { kind: 'CAN', digits: SPECIMEN_CAN });
    } else {
      await next.openByBac(SPECIMEN_MRZ);
    }
    await expectSpecimen(next);
    await verifier.disconnect();
    await card.pull();
  },
);

async function expectSpecimen(terminal: TestTerminal): Promise<void> {
  for (const [fid, content] of SPECIMEN_FILES) {
    expect(encodeHex(await terminal.readFile(fid))).toBe(encodeHex(content));
  }
}

describe('what can be missing', () => {
  test('a reader of that name', async () => {
    await expect(agent.reader('No such reader').connect({ timeoutMs: 10 })).rejects.toMatchObject({
      code: 'READER_NONE',
      reasons: [`pcscd has: ${sandbox.readers.map(({ name }) => name).join(', ')}`],
    });
  });

  test('a card, until one is put in', async () => {
    const { reader, port } = await nextSlot();
    await expect(reader.connect({ timeoutMs: 50 })).rejects.toMatchObject({
      code: 'READER_NO_CARD',
    });
    const waiting = reader.connect({ timeoutMs: 60_000 });
    const card = await agent.insert({ kind: 'passport-applet', port });
    expect(await terminalOn(await waiting).hex(SELECT)).toBe('9000');
    await card.pull();
  });

  test('the card itself, pulled in the middle of a command', async () => {
    const { reader, port } = await nextSlot();
    const card = await agent.insert({ kind: 'passport-applet', port });
    const connection = await reader.connect({ timeoutMs: 60_000 });
    const terminal = terminalOn(connection);
    expect(await terminal.hex(SELECT)).toBe('9000');
    await card.setFaults([{ kind: 'tear-off', atApdu: 1 }]);
    await expect(terminal.hex(SELECT)).rejects.toMatchObject({ code: 'CARD_LOST' });
    expect(await card.ended()).toBe('card-lost');
    await expect(terminal.hex(SELECT)).rejects.toMatchObject({ code: 'CARD_LOST' });
    await connection.disconnect();

    await delay(CARD_CHANGE_MS);
    const another = await agent.insert({ kind: 'passport-applet', port, seed: 'another' });
    const fresh = await reader.connect({ timeoutMs: 60_000 });
    expect(await terminalOn(fresh).hex(SELECT)).toBe('9000');
    await another.pull();
  });
});

test('a mute card is given up, its reader is unusable until it is taken out, others go on', async () => {
  const { reader, port } = await nextSlot();
  const mute = await agent.insert({
    kind: 'passport-applet',
    port,
    faults: [{ kind: 'mute', atApdu: 2 }],
  });
  const connection = await reader.connect({ timeoutMs: 60_000 });
  const terminal = terminalOn(connection);
  expect(await terminal.hex(SELECT)).toBe('9000');
  await expect(terminal.hex(SELECT)).rejects.toMatchObject({ code: 'CARD_MUTE' });
  await connection.disconnect();
  await expect(reader.connect({ timeoutMs: 100 })).rejects.toMatchObject({ code: 'CARD_MUTE' });

  const other = await nextSlot();
  const healthy = await agent.insert({ kind: 'passport-applet', port: other.port, seed: 'b' });
  const neighbour = await other.reader.connect({ timeoutMs: 60_000 });
  expect(await terminalOn(neighbour).hex(SELECT)).toBe('9000');
  await healthy.pull();

  await mute.pull();
  await delay(CARD_CHANGE_MS);
  const another = await agent.insert({ kind: 'passport-applet', port, seed: 'c' });
  const fresh = await reader.connect({ timeoutMs: 60_000 });
  expect(await terminalOn(fresh).hex(SELECT)).toBe('9000');
  await another.pull();
});

test('a program ends although a card in its reader never answers', async () => {
  const { name, port } = await nextSlot();
  const stuck = RemoteAgent.start(sandbox, sources, { transmitTimeoutMs: 300 });
  const card = await agent.insert({
    kind: 'passport-applet',
    port,
    faults: [{ kind: 'mute', atApdu: 1 }],
  });
  const connection = await stuck.reader(name).connect({ timeoutMs: 60_000 });
  await expect(terminalOn(connection).hex(SELECT)).rejects.toMatchObject({ code: 'CARD_MUTE' });
  // Nothing is closed: the program only has nothing more to do.
  expect(await stuck.leave()).toBe(0);
  await card.pull();
});
