import { decodeHex, encodeHex } from '../../standards/bytes/hex';
import type { CardConnection } from '../../production/ports';
import { type PcscdSandbox, startPcscdSandbox } from './sandbox/pcscd-sandbox';
import { type CompiledSources, compileForNode } from './testing/compile-for-node';
import { RemoteAgent } from './testing/remote-agent';

const SELECT = '00A4040C07A0000002471001';

let sources: CompiledSources;
let sandbox: PcscdSandbox;
let agent: RemoteAgent;

beforeAll(async () => {
  sources = await compileForNode();
  sandbox = await startPcscdSandbox({ readers: 4 });
});
afterAll(async () => {
  await sandbox.stop();
  await sources.remove();
});
beforeEach(() => {
  agent = RemoteAgent.start(sandbox, sources, { transmitTimeoutMs: 60_000 });
});
afterEach(async () => {
  expect(await agent.finish()).toBe(0);
});

async function select(connection: CardConnection): Promise<string> {
  return encodeHex(await connection.transmit(decodeHex(SELECT)));
}

function placeAt(index: number) {
  const place = sandbox.readers[index];
  if (place === undefined) throw new Error('the sandbox has too few readers');
  return place;
}

/** The system's pcscd serves others too. */
function testWithOwnPcscd(name: string, run: () => Promise<void>): void {
  test(name, async () => {
    if (sandbox.kind === 'private') await run();
    else process.stderr.write('the system pcscd is not restarted for a test\n');
  });
}

testWithOwnPcscd('restarted between two commands: the next fails, then all works', async () => {
  const { name, port } = placeAt(0);
  const card = await agent.insert({ kind: 'passport-applet', port });
  const connection = await agent.reader(name).connect({ timeoutMs: 60_000 });
  expect(await select(connection)).toBe('9000');

  await sandbox.stopPcscd();
  await expect(select(connection)).rejects.toMatchObject({ code: 'READER_UNAVAILABLE' });
  await expect(agent.listReaders()).rejects.toMatchObject({
    code: 'READER_UNAVAILABLE',
    reasons: ['pcscd does not run'],
  });

  await sandbox.restartPcscd();
  expect(await agent.listReaders()).toHaveLength(sandbox.readers.length);
  // The virtual card finds its reader again by itself.
  const fresh = await agent.reader(name).connect({ timeoutMs: 60_000 });
  expect(await select(fresh)).toBe('9000');
  await expect(select(connection)).rejects.toMatchObject({ code: 'CARD_LOST' });
  await connection.disconnect();
  expect(await select(fresh)).toBe('9000');
  await card.pull();
});

testWithOwnPcscd('killed in mid-card: every call under way fails, then all works', async () => {
  const [answering, waiting, resting] = [placeAt(1), placeAt(2), placeAt(3)];
  const mute = await agent.insert({
    kind: 'passport-applet',
    port: answering.port,
    faults: [{ kind: 'mute', atApdu: 2 }],
  });
  const idle = await agent.insert({ kind: 'passport-applet', port: resting.port, seed: 'idle' });
  const open = await agent.reader(answering.name).connect({ timeoutMs: 60_000 });
  const beside = await agent.reader(resting.name).connect({ timeoutMs: 60_000 });
  expect(await select(open)).toBe('9000');
  expect(await select(beside)).toBe('9000');
  const unavailable = { code: 'READER_UNAVAILABLE' };
  const failing = Promise.all([
    expect(select(open)).rejects.toMatchObject(unavailable),
    // Who waits may be told of the reader before it is told of its pcscd.
    expect(agent.reader(waiting.name).connect({ timeoutMs: 60_000 })).rejects.toMatchObject({
      code: expect.stringMatching(/^READER_(UNAVAILABLE|NONE)$/) as string,
    }),
  ]);
  // Nothing more is under way for this one, and it is told all the same.
  expect(await select(beside)).toBe('9000');
  await sandbox.stopPcscd('SIGKILL');
  await failing;
  await expect(select(beside)).rejects.toMatchObject({
    code: expect.stringMatching(/^(READER_UNAVAILABLE|CARD_LOST)$/) as string,
  });
  await mute.pull();

  await sandbox.restartPcscd();
  const next = await agent.insert({ kind: 'passport-applet', port: answering.port, seed: 'next' });
  for (const { name } of [answering, resting]) {
    const fresh = await agent.reader(name).connect({ timeoutMs: 60_000 });
    expect(await select(fresh)).toBe('9000');
    await fresh.disconnect();
  }
  await next.pull();
  await idle.pull();
});
