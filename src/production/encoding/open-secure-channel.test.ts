import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSoftwareHsm } from '../../../hsm-mock/software-hsm';
import { createToken } from '../../../hsm-mock/token';
import { SeededRandom } from '../../simulation/seeded-random';
import type { DomainDelivery } from '../../simulation/chip/gp/domain-delivery';
import type { KeySet } from '../../simulation/chip/gp/key-sets';
import { VirtualCard } from '../../simulation/chip/virtual-card';
import { concatBytes } from '../../standards/bytes/concat';
import { decodeHex, encodeHex } from '../../standards/bytes/hex';
import { parseScp02Options } from '../../standards/gp/scp02-options';
import { parseScp03Options } from '../../standards/gp/scp03-options';
import type { SecureChannelLevel, SecureChannelWish } from '../document/perso-script';
import type { CardKeyVault } from '../document/custody/card-key-vault';
import type { CardKeyHsm, Hsm } from '../ports';
import { createSecureChannelOpener } from './open-secure-channel';
import {
  importKeySet,
  makeKeys,
  SECURITY_DOMAIN,
  SecurityDomainCard,
} from './testing/security-domain-card';

const GET_STATUS = decodeHex('80F28002024F0000');
const STATUS = /^E3134F08A0000001510000009F7001..C5039E00009000$/;
const VERSION = 0x20;

const SETS = {
  'aes-128': { cipher: 'aes', keys: makeKeys(1, 16) },
  'aes-192': { cipher: 'aes', keys: makeKeys(60, 24) },
  'aes-256': { cipher: 'aes', keys: makeKeys(40, 32) },
  des: { cipher: '3des', keys: makeKeys(80, 16) },
  'des-next': { cipher: '3des', keys: makeKeys(120, 16) },
} as const satisfies Record<string, Omit<KeySet, 'version'>>;
type SetName = keyof typeof SETS;

let folder: string;
let hsm: Hsm & CardKeyHsm & CardKeyVault;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'persoline-channel-'));
  await createToken({ directory: folder }, 'channel');
  hsm = await openSoftwareHsm({ directory: folder, pin: 'channel' });
  for (const [name, set] of Object.entries(SETS)) await importKeySet(hsm, name, set);
});
afterAll(async () => {
  await hsm.close();
  await rm(folder, { recursive: true, force: true });
});

function setOf(name: SetName, version = VERSION): KeySet {
  return { ...SETS[name], version };
}

function keysFor(keySet: string, keyVersion = VERSION) {
  return { keySet, keyVersion, diversification: 'none' } as const;
}

function wishFor(keySet: SetName, rest: Partial<SecureChannelWish> = {}): SecureChannelWish {
  const protocol = SETS[keySet].cipher === 'aes' ? 'scp03' : 'scp02';
  return { protocol, keys: [keysFor(keySet)], level: 'c-mac c-enc', macBytes: 8, ...rest };
}

function deliver(name: SetName, rest: DomainDelivery = {}): Promise<SecurityDomainCard> {
  return SecurityDomainCard.deliver({ issuerKeys: [setOf(name)], ...rest });
}

function openWith(card: SecurityDomainCard, wish: SecureChannelWish) {
  const random = new SeededRandom('host');
  return createSecureChannelOpener({ cardKeys: hsm, random })(card, wish, SECURITY_DOMAIN);
}

async function expectTalk(channel: { transmit(command: Uint8Array): Promise<Uint8Array> }) {
  for (let times = 0; times < 3; times++) {
    expect(encodeHex(await channel.transmit(GET_STATUS))).toMatch(STATUS);
  }
}

const LEVELS: readonly SecureChannelLevel[] = [
  'c-mac',
  'c-mac c-enc',
  'c-mac r-mac',
  'c-mac c-enc r-mac',
  'c-mac c-enc r-mac r-enc',
];
/** S8 and S16, random and pseudo-random challenge, each response protection. */
const SCP03_I = [0x00, 0x10, 0x20, 0x30, 0x60, 0x70].flatMap((i) => [i, i | 0x01]);
const SCP02_I = [
  0x05, 0x07, 0x15, 0x17, 0x25, 0x27, 0x35, 0x37, 0x45, 0x47, 0x55, 0x57, 0x65, 0x75,
];

describe.each(['aes-128', 'aes-192', 'aes-256'] as const)('SCP03 with %s', (keySet) => {
  test.each(SCP03_I)(
    'i = %i: opens at every level that the card has, and at no other',
    async (i) => {
      const { macBytes, supportsRMac, supportsREncryption } = parseScp03Options(i);
      for (const level of LEVELS) {
        const card = await deliver(keySet, { scp03: i });
        const opening = openWith(card, wishFor(keySet, { level, macBytes }));
        const has =
          (supportsRMac || !level.includes('r-mac')) &&
          (supportsREncryption || !level.includes('r-enc'));
        if (!has) {
          await expect(opening).rejects.toMatchObject({ code: 'CARD_CHANNEL_FAILED' });
          expect(card.sent).toEqual([0x50]);
          continue;
        }
        const channel = await opening;
        await expectTalk(channel);
        channel.close();
        await expect(channel.transmit(GET_STATUS)).rejects.toMatchObject({
          code: 'CARD_CHANNEL_FAILED',
        });
      }
    },
  );
});

describe('SCP02', () => {
  test.each(SCP02_I)('i = %i: opens as the card says that it does', async (i) => {
    const { supportsRMac } = parseScp02Options(i);
    for (const level of LEVELS.filter((one) => !one.includes('r-enc'))) {
      const card = await deliver('des', { scp02: i });
      const opening = openWith(card, wishFor('des', { level }));
      if (level.includes('r-mac') && !supportsRMac) {
        await expect(opening).rejects.toMatchObject({ code: 'CARD_CHANNEL_FAILED' });
        expect(card.count(0x82)).toBe(0);
        continue;
      }
      await expectTalk(await opening);
      expect(card.sent.slice(0, 3)).toEqual([0xca, 0x50, 0x82]);
    }
  });
});

describe('PUT KEY', () => {
  test.each([
    ['aes-128', 'aes-256', 0x30],
    ['aes-256', 'aes-192', 0x31],
    ['des', 'des-next', 0x21],
  ] as const)(
    'from %s to %s: the card has the next keys, and answers for them',
    async (from, to, version) => {
      const card = await SecurityDomainCard.deliver({ deliveryKeys: [setOf(from)] });
      const channel = await openWith(card, wishFor(from));
      const next = keysFor(to, version);
      await channel.putKeys(next);
      const reopened = await openWith(card, wishFor(from, { keys: [keysFor(from), next] }));
      await expectTalk(reopened);
      // It was opened with these, so that nothing is changed.
      const before = card.count(0xd8);
      await reopened.putKeys(next);
      expect(card.count(0xd8)).toBe(before);
    },
  );

  test('another check value than that of the keys is a failure of its own', async () => {
    const card = await deliver('aes-128');
    const channel = await openWith(card, wishFor('aes-128'));
    card.tamper = (answer, ins) => (ins === 0xd8 ? answer.with(1, (answer[1] ?? 0) ^ 1) : answer);
    await expect(channel.putKeys(keysFor('aes-256', 0x30))).rejects.toMatchObject({
      code: 'CARD_CHANNEL_FAILED',
      place: 'put-key',
    });
  });
});

describe('a card with several key sets', () => {
  const issuerKeys = [setOf('des', 0x21), setOf('aes-128', 0x30), setOf('aes-256', 0x31)];

  test.each([
    ['des', 0x21],
    ['aes-128', 0x30],
    ['aes-256', 0x31],
  ] as const)('%s is opened by its version', async (name, version) => {
    const card = await SecurityDomainCard.deliver({ issuerKeys });
    await expectTalk(await openWith(card, wishFor(name, { keys: [keysFor(name, version)] })));
  });

  test('of several wishes the first that the card has is taken, by what it tells', async () => {
    const card = await SecurityDomainCard.deliver({ issuerKeys });
    // Version 21 is there, but for the other protocol; 40 is not there at all.
    const keys = [
      keysFor('aes-192', 0x40),
      keysFor('aes-192', 0x21),
      keysFor('aes-256', 0x31),
    ] as const;
    await expectTalk(await openWith(card, wishFor('aes-128', { keys })));
    expect(card.sent.slice(0, 3)).toEqual([0xca, 0x50, 0x82]);
  });

  test('a card that tells nothing is asked for one after the other', async () => {
    const card = await SecurityDomainCard.deliver({ issuerKeys });
    card.tamper = (answer, ins) => (ins === 0xca ? decodeHex('6A88') : answer);
    const keys = [keysFor('aes-192', 0x40), keysFor('aes-256', 0x31)] as const;
    await openWith(card, wishFor('aes-128', { keys }));
    expect(card.sent).toEqual([0xca, 0x50, 0x50, 0x82]);
  });

  test.each([
    [[keysFor('aes-192', 0x40)], '40'],
    [[keysFor('aes-192', 0x40), keysFor('aes-192', 0x21)], '40, 21'],
  ] as const)('none of the wishes is there: said with what is there', async (keys, named) => {
    const card = await SecurityDomainCard.deliver({ issuerKeys });
    await expect(openWith(card, wishFor('aes-128', { keys }))).rejects.toMatchObject({
      code: 'CARD_KEYS_WRONG',
      reasons: [
        `no key version ${named} for scp03`,
        'the card has key version 31 for scp03, 30 for scp03, 21 for scp02',
      ],
    });
    expect(card.count(0x82)).toBe(0);
  });
});

describe('a card with other keys than its lot', () => {
  test.each([
    ['aes-128', { scp03: 0x60 }],
    ['aes-256', { scp03: 0x70 }],
    ['des', {}],
  ] as const)('%s: found out before the card counts anything', async (name, rest) => {
    const card = await deliver(name, rest);
    card.card.setFaults([{ kind: 'wrong-keys', atApdu: 1 }]);
    await expect(openWith(card, wishFor(name))).rejects.toMatchObject({
      code: 'CARD_KEYS_WRONG',
      consequence: 'retry-card',
      reasons: [
        `its keys of version 20 are not ${name}, diversification none`,
        'nothing was tried that the card counts',
      ],
    });
    expect([card.count(0x50), card.count(0x82)]).toEqual([1, 0]);
  });

  test('a card cryptogram that was changed is taken for one', async () => {
    const card = await deliver('aes-128', { scp03: 0x60 });
    card.tamper = (answer, ins) => (ins === 0x50 ? answer.with(21, (answer[21] ?? 0) ^ 1) : answer);
    await expect(openWith(card, wishFor('aes-128'))).rejects.toMatchObject({
      code: 'CARD_KEYS_WRONG',
    });
    expect(card.sent).toEqual([0x50]);
  });
});

/** EXTERNAL AUTHENTICATE with another cryptogram. */
function spoilCryptogram(command: Uint8Array): Uint8Array {
  return command[1] === 0x82 ? command.with(5, (command[5] ?? 0) ^ 1) : command;
}

describe('what the card counts', () => {
  test.each(['aes-128', 'des'] as const)(
    '%s: a wrong host cryptogram is sent once',
    async (name) => {
      const card = await deliver(name);
      card.tamperCommand = spoilCryptogram;
      const keys = [keysFor(name), keysFor(name)] as const;
      await expect(openWith(card, wishFor(name, { keys }))).rejects.toMatchObject({
        code: 'CARD_CHANNEL_FAILED',
        reasons: [
          'EXTERNAL AUTHENTICATE',
          '6300 (authentication failed)',
          'it is not tried again: cards count it, and block',
        ],
      });
      expect(card.count(0x82)).toBe(1);
      card.tamperCommand = (command) => command;
      await expectTalk(await openWith(card, wishFor(name)));
    },
  );

  test('ten of them in a row, and the card opens no channel any more', async () => {
    const card = await deliver('aes-128');
    card.tamperCommand = spoilCryptogram;
    for (let times = 0; times < 10; times++) {
      await expect(openWith(card, wishFor('aes-128'))).rejects.toThrow('6300');
    }
    card.tamperCommand = (command) => command;
    await expect(openWith(card, wishFor('aes-128'))).rejects.toThrow(
      'the card has counted too many wrong channels',
    );
  });

  test.each([
    ['aes-128', 'FFFFFF'],
    ['des', '7FFF'],
  ] as const)('%s: a counter at its end opens no channel, and says so', async (name, countHex) => {
    const { card } = await deliver(name);
    const { state } = card;
    const valuesHex = { ...state.valuesHex, [`key-counter.${VERSION}`]: countHex };
    const random = new SeededRandom('again');
    const worn = new VirtualCard({ kind: card.kind, random, state: { ...state, valuesHex } });
    const inserted = await SecurityDomainCard.insert(worn);
    await expect(openWith(inserted, wishFor(name))).rejects.toThrow('counter of these keys');
    expect(inserted.count(0x82)).toBe(0);
  });

  test('the counter rises with each channel', async () => {
    const card = await deliver('aes-128');
    for (let times = 0; times < 2; times++) await openWith(card, wishFor('aes-128'));
    expect(card.card.state.valuesHex[`key-counter.${VERSION}`]).toBe('000002');
  });
});

describe('refuses', () => {
  test.each([
    ['another protocol', 'aes-128', { protocol: 'scp02' }, 'another secure channel protocol'],
    ['S16 of an S8 card', 'aes-128', { macBytes: 16 }, 'challenge of another length'],
  ] as const)('%s', async (_name, keySet, wish, reason) => {
    const card = await deliver(keySet);
    const opening = openWith(card, wishFor(keySet, wish));
    await expect(opening).rejects.toMatchObject({ code: 'CARD_CHANNEL_FAILED' });
    await expect(opening).rejects.toThrow(reason);
    expect(card.count(0x82)).toBe(0);
  });

  test('a card that answers SCP03 to the wish for a 3DES set', async () => {
    const card = await deliver('aes-128', { scp03: 0x60 });
    const wish = { ...wishFor('aes-128'), protocol: 'scp02' } as const;
    await expect(openWith(card, wish)).rejects.toThrow('another secure channel protocol');
  });

  test('SCP02 with another i than the card has: once, at the first command that shows it', async () => {
    const lie = (i: number) => async () => {
      const card = await deliver('des', { scp02: 0x15 });
      card.tamper = (answer, ins) =>
        ins === 0xca ? decodeHex(encodeHex(answer).replace('FC6B040215', `FC6B0402${i}`)) : answer;
      return { card, opening: openWith(card, wishFor('des')) };
    };
    const unmodified = await lie(17)();
    await expect(unmodified.opening).rejects.toMatchObject({ code: 'CARD_CHANNEL_FAILED' });
    expect(unmodified.card.count(0x82)).toBe(1);

    const plainChaining = await (await lie(0)()).opening.catch((error: unknown) => error);
    expect(plainChaining).toMatchObject({ code: 'CARD_CHANNEL_FAILED' });
    const { opening } = await lie(45)();
    expect(encodeHex(await (await opening).transmit(GET_STATUS))).toBe('6982');
  });
});

test('a channel ends at the first answer that somebody has changed', async () => {
  const card = await deliver('aes-128');
  const channel = await openWith(card, wishFor('aes-128', { level: 'c-mac r-mac' }));
  card.tamper = (answer) => answer.with(0, (answer[0] ?? 0) ^ 1);
  const failed = { code: 'CARD_CHANNEL_FAILED', reasons: ['secure channel: the MAC is wrong'] };
  await expect(channel.transmit(GET_STATUS)).rejects.toMatchObject(failed);
  card.tamper = (answer) => answer;
  await expect(channel.transmit(GET_STATUS)).rejects.toMatchObject({
    reasons: ['secure channel: the channel has ended'],
  });
});

test.each(['aes-128', 'des'] as const)(
  '%s: what the card decrypts is what was meant',
  async (name) => {
    const card = await deliver(name);
    const channel = await openWith(card, wishFor(name));
    expect(await channel.transmit(decodeHex('80E620000D000007A000000247100100000000'))).toEqual(
      decodeHex('009000'),
    );
    const secret = decodeHex('3132333435368000000000000000 0000');
    const encrypted = await channel.encryptKeyData(secret);
    const stored = concatBytes(decodeHex('80E2E800138F0210'), encrypted);
    expect(encodeHex(await channel.transmit(stored))).toBe('9000');
    expect(card.card.state.valuesHex['password.CAN']).toBe('313233343536');
  },
);
