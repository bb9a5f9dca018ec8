import type {
  CardKeyVault,
  NewCardKey,
} from '../../src/production/document/custody/card-key-vault';
import type { ErrorCode } from '../../src/production/errors';
import type { CardKeyHsm, Hsm } from '../../src/production/ports';
import { decodeHex } from '../../src/standards/bytes/hex';
import { wrapAesKey } from '../../src/standards/crypto/aes-key-wrap';
import { encryptTripleDesEcb } from '../../src/standards/crypto/triple-des';
import { computeKcv } from '../../src/standards/gp/key-check-value';
import { combineKeyComponents } from '../../src/standards/gp/key-components';
import { deriveScp03SessionKeys } from '../../src/standards/gp/scp03-keys';

/** One open HSM, and a second one on the same keys. */
export interface VaultUnderTest {
  readonly hsm: Hsm & CardKeyHsm & CardKeyVault;
  readonly openAgain: () => Promise<Hsm & CardKeyVault>;
  readonly remove: () => Promise<void>;
}

const COMPONENTS = [
  'B1946AC92492D2347C6235B4D2611184',
  '5BB5D0E1E2F40A6C5E9D87E4D8F6C3A2',
  '0F1E2D3C4B5A69788796A5B4C3D2E1F7',
].map((hex) => decodeHex(hex));
const SUM = combineKeyComponents(COMPONENTS);
const twice = (bytes: Uint8Array) => Uint8Array.from([...bytes, ...bytes.toReversed()]);
const AES_128 = { purpose: 'card-master', cipher: 'aes', lengthBytes: 16, realm: 'test' } as const;

/** How keys of cards come into an HSM and leave it. */
export function describeCardKeyVaultContract(
  name: string,
  open: () => Promise<VaultUnderTest>,
): void {
  describe(`${name} keeps the contract of a vault of card keys`, () => {
    let under: VaultUnderTest;
    let vault: CardKeyVault;

    beforeAll(async () => {
      under = await open();
      vault = under.hsm;
    }, 60_000);
    afterAll(async () => {
      await under.hsm.close();
      await under.remove();
    });

    const put = (group: string, numbers: readonly number[]) =>
      Promise.all(
        numbers.map((number) =>
          vault.putComponent({ group, number, cipher: 'aes', component: COMPONENTS[number - 1]! }),
        ),
      );

    test('adds three components up, one session after the other, for all parts of a set', async () => {
      const [first] = await put('import-1', [2]);
      expect(first).toEqual(computeKcv('aes', COMPONENTS[1]!));
      const other = await under.openAgain();
      await other.putComponent({
        ...{ group: 'import-1', number: 1, cipher: 'aes', component: COMPONENTS[0]! },
      });
      expect(await vault.listComponents('import-1')).toEqual([1, 2]);
      const labels = ['sum.enc', 'sum.mac', 'sum.dek'] as const;
      const wanted: NewCardKey = { ...AES_128, labels };
      const components = { group: 'import-1', count: 3, kcv: computeKcv('aes', SUM) };
      await expectCode('HSM_KEY_MISSING', vault.combineComponents(wanted, components));
      await put('import-1', [3]);
      expect(await other.combineComponents(wanted, components)).toEqual(computeKcv('aes', SUM));
      await other.close();

      const [hostChallenge, cardChallenge] = [new Uint8Array(8), new Uint8Array(8).fill(1)];
      const card = { keySet: 'sum', diversification: 'none' } as const;
      const session = { protocol: 'scp03', hostChallenge, cardChallenge } as const;
      const diversificationData = new Uint8Array(10);
      expect(await under.hsm.deriveCardSession({ ...card, diversificationData }, session)).toEqual(
        deriveScp03SessionKeys(
          { encryption: SUM, mac: SUM },
          Uint8Array.from([...hostChallenge, ...cardChallenge]),
        ),
      );
      // Done again after an interruption it changes nothing.
      await vault.combineComponents(wanted, components);
      await vault.discardComponents('import-1');
      expect(await vault.listComponents('import-1')).toEqual([]);
      await put('import-1', [1, 2]);
      await expectCode(
        'HSM_WRONG_USE',
        vault.combineComponents(wanted, { group: 'import-1', count: 2 }),
      );
    });

    test('takes a number once, gives single components back to nobody, forgets one alone', async () => {
      await put('import-2', [1, 2]);
      await expectCode('HSM_WRONG_USE', put('import-2', [1]));
      await vault.discardComponents('import-2', 1);
      expect(await vault.listComponents('import-2')).toEqual([2]);
      await put('import-2', [1]);
      await expectCode(
        'HSM_WRONG_USE',
        vault.putComponent({
          ...{ group: 'import-2', number: 3, cipher: 'aes', component: new Uint8Array(15) },
        }),
      );
    });

    test('makes nothing of components whose sum is another key', async () => {
      await put('import-3', [1, 2]);
      const wanted: NewCardKey = { ...AES_128, labels: ['other'] };
      const kcv = computeKcv('aes', SUM);
      await expectCode(
        'KEY_CHECK_VALUE_WRONG',
        vault.combineComponents(wanted, { group: 'import-3', count: 2, kcv }),
      );
      await expectCode(
        'HSM_WRONG_USE',
        vault.combineComponents({ ...wanted, lengthBytes: 32 }, { group: 'import-3', count: 2 }),
      );
      expect(await vault.describeCardKey('other')).toBeUndefined();
    });

    test.each([16, 24, 32])('unwraps an AES key of %i bytes under an AES key', async (bytes) => {
      const transportKey = twice(COMPONENTS[0]!);
      const key = twice(SUM).slice(0, bytes);
      const under = `transport-${bytes}`;
      await vault.importSecretKey({
        ...{ label: under, purpose: 'card-transport', cipher: 'aes', key: transportKey },
        ...{ kcv: computeKcv('aes', transportKey), realm: 'live' },
      });
      const label = `arrived-${bytes}`;
      const wanted: NewCardKey = { ...AES_128, realm: 'live', lengthBytes: bytes, labels: [label] };
      const kcv = computeKcv('aes', key);
      const wrapped = wrapAesKey(transportKey, key);
      const wrong = (change: object, code: ErrorCode): Promise<void> =>
        expectCode(code, vault.unwrapCardKey(wanted, { under, wrapped, kcv, ...change }));
      await wrong({ kcv: kcv.toReversed() }, 'KEY_CHECK_VALUE_WRONG');
      await wrong({ wrapped: wrapped.with(1, wrapped[1]! ^ 1) }, 'KEY_CHECK_VALUE_WRONG');
      await wrong({ under: 'nobody' }, 'HSM_KEY_MISSING');
      await expectCode(
        'CARD_KEYS_MIXED',
        vault.unwrapCardKey({ ...wanted, realm: 'test' }, { under, wrapped, kcv }),
      );
      expect(await vault.describeCardKey(label)).toBeUndefined();
      await vault.unwrapCardKey(wanted, { under, wrapped, kcv });
      expect(await vault.describeCardKey(label)).toEqual({
        ...{ label, purpose: 'card-master', cipher: 'aes', lengthBytes: bytes, realm: 'live' },
        ...{ kcv, recordedKcv: kcv, isPublished: false },
      });
      await wrong({}, 'HSM_WRONG_USE');
      // One purpose a key: a master unwraps nothing, a transport key opens no channel.
      await wrong({ under: label }, 'HSM_WRONG_USE');
    });

    test('unwraps a 3DES key block by block under a 3DES key', async () => {
      const transportKey = COMPONENTS[1]!;
      await vault.importSecretKey({
        ...{ label: 'transport-des', purpose: 'card-transport', cipher: '3des' },
        ...{ key: transportKey, kcv: computeKcv('3des', transportKey) },
      });
      const wanted: NewCardKey = { ...AES_128, cipher: '3des', labels: ['arrived-des'] };
      const kcv = computeKcv('3des', SUM);
      const wrapped = encryptTripleDesEcb(transportKey, SUM);
      const arrived = { under: 'transport-des', wrapped, kcv };
      const wrong = { ...arrived, wrapped: wrapped.toReversed() };
      await expectCode('KEY_CHECK_VALUE_WRONG', vault.unwrapCardKey(wanted, wrong));
      await vault.unwrapCardKey(wanted, arrived);
      expect(await vault.describeCardKey('arrived-des')).toMatchObject({ cipher: '3des', kcv });
    });

    test('refuses 3DES that is single DES', async () => {
      const half = COMPONENTS[0]!.slice(0, 8);
      const key = Uint8Array.from([...half, ...half]);
      const given = { label: 'single', purpose: 'card-master', cipher: '3des', key } as const;
      const kcv = computeKcv('3des', key);
      await expectCode('HSM_WRONG_USE', vault.importSecretKey({ ...given, kcv }));
    });

    test.each([
      ['aes', '404142434445464748494A4B4C4D4E4F'],
      ['aes', '000000000000000000000000000000000000000000000000'],
      ['3des', '404142434445464748494A4B4C4D4E4F'],
    ] as const)('knows a published %s key without having it in hand', async (cipher, hex) => {
      const key = decodeHex(hex);
      const label = `published-${cipher}-${key.length}`;
      const kcv = computeKcv(cipher, key);
      await vault.importSecretKey({ label, purpose: 'card-master', cipher, key, kcv });
      expect(await vault.describeCardKey(label)).toMatchObject({ isPublished: true, kcv });
    });

    test('makes keys that nobody has seen, and records their check values', async () => {
      const labels = ['made.enc', 'made.mac'] as const;
      const kcv = await vault.generateCardKey({
        ...AES_128,
        lengthBytes: 32,
        realm: 'live',
        labels: ['made'],
      });
      const facts = await vault.describeCardKey('made');
      expect(facts).toMatchObject({ lengthBytes: 32, realm: 'live', kcv, recordedKcv: kcv });
      const des = await vault.generateCardKey({ ...AES_128, cipher: '3des', labels: ['made-des'] });
      expect(await vault.describeCardKey('made-des')).toMatchObject({ cipher: '3des', kcv: des });
      for (const label of labels) await vault.generateCardKey({ ...AES_128, labels: [label] });
      await expectCode('HSM_WRONG_USE', vault.generateCardKey({ ...AES_128, labels: ['made'] }));
    });

    test('says of a key that came by another way that nobody compared its value', async () => {
      await under.hsm.generateSecretKey({ label: 'bare', purpose: 'card-master' });
      const facts = await vault.describeCardKey('bare');
      expect(facts).toMatchObject({ realm: 'test', cipher: 'aes', lengthBytes: 32 });
      expect(facts).not.toHaveProperty('recordedKcv');
      expect(await vault.describeCardKey('nobody')).toBeUndefined();
      await under.hsm.generateSecretKey({ label: 'storage', purpose: 'storage-wrap' });
      await expectCode('HSM_WRONG_USE', vault.describeCardKey('storage'));
    });

    test('destroys a card key for every session, and no other key', async () => {
      const labels = ['end.enc', 'end.mac', 'end.dek'] as const;
      for (const label of labels) await vault.generateCardKey({ ...AES_128, labels: [label] });
      const other = await under.openAgain();
      expect(await other.describeCardKey('end.enc')).toBeDefined();
      for (const label of labels) await vault.destroyCardKey(label);
      expect(await other.describeCardKey('end.enc')).toBeUndefined();
      expect(await other.findKey('end.enc')).toBeUndefined();
      await other.close();
      await vault.destroyCardKey('end.enc');
      await expectCode('HSM_WRONG_USE', vault.destroyCardKey('storage'));
      expect(await under.hsm.findKey('storage')).toBeDefined();
    });
  });
}

async function expectCode(code: ErrorCode, attempt: Promise<unknown>): Promise<void> {
  await expect(attempt).rejects.toMatchObject({ name: 'ProductionError', code });
}
