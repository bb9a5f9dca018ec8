import { decodeHex, encodeHex } from '../../standards/bytes/hex';
import { type PcscdSandbox, startPcscdSandbox } from './sandbox/pcscd-sandbox';
import { type CompiledSources, compileForNode } from './testing/compile-for-node';
import { RemoteAgent } from './testing/remote-agent';

const SELECT = '00A4040C07A0000002471001';

let sources: CompiledSources;
let sandbox: PcscdSandbox;

beforeAll(async () => {
  sources = await compileForNode();
  sandbox = await startPcscdSandbox({ readers: 2 });
});
afterAll(async () => {
  await sandbox.stop();
  await sources.remove();
});

test('a PC/SC process that stands still is ended, and the next card has a new one', async () => {
  const [place] = sandbox.readers;
  if (place === undefined) throw new Error('the sandbox has no readers');
  const agent = RemoteAgent.start(sandbox, sources, {
    transmitTimeoutMs: 500,
    serviceTimeoutMs: 10_000,
  });
  const card = await agent.insert({ kind: 'passport-applet', port: place.port });
  const connection = await agent.reader(place.name).connect({ timeoutMs: 60_000 });
  expect(encodeHex(await connection.transmit(decodeHex(SELECT)))).toBe('9000');

  const [stopped] = (await agent.measure()).children;
  if (stopped === undefined) throw new Error('there is no PC/SC process');
  process.kill(stopped.pid, 'SIGSTOP');
  await expect(connection.transmit(decodeHex(SELECT))).rejects.toMatchObject({
    code: 'CARD_MUTE',
  });
  await expect(agent.reader(place.name).connect({ timeoutMs: 60_000 })).rejects.toMatchObject({
    code: 'READER_UNAVAILABLE',
  });

  const again = await agent.reader(place.name).connect({ timeoutMs: 60_000 });
  expect(encodeHex(await again.transmit(decodeHex(SELECT)))).toBe('9000');
  const [fresh] = (await agent.measure()).children;
  expect(fresh?.pid).not.toBe(stopped.pid);
  await card.pull();
  expect(await agent.finish()).toBe(0);
});
