import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { decodeHex, encodeHex } from '../../standards/bytes/hex';
import type { CardConnection } from '../../production/ports';
import { type PcscdSandbox, startPcscdSandbox } from './sandbox/pcscd-sandbox';
import { type CompiledSources, compileForNode } from './testing/compile-for-node';
import { RemoteAgent, type RemoteCard } from './testing/remote-agent';

/** Two programs that want one reader: ours twice, and ours beside OpenSC's. */
const SELECT = '00A4040C07A0000002471001';
const SELECT_DOMAIN = '00A4040008A000000151000000';
const KEY_INFORMATION = '80CA00E000';
const PATIENCE_MS = 20_000;

let sources: CompiledSources;
let sandbox: PcscdSandbox;
let agent: RemoteAgent;
let card: RemoteCard;

beforeAll(async () => {
  sources = await compileForNode();
  sandbox = await startPcscdSandbox({ readers: 2 });
  agent = RemoteAgent.start(sandbox, sources);
  card = await agent.insert({ kind: 'gp-emrtd', port: place().port });
});
afterAll(async () => {
  await card.pull();
  expect(await agent.finish()).toBe(0);
  await sandbox.stop();
  await sources.remove();
});

function place() {
  const [first] = sandbox.readers;
  if (first === undefined) throw new Error('the sandbox has no readers');
  return first;
}

async function select(connection: CardConnection): Promise<string> {
  return encodeHex(await connection.transmit(decodeHex(SELECT)));
}

function openscTool() {
  return sandbox.run('opensc-tool', ['--reader', place().name, '--send-apdu', SELECT]);
}

test('of two of ours the second is told so, and has the reader when the first lets go', async () => {
  const { name } = place();
  const connection = await agent.reader(name).connect({ timeoutMs: 60_000 });
  const rival = RemoteAgent.start(sandbox, sources);
  await expect(rival.reader(name).connect({ timeoutMs: 200 })).rejects.toMatchObject({
    code: 'READER_BUSY',
  });
  expect(await select(connection)).toBe('9000');
  await connection.disconnect();
  const after = await rival.reader(name).connect({ timeoutMs: 60_000 });
  expect(await select(after)).toBe('9000');
  expect(await rival.finish()).toBe(0);
});

test('another program gets nothing from a card that we hold, and disturbs nothing', async () => {
  const connection = await agent.reader(place().name).connect({ timeoutMs: 60_000 });
  const send = async (hex: string) => encodeHex(await connection.transmit(decodeHex(hex)));
  expect(await send(KEY_INFORMATION)).toMatch(/^6/);
  expect(await send(SELECT_DOMAIN)).toMatch(/9000$/);
  const keys = await send(KEY_INFORMATION);
  expect(keys).toMatch(/9000$/);
  const refused = await openscTool();
  expect(refused.status).not.toBe(0);
  expect(refused.stdout).not.toContain('SW1');
  // Only the security domain answers this, and a reset would have left it.
  expect(await send(KEY_INFORMATION)).toBe(keys);
  await connection.disconnect();
  expect(await openscTool()).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('SW1=0x90, SW2=0x00') as string,
  });
});

test('a reader that another program holds is busy until that program leaves it', async () => {
  const { name } = place();
  const explorer = sandbox.start('stdbuf', [
    ...['-oL', 'opensc-explorer', '--reader', name, '--card-driver', 'default'],
  ]);
  let said = '';
  explorer.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  explorer.stdin?.write(`apdu ${SELECT}\n`);
  const deadline = performance.now() + PATIENCE_MS;
  while (!said.includes('SW1=0x90') && performance.now() < deadline) await delay(50);
  expect(said).toContain('SW1=0x90');

  await expect(agent.reader(name).connect({ timeoutMs: 300 })).rejects.toMatchObject({
    code: 'READER_BUSY',
    place: name,
    reasons: ['another program holds it'],
  });
  explorer.stdin?.end('quit\n');
  await once(explorer, 'exit');
  const connection = await agent.reader(name).connect({ timeoutMs: 60_000 });
  expect(await select(connection)).toBe('9000');
  await connection.disconnect();
});
