import fc from 'fast-check';
import { encodeCommand, parseCommand } from '../apdu/command';
import { decodeHex } from '../bytes/hex';
import { answerScp02InitializeUpdate } from './answer-initialize-update';
import { parseInitializeUpdateAnswer } from './initialize-update';
import { acceptScp02, openScp02 } from './open-scp02';
import { deriveScp02CardChallenge, deriveScp02SessionKeys } from './scp02-keys';
import { parseScp02Options } from './scp02-options';
import { exchange, failureOf, refusalsOfFlippedBit } from './testing/talk';

const KEYS = {
  encryption: decodeHex('101112131415161718191A1B1C1D1E1F'),
  mac: decodeHex('202122232425262728292A2B2C2D2E2F'),
  dataEncryption: decodeHex('303132333435363738393A3B3C3D3E3F'),
};
const HOST_CHALLENGE = decodeHex('0102030405060708');
const COUNTER = decodeHex('0007');

function openBoth(i: number, securityLevel: number) {
  const keys = deriveScp02SessionKeys(KEYS, COUNTER);
  const card = answerScp02InitializeUpdate({
    keys: KEYS,
    keyVersion: 0x20,
    diversificationData: new Uint8Array(10),
    hostChallenge: HOST_CHALLENGE,
    cardChallenge: deriveScp02CardChallenge(keys, decodeHex('A000000003000000')),
    sequenceCounter: COUNTER,
    i,
  });
  const answer = parseInitializeUpdateAnswer(card.data);
  if (answer.protocol !== 'SCP02') throw new Error('the card speaks SCP02');
  const options = parseScp02Options(i);
  const host = openScp02({ keys, hostChallenge: HOST_CHALLENGE, answer, options, securityLevel });
  const sent = parseCommand(encodeCommand(host.externalAuthenticate));
  return {
    host: host.session,
    card: acceptScp02(card.acceptance, sent),
    sent,
    acceptance: card.acceptance,
  };
}

test.each([0x05, 0x07, 0x15, 0x17, 0x25, 0x35, 0x37, 0x45, 0x55, 0x57, 0x75])(
  'i = %i: both sides talk at every level',
  (i) => {
    for (const level of [0x00, 0x01, 0x03, 0x10, 0x11, 0x13]) {
      if ((level & 0x10) !== 0 && (i & 0x20) === 0) {
        expect(failureOf(() => openBoth(i, level))).toBe('security-level');
        continue;
      }
      const pair = openBoth(i, level);
      for (const length of [0, 1, 7, 8, 200]) {
        const { sent, received, response } = exchange(pair, length);
        expect(received).toEqual(sent);
        expect(response).toEqual({ data: new Uint8Array(length).fill(0xc3), sw: 0x9000 });
      }
    }
  },
);

test.each([0x0a, 0x1a, 0x04, 0x14, 0x95])('i = %i is not implemented and says so', (i) => {
  expect(failureOf(() => parseScp02Options(i))).toBe('unsupported-options');
});

test('any flipped bit of a command is refused, and the channel is closed for good', () => {
  fc.assert(
    fc.property(fc.nat(), fc.constantFrom(0x01, 0x03), (position, level) => {
      const [flipped, right] = refusalsOfFlippedBit(openBoth(0x15, level), position);
      expect(['mac-wrong', 'padding-wrong']).toContain(flipped);
      expect(right).toBe('closed');
    }),
    { numRuns: 50 },
  );
});

test('another cryptogram, level or MAC in EXTERNAL AUTHENTICATE is refused', () => {
  const { acceptance, sent } = openBoth(0x15, 0x03);
  const data = sent.data ?? new Uint8Array();
  const flip = (at: number) => data.map((byte, index) => (index === at ? byte ^ 1 : byte));
  const accept = (change: object) =>
    failureOf(() => acceptScp02(acceptance, { ...sent, ...change }));
  expect(accept({ data: flip(0) })).toBe('host-cryptogram');
  expect(accept({ data: flip(15) })).toBe('mac-wrong');
  expect(accept({ data: data.subarray(1) })).toBe('length');
  expect(accept({ p1: 0x01 })).toBe('mac-wrong');
});

test('a response whose MAC was altered is refused', () => {
  const { host, card } = openBoth(0x75, 0x11);
  card.unwrapCommand(host.wrapCommand({ cla: 0x80, ins: 0xca, p1: 0, p2: 0x66, le: 256 }));
  const response = card.wrapResponse({ data: Uint8Array.of(1), sw: 0x9000 });
  expect(failureOf(() => host.unwrapResponse({ ...response, sw: 0x6300 }))).toBe('mac-wrong');
});
