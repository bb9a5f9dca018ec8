import { setTimeout as delay } from 'node:timers/promises';
import { encodeHex } from '../../standards/bytes/hex';
import type { CardConnection } from '../../production/ports';
import { SPECIMEN_CAN, SPECIMEN_FILES } from '../../simulation/chip/testing/specimen';
import { TestTerminal } from '../../simulation/chip/testing/test-terminal';
import {
  lockCommands,
  sendAll,
  specimenCommands,
} from '../../simulation/chip/testing/write-specimen';
import { SeededRandom } from '../../simulation/seeded-random';
import { CARD_CHANGE_MS, type PcscdSandbox, startPcscdSandbox } from './sandbox/pcscd-sandbox';
import { type CompiledSources, compileForNode } from './testing/compile-for-node';
import { RemoteAgent } from './testing/remote-agent';
import { makeUsbBus, type UsbBus } from './testing/usb-bus/make-usb-bus';

/**
 * A USB reader that is really unplugged: it leaves the list of a running pcscd by pcscd's own
 * hotplug code, while another reader of the same pcscd stays.
 */
const SELECT = '00A4040C07A0000002471001';
const USB_PORT = 36_400;
const BACK_MS = 60_000;
const PACE = { oid: '0.4.0.127.0.7.2.2.4.2.2', parameterId: 13 };

let sources: CompiledSources;
let bus: UsbBus;
let sandbox: PcscdSandbox;
let agent: RemoteAgent;

beforeAll(async () => {
  sources = await compileForNode();
  bus = await makeUsbBus();
  sandbox = await startPcscdSandbox({ readers: 2, usb: bus.drivers });
});
afterAll(async () => {
  await sandbox.stop();
  await bus.remove();
  await sources.remove();
});
beforeEach(async () => {
  agent = RemoteAgent.start(sandbox, sources, { transmitTimeoutMs: 15_000 });
  await bus.plug(USB_PORT);
});
afterEach(async () => {
  await bus.unplug(USB_PORT);
  expect(await agent.finish()).toBe(0);
});

function terminalOn(connection: CardConnection): TestTerminal {
  return new TestTerminal(connection, new SeededRandom('terminal'));
}

function usbReader() {
  return agent.reader(bus.slots[0]);
}

/**
 * As a station does that stopped for its reader: it tries again until the reader is back. A card
 * that pcscd powers while its reader goes is told as lost, or as one that does not answer.
 */
async function connectWhenBack(): Promise<CardConnection> {
  const deadline = performance.now() + BACK_MS;
  for (;;) {
    try {
      return await usbReader().connect({ timeoutMs: 5_000 });
    } catch (error) {
      if (performance.now() > deadline) throw error;
      expect(error).toMatchObject({
        code: expect.stringMatching(/^(READER_|CARD_LOST|CARD_MUTE)/) as string,
      });
      await delay(100);
    }
  }
}

async function untilListed(expected: readonly string[]): Promise<void> {
  const deadline = performance.now() + BACK_MS;
  let listed = await agent.listReaders();
  while (String(listed) !== String(expected) && performance.now() < deadline) {
    await delay(50);
    listed = await agent.listReaders();
  }
  expect(listed).toEqual(expected);
}

function others(): readonly string[] {
  return sandbox.readers.map(({ name }) => name);
}

/** A session on the reader that stays plugged. */
async function openNeighbour() {
  const [reader] = sandbox.readers;
  if (reader === undefined) throw new Error('the sandbox has no readers');
  const card = await agent.insert({ kind: 'passport-applet', port: reader.port, seed: 'stays' });
  const connection = await agent.reader(reader.name).connect({ timeoutMs: 60_000 });
  const terminal = terminalOn(connection);
  return {
    goesOn: async () => expect(await terminal.hex(SELECT)).toBe('9000'),
    leave: async () => {
      await connection.disconnect();
      await card.pull();
      // The next test puts its own neighbour here.
      await delay(CARD_CHANGE_MS);
    },
  };
}

/** Without namespaces there is only the system's pcscd, which has no such reader. */
function testWithUsb(name: string, run: () => Promise<void>): void {
  test(name, async () => {
    if (sandbox.kind === 'private') await run();
    else process.stderr.write('no USB reader can be plugged into the system pcscd for a test\n');
  });
}

/** A whole card: written, locked, and read back after a reset. */
async function makeCard(connection: CardConnection): Promise<void> {
  const kind = 'passport-applet-pace';
  await sendAll(terminalOn(connection), [...specimenCommands(kind), ...lockCommands(kind)]);
  await connection.reset();
  const verifier = terminalOn(connection);
  await verifier.selectApplet();
  await verifier.openByPace(PACE, { kind: 'CAN', digits: SPECIMEN_CAN });
  for (const [fid, content] of SPECIMEN_FILES) {
    expect(encodeHex(await verifier.readFile(fid))).toBe(encodeHex(content));
  }
}

testWithUsb('a reader that nobody uses leaves the list, and is found when it is back', async () => {
  await untilListed([...bus.slots, ...others()]);
  await bus.unplug(USB_PORT);
  await untilListed(others());
  await expect(usbReader().connect({ timeoutMs: 5_000 })).rejects.toMatchObject({
    code: 'READER_NONE',
    reasons: [`pcscd has: ${others().join(', ')}`],
  });
  await bus.plug(USB_PORT);
  const card = await agent.insert({ kind: 'passport-applet-pace', port: USB_PORT });
  const connection = await connectWhenBack();
  await makeCard(connection);
  await connection.disconnect();
  await card.pull();
  await untilListed([...bus.slots, ...others()]);
});

testWithUsb('unplugged while a card is waited for, the wait ends at once', async () => {
  await untilListed([...bus.slots, ...others()]);
  const waiting = usbReader().connect({ timeoutMs: 170_000 });
  const ended = expect(waiting).rejects.toMatchObject({ code: 'READER_NONE' });
  await delay(300);
  await bus.unplug(USB_PORT);
  await ended;
  await bus.plug(USB_PORT);
});

testWithUsb(
  'unplugged between two commands: the session is lost, the neighbour goes on, the next card is made',
  async () => {
    const neighbour = await openNeighbour();
    const card = await agent.insert({ kind: 'passport-applet-pace', port: USB_PORT });
    const connection = await connectWhenBack();
    expect(await terminalOn(connection).hex(SELECT)).toBe('9000');
    await bus.unplug(USB_PORT);
    await untilListed(others());
    await expect(terminalOn(connection).hex(SELECT)).rejects.toMatchObject({ code: 'READER_NONE' });
    await expect(connection.reset()).rejects.toMatchObject({ code: 'READER_NONE' });
    await connection.disconnect();
    await neighbour.goesOn();
    await card.pull();

    await bus.plug(USB_PORT);
    const next = await agent.insert({ kind: 'passport-applet-pace', port: USB_PORT, seed: 'next' });
    const again = await connectWhenBack();
    await makeCard(again);
    await expect(terminalOn(connection).hex(SELECT)).rejects.toMatchObject({ code: 'CARD_LOST' });
    await again.disconnect();
    await next.pull();
    await neighbour.goesOn();
    await neighbour.leave();
  },
);

testWithUsb(
  'unplugged in mid-transmit: the command fails, nothing hangs, the next card is made',
  async () => {
    const neighbour = await openNeighbour();
    const card = await agent.insert({
      kind: 'passport-applet-pace',
      port: USB_PORT,
      faults: [{ kind: 'mute', atApdu: 2 }],
    });
    const connection = await connectWhenBack();
    expect(await terminalOn(connection).hex(SELECT)).toBe('9000');
    const failing = expect(terminalOn(connection).hex(SELECT)).rejects.toMatchObject({
      code: 'CARD_LOST',
    });
    await delay(100);
    await bus.unplug(USB_PORT);
    await neighbour.goesOn();
    // A card in a reader without a cable has no power either.
    await card.pull();
    await failing;
    await connection.disconnect();
    await untilListed(others());
    await neighbour.goesOn();

    await bus.plug(USB_PORT);
    const next = await agent.insert({ kind: 'passport-applet-pace', port: USB_PORT, seed: 'next' });
    const again = await connectWhenBack();
    await makeCard(again);
    await again.disconnect();
    await next.pull();
    await neighbour.goesOn();
    await neighbour.leave();
  },
);

testWithUsb(
  'out and in again at once, time and again: the reader is found every time',
  async () => {
    const neighbour = await openNeighbour();
    const card = await agent.insert({ kind: 'passport-applet-pace', port: USB_PORT });
    for (const pauseMs of [0, 50, 0, 200, 0]) {
      const connection = await connectToStay();
      await bus.unplug(USB_PORT);
      await delay(pauseMs);
      await bus.plug(USB_PORT);
      await untilLost(connection);
      await neighbour.goesOn();
    }
    await untilListed([...bus.slots, ...others()]);
    await card.pull();
    await neighbour.leave();
  },
);

/**
 * A session with a card that answers. Where the reader went and came faster than pcscd looks, the
 * first one can be with the reader that it is about to find gone.
 */
async function connectToStay(): Promise<CardConnection> {
  const deadline = performance.now() + BACK_MS;
  for (;;) {
    const connection = await connectWhenBack();
    try {
      expect(await terminalOn(connection).hex(SELECT)).toBe('9000');
      return connection;
    } catch (error) {
      if (performance.now() > deadline) throw error;
      expect(error).toMatchObject({
        code: expect.stringMatching(/^(CARD_LOST|READER_NONE)$/) as string,
      });
      await connection.disconnect();
    }
  }
}

/** The reader that came is not the one that went: a session of before never comes back to life. */
async function untilLost(connection: CardConnection): Promise<void> {
  const deadline = performance.now() + BACK_MS;
  for (;;) {
    const answer = await terminalOn(connection)
      .hex(SELECT)
      .catch((error: unknown) => error);
    if (answer !== '9000') {
      expect(answer).toMatchObject({
        code: expect.stringMatching(/^(CARD_LOST|READER_NONE)$/) as string,
      });
      return;
    }
    if (performance.now() > deadline) throw new Error('the session outlived its reader');
    await delay(20);
  }
}
