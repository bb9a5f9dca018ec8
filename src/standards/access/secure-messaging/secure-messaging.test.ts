import fc from 'fast-check';
import { type CommandApdu, encodeCommand, parseCommand } from '../../apdu/command';
import { encodeResponse, parseResponse, type ResponseApdu } from '../../apdu/response';
import { encodeHex } from '../../bytes/hex';
import { SESSION_CIPHERS, type SessionCipherName } from '../../crypto/session-cipher';
import { encodeTlv } from '../../tlv/tlv';
import type { SessionKeys } from '../session-keys';
import { seededRandom } from '../testing/seeded-random';
import { SecureMessaging } from './secure-messaging';
import { SecureMessagingError, type SecureMessagingFailure } from './secure-messaging-error';

const CIPHERS = Object.keys(SESSION_CIPHERS) as SessionCipherName[];

function keysFor(cipher: SessionCipherName): SessionKeys {
  const { keyBytes, blockBytes } = SESSION_CIPHERS[cipher];
  const random = seededRandom(cipher);
  return {
    cipher,
    encryptionKey: random.bytes(keyBytes),
    macKey: random.bytes(keyBytes),
    sendSequenceCounter: random.bytes(blockBytes),
  };
}

function pair(cipher: SessionCipherName) {
  const keys = keysFor(cipher);
  return { terminal: new SecureMessaging(keys), chip: new SecureMessaging(keys) };
}

function errorOf(work: () => unknown): SecureMessagingError | undefined {
  try {
    work();
  } catch (error) {
    if (error instanceof SecureMessagingError) return error;
    throw error;
  }
  return undefined;
}

function reasonOf(work: () => unknown): SecureMessagingFailure | undefined {
  return errorOf(work)?.reason;
}

const arbitraryCommand = fc
  .record({
    cla: fc.constantFrom(0x00, 0x10, 0x80),
    ins: fc.constantFrom(0xa4, 0xb0, 0xb1, 0x88, 0xd6, 0xd7),
    p1: fc.nat(255),
    p2: fc.nat(255),
    data: fc.uint8Array({ maxLength: 700 }),
    le: fc.option(fc.oneof(fc.integer({ min: 1, max: 256 }), fc.integer({ min: 1, max: 65_536 })), {
      nil: undefined,
    }),
  })
  .map(({ data, le, ...header }): CommandApdu => ({
    ...header,
    ...(data.length === 0 ? {} : { data }),
    ...(le === undefined ? {} : { le }),
  }));
const arbitraryResponse: fc.Arbitrary<ResponseApdu> = fc.record({
  data: fc.uint8Array({ maxLength: 700 }),
  sw: fc.constantFrom(0x9000, 0x6282, 0x6a82, 0x6982),
});

describe.each(CIPHERS)('secure messaging with %s', (cipher) => {
  it('gives the chip the command and the terminal the response, over many exchanges', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(arbitraryCommand, arbitraryResponse), { maxLength: 5 }),
        (exchanges) => {
          const { terminal, chip } = pair(cipher);
          for (const [command, response] of exchanges) {
            const wrapped = parseCommand(encodeCommand(terminal.wrapCommand(command)));
            expect(chip.unwrapCommand(wrapped)).toEqual(command);
            const answer = parseResponse(encodeResponse(chip.wrapResponse(response)));
            expect(terminal.unwrapResponse(answer)).toEqual(response);
          }
          expect(terminal.sendSequenceCounter).toEqual(chip.sendSequenceCounter);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('carries every length of data from 0 to 300 bytes', () => {
    for (let length = 0; length <= 300; length++) {
      const { terminal, chip } = pair(cipher);
      const data = new Uint8Array(length).fill(0x80);
      chip.unwrapCommand(terminal.wrapCommand({ cla: 0, ins: 0xb0, p1: 0, p2: 0, le: 256 }));
      const answer = terminal.unwrapResponse(chip.wrapResponse({ data, sw: 0x9000 }));
      expect(answer.data).toEqual(data);
    }
  });

  it('refuses a command with any one bit of header or data flipped', () => {
    fc.assert(
      fc.property(arbitraryCommand, fc.nat(), (command, choice) => {
        const { terminal, chip } = pair(cipher);
        const wrapped = terminal.wrapCommand(command);
        const data = wrapped.data?.slice() ?? new Uint8Array();
        const header = [wrapped.cla, wrapped.ins, wrapped.p1, wrapped.p2];
        const bit = choice % ((header.length + data.length) * 8);
        const flip = 0x80 >> (bit % 8);
        const index = bit >> 3;
        if (index < 4) header[index] = (header[index] ?? 0) ^ flip;
        else data[index - 4] = (data[index - 4] ?? 0) ^ flip;
        const [cla = 0, ins = 0, p1 = 0, p2 = 0] = header;
        expect(reasonOf(() => chip.unwrapCommand({ cla, ins, p1, p2, data }))).toBeDefined();
        expect(chip.closed).toBe(true);
        expect(reasonOf(() => chip.wrapResponse({ data, sw: 0x9000 }))).toBe('closed');
      }),
      { numRuns: 200 },
    );
  });

  it('refuses a response with any one bit flipped', () => {
    fc.assert(
      fc.property(arbitraryResponse, fc.nat(), (response, choice) => {
        const { terminal, chip } = pair(cipher);
        chip.unwrapCommand(terminal.wrapCommand({ cla: 0, ins: 0xb0, p1: 0, p2: 0, le: 256 }));
        const bytes = encodeResponse(chip.wrapResponse(response));
        const bit = choice % (bytes.length * 8);
        bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (0x80 >> (bit % 8));
        expect(reasonOf(() => terminal.unwrapResponse(parseResponse(bytes)))).toBeDefined();
      }),
      { numRuns: 200 },
    );
  });
});

describe('what a terminal refuses in a response', () => {
  const command: CommandApdu = { cla: 0, ins: 0xb0, p1: 0, p2: 0, le: 4 };
  const { computeMessageMac, encrypt, deriveIv } = SESSION_CIPHERS['AES-128'];
  const keys = keysFor('AES-128');

  /** The reason for refusing a response with these objects and, unless given, the right MAC. */
  function refusal(
    objects: readonly Uint8Array[],
    options: { mac?: Uint8Array; sw?: number } = {},
  ) {
    const terminal = new SecureMessaging(keys);
    const chip = new SecureMessaging(keys);
    chip.unwrapCommand(terminal.wrapCommand(command));
    chip.wrapResponse({ data: new Uint8Array(), sw: 0x9000 });
    const body = Uint8Array.from(objects.flatMap((object) => [...object]));
    const authenticated = Uint8Array.from([...chip.sendSequenceCounter, ...body]);
    const mac = options.mac ?? computeMessageMac(keys.macKey, authenticated);
    const data = Uint8Array.from([...body, ...encodeTlv(0x8e, mac)]);
    return reasonOf(() => terminal.unwrapResponse({ data, sw: options.sw ?? 0x9000 }));
  }
  const status = encodeTlv(0x99, Uint8Array.of(0x90, 0x00));
  const cryptogram = (indicator: number, blocks: Uint8Array) =>
    encodeTlv(0x87, Uint8Array.of(indicator), blocks);

  it('accepts what is right, so that the refusals below are for their own reason', () => {
    expect(refusal([status])).toBeUndefined();
  });

  it.each<[SecureMessagingFailure, ReturnType<typeof refusal>]>([
    ['status-missing', refusal([])],
    ['status-length', refusal([encodeTlv(0x99, Uint8Array.of(0x90))])],
    ['status-differs', refusal([status], { sw: 0x6a82 })],
    ['object-order', refusal([status, cryptogram(1, new Uint8Array(16))])],
    ['object-order', refusal([status, status])],
    ['unknown-object', refusal([encodeTlv(0x97, Uint8Array.of(0)), status])],
    ['mac-length', refusal([status], { mac: new Uint8Array(4) })],
    ['mac-wrong', refusal([status], { mac: new Uint8Array(8) })],
    ['padding-indicator', refusal([cryptogram(2, new Uint8Array(16)), status])],
    ['cryptogram-length', refusal([cryptogram(1, new Uint8Array(15)), status])],
    ['cryptogram-length', refusal([cryptogram(1, new Uint8Array(0)), status])],
    ['cryptogram-kind', refusal([encodeTlv(0x85, new Uint8Array(16)), status])],
    ['padding-wrong', refusal([cryptogram(1, zerosEncrypted()), status])],
  ])('%s', (expected, found) => expect(found).toBe(expected));

  /** A block of zeros under the counter of the response: it decrypts to no padding. */
  function zerosEncrypted(): Uint8Array {
    const counter = keys.sendSequenceCounter.slice();
    counter[15] = (counter[15] ?? 0) + 2;
    const iv = deriveIv(keys.encryptionKey, counter);
    return encrypt(keys.encryptionKey, iv, new Uint8Array(16));
  }

  it.each([
    ['unprotected', new Uint8Array()],
    ['mac-missing', status],
    ['malformed', Uint8Array.of(0x99, 0x05, 0x90)],
  ] as const)('%s', (expected, data) => {
    const { terminal } = pair('AES-128');
    terminal.wrapCommand(command);
    expect(reasonOf(() => terminal.unwrapResponse({ data, sw: 0x6982 }))).toBe(expected);
  });

  it('keeps the status word of an unprotected answer', () => {
    const { terminal } = pair('3DES');
    terminal.wrapCommand(command);
    const response = { data: new Uint8Array(), sw: 0x6988 };
    expect(errorOf(() => terminal.unwrapResponse(response))?.receivedSw).toBe(0x6988);
    expect(reasonOf(() => terminal.wrapCommand(command))).toBe('closed');
  });
});

describe('what a chip answers to a command that it refuses', () => {
  it.each([
    ['unprotected', { cla: 0x0c, ins: 0xb0, p1: 0, p2: 0 }, 0x6987],
    [
      'mac-missing',
      { cla: 0x0c, ins: 0xb0, p1: 0, p2: 0, data: Uint8Array.of(0x97, 1, 4) },
      0x6987,
    ],
    ['unprotected', { cla: 0x00, ins: 0xb0, p1: 0, p2: 0, data: Uint8Array.of(1) }, 0x6987],
    ['malformed', { cla: 0x0c, ins: 0xb0, p1: 0, p2: 0, data: Uint8Array.of(0x97) }, 0x6988],
  ] as const)('%s', (reason, command, answerSw) => {
    const { chip } = pair('AES-256');
    expect(errorOf(() => chip.unwrapCommand(command))).toMatchObject({ reason, answerSw });
  });

  it('does not take the same command twice', () => {
    const { terminal, chip } = pair('AES-192');
    const wrapped = terminal.wrapCommand({ cla: 0, ins: 0xb0, p1: 0, p2: 0, le: 4 });
    chip.unwrapCommand(wrapped);
    chip.wrapResponse({ data: new Uint8Array(), sw: 0x9000 });
    expect(reasonOf(() => chip.unwrapCommand(wrapped))).toBe('mac-wrong');
  });
});

it('asks for an extended response only where the command needs it', () => {
  const { terminal } = pair('3DES');
  const read = { cla: 0, ins: 0xb0, p1: 0, p2: 0 };
  expect(terminal.wrapCommand({ ...read, le: 256 }).le).toBe(0x100);
  expect(terminal.wrapCommand({ ...read, le: 257 }).le).toBe(0x1_0000);
  expect(terminal.wrapCommand({ ...read, data: new Uint8Array(240) }).le).toBe(0x1_0000);
  expect(
    encodeHex(encodeCommand(terminal.wrapCommand({ ...read, le: 1000 }))).slice(0, 24),
  ).toMatch(/^0CB0000000000E970203E8/);
});
