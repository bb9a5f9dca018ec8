import { setTimeout as delay } from 'node:timers/promises';
import { SeededRandom } from '../../simulation/seeded-random';
import { SPECIMEN_MRZ } from '../../simulation/chip/testing/specimen';
import { TestTerminal } from '../../simulation/chip/testing/test-terminal';
import { sendAll, specimenCommands } from '../../simulation/chip/testing/write-specimen';
import { type CompiledSources, compileForNode } from './testing/compile-for-node';
import { CARD_CHANGE_MS, type PcscdSandbox, startPcscdSandbox } from './sandbox/pcscd-sandbox';
import { RemoteAgent } from './testing/remote-agent';

const SIXTEEN = 16;
const ROUNDS = 4;
const CARD_LOST = { code: 'CARD_LOST' };

jest.setTimeout(90_000);

let sources: CompiledSources;
let sandbox: PcscdSandbox;

beforeAll(async () => {
  sources = await compileForNode();
  sandbox = await startPcscdSandbox({ readers: SIXTEEN });
});
afterAll(async () => {
  await sandbox.stop();
  await sources.remove();
});

test('sixteen readers write and read sixteen chips at once, again and again', async () => {
  const { readers } = sandbox;
  // Without namespaces the system's pcscd has two slots.
  expect(readers).toHaveLength(sandbox.kind === 'private' ? SIXTEEN : 2);
  const machine = RemoteAgent.start(sandbox, sources);
  const cards = RemoteAgent.start(sandbox, sources);
  await Promise.all(
    readers.map(({ port, name }) => cards.insert({ kind: 'passport-applet', port, seed: name })),
  );

  const serials = await Promise.all(
    readers.map(async ({ name }) => {
      const first = await machine.reader(name).connect({ timeoutMs: 60_000 });
      const writer = new TestTerminal(first, new SeededRandom(name));
      const cplc = await writer.hex('80CA9F7F00');
      await sendAll(writer, specimenCommands('passport-applet'));
      await first.disconnect();
      for (let round = 0; round < ROUNDS; round++) {
        const connection = await machine.reader(name).connect({ timeoutMs: 60_000 });
        const terminal = new TestTerminal(connection, new SeededRandom(`${name} ${round}`));
        await terminal.selectApplet();
        await terminal.openByBac(SPECIMEN_MRZ);
        expect((await terminal.readFile(0x0102)).length).toBeGreaterThan(3_000);
        await connection.disconnect();
      }
      return cplc;
    }),
  );
  expect(new Set(serials).size).toBe(readers.length);
  expect(await machine.finish()).toBe(0);
  expect(await cards.finish()).toBe(0);
});

test('fifteen cards that never answer leave the sixteenth reader to itself', async () => {
  await delay(CARD_CHANGE_MS);
  const machine = RemoteAgent.start(sandbox, sources, { transmitTimeoutMs: 60_000 });
  const hand = RemoteAgent.start(sandbox, sources);
  const silent = sandbox.readers.slice(1);
  const [healthy] = sandbox.readers;
  if (healthy === undefined) throw new Error('the sandbox has no readers');
  const cards = await Promise.all(
    silent.map(({ port, name }) =>
      hand.insert({
        ...{ kind: 'passport-applet', port, seed: `silent ${name}` },
        faults: [{ kind: 'mute', atApdu: 1 }],
      }),
    ),
  );
  let given = 0;
  const lost = await Promise.all(
    silent.map(async ({ name }) => {
      const connection = await machine.reader(name).connect({ timeoutMs: 60_000 });
      const answer = new TestTerminal(connection, new SeededRandom(name)).hex('80CA9F7F00');
      return { end: expect(answer.finally(() => (given += 1))).rejects.toMatchObject(CARD_LOST) };
    }),
  );
  // Each of them holds a thread of the library's pool now, and has 60 seconds to do so.
  await hand.insert({ kind: 'passport-applet', port: healthy.port, seed: 'healthy' });
  const connection = await machine.reader(healthy.name).connect({ timeoutMs: 60_000 });
  const terminal = new TestTerminal(connection, new SeededRandom('healthy'));
  await sendAll(terminal, specimenCommands('passport-applet'));
  expect(given).toBe(0);

  await Promise.all(cards.map((card) => card.pull()));
  for (const { end } of lost) await end;
  expect(await machine.finish()).toBe(0);
  expect(await hand.finish()).toBe(0);
});
