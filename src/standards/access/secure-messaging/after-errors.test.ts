import { type CommandApdu, encodeCommand, parseCommand } from '../../apdu/command';
import { encodeResponse, type ResponseApdu } from '../../apdu/response';
import { concatBytes } from '../../bytes/concat';
import { SESSION_CIPHERS, type SessionCipherName } from '../../crypto/session-cipher';
import { encodeTlv } from '../../tlv/tlv';
import type { SessionKeys } from '../session-keys';
import { readBinary } from '../terminal/read-binary';
import { SecureChannel } from '../terminal/secure-channel';
import { sendChained } from '../terminal/send-chained';
import { SecureMessaging } from './secure-messaging';

/**
 * The send sequence counter where something goes wrong on the way: both sides count each protected
 * message once, and nothing else [9303-11 §9.8.2, §9.8.3].
 */
const CIPHERS = Object.keys(SESSION_CIPHERS) as SessionCipherName[];
const EMPTY = new Uint8Array();

function keysFor(cipher: SessionCipherName): SessionKeys {
  const lengthBytes = cipher === 'AES-192' ? 24 : cipher === 'AES-256' ? 32 : 16;
  return {
    cipher,
    encryptionKey: new Uint8Array(lengthBytes).fill(1),
    macKey: new Uint8Array(lengthBytes).fill(2),
    sendSequenceCounter: new Uint8Array(SESSION_CIPHERS[cipher].blockBytes),
  };
}

/** A chip behind a link that can send its answers in parts, or want another Le first. */
class TrialChip {
  readonly messaging: SecureMessaging;
  readonly heard: CommandApdu[] = [];
  /** Most bytes of an answer; what is more is fetched with GET RESPONSE. */
  partBytes = Number.POSITIVE_INFINITY;
  /** Once: the Le that the link wants before the command reaches the chip. */
  wantedLe: number | undefined;
  /** Once: an answer that leaves the chip without protection. */
  bare: number | undefined;
  #rest: Uint8Array = EMPTY;
  #sw = 0;

  constructor(
    keys: SessionKeys,
    private readonly run: (command: CommandApdu) => ResponseApdu,
  ) {
    this.messaging = new SecureMessaging(keys);
  }

  transmit(bytes: Uint8Array): Promise<Uint8Array> {
    return Promise.resolve(encodeResponse(this.#answer(parseCommand(bytes))));
  }

  #answer(command: CommandApdu): ResponseApdu {
    if (command.ins === 0xc0) return this.#part();
    if (this.wantedLe !== undefined && command.le !== this.wantedLe) {
      return { data: EMPTY, sw: 0x6c00 + (this.wantedLe & 0xff) };
    }
    this.wantedLe = undefined;
    const plain = this.messaging.unwrapCommand(command);
    this.heard.push(plain);
    const { data, sw } = this.messaging.wrapResponse(this.run(plain));
    const { bare } = this;
    this.bare = undefined;
    if (bare !== undefined) return { data: EMPTY, sw: bare };
    this.#rest = data;
    this.#sw = sw;
    return this.#part();
  }

  #part(): ResponseApdu {
    const data = this.#rest.subarray(0, this.partBytes);
    this.#rest = this.#rest.subarray(data.length);
    const left = Math.min(this.#rest.length, 0xff);
    return { data, sw: left === 0 ? this.#sw : 0x6100 + left };
  }
}

describe.each(CIPHERS)('with %s', (cipher) => {
  const READ: CommandApdu = { cla: 0, ins: 0xb0, p1: 0, p2: 0, le: 100 };
  const content = Uint8Array.from({ length: 200 }, (_, index) => index);
  const give = ({ le = 0 }: CommandApdu): ResponseApdu => ({
    data: content.subarray(0, le),
    sw: 0x9000,
  });
  const open = (run: (command: CommandApdu) => ResponseApdu = give) => {
    const chip = new TrialChip(keysFor(cipher), run);
    return { chip, channel: new SecureChannel(chip, keysFor(cipher)) };
  };
  const counted = (chip: TrialChip): number => chip.messaging.sendSequenceCounter.at(-1) ?? 0;

  test.each([0x6a82, 0x6982, 0x6a80, 0x6300, 0x63c2])(
    'an error %i under protection costs two counts and nothing else',
    async (sw) => {
      let calls = 0;
      const { chip, channel } = open((command) =>
        calls++ === 1 ? { data: EMPTY, sw } : give(command),
      );
      await channel.send(READ);
      expect(await channel.send(READ)).toEqual({ data: EMPTY, sw });
      expect((await channel.send(READ)).data).toEqual(content.subarray(0, 100));
      expect([channel.open, counted(chip)]).toEqual([true, 6]);
    },
  );

  test('a warning keeps its data', async () => {
    const { channel } = open(() => ({ data: content.subarray(0, 5), sw: 0x6282 }));
    expect(await readBinary(channel, 0, 100)).toEqual(content.subarray(0, 5));
    expect(channel.open).toBe(true);
  });

  test('an error that comes bare ends the session, and nothing is sent after it', async () => {
    const { chip, channel } = open();
    await channel.send(READ);
    chip.bare = 0x6982;
    await expect(channel.send(READ)).rejects.toMatchObject({
      reason: 'unprotected',
      receivedSw: 0x6982,
    });
    expect(channel.open).toBe(false);
    await expect(channel.send(READ)).rejects.toMatchObject({ reason: 'closed' });
    expect(chip.heard).toHaveLength(2);
  });

  test('a chip that goes on by itself after a bare error no longer agrees', async () => {
    const { chip, channel } = open();
    chip.bare = 0x6a82;
    await expect(channel.send(READ)).rejects.toMatchObject({ reason: 'unprotected' });
    const other = new SecureMessaging(keysFor(cipher));
    expect(() => chip.messaging.unwrapCommand(other.wrapCommand(READ))).toThrow();
  });

  test.each([1, 7, 64, 255])(
    '61xx: an answer in parts of %i bytes is one message',
    async (part) => {
      const { chip, channel } = open();
      chip.partBytes = part;
      expect((await channel.send(READ)).data).toEqual(content.subarray(0, 100));
      chip.partBytes = Number.POSITIVE_INFINITY;
      expect((await channel.send(READ)).sw).toBe(0x9000);
      expect(counted(chip)).toBe(4);
    },
  );

  test('6Cxx of the link: the same message once more with the other Le, not a new one', async () => {
    const { chip, channel } = open();
    chip.wantedLe = 0x80;
    expect((await channel.send(READ)).data).toEqual(content.subarray(0, 100));
    expect((await channel.send(READ)).sw).toBe(0x9000);
    expect([chip.heard.length, counted(chip)]).toEqual([2, 4]);
  });

  test('6Cxx under protection: a new message with what the chip has', async () => {
    const { chip, channel } = open((command) =>
      (command.le ?? 0) > 10 ? { data: EMPTY, sw: 0x6c0a } : give(command),
    );
    expect(await readBinary(channel, 0, 100)).toEqual(content.subarray(0, 10));
    expect([chip.heard.map(({ le }) => le), counted(chip)]).toEqual([[100, 10], 4]);
  });

  test('a chain counts each of its commands, and ends where the chip refuses', async () => {
    const parts: Uint8Array[] = [];
    const { chip, channel } = open(({ cla, data = EMPTY }) => {
      parts.push(data);
      expect(cla).toBe(parts.length % 4 === 0 ? 0x00 : 0x10);
      return { data: EMPTY, sw: parts.length === 6 ? 0x6300 : 0x9000 };
    });
    const command = { cla: 0, ins: 0x2a, p1: 0, p2: 0xbe, data: content };
    expect((await sendChained(channel, command, 60)).sw).toBe(0x9000);
    expect(concatBytes(...parts)).toEqual(content);
    expect((await sendChained(channel, command, 60)).sw).toBe(0x6300);
    expect([parts.length, counted(chip), channel.open]).toEqual([6, 12, true]);
  });

  test('beyond 32,767 bytes the offset and the data go as objects, of extended length, too', async () => {
    const wide = Uint8Array.from({ length: 3_000 }, (_, index) => index);
    const { chip, channel } = open(() => ({ data: encodeTlv(0x53, wide), sw: 0x9000 }));
    expect(await readBinary(channel, 0x8123, wide.length)).toEqual(wide);
    const [heard] = chip.heard;
    expect(heard).toMatchObject({ ins: 0xb1, data: encodeTlv(0x54, Uint8Array.of(0x81, 0x23)) });
    expect(heard?.le).toBe(wide.length + 4);
    const wrapped = new SecureMessaging(keysFor(cipher)).wrapCommand({ ...READ, le: 3_000 });
    expect(encodeCommand(wrapped).subarray(4, 5)).toEqual(Uint8Array.of(0));
  });
});
