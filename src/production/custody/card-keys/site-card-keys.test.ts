import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSoftwareHsm } from '../../../../hsm-mock/software-hsm';
import { createToken } from '../../../../hsm-mock/token';
import { decodeHex } from '../../../standards/bytes/hex';
import { computeKcv } from '../../../standards/gp/key-check-value';
import { cardKeysOfBatch, requireKeysForChip } from '../../card-keys-of-batch';
import { labelsOfSet } from '../../document/custody/card-key-set';
import type { CardKeyVault, KeyRealm } from '../../document/custody/card-key-vault';
import type { CardKeyHsm, CardSession, Hsm } from '../../ports';
import type { ChipProfile } from '../../profile/chip';
import { siteCardKeys } from './site-card-keys';

const session: CardSession = {
  ...{ protocol: 'scp03', hostChallenge: new Uint8Array(8), cardChallenge: new Uint8Array(8) },
};
const production = { isProduction: true };
const elsewhere = { isProduction: false };

let folder: string;
let hsm: Hsm & CardKeyHsm & CardKeyVault;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'persoline-site-'));
  await createToken({ directory: folder }, 'site');
  hsm = await openSoftwareHsm({ directory: folder, pin: 'site' });
  await make('live', 'live');
  await make('test', 'test');
});
afterAll(async () => {
  await hsm.close();
  await rm(folder, { recursive: true, force: true });
});

async function make(keySet: string, realm: KeyRealm): Promise<void> {
  const kind = { purpose: 'card-master', cipher: 'aes', lengthBytes: 16, realm } as const;
  await hsm.generateCardKey({ ...kind, labels: labelsOfSet(keySet) });
}

const cardOf = (keySet: string) =>
  ({ keySet, diversification: 'kdf3', diversificationData: new Uint8Array(10) }) as const;
const open = (keySet: string, site: { readonly isProduction: boolean }) =>
  siteCardKeys(hsm, hsm, site).deriveCardSession(cardOf(keySet), session);

test('live keys are for production, test keys for everywhere else', async () => {
  const expected = await hsm.deriveCardSession(cardOf('live'), session);
  expect(await open('live', production)).toEqual(expected);
  expect(await open('test', elsewhere)).toBeDefined();
  await expect(open('live', elsewhere)).rejects.toMatchObject({ code: 'CARD_KEYS_MIXED' });
  await expect(open('test', production)).rejects.toMatchObject({
    code: 'KEYS_NOT_FOR_PRODUCTION',
    reasons: ['it is a test key'],
  });
});

test.each([
  ['404142434445464748494A4B4C4D4E4F', 'the delivery key of laboratories'],
  ['00000000000000000000000000000000', 'zeros'],
  ['FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF', 'ones'],
  ['000102030405060708090A0B0C0D0E0F', 'counting bytes'],
  ['2B7E151628AED2A6ABF7158809CF4F3C', 'the key of a printed example'],
])('production refuses the published key %s, %s, marked as live', async (hex) => {
  const key = decodeHex(hex);
  const given = { purpose: 'card-master', cipher: 'aes', key, realm: 'live' } as const;
  for (const label of labelsOfSet(`known-${hex.slice(0, 8)}`)) {
    await hsm.importSecretKey({ ...given, label, kcv: computeKcv('aes', key) });
  }
  const attempt = open(`known-${hex.slice(0, 8)}`, production);
  await expect(attempt).rejects.toMatchObject({
    code: 'KEYS_NOT_FOR_PRODUCTION',
    reasons: ['it is published: everybody has it'],
  });
});

test('production refuses a key of which no check value was ever compared', async () => {
  for (const label of labelsOfSet('bare')) {
    await hsm.generateSecretKey({ label, purpose: 'card-master' });
  }
  await expect(open('bare', production)).rejects.toMatchObject({
    code: 'KEYS_NOT_FOR_PRODUCTION',
    reasons: ['it is a test key', 'no check value came with it'],
  });
});

test('a key that is not the one of its record is used nowhere', async () => {
  const wrong: Pick<CardKeyVault, 'describeCardKey'> = {
    describeCardKey: async (label) => {
      const key = await hsm.describeCardKey(label);
      return key && { ...key, recordedKcv: Uint8Array.of(1, 2, 3) };
    },
  };
  for (const [keySet, site] of [
    ['live', production],
    ['test', elsewhere],
  ] as const) {
    await expect(
      siteCardKeys(hsm, wrong, site).deriveCardSession(cardOf(keySet), session),
    ).rejects.toMatchObject({ code: 'KEY_CHECK_VALUE_WRONG' });
  }
});

test('no card goes from one realm to the other, whatever the site', async () => {
  for (const site of [production, elsewhere]) {
    const keys = siteCardKeys(hsm, hsm, site);
    const [from, to] = site.isProduction ? ['live', 'test'] : ['test', 'live'];
    await expect(keys.wrapCardKeys(cardOf(from), session, cardOf(to))).rejects.toMatchObject({
      code: site.isProduction ? 'KEYS_NOT_FOR_PRODUCTION' : 'CARD_KEYS_MIXED',
    });
  }
});

test('a batch with keys of its own opens with them, another with those of the type', async () => {
  await make('test.lot-7', 'test');
  const keys = siteCardKeys(hsm, hsm, elsewhere);
  const byLot = (lot: string) =>
    cardKeysOfBatch(keys, lot).deriveCardSession(cardOf('test'), session);
  const ofType = await hsm.deriveCardSession(cardOf('test'), session);
  const ofLot = await hsm.deriveCardSession(cardOf('test.lot-7'), session);
  expect(ofLot.mac).not.toEqual(ofType.mac);
  expect(await byLot('lot-7')).toEqual(ofLot);
  expect(await byLot('lot-8')).toEqual(ofType);
  expect(await byLot('a lot with spaces')).toEqual(ofType);
  // The next keys are looked for in the same way.
  const wrapped = await cardKeysOfBatch(keys, 'lot-7').wrapCardKeys(
    cardOf('test'),
    session,
    cardOf('test'),
  );
  expect(wrapped).toEqual(
    await hsm.wrapCardKeys(cardOf('test.lot-7'), session, cardOf('test.lot-7')),
  );
});

test('asks the HSM about a set once, and about a batch without keys each time', async () => {
  await make('test.lot-5', 'test');
  const asked: string[] = [];
  const watching: Pick<CardKeyVault, 'describeCardKey'> = {
    describeCardKey: (label) => {
      asked.push(label);
      return hsm.describeCardKey(label);
    },
  };
  const keys = siteCardKeys(hsm, watching, elsewhere);
  const openLot = (lot: string) =>
    cardKeysOfBatch(keys, lot).deriveCardSession(cardOf('test'), session);
  for (const lot of ['lot-5', 'lot-6']) await openLot(lot);
  asked.length = 0;
  for (const lot of ['lot-5', 'lot-6', 'lot-5']) await openLot(lot);
  expect(asked).toEqual(['test.lot-6.enc']);
});

test('a training card is opened with test keys alone', () => {
  const script = [{ verb: 'open-channel' }] as unknown as ChipProfile['script'];
  const training = { name: 'practice', purpose: 'training', script } as const;
  const live = siteCardKeys(hsm, hsm, production);
  const mixed = expect.objectContaining({ code: 'CARD_KEYS_MIXED' }) as Error;
  expect(() => requireKeysForChip(live, training)).toThrow(mixed);
  expect(() => requireKeysForChip(cardKeysOfBatch(live, 'lot-1'), training)).toThrow(mixed);
  requireKeysForChip(live, { ...training, purpose: 'production' });
  requireKeysForChip(live, { ...training, script: [] });
  requireKeysForChip(siteCardKeys(hsm, hsm, elsewhere), training);
});

test('a live batch of a test type is refused like any other live key', async () => {
  await make('test.lot-9', 'live');
  const keys = cardKeysOfBatch(siteCardKeys(hsm, hsm, elsewhere), 'lot-9');
  await expect(keys.deriveCardSession(cardOf('test'), session)).rejects.toMatchObject({
    code: 'CARD_KEYS_MIXED',
  });
  await expect(keys.deriveCardSession(cardOf('nobody'), session)).rejects.toMatchObject({
    code: 'HSM_KEY_MISSING',
  });
});
