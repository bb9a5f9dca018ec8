import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeSoftHsmToken, type SoftHsmToken } from '../../adapters/pkcs11/testing/soft-hsm-token';
import { startDebianPostgres } from '../../adapters/postgres/testing/debian-postgres';
import { TestDatabases } from '../../adapters/postgres/testing/test-databases';
import { makeNextCard } from '../../production/line';
import { LineWorld, prepareWorldParts } from '../../production/testing/line-world';
import { decodeHex, encodeHex } from '../../standards/bytes/hex';
import { wrapAesKey } from '../../standards/crypto/aes-key-wrap';
import { computeKcv } from '../../standards/gp/key-check-value';
import { combineKeyComponents } from '../../standards/gp/key-components';
import { type CliResult, runPersoline } from '../testing/run-persoline';
import { openKeys } from '../wiring/keys';

/** Two components of the key with which the virtual chip is delivered. */
const FIRST = decodeHex('B1946AC92492D2347C6235B4D2611184');
const SECOND = combineKeyComponents([FIRST, decodeHex('404142434445464748494A4B4C4D4E4F')]);
const OTHER = decodeHex('5BB5D0E1E2F40A6C5E9D87E4D8F6C3A2');
const kcvOf = (key: Uint8Array): string => encodeHex(computeKcv('aes', key));

let databases: TestDatabases;
let folder: string;
let token: SoftHsmToken;
let keys: readonly string[];
const saved = { ...process.env };
const path = (name: string): string => join(folder, name);

beforeAll(async () => {
  databases = await TestDatabases.start(startDebianPostgres);
  process.env['DATABASE_URL'] = await databases.create();
  folder = await mkdtemp(join(tmpdir(), 'persoline-card-keys-'));
  token = await makeSoftHsmToken();
  await writeFile(path('passphrase'), 'bốn mắt nhìn một\n');
  await writeFile(path('pin'), token.pin, { mode: 0o600 });
  keys = ['--keys', path('keys'), '--pin-file', path('pin')];
  const place = ['--pkcs11-module', token.modulePath, '--pkcs11-token', token.tokenLabel];
  await run(
    'key',
    'init',
    ...keys,
    ...place,
    '--hsm',
    'pkcs11',
    '--country',
    'VN',
    '--state',
    'VNM',
  );
  for (const name of ['an', 'binh', 'chi']) {
    await run('custodian', 'enroll', name, '--key-file', path(`${name}.json`), ...passphrase());
  }
}, 120_000);
afterAll(async () => {
  process.env = saved;
  await token.remove();
  await databases.stop();
  await rm(folder, { recursive: true, force: true });
});

const passphrase = (): readonly string[] => ['--passphrase-file', path('passphrase')];
const as = (name: string): readonly string[] => ['--as', path(`${name}.json`), ...passphrase()];
const card = (...argv: readonly string[]): Promise<CliResult> =>
  runPersoline('key', 'card', ...argv);

async function run(...argv: readonly string[]): Promise<string> {
  const { status, out, err } = await runPersoline(...argv);
  expect(`${status} ${err}`).toMatch(/^0 /);
  return out;
}

/** Requested by one, approved by the other two. */
async function approved(kind: string, ...members: readonly string[]): Promise<readonly string[]> {
  const subject = members.flatMap((member) => ['--with', member]);
  const out = await run('custodian', 'propose', kind, ...subject, ...as('an'));
  const [, number = ''] = /^proposal (\d+): /.exec(out) ?? [];
  for (const name of ['binh', 'chi']) await run('custodian', 'approve', number, ...as(name));
  return ['--proposal', number];
}

async function give(name: string, component: Uint8Array, ...more: readonly string[]) {
  process.env['COMPONENT'] = encodeHex(component);
  const from = ['--component-from', 'env:COMPONENT'];
  return card('component', '1', ...keys, ...as(name), ...from, ...more);
}

test('a key arrives under a transport key, and a set is made that nobody has seen', async () => {
  await writeFile(path('wrapped'), encodeHex(wrapAesKey(OTHER, FIRST)));
  const opened = await openKeys({ directory: path('keys'), pinFrom: `file:${path('pin')}` });
  await opened.vault.importSecretKey({
    ...{ label: 'zmk-maker', purpose: 'card-transport', cipher: 'aes', key: OTHER },
    kcv: computeKcv('aes', OTHER),
  });
  await opened.hsm.close();
  const wrapped = ['--part', 'enc', '--wrapped-from', `file:${path('wrapped')}`];
  const unnamed = await card('receive', 'other', ...keys, ...wrapped);
  expect(unnamed).toMatchObject({ status: 2 });
  const under = [...wrapped, '--under', 'zmk-maker', '--kcv'];
  const wrong = await card('receive', 'other', ...keys, ...under, '010203');
  expect(wrong.err).toContain('KEY_CHECK_VALUE_WRONG');
  const received = await card('receive', 'other', ...keys, ...under, kcvOf(FIRST));
  expect(received.out).toBe(`other.enc: check value ${kcvOf(FIRST)}, test`);
  const made = await card('make', 'own', ...keys, '--bits', '256');
  expect(made.out).toMatch(/^own\.enc: check value [0-9A-F]{6}, test\nown\.mac: .*\nown\.dek: /);
}, 120_000);

test('test keys and live keys keep out of each other’s places', async () => {
  const live = await card('make', 'live', ...keys, '--realm', 'live');
  expect(live.err).toContain('CARD_KEYS_MIXED');
  process.env['PERSOLINE_MODE'] = 'production';
  try {
    const refused = await card('make', 'trial', ...keys, '--realm', 'test');
    expect(refused.err).toContain('KEYS_NOT_FOR_PRODUCTION');
    expect((await card('make', 'live', ...keys)).out).toContain(', live');
  } finally {
    delete process.env['PERSOLINE_MODE'];
  }
}, 120_000);

test('two custodians bring the key of a batch, and its cards are made in the token', async () => {
  await run('custodian', 'found');
  const alone = await card('import', 'gp-transport', '--batch', 'lot-1', ...keys);
  expect(alone).toMatchObject({ status: 1 });
  expect(alone.err).toContain('FOUR_EYES_REFUSED');
  const proposal = await approved(
    ...['import-card-key', 'name=gp-transport', 'batch=lot-1', 'components=2', 'kcv=504A77'],
    ...['maker=Chips Ltd', 'cardType=gp-emrtd'],
  );
  const other = await card('import', 'gp-issuer', ...keys, ...proposal);
  expect(other.err).toContain('names another key');
  const begun = await card('import', 'gp-transport', ...keys, ...proposal);
  expect(begun.out).toBe('import 1: gp-transport.lot-1, all, aes 128, test, 2 components');

  process.env['COMPONENT'] = 'B1946AC9-no-hexadecimal';
  const from = ['--component-from', 'env:COMPONENT'];
  const unread = await card('component', '1', ...keys, ...as('an'), ...from);
  expect(unread.err).toContain('it is not hexadecimal');
  expect(unread.err).not.toContain('B1946AC9');
  const wrong = await give('an', FIRST, '--kcv', '010203');
  expect(wrong.err).toContain('KEY_CHECK_VALUE_WRONG');
  const first = await give('an', FIRST, '--kcv', kcvOf(FIRST));
  expect(first.out).toBe(
    `component 1: check value ${kcvOf(FIRST)}\nimport 1 waits: one component is missing`,
  );
  const again = await give('an', SECOND);
  expect(again.err).toContain('nobody gives two components');
  expect((await card('list')).out).toContain('import 1: gp-transport.lot-1, 1 of 2 components');
  const second = await give('binh', SECOND);
  expect(second.out).toBe(
    `component 2: check value ${kcvOf(SECOND)}\nimport 1: the key is there, check value 504A77`,
  );
  for (const { out, err } of [wrong, first, again, second]) {
    for (const secret of [FIRST, SECOND]) expect(out + err).not.toContain(encodeHex(secret));
  }
  expect((await card('resume', '1', ...keys)).out).toContain('check value 504A77');
  expect((await card('list')).out).toContain(
    'gp-transport.lot-1.enc: 504A77, aes 128, test, components, for Chips Ltd gp-emrtd lot-1',
  );

  const parts = await prepareWorldParts(1);
  const world = await LineWorld.create(parts, databases, {
    ...{ chip: 'gp-emrtd', cards: 1, seed: 'token' },
  });
  const opened = await openKeys({ directory: path('keys'), pinFrom: `file:${path('pin')}` });
  try {
    // Without the set of the batch the card would not open: there is no other transport key.
    for (const part of ['enc', 'mac', 'dek']) {
      await opened.vault.destroyCardKey(`gp-transport.${part}`);
    }
    const { line, station } = world.start();
    const made = await makeNextCard({ ...line, cardKeys: opened.cardKeys }, station);
    expect(made).toMatchObject({ outcome: 'released', report: { verdict: 'pass' } });
  } finally {
    await opened.hsm.close();
    await world.close();
    await parts.close();
  }
}, 180_000);

test('a set ends by two people, and stays on record', async () => {
  const misnamed = await card('destroy', 'own', '--batch', 'lot 7', ...keys);
  expect(misnamed).toMatchObject({ status: 2 });
  // Who approved the end of a batch's keys did not approve that of the type's.
  const ofBatch = await approved('destroy-card-key', 'name=own', 'batch=lot-7');
  expect((await card('destroy', 'own', ...keys, ...ofBatch)).err).toContain('NAME.BATCH');
  expect((await card('list')).out).toMatch(/own\.enc: .*, made, since [^,]*$/m);
  expect((await card('destroy', 'own', ...keys)).err).toContain('no proposal was named');
  const end = await approved('destroy-card-key', 'name=own');
  expect((await card('destroy', 'other', ...keys, ...end)).err).toContain('names another key');
  const destroyed = await card('destroy', 'own', ...keys, ...end);
  expect(destroyed.out).toBe('own.enc is destroyed\nown.mac is destroyed\nown.dek is destroyed');
  expect((await card('destroy', 'own', ...keys)).err).toContain('HSM_KEY_MISSING');
  expect((await card('list')).out).toMatch(/own\.enc: .*, aes 256, test, made, .*, destroyed 20/);
}, 120_000);

test('every step has its entry in the audit log, and none holds a component', async () => {
  const init = ['audit', 'checkpoint', ...keys] as const;
  await run(...init);
  await run('audit', 'export', ...keys, '--out', path('audit.log'));
  const text = await readFile(path('audit.log'), 'utf8');
  for (const [action, outcome] of [
    ['begin-key-import', 'refused'],
    ['begin-key-import', 'done'],
    ['give-key-component', 'refused'],
    ['give-key-component', 'done'],
    ['finish-key-import', 'done'],
    ['receive-card-key', 'done'],
    ['make-card-key', 'refused'],
    ['make-card-key', 'done'],
    ['destroy-card-key', 'refused'],
    ['destroy-card-key', 'done'],
  ] as const) {
    const found = text
      .split('\n')
      .some((line) => line.includes(`"${action}"`) && line.includes(`"outcome":"${outcome}"`));
    expect([action, outcome, found]).toEqual([action, outcome, true]);
  }
  expect(text.toUpperCase()).not.toContain(encodeHex(FIRST));
}, 60_000);
