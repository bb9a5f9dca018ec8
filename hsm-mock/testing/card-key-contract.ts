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
  open: () => Promise<{ readonly hsm: Hsm & CardKeyHsm; readonly remove: () => Promise<void> }>,
): void {
  describe(`${name} keeps the contract of card keys`, () => {
    let hsm: Hsm & CardKeyHsm;
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
        const next = { ...card, diversification: 'none' } as const;
        expect(await hsm.wrapCardKeys(card, scp02, next)).toEqual(
          inOrder(SETS.des.keys).map((key) => buildTripleDesKeyField(dataEncryption, key)),
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
      await expectCode('HSM_WRONG_USE', hsm.importSecretKey({ ...right, kcv: kcv.toReversed() }));
      await expectCode('HSM_WRONG_USE', hsm.importSecretKey({ ...right, kcv: new Uint8Array() }));
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
  hsm: CardKeyHsm,
  keySet: string,
  { cipher, keys }: { readonly cipher: 'aes' | '3des'; readonly keys: StaticKeys },
): Promise<void> {
  const computeKcv = cipher === 'aes' ? computeAesKcv : computeTripleDesKcv;
  const parts = { enc: keys.encryption, mac: keys.mac, dek: keys.dataEncryption };
  for (const [part, key] of Object.entries(parts)) {
    const label = `${keySet}.${part}`;
    await hsm.importSecretKey({ label, purpose: 'card-master', cipher, key, kcv: computeKcv(key) });
  }
}

/** By the standard's own functions, with the masters that the HSM was given. */
function expectedKeys({ keySet, diversification }: CardKeys): StaticKeys {
  const schemes = { none: 'none', emv: 'EMV', visa2: 'VISA2', kdf3: 'KDF3' } as const;
  const { keys } = SETS[keySet as keyof typeof SETS];
  return diversifyKeys(schemes[diversification], keys, diversificationData);
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
