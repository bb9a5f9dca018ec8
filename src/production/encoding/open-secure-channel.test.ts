import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSoftwareHsm } from '../../../hsm-mock/software-hsm';
import { createToken } from '../../../hsm-mock/token';
import { SeededRandom } from '../../simulation/seeded-random';
import { decodeHex } from '../../standards/bytes/hex';
import { computeAesKcv, computeTripleDesKcv } from '../../standards/gp/key-check-value';
import { diversifyKeys } from '../../standards/gp/key-diversification';
import type { StaticKeys } from '../../standards/gp/static-keys';
import type { SecureChannelLevel, SecureChannelWish } from '../document/perso-script';
import type { CardKeyVault } from '../document/custody/card-key-vault';
import type { CardKeyHsm, CardSessionKeys, Hsm } from '../ports';
import { createSecureChannelOpener } from './open-secure-channel';
import { asBytes, SmallSecurityDomain, type SmallDomain } from './testing/small-security-domain';

const DOMAIN = decodeHex('A000000151000000');
const DIVERSIFICATION = decodeHex('00010203040506070809');
const command = decodeHex('80E2880005 0102030405');

function keysOf(seed: number, bytes: number): StaticKeys {
  const key = (part: number) => Uint8Array.from({ length: bytes }, (_, at) => seed + part * 9 + at);
  return { encryption: key(1), mac: key(2), dataEncryption: key(3) };
}

const SETS = {
  first: { cipher: 'aes', keys: keysOf(1, 16) },
  second: { cipher: 'aes', keys: keysOf(40, 32) },
  middle: { cipher: 'aes', keys: keysOf(60, 24) },
  des: { cipher: '3des', keys: keysOf(80, 16) },
  'des-next': { cipher: '3des', keys: keysOf(120, 16) },
} as const;

let folder: string;
let hsm: Hsm & CardKeyHsm & CardKeyVault;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'persoline-channel-'));
  await createToken({ directory: folder }, 'channel');
  hsm = await openSoftwareHsm({ directory: folder, pin: 'channel' });
  for (const [name, { cipher, keys }] of Object.entries(SETS)) {
    const parts = { enc: keys.encryption, mac: keys.mac, dek: keys.dataEncryption };
    for (const [part, key] of Object.entries(parts)) {
      const kcv = cipher === 'aes' ? computeAesKcv(key) : computeTripleDesKcv(key);
      const label = `${name}.${part}`;
      await hsm.importSecretKey({ label, purpose: 'card-master', cipher, key, kcv });
    }
  }
});
afterAll(async () => {
  await hsm.close();
  await rm(folder, { recursive: true, force: true });
});

function wishFor(keySet: string, rest: Partial<SecureChannelWish> = {}): SecureChannelWish {
  return {
    protocol: 'scp03',
    keys: [{ keySet, keyVersion: 0x20, diversification: 'none' }],
    level: 'c-mac c-enc',
    macBytes: 8,
    ...rest,
  };
}

function makeCard(rest: Partial<SmallDomain> = {}): SmallSecurityDomain {
  const keys = SETS.first.keys;
  return new SmallSecurityDomain({ protocol: 'scp03', i: 0x60, keys, keyVersion: 0x20, ...rest });
}

function openWith(card: SmallSecurityDomain, wish: SecureChannelWish, cardKeys: CardKeyHsm = hsm) {
  const random = new SeededRandom('host');
  return createSecureChannelOpener({ cardKeys, random })(card, wish, DOMAIN);
}

const SCP03_LEVELS: readonly SecureChannelLevel[] = [
  'c-mac',
  'c-mac c-enc',
  'c-mac r-mac',
  'c-mac c-enc r-mac',
  'c-mac c-enc r-mac r-enc',
];

describe('SCP03', () => {
  test.each([
    ['first', 0x60, 8],
    ['middle', 0x60, 8],
    ['second', 0x61, 16],
  ] as const)('%s, i = %i: talks at every level', async (keySet, i, macBytes) => {
    for (const level of SCP03_LEVELS) {
      const card = makeCard({ keys: SETS[keySet].keys, i });
      const channel = await openWith(card, wishFor(keySet, { level, macBytes }));
      expect(await channel.transmit(command)).toEqual(decodeHex('9000'));
      expect(asBytes(card.received[0])).toEqual(command);
      const secret = new Uint8Array(32).fill(7);
      expect(card.decrypt(await channel.encryptKeyData(secret))).toEqual(secret);
      channel.close();
      await expect(channel.transmit(command)).rejects.toMatchObject({
        code: 'CARD_CHANNEL_FAILED',
      });
    }
  });

  test('changes keys, with check values that the card has to answer', async () => {
    const card = makeCard();
    const channel = await openWith(card, wishFor('first'));
    await channel.putKeys({ keySet: 'second', keyVersion: 0x30, diversification: 'kdf3' });
    const { encryption, mac, dataEncryption } = diversifyKeys(
      'KDF3',
      SETS.second.keys,
      DIVERSIFICATION,
    );
    expect(card.newKeys).toEqual([encryption, mac, dataEncryption]);

    const liar = makeCard();
    const open = await openWith(liar, wishFor('first'));
    liar.tamper = (answer) => answer.with(1, (answer[1] ?? 0) ^ 1);
    await expect(
      open.putKeys({ keySet: 'second', keyVersion: 0x30, diversification: 'kdf3' }),
    ).rejects.toMatchObject({ code: 'CARD_CHANNEL_FAILED', place: 'put-key' });
  });

  test('takes the next keys where the card has not the first, and changes none that it has', async () => {
    const card = makeCard({ keys: SETS.second.keys, keyVersion: 0x30 });
    const own = { keySet: 'second', keyVersion: 0x30, diversification: 'none' } as const;
    const [first] = wishFor('first').keys;
    const channel = await openWith(card, wishFor('first', { keys: [first, own] }));
    await channel.putKeys(own);
    expect(card.newKeys).toEqual([]);
    expect(card.sent).toEqual([0x50, 0x50, 0x82]);
  });

  test('stops before the card counts a failure when it has other keys', async () => {
    const card = makeCard({ keys: SETS.second.keys });
    await expect(openWith(card, wishFor('first'))).rejects.toMatchObject({
      code: 'CARD_CHANNEL_FAILED',
      reasons: ['secure channel: the card cryptogram is wrong'],
    });
    expect(card.sent).toEqual([0x50]);
  });

  test('says which keys the card has when it has none of those that were named', async () => {
    await expect(openWith(makeCard({ keyVersion: 0x7f }), wishFor('first'))).rejects.toMatchObject({
      reasons: ['no key version 20', 'the card has key version 7F'],
    });
  });

  test.each([
    ['another protocol', { protocol: 'scp02', i: 0x15, keys: SETS.des.keys } as const, {}],
    ['MACs of another length', { i: 0x61 }, {}],
    ['no R-MAC', { i: 0x00 }, { level: 'c-mac r-mac' as const }],
  ])('refuses a card with %s', async (_name, domain, wish) => {
    await expect(openWith(makeCard(domain), wishFor('first', wish))).rejects.toMatchObject({
      code: 'CARD_CHANNEL_FAILED',
    });
  });

  test('ends at the first answer that somebody has changed', async () => {
    const card = makeCard();
    const channel = await openWith(card, wishFor('first', { level: 'c-mac r-mac' }));
    card.tamper = (answer) => answer.with(0, (answer[0] ?? 0) ^ 1);
    const failed = { code: 'CARD_CHANNEL_FAILED', reasons: ['secure channel: the MAC is wrong'] };
    await expect(channel.transmit(command)).rejects.toMatchObject(failed);
    card.tamper = (answer) => answer;
    await expect(channel.transmit(command)).rejects.toMatchObject({
      reasons: ['secure channel: the channel has ended'],
    });
  });

  test('overwrites the session keys that came out of the HSM', async () => {
    const handedOut: CardSessionKeys[] = [];
    const watching: CardKeyHsm = {
      deriveCardSession: async (card, session) => {
        const keys = await hsm.deriveCardSession(card, session);
        handedOut.push(keys);
        return keys;
      },
      encryptForCard: (card, session, data) => hsm.encryptForCard(card, session, data),
      wrapCardKeys: (card, session, next) => hsm.wrapCardKeys(card, session, next),
    };
    const channel = await openWith(makeCard(), wishFor('first'), watching);
    await channel.transmit(command);
    await expect(
      openWith(makeCard({ keys: SETS.second.keys }), wishFor('first'), watching),
    ).rejects.toThrow();
    expect(handedOut).toHaveLength(2);
    for (const { encryption, mac, rMac } of handedOut) {
      expect([encryption, mac, rMac]).toEqual(Array(3).fill(new Uint8Array(16)));
    }
  });
});

describe('SCP02', () => {
  test.each([0x15, 0x55, 0x35, 0x05])('i = %i: talks as the card says that it does', async (i) => {
    const levels = SCP03_LEVELS.filter(
      (level) => !level.includes('r-enc') && (i === 0x35 || !level.includes('r-mac')),
    );
    for (const level of levels) {
      const card = makeCard({ protocol: 'scp02', i, keys: SETS.des.keys });
      const channel = await openWith(card, wishFor('des', { protocol: 'scp02', level }));
      for (let times = 0; times < 3; times++) {
        expect(await channel.transmit(command)).toEqual(decodeHex('9000'));
      }
      expect(card.received.map(asBytes)).toEqual([command, command, command]);
      expect(card.sent.slice(0, 3)).toEqual([0xca, 0x50, 0x82]);
      const secret = new Uint8Array(16).fill(7);
      expect(card.decrypt(await channel.encryptKeyData(secret))).toEqual(secret);
      await channel.putKeys({
        ...{ keySet: 'des-next', keyVersion: 0x21, diversification: 'none' },
      });
      const { encryption, mac, dataEncryption } = SETS['des-next'].keys;
      expect(card.newKeys).toEqual([encryption, mac, dataEncryption]);
    }
  });
});
