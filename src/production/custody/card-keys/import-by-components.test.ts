import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type HsmOperation, openSoftwareHsm } from '../../../../hsm-mock/software-hsm';
import { createToken } from '../../../../hsm-mock/token';
import { openPostgresCustody } from '../../../adapters/postgres/custody-store';
import { startDebianPostgres } from '../../../adapters/postgres/testing/debian-postgres';
import { runSql, TestDatabases } from '../../../adapters/postgres/testing/test-databases';
import { decodeHex } from '../../../standards/bytes/hex';
import { wrapAesKey } from '../../../standards/crypto/aes-key-wrap';
import { computeKcv } from '../../../standards/gp/key-check-value';
import { combineKeyComponents } from '../../../standards/gp/key-components';
import type { CardKeyOrder } from '../../document/custody/card-key-store';
import type { CustodyStore } from '../../document/custody/custody-store';
import type { CardKeyVault } from '../../document/custody/card-key-vault';
import type { Hsm } from '../../ports';
import {
  makeCustodianKey,
  openCustodianKey,
  type PresentCustodian,
} from '../four-eyes/custodian-key';
import { makeCardKeys, receiveCardKey } from './add-card-keys';
import type { CardKeyTools } from './card-key-tools';
import { destroyCardKeys, planDestruction } from './destroy-card-keys';
import { finishImport } from './finish-import';
import { abandonImport, beginImport, giveComponent } from './import-by-components';

const random = { bytes: (length: number) => new Uint8Array(randomBytes(length)) };
const doing = { at: new Date('2026-03-02T08:00:00Z'), by: 'tester' };
const order: CardKeyOrder & { readonly components: number } = {
  ...{ name: 'gp-transport.lot-7', part: 'all', cipher: 'aes', lengthBytes: 16, realm: 'test' },
  ...{ maker: 'Chips Ltd', cardType: 'gp-emrtd', batch: 'lot-7', components: 3 },
};
const COMPONENTS = [
  'B1946AC92492D2347C6235B4D2611184',
  '5BB5D0E1E2F40A6C5E9D87E4D8F6C3A2',
  '0F1E2D3C4B5A69788796A5B4C3D2E1F7',
].map((hex) => decodeHex(hex));
const SUM = combineKeyComponents(COMPONENTS);
const NAMES = ['an', 'binh', 'chi', 'dung'];

let databases: TestDatabases;
let address: string;
let custody: CustodyStore;
let folder: string;
let hsm: Hsm & CardKeyVault;
let trouble: Partial<Record<HsmOperation, 'fail' | 'lose-answer'>> = {};
let tools: CardKeyTools;
const people = new Map<string, PresentCustodian>();

beforeAll(async () => {
  databases = await TestDatabases.start(startDebianPostgres);
  for (const name of NAMES) {
    const { text } = await makeCustodianKey(name, 'bốn mắt nhìn một', random);
    people.set(name, await openCustodianKey(text, 'bốn mắt nhìn một', name));
  }
}, 120_000);
afterAll(() => databases.stop());

beforeEach(async () => {
  address = await databases.create();
  custody = await openPostgresCustody(address);
  for (const { name, publicKey } of people.values()) {
    await custody.fourEyes.enrollCustodian({ name, publicKey, enrolledAt: doing.at });
  }
  folder = await mkdtemp(join(tmpdir(), 'persoline-import-'));
  await createToken({ directory: folder }, 'import');
  trouble = {};
  const fault = (operation: HsmOperation) => trouble[operation];
  hsm = await openSoftwareHsm({ directory: folder, pin: 'import', fault });
  tools = { vault: hsm, store: custody.cardKeys, site: { isProduction: false } };
});
afterEach(async () => {
  await hsm.close();
  await custody.close();
  await rm(folder, { recursive: true, force: true });
});

function give(
  importId: number,
  who: number,
  change: { expectedKcv?: Uint8Array; as?: string } = {},
) {
  const { as = NAMES[who]!, ...rest } = change;
  const component = COMPONENTS[who]!.slice();
  return giveComponent(tools, people.get(as)!, { importId, component, at: doing.at, ...rest });
}

const finish = async (importId: number) =>
  finishImport({ ...tools, custodians: await custody.fourEyes.listCustodians() }, importId, doing);
const kcvOf = async (label: string) => (await hsm.describeCardKey(label))?.kcv;

describe('an import by components', () => {
  test('makes one key of three people’s, in all parts of the set, and records it', async () => {
    const importId = await beginImport(tools, { ...order, kcv: computeKcv('aes', SUM) }, doing);
    expect(await give(importId, 0)).toMatchObject({ number: 1, missing: 2, resumed: false });
    expect(await finish(importId)).toEqual({
      state: 'waiting',
      missing: ['2 components are missing'],
    });
    await give(importId, 1, { expectedKcv: computeKcv('aes', COMPONENTS[1]!) });
    expect(await give(importId, 2)).toMatchObject({ number: 3, missing: 0 });
    const kcv = computeKcv('aes', SUM);
    expect(await finish(importId)).toEqual({ state: 'combined', kcv, resumed: false });
    expect(await hsm.listComponents(`import-${importId}`)).toEqual([]);
    const keys = await custody.cardKeys.listKeys();
    expect(keys.map(({ label }) => label)).toEqual(
      ['dek', 'enc', 'mac'].map((part) => `gp-transport.lot-7.${part}`),
    );
    expect(keys[0]).toMatchObject({
      ...{ kcv, origin: 'components', realm: 'test', maker: 'Chips Ltd', batch: 'lot-7' },
    });
    await expect(beginImport(tools, order, doing)).rejects.toMatchObject({ code: 'HSM_WRONG_USE' });
    // Asked again when the key has come to its end, it tells of none.
    await destroyCardKeys(tools, await planDestruction(tools, order.name), doing);
    await expect(finish(importId)).rejects.toMatchObject({ code: 'HSM_KEY_MISSING' });
  });

  test('keeps nothing of a component that is not what the paper says', async () => {
    const importId = await beginImport(tools, order, doing);
    const expectedKcv = Uint8Array.of(1, 2, 3);
    await expect(give(importId, 0, { expectedKcv })).rejects.toMatchObject({
      code: 'KEY_CHECK_VALUE_WRONG',
    });
    expect(await hsm.listComponents(`import-${importId}`)).toEqual([]);
    expect((await custody.cardKeys.findImport(importId))?.given).toEqual([]);
  });

  test('takes no second component of one person, nor any of a stranger', async () => {
    const importId = await beginImport(tools, order, doing);
    await give(importId, 0);
    await expect(give(importId, 1, { as: 'an' })).rejects.toMatchObject({
      code: 'FOUR_EYES_REFUSED',
      reasons: ['nobody gives two components'],
    });
    const stranger = { ...people.get('dung')!, name: 'eva' };
    const attempt = giveComponent(tools, stranger, {
      ...{ importId, component: COMPONENTS[1]!, at: doing.at },
    });
    await expect(attempt).rejects.toMatchObject({ code: 'FOUR_EYES_REFUSED' });
    const short = giveComponent(tools, people.get('chi')!, {
      ...{ importId, component: new Uint8Array(24).fill(1), at: doing.at },
    });
    await expect(short).rejects.toMatchObject({ code: 'HSM_WRONG_USE' });
    const zeros = giveComponent(tools, people.get('chi')!, {
      ...{ importId, component: new Uint8Array(16), at: doing.at },
    });
    await expect(zeros).rejects.toMatchObject({ code: 'HSM_WRONG_USE' });
  });

  test('believes no component that its person did not sign', async () => {
    const importId = await beginImport(tools, order, doing);
    await give(importId, 0);
    await give(importId, 1);
    await runSql(
      address,
      `insert into card_key_component (import, number, custodian, kcv, given_at, signature)
        values ($1, 3, 'chi', '\\x010203', now(), '\\x00')`,
      [importId],
    );
    await hsm.putComponent({
      ...{ group: `import-${importId}`, number: 3, cipher: 'aes', component: COMPONENTS[2]! },
    });
    await expect(finish(importId)).rejects.toMatchObject({
      code: 'FOUR_EYES_REFUSED',
      reasons: ['the signature of chi is wrong'],
    });
  });

  test('is rolled back, and says so, when the sum is another key', async () => {
    const importId = await beginImport(tools, { ...order, kcv: Uint8Array.of(1, 2, 3) }, doing);
    for (const who of [0, 1, 2]) await give(importId, who);
    await expect(finish(importId)).rejects.toMatchObject({
      code: 'KEY_CHECK_VALUE_WRONG',
      reasons: [expect.stringContaining('rolled back')],
    });
    expect(await hsm.listComponents(`import-${importId}`)).toEqual([]);
    expect(await finish(importId)).toEqual({ state: 'abandoned' });
    expect(await custody.cardKeys.listKeys()).toEqual([]);
    // Another one can be begun.
    await beginImport(tools, order, doing);
    await expect(beginImport(tools, order, doing)).rejects.toMatchObject({
      code: 'STATE_CONFLICT',
    });
  });

  test('forgets everything when it is abandoned', async () => {
    const importId = await beginImport(tools, order, doing);
    await give(importId, 0);
    await abandonImport(tools, importId, doing);
    expect(await hsm.listComponents(`import-${importId}`)).toEqual([]);
    await expect(give(importId, 1)).rejects.toMatchObject({ code: 'STATE_CONFLICT' });
  });

  test.each([
    ['put-component', 'fail'],
    ['put-component', 'lose-answer'],
    ['combine-components', 'fail'],
    ['combine-components', 'lose-answer'],
    ['discard-components', 'fail'],
  ] as const)('goes on after %s: %s', async (operation, kind) => {
    const importId = await beginImport(tools, order, doing);
    await give(importId, 0);
    await give(importId, 1);
    trouble = { [operation]: kind };
    const attempt = give(importId, 2).then(() => finish(importId));
    const code = kind === 'fail' ? 'HSM_FAILED' : 'HSM_NO_ANSWER';
    await expect(attempt).rejects.toMatchObject({ code });
    trouble = {};
    const lost = operation === 'put-component' && kind === 'fail';
    if (lost) {
      expect(await finish(importId)).toEqual({
        state: 'waiting',
        missing: ['component 3 is on record and not in the HSM: chi gives it again'],
      });
      expect(await give(importId, 2)).toMatchObject({ number: 3, resumed: true });
    }
    const outcome = await finish(importId);
    const wasThere =
      operation === 'discard-components' || (operation === 'combine-components' && kind !== 'fail');
    const kcv = computeKcv('aes', SUM);
    expect(outcome).toEqual({ state: 'combined', kcv, resumed: wasThere });
    expect(await hsm.listComponents(`import-${importId}`)).toEqual([]);
    expect(await custody.cardKeys.listKeys()).toHaveLength(3);
  });

  test('of a published key ends in nothing where cards count', async () => {
    const site = { isProduction: true };
    const live = { ...order, realm: 'live' } as const;
    tools = { ...tools, site };
    const importId = await beginImport(tools, { ...live, components: 2 }, doing);
    const known = decodeHex('404142434445464748494A4B4C4D4E4F');
    const other = combineKeyComponents([known, COMPONENTS[0]!]);
    await give(importId, 0);
    await giveComponent(tools, people.get('binh')!, { importId, component: other, at: doing.at });
    await expect(finish(importId)).rejects.toMatchObject({ code: 'KEYS_NOT_FOR_PRODUCTION' });
    expect(await kcvOf('gp-transport.lot-7.enc')).toBeUndefined();
    expect(await finish(importId)).toEqual({ state: 'abandoned' });
  });
});

describe('after the founding', () => {
  beforeEach(() => custody.fourEyes.foundQuorum(2, doing.at));

  test('nobody begins an import, makes or destroys a key alone', async () => {
    const refused = { code: 'FOUR_EYES_REFUSED' };
    await expect(beginImport(tools, order, doing)).rejects.toMatchObject(refused);
    await expect(makeCardKeys(tools, { ...order, name: 'own' }, doing)).rejects.toMatchObject(
      refused,
    );
    expect(await kcvOf('own.enc')).toBeUndefined();
    await hsm.generateSecretKey({ label: 'old.enc', purpose: 'card-master' });
    const plan = await planDestruction(tools, 'old');
    await expect(destroyCardKeys(tools, plan, doing)).rejects.toMatchObject(refused);
    expect(await kcvOf('old.enc')).toBeDefined();
    for (const table of ['card_key_import', 'card_key', 'card_key_destruction']) {
      await expect(runSql(address, `delete from ${table}`)).rejects.toMatchObject({
        code: 'PL002',
      });
    }
  });
});

describe('keys that come otherwise', () => {
  const transport = { ...order, name: 'zmk-maker', part: 'transport' } as const;

  test('arrive under a transport key that came by components', async () => {
    const importId = await beginImport(tools, transport, doing);
    for (const who of [0, 1, 2]) await give(importId, who);
    await finish(importId);
    const key = COMPONENTS[1]!;
    const kcv = computeKcv('aes', key);
    const arrived = {
      order: { ...order, part: 'enc', kcv } as const,
      ...{ under: 'zmk-maker', wrapped: wrapAesKey(SUM, key) },
    };
    const { resumed } = await receiveCardKey(tools, arrived, doing);
    expect(resumed).toBe(false);
    expect(await kcvOf('gp-transport.lot-7.enc')).toEqual(kcv);
    await expect(receiveCardKey(tools, arrived, doing)).rejects.toMatchObject({
      code: 'HSM_WRONG_USE',
    });
  });

  test('arrive whole when the call before left only some of their labels', async () => {
    await hsm.importSecretKey({
      ...{ label: 'zmk-maker', purpose: 'card-transport', cipher: 'aes', key: SUM },
      kcv: computeKcv('aes', SUM),
    });
    const key = COMPONENTS[1]!;
    const kcv = computeKcv('aes', key);
    const given = { under: 'zmk-maker', wrapped: wrapAesKey(SUM, key), kcv };
    const kind = { purpose: 'card-master', cipher: 'aes', lengthBytes: 16, realm: 'test' } as const;
    await hsm.unwrapCardKey({ ...kind, labels: ['gp-transport.lot-7.enc'] }, given);
    const arrived = { ...given, order: { ...order, kcv } };
    expect(await receiveCardKey(tools, arrived, doing)).toMatchObject({ resumed: true });
    for (const part of ['enc', 'mac', 'dek']) {
      expect(await kcvOf(`gp-transport.lot-7.${part}`)).toEqual(kcv);
    }
    expect(await custody.cardKeys.listKeys()).toHaveLength(3);
  });

  test('are recorded by the next call when the answer was lost', async () => {
    const own = { ...order, name: 'own' };
    trouble = { 'generate-card-key': 'lose-answer' };
    const code = 'HSM_NO_ANSWER';
    await expect(makeCardKeys(tools, own, doing)).rejects.toMatchObject({ code });
    trouble = {};
    const { keys, resumed } = await makeCardKeys(tools, own, doing);
    expect(resumed).toBe(true);
    expect(new Set(keys.map(({ kcv }) => Buffer.from(kcv).toString('hex'))).size).toBe(3);
    expect(await custody.cardKeys.listKeys()).toMatchObject([
      ...keys.toSorted((one, two) => (one.label < two.label ? -1 : 1)),
    ]);
  });

  test('end on record before they end in the HSM, and an interruption is made good', async () => {
    const own = { ...order, name: 'own' };
    await makeCardKeys(tools, own, doing);
    const plan = await planDestruction(tools, 'own');
    expect(plan).toMatchObject({ labels: ['own.enc', 'own.mac', 'own.dek'], resumed: false });
    trouble = { 'destroy-card-key': 'fail' };
    await expect(destroyCardKeys(tools, plan, doing)).rejects.toMatchObject({ code: 'HSM_FAILED' });
    trouble = {};
    // What people ended is not taken for keys that a call left unrecorded.
    await expect(makeCardKeys(tools, own, doing)).rejects.toMatchObject({
      code: 'HSM_WRONG_USE',
      reasons: [expect.stringContaining('destroyed on record')],
    });
    const again = await planDestruction(tools, 'own');
    expect(again).toMatchObject({ labels: plan.labels, resumed: true });
    await destroyCardKeys(tools, again, doing);
    for (const label of plan.labels) expect(await kcvOf(label)).toBeUndefined();
    const keys = await custody.cardKeys.listKeys();
    expect(keys.every(({ destroyedAt }) => destroyedAt !== undefined)).toBe(true);
    await expect(planDestruction(tools, 'own')).rejects.toMatchObject({ code: 'HSM_KEY_MISSING' });
    // The name is free for other keys.
    await makeCardKeys(tools, own, doing);
  });
});
