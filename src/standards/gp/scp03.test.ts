import fc from 'fast-check';
import { encodeCommand, parseCommand } from '../apdu/command';
import { decodeHex, encodeHex } from '../bytes/hex';
import { answerScp03InitializeUpdate } from './answer-initialize-update';
import { parseInitializeUpdateAnswer } from './initialize-update';
import { acceptScp03, openScp03, scp03Context, verifyScp03CardChallenge } from './open-scp03';
import { deriveScp03CardChallenge, deriveScp03SessionKeys } from './scp03-keys';
import { encodeScp03Options, parseScp03Options } from './scp03-options';
import type { StaticKeys } from './static-keys';
import { exchange, failureOf, refusalsOfFlippedBit } from './testing/talk';

const AID = decodeHex('A000000151000000');
const COUNTER = decodeHex('00002A');
/** Every parameter i that a card may have: S8 and S16, both challenges, each response protection. */
const ALL_I = [0x00, 0x10, 0x20, 0x30, 0x60, 0x70].flatMap((i) => [i, i | 0x01]);
const LEVELS = [0x00, 0x01, 0x03, 0x11, 0x13, 0x33];

function keysOf(bytes: number): StaticKeys {
  const key = (start: number) => Uint8Array.from({ length: bytes }, (_, index) => start + index);
  return { encryption: key(0x10), mac: key(0x40), dataEncryption: key(0x70) };
}

function openBoth(i: number, securityLevel: number, keyBytes = 16) {
  const options = parseScp03Options(i);
  const keys = keysOf(keyBytes);
  const hostChallenge = new Uint8Array(options.macBytes).fill(0x5a);
  const source = { sequenceCounter: COUNTER, securityDomainAid: AID };
  const cardChallenge = deriveScp03CardChallenge(keys, source, options.macBytes);
  const card = answerScp03InitializeUpdate({
    keys,
    keyVersion: 0x30,
    diversificationData: new Uint8Array(10),
    hostChallenge,
    cardChallenge,
    options,
    sequenceCounter: COUNTER,
  });
  const answer = parseInitializeUpdateAnswer(card.data);
  if (answer.protocol !== 'SCP03') throw new Error('the card speaks SCP03');
  const sessionKeys = deriveScp03SessionKeys(keys, scp03Context(hostChallenge, cardChallenge));
  const host = openScp03({ keys: sessionKeys, hostChallenge, answer, securityLevel });
  const sent = parseCommand(encodeCommand(host.externalAuthenticate));
  return {
    answer,
    host: host.session,
    card: acceptScp03(card.acceptance, sent),
    sent,
    acceptance: card.acceptance,
  };
}

test.each([16, 24, 32])('keys of %i bytes: both sides talk at every level of every i', (bytes) => {
  for (const i of ALL_I) {
    const { supportsRMac, supportsREncryption } = parseScp03Options(i);
    for (const level of LEVELS) {
      const possible =
        ((level & 0x10) === 0 || supportsRMac) && ((level & 0x20) === 0 || supportsREncryption);
      if (!possible) {
        expect(failureOf(() => openBoth(i, level, bytes))).toBe('security-level');
        continue;
      }
      const pair = openBoth(i, level, bytes);
      for (const length of [0, 1, 15, 16, 200, 300]) {
        const sw = length === 15 ? 0x6310 : 0x9000;
        const { sent, received, response } = exchange(pair, length, sw);
        expect(received).toEqual(sent);
        expect(response).toEqual({ data: new Uint8Array(length).fill(0xc3), sw });
      }
    }
  }
});

test('the options go there and back', () => {
  for (const i of ALL_I) expect(encodeScp03Options(parseScp03Options(i))).toBe(i);
});

test('a pseudo-random challenge is verified by its counter, a random one is not one', () => {
  const keys = keysOf(16);
  const { answer } = openBoth(0x70, 0x01);
  expect(failureOf(() => verifyScp03CardChallenge(keys, answer, AID))).toBe('none');
  expect(failureOf(() => verifyScp03CardChallenge(keys, answer, COUNTER))).toBe('card-challenge');
  const random = openBoth(0x60, 0x01).answer;
  expect(failureOf(() => verifyScp03CardChallenge(keys, random, AID))).toBe('card-challenge');
});

test('an error of the card goes out bare, and is believed without data only', () => {
  const { host, card } = openBoth(0x70, 0x33);
  card.unwrapCommand(host.wrapCommand({ cla: 0x80, ins: 0xca, p1: 0, p2: 0x66, le: 256 }));
  const bare = card.wrapResponse({ data: Uint8Array.of(1, 2), sw: 0x6a88 });
  expect(bare).toEqual({ data: new Uint8Array(), sw: 0x6a88 });
  expect(host.unwrapResponse(bare)).toEqual(bare);
  expect(failureOf(() => host.unwrapResponse({ data: Uint8Array.of(1), sw: 0x6a88 }))).toBe(
    'length',
  );
});

test('any flipped bit of a command is refused, and the channel is closed for good', () => {
  fc.assert(
    fc.property(fc.nat(), fc.constantFrom(0x01, 0x33), (position, level) => {
      const refusals = refusalsOfFlippedBit(openBoth(0x70, level), position);
      expect(refusals).toEqual(['mac-wrong', 'closed']);
    }),
    { numRuns: 50 },
  );
});

test('another class, header or order of commands is refused', () => {
  const plain = { cla: 0x80, ins: 0xe2, p1: 0x80, p2: 0, data: new Uint8Array(20) };
  const refuse = (change: (first: ReturnType<typeof openBoth>) => unknown) =>
    failureOf(() => change(openBoth(0x70, 0x13)));
  expect(refuse(({ card }) => card.unwrapCommand(plain))).toBe('unprotected');
  expect(
    refuse(({ host, card }) => card.unwrapCommand({ ...host.wrapCommand(plain), p2: 1 })),
  ).toBe('mac-wrong');
  expect(
    refuse(({ host, card }) => {
      host.wrapCommand(plain);
      card.unwrapCommand(host.wrapCommand(plain));
    }),
  ).toBe('mac-wrong');
  expect(
    refuse(({ host, card }) => {
      card.unwrapCommand(host.wrapCommand(plain));
      const response = card.wrapResponse({ data: Uint8Array.of(7), sw: 0x9000 });
      host.unwrapResponse({ ...response, sw: 0x6300 });
    }),
  ).toBe('mac-wrong');
});

test('other keys, another level and a cut EXTERNAL AUTHENTICATE are refused', () => {
  const { acceptance, sent, answer } = openBoth(0x70, 0x13);
  const data = sent.data ?? new Uint8Array();
  const accept = (change: object) =>
    failureOf(() => acceptScp03(acceptance, { ...sent, ...change }));
  expect(accept({ p1: 0x01 })).toBe('mac-wrong');
  expect(accept({ p1: 0x02 })).toBe('security-level');
  expect(accept({ data: data.subarray(1) })).toBe('length');
  expect(accept({ data: data.map((byte, index) => (index === 0 ? byte ^ 1 : byte)) })).toBe(
    'host-cryptogram',
  );
  const keys = deriveScp03SessionKeys(keysOf(32), new Uint8Array(16));
  expect(
    failureOf(() =>
      openScp03({ keys, hostChallenge: new Uint8Array(8), answer, securityLevel: 0x01 }),
    ),
  ).toBe('card-cryptogram');
});

test('the class of further logical channels carries the other bit, and the MAC covers neither', () => {
  const { host, card } = openBoth(0x70, 0x01);
  const plain = { cla: 0xc1, ins: 0xe2, p1: 0, p2: 0, data: Uint8Array.of(1) };
  const wrapped = host.wrapCommand(plain);
  expect(wrapped.cla).toBe(0xe1);
  expect(card.unwrapCommand(wrapped)).toEqual(plain);
});

test('an ended channel overwrites its keys without touching those it was given', () => {
  const keys = deriveScp03SessionKeys(keysOf(16), new Uint8Array(16));
  const before = encodeHex(keys.mac);
  const { host } = openBoth(0x70, 0x01);
  host.close();
  expect(host.closed).toBe(true);
  expect(encodeHex(keys.mac)).toBe(before);
  expect(failureOf(() => host.wrapCommand({ cla: 0x80, ins: 0, p1: 0, p2: 0 }))).toBe('closed');
});
