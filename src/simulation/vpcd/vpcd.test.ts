import { createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { decodeHex, encodeHex } from '../../standards/bytes/hex';
import { SeededRandom } from '../seeded-random';
import { VirtualCard } from '../chip/virtual-card';
import { serveVirtualCard } from './serve-virtual-card';
import { encodeVpcdFrame, VpcdFrameReader } from './vpcd-frames';

/** A driver for tests: listens as vpcd does and speaks to one card. */
class TestDriver {
  readonly server: Server = createServer();
  #frames = new VpcdFrameReader();
  #socket: Socket | undefined;
  #answers: string[] = [];
  #wake: (() => void) | undefined;

  async listen(port = 0): Promise<number> {
    this.server.on('connection', (socket) => {
      this.#socket = socket;
      this.#frames = new VpcdFrameReader();
      socket.on('data', (chunk: Buffer) => {
        this.#answers.push(...this.#frames.push(chunk).map(encodeHex));
        this.#wake?.();
      });
      socket.on('error', () => socket.destroy());
    });
    this.server.listen(port, '127.0.0.1');
    await once(this.server, 'listening');
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return address.port;
  }

  send(hex: string): void {
    this.#socket?.write(encodeVpcdFrame(decodeHex(hex)));
  }

  async ask(hex: string): Promise<string> {
    this.send(hex);
    while (this.#answers.length === 0) {
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    return this.#answers.shift() ?? '';
  }

  drop(): void {
    this.#socket?.destroy();
  }

  async close(): Promise<void> {
    this.drop();
    this.server.close();
    await once(this.server, 'close');
  }
}

const SELECT = '00A4040C07A0000002471001';
const newCard = () => new VirtualCard({ kind: 'passport-applet', random: new SeededRandom('v') });

test('frames come together from pieces and apart from lumps', () => {
  const reader = new VpcdFrameReader();
  const two = Buffer.concat([
    encodeVpcdFrame(Uint8Array.of(4)),
    encodeVpcdFrame(decodeHex(SELECT)),
  ]);
  const found = [...two].flatMap((byte) => reader.push(Uint8Array.of(byte)).map(encodeHex));
  expect(found).toEqual(['04', SELECT]);
  expect(new VpcdFrameReader().push(two).map(encodeHex)).toEqual(['04', SELECT]);
});

test('the card answers its ATR and commands, loses its session with a reset, and its power', async () => {
  const driver = new TestDriver();
  const card = newCard();
  const served = await serveVirtualCard({ card, port: await driver.listen() });
  expect(await driver.ask('04')).toBe(encodeHex(card.atr));
  driver.send('01');
  expect(await driver.ask(SELECT)).toBe('9000');
  expect(await driver.ask('80CA9F7F00')).toBe('6D00');
  driver.send('02');
  expect(await driver.ask('80CA9F7F00')).toMatch(/9000$/);
  driver.send('00');
  expect(await driver.ask('04')).toBe(encodeHex(card.atr));
  expect(card.isPowered).toBe(false);
  await served.stop();
  expect(await served.ended).toBe('stopped');
  await driver.close();
});

test('a card that loses its power leaves the reader', async () => {
  const driver = new TestDriver();
  const card = newCard();
  const served = await serveVirtualCard({ card, port: await driver.listen() });
  await driver.ask('04');
  driver.send('01');
  card.setFaults([{ kind: 'tear-off', atApdu: 1 }]);
  driver.send(SELECT);
  expect(await served.ended).toBe('card-lost');
  await driver.close();
});

test('a driver that starts anew finds the card in the reader again', async () => {
  const driver = new TestDriver();
  const port = await driver.listen();
  const served = await serveVirtualCard({ card: newCard(), port });
  await driver.ask('04');
  await driver.close();
  const again = new TestDriver();
  const accepted = once(again.server, 'connection');
  await again.listen(port);
  await accepted;
  expect(await again.ask('04')).toMatch(/^3B/);
  await served.stop();
  await again.close();
});

test('without a driver it says so in time, and when told to stop it stops', async () => {
  const driver = new TestDriver();
  const port = await driver.listen();
  await driver.close();
  await expect(
    serveVirtualCard({ card: newCard(), port, connectTimeoutMs: 100 }),
  ).rejects.toMatchObject({ code: 'READER_UNAVAILABLE' });
  const stopper = new AbortController();
  const waiting = serveVirtualCard({ card: newCard(), port, signal: stopper.signal });
  stopper.abort();
  expect(await (await waiting).ended).toBe('stopped');
});
