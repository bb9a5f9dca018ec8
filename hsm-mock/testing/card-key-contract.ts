import { DIVERSIFICATION_SCHEMES } from '../../src/production/document/custody/card-key-set';
import type { CardKeyVault } from '../../src/production/document/custody/card-key-vault';
import { type ErrorCode, ProductionError } from '../../src/production/errors';
import type { CardKeyHsm, CardKeys, CardSession, Hsm } from '../../src/production/ports';
import { concatBytes } from '../../src/standards/bytes/concat';
import { decodeHex } from '../../src/standards/bytes/hex';
import { decryptAesCbc } from '../../src/standards/crypto/aes';
import { computeAesKcv, computeTripleDesKcv } from '../../src/standards/gp/key-check-value';
import { diversifyKeys } from '../../src/standards/gp/key-diversification';
import { deriveScp02SessionKeys } from '../../src/standards/gp/scp02-keys';
import {
  deriveScp03CardChallenge,
  deriveScp03SessionKeys,
} from '../../src/standards/gp/scp03-keys';
import { encryptForScp02, encryptForScp03 } from '../../src/standards/gp/sensitive-data';
import { buildAesKeyField, buildTripleDesKeyField } from '../../src/standards/gp/put-key';
import type { StaticKeys } from '../../src/standards/gp/static-keys';

const diversificationData = decodeHex('00010203040506070809');
const hostChallenge = decodeHex('1011121314151617');
const cardChallenge = decodeHex('2021222324252627');
const scp03: CardSession = { protocol: 'scp03', hostChallenge, cardChallenge };
const scp02: CardSession = { protocol: 'scp02', sequenceCounter: decodeHex('0007') };

function keysOf(seed: number, lengthBytes: number): StaticKeys {
  const key = (offset: number) =>
    Uint8Array.from(
      { length: lengthBytes },
      (_, index) => (seed + offset * 37 + index * 11) & 0xff,
    );
  return { encryption: key(1), mac: key(2), dataEncryption: key(3) };
}

const SETS = {
  'aes-128': { cipher: 'aes', keys: keysOf(1, 16) },
  'aes-192': { cipher: 'aes', keys: keysOf(2, 24) },
  'aes-256': { cipher: 'aes', keys: keysOf(3, 32) },
  des: { cipher: '3des', keys: keysOf(4, 16) },
} as const;

/** What an HSM does that keeps the master keys of GlobalPlatform cards. */
export function describeCardKeyContract(
  name: string,
  open: () => Promise<{
    readonly hsm: Hsm & CardKeyHsm & CardKeyVault;
    readonly remove: () => Promise<void>;
  }>,
): void {
  describe(`${name} keeps the contract of card keys`, () => {
    let hsm: Hsm & CardKeyHsm & CardKeyVault;
    let remove: () => Promise<void>;

    beforeAll(async () => {
      ({ hsm, remove } = await open());
      for (const [label, { cipher, keys }] of Object.entries(SETS)) {
        await importSet(hsm, label, { cipher, keys });
      }
      await hsm.generateSecretKey({ label: 'wrap.enc', purpose: 'storage-wrap' });
    }, 60_000);
    afterAll(async () => {
      await hsm.close();
      await remove();
    });

    test.each([
      ['aes-128', 'none'],
      ['aes-128', 'kdf3'],
      ['aes-192', 'kdf3'],
      ['aes-256', 'kdf3'],
    ] as const)('derives SCP03 session keys of %s by %s', async (keySet, diversification) => {
      const card = { keySet, diversification, diversificationData };
      const expected = expectedKeys(card);
      const context = concatBytes(hostChallenge, cardChallenge);
      expect(await hsm.deriveCardSession(card, scp03)).toEqual(
        deriveScp03SessionKeys(expected, context),
      );
      const data = new Uint8Array(32).fill(9);
      expect(await hsm.encryptForCard(card, scp03, data)).toEqual(
        encryptForScp03(expected.dataEncryption, data),
      );
    });

    test.each(['none', 'emv', 'visa2'] as const)(
      'derives SCP02 session keys by %s and lets no data key out',
      async (diversification) => {
        const card = { keySet: 'des', diversification, diversificationData };
        const keys = expectedKeys(card);
        const { encryption, mac, rMac, dataEncryption } = deriveScp02SessionKeys(
          keys,
          decodeHex('0007'),
        );
        expect(await hsm.deriveCardSession(card, scp02)).toEqual({ encryption, mac, rMac });
        const data = new Uint8Array(24).fill(9);
        expect(await hsm.encryptForCard(card, scp02, data)).toEqual(
          encryptForScp02(dataEncryption, data),
        );
        const next = { ...card, diversification: 'visa2' } as const;
        expect(await hsm.wrapCardKeys(card, scp02, next)).toEqual(
          inOrder(expectedKeys(next)).map((key) => buildTripleDesKeyField(dataEncryption, key)),
        );
      },
    );

    test('wraps the keys to which a card changes, with their check values', async () => {
      const card = { keySet: 'aes-128', diversification: 'none', diversificationData } as const;
      const next = { keySet: 'aes-256', diversification: 'kdf3', diversificationData } as const;
      const fields = await hsm.wrapCardKeys(card, scp03, next);
      const { dataEncryption } = SETS['aes-128'].keys;
      const wanted = inOrder(expectedKeys(next));
      expect(fields).toEqual(wanted.map((key) => buildAesKeyField(dataEncryption, key)));
      const [first = new Uint8Array()] = fields;
      const cryptogram = first.subarray(3, 3 + 32);
      expect(decryptAesCbc(dataEncryption, new Uint8Array(16), cryptogram)).toEqual(wanted[0]);
    });

    test('takes no card from test keys to live ones, nor puts live masters into it', async () => {
      await importSet(hsm, 'live', { ...SETS['aes-128'], realm: 'live' });
      const card = { keySet: 'aes-128', diversification: 'none', diversificationData } as const;
      const live = { keySet: 'live', diversification: 'kdf3', diversificationData } as const;
      await expectCode('CARD_KEYS_MIXED', hsm.wrapCardKeys(card, scp03, live));
      await expectCode('CARD_KEYS_MIXED', hsm.wrapCardKeys(live, scp03, card));
      expect(await hsm.wrapCardKeys(live, scp03, live)).toHaveLength(3);
      const bare = { ...live, diversification: 'none' } as const;
      await expectCode('HSM_WRONG_USE', hsm.wrapCardKeys(live, scp03, bare));
    });

    test('refuses a set of which one key is live', async () => {
      const [part] = inOrder(SETS['aes-128'].keys);
      const kind = { purpose: 'card-master', cipher: 'aes' } as const;
      const one = { ...kind, key: part!, kcv: computeAesKcv(part!) };
      await hsm.importSecretKey({ ...one, label: 'half.enc' });
      await hsm.importSecretKey({ ...one, label: 'half.mac' });
      await hsm.importSecretKey({ ...one, label: 'half.dek', realm: 'live' });
      const card = { keySet: 'half', diversification: 'kdf3', diversificationData } as const;
      await expectCode('CARD_KEYS_MIXED', hsm.deriveCardSession(card, scp03));
    });

    test.each([
      ['des', 'kdf3'],
      ['aes-128', 'emv'],
      ['aes-256', 'visa2'],
    ] as const)('does not derive from %s by %s', async (keySet, diversification) => {
      const card = { keySet, diversification, diversificationData };
      await expectCode('HSM_WRONG_USE', hsm.deriveCardSession(card, scp03));
    });

    test.each([
      ['des', scp03],
      ['aes-128', scp02],
    ] as const)('opens no channel of the other cipher with %s', async (keySet, session) => {
      const card = { keySet, diversification: 'none', diversificationData } as const;
      await expectCode('HSM_WRONG_USE', hsm.deriveCardSession(card, session));
      await expectCode('HSM_WRONG_USE', hsm.encryptForCard(card, session, new Uint8Array(16)));
    });

    test('holds a pseudo-random challenge against its counter', async () => {
      const card = { keySet: 'aes-128', diversification: 'kdf3', diversificationData } as const;
      const source = {
        sequenceCounter: decodeHex('00002A'),
        securityDomainAid: decodeHex('A000000151000000'),
      };
      const challenge = deriveScp03CardChallenge(expectedKeys(card), source, 8);
      const session = (counter: string): CardSession => ({
        ...{ protocol: 'scp03', hostChallenge, cardChallenge: challenge },
        pseudoRandom: {
          sequenceCounter: decodeHex(counter),
          securityDomain: source.securityDomainAid,
        },
      });
      expect(await hsm.deriveCardSession(card, session('00002A'))).toBeDefined();
      await expectCode('CARD_CHANNEL_FAILED', hsm.deriveCardSession(card, session('00002B')));
    });

    test('makes master keys that nobody has seen', async () => {
      for (const part of ['enc', 'mac', 'dek']) {
        await hsm.generateSecretKey({ label: `own.${part}`, purpose: 'card-master' });
      }
      const card = { keySet: 'own', diversification: 'kdf3', diversificationData } as const;
      const other = { ...card, diversificationData: diversificationData.toReversed() };
      const derived = await hsm.deriveCardSession(card, scp03);
      expect(derived.encryption).toHaveLength(32);
      expect(await hsm.deriveCardSession(card, scp03)).toEqual(derived);
      expect((await hsm.deriveCardSession(other, scp03)).mac).not.toEqual(derived.mac);
    });

    test('refuses keys of the wrong length, check value or purpose', async () => {
      const key = new Uint8Array(16).fill(5);
      const right = { label: 'odd', purpose: 'card-master', cipher: 'aes', key } as const;
      const kcv = computeAesKcv(key);
      const wrong = 'KEY_CHECK_VALUE_WRONG';
      await expectCode(wrong, hsm.importSecretKey({ ...right, kcv: kcv.toReversed() }));
      await expectCode(wrong, hsm.importSecretKey({ ...right, kcv: new Uint8Array() }));
      const short = key.subarray(1);
      await expectCode('HSM_WRONG_USE', hsm.importSecretKey({ ...right, key: short, kcv }));
      await hsm.importSecretKey({ ...right, kcv });
      await expectCode('HSM_WRONG_USE', hsm.importSecretKey({ ...right, kcv }));
      const card = { diversification: 'none', diversificationData } as const;
      const ask = (keySet: string) => hsm.deriveCardSession({ ...card, keySet }, scp03);
      await expectCode('HSM_KEY_MISSING', ask('nobody'));
      await expectCode('HSM_WRONG_USE', ask('wrap'));
    });
  });
}

async function importSet(
  vault: CardKeyVault,
  keySet: string,
  {
    cipher,
    keys,
    realm = 'test',
  }: {
    readonly cipher: 'aes' | '3des';
    readonly keys: StaticKeys;
    readonly realm?: 'test' | 'live';
  },
): Promise<void> {
  const computeKcv = cipher === 'aes' ? computeAesKcv : computeTripleDesKcv;
  const parts = { enc: keys.encryption, mac: keys.mac, dek: keys.dataEncryption };
  for (const [part, key] of Object.entries(parts)) {
    const label = `${keySet}.${part}`;
    await vault.importSecretKey({
      ...{ label, purpose: 'card-master', cipher, key, kcv: computeKcv(key), realm },
    });
  }
}

/** By the standard's own functions, with the masters that the HSM was given. */
function expectedKeys({ keySet, diversification }: CardKeys): StaticKeys {
  const { keys } = SETS[keySet as keyof typeof SETS];
  return diversifyKeys(DIVERSIFICATION_SCHEMES[diversification], keys, diversificationData);
}

function inOrder({ encryption, mac, dataEncryption }: StaticKeys): readonly Uint8Array[] {
  return [encryption, mac, dataEncryption];
}

async function expectCode(code: ErrorCode, attempt: Promise<unknown>): Promise<void> {
  const error: unknown = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ProductionError);
  expect((error as ProductionError).code).toBe(code);
}
