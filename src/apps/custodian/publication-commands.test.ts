import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeSoftHsmToken, type SoftHsmToken } from '../../adapters/pkcs11/testing/soft-hsm-token';
import type { Cluster } from '../../adapters/postgres/cluster';
import { startEmbeddedPostgres } from '../../adapters/postgres/embedded';
import { migrateDatabase } from '../../adapters/postgres/migrate';
import { parseEfCvca } from '../../standards/access/terminal-authentication/ef-cvca';
import { parseMasterList } from '../../standards/cms/master-list';
import { parseSignedData } from '../../standards/cms/parse-signed-data';
import { runPersoline } from '../testing/run-persoline';

/** The custody commands with every key in a token of SoftHSM2. */
let cluster: Cluster;
let folder: string;
let token: SoftHsmToken;
const before = { ...process.env };
const path = (name: string): string => join(folder, name);
const bytesOf = async (name: string): Promise<Uint8Array> =>
  new Uint8Array(await readFile(path(name)));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'persoline-publication-'));
  token = await makeSoftHsmToken();
  cluster = await startEmbeddedPostgres();
  await migrateDatabase(cluster.connectionString);
  Object.assign(process.env, {
    ...{ DATABASE_URL: cluster.connectionString, PERSOLINE_KEYS: path('keys') },
    ...{ PERSOLINE_PKCS11_MODULE: token.modulePath, PERSOLINE_PKCS11_TOKEN: token.tokenLabel },
    ...{ PERSOLINE_PIN_FROM: 'env:P_TEST_PIN', P_TEST_PIN: token.pin },
  });
  await run(
    'key',
    'init',
    '--keys',
    path('keys'),
    '--country',
    'UT',
    '--state',
    'UTO',
    ...IN_TOKEN,
  );
}, 120_000);
afterAll(async () => {
  process.env = before;
  await cluster.stop();
  await token.remove();
  await rm(folder, { recursive: true, force: true });
});

const IN_TOKEN = ['--hsm', 'pkcs11'];

async function run(...argv: readonly string[]): Promise<string> {
  const { status, out, err } = await runPersoline(...argv);
  expect(`${status} ${status === 0 ? '' : err}`).toBe('0 ');
  return out;
}

function openssl(...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('openssl', [...args]);
  expect(`${status} ${status === 0 ? '' : String(stderr)}`).toBe('0 ');
  return String(stdout);
}

test('lists, LDIF and bundles for others', async () => {
  await run('key', 'crl', '--out', path('list.crl'));
  expect(openssl('crl', '-inform', 'DER', '-in', path('list.crl'), '-noout', '-text')).toContain(
    'No Revoked Certificates',
  );
  for (const [kind, label] of [
    ['master-list', 'ml-1'],
    ['deviation-list', 'dl-1'],
  ] as const) {
    const out = path(`${label}.cer`);
    await run('key', 'list-signer', '--kind', kind, '--label', label, '--out', out);
    expect(openssl('x509', '-inform', 'DER', '-in', out, '-noout', '-text')).toMatch(
      /X509v3 Extended Key Usage: critical\s+2\.23\.136\.1\.1\.[38]/,
    );
  }
  const signed = (label: string): readonly string[] => [
    ...['--signer', path(`${label}.cer`), '--label', label],
  ];
  await run('key', 'master-list', ...signed('ml-1'), '--out', path('list.ml'));
  const list = parseMasterList(await bytesOf('list.ml'));
  expect(list.signatureValid).toBe(true);
  expect(list.certificates).toHaveLength(1);
  expect(openssl('cms', '-cmsout', '-print', '-inform', 'DER', '-in', path('list.ml'))).toContain(
    '2.23.136.1.1.2',
  );

  await writeFile(
    path('deviations.yaml'),
    [
      'deviations:',
      '  - signer: keys/DSC.cer',
      '    issued: { first: 2026-01-01, last: 2026-02-01 }',
      '    descriptions: [{ type: mrzCheckDigit, text: composite check digit }]',
    ].join('\n'),
  );
  const deviations = [path('deviations.yaml'), ...signed('dl-1')];
  await run('key', 'deviation-list', ...deviations, '--out', path('list.dl'));
  expect(parseSignedData(await bytesOf('list.dl')).contentType).toBe('2.23.136.1.1.7');
  const other = [path('deviations.yaml'), ...signed('ml-1'), '--out', path('x')];
  expect(await runPersoline('key', 'deviation-list', ...other)).toMatchObject({
    status: 1,
    err: expect.stringContaining('list-signer-purpose') as string,
  });

  await run('key', 'ldif', '--master-list', path('list.ml'), '--out', path('pkd.ldif'));
  const ldif = await readFile(path('pkd.ldif'), 'utf8');
  for (const place of ['o=dsc,c=UT,', 'o=crl,c=UT,', 'o=ml,c=UT,']) expect(ldif).toContain(place);

  await run('key', 'certificates', '--out', path('ut.p7b'));
  const inDer = ['-inform', 'DER', '-in', path('ut.p7b')];
  expect(openssl('pkcs7', ...inDer, '-print_certs')).toContain('CSCA UTO trial');
  const password = ['--format', 'p12', '--password-from', 'env:P_TEST_PIN'];
  await run('key', 'certificates', ...password, '--out', path('ut.p12'));
  const passin = ['-passin', `pass:${token.pin}`];
  expect(openssl('pkcs12', '-in', path('ut.p12'), '-nokeys', ...passin)).toContain(
    'CSCA UTO trial',
  );
}, 120_000);

test('days that are none, or the wrong way round, are refused by name', async () => {
  await writeFile(
    path('wrong.yaml'),
    [
      'deviations:',
      '  - issued: { first: 2026-13-01, last: 2026-02-30 }',
      '    descriptions: [{ type: mrzCheckDigit }]',
    ].join('\n'),
  );
  const argv = [path('wrong.yaml'), '--signer', path('dl-1.cer'), '--label', 'dl-1'];
  const { status, err } = await runPersoline('key', 'deviation-list', ...argv, '--out', path('y'));
  expect(status).toBe(1);
  for (const words of ['no day 2026-13-01', 'no day 2026-02-30', 'is after 2026-02-30']) {
    expect(err).toContain(words);
  }
}, 60_000);

test('what could not be written in the end is not begun', async () => {
  const out = ['--out', path('nowhere/x')];
  const refused = { status: 2, err: expect.stringContaining('OUTPUT_UNWRITABLE') as string };
  for (const argv of [
    ['list-signer', '--kind', 'master-list', '--label', 'ml-9', ...out],
    ['request-signer', '--label', 'dsc-gov-9', '--common-name', 'Gov 9', ...out],
    ['crl', '--now', ...out],
    ['crl', '--now', '--out', folder],
  ]) {
    expect(await runPersoline('key', ...argv)).toMatchObject(refused);
  }
  await run('key', 'request-signer', '--label', 'ml-9', '--common-name', 'x', '--out', path('x'));
  const again = ['--label', 'dsc-gov-9', '--common-name', 'Gov 9', '--out', path('gov-9.p10')];
  await run('key', 'request-signer', ...again);
  expect(await run('key', 'crl', '--now', '--out', path('next.crl'))).toContain('CRL 2');
}, 60_000);

test('a document signer is asked for elsewhere, and what does not fit is not taken', async () => {
  const label = ['--label', 'dsc-gov-1'];
  const asked = ['--common-name', 'Gov 1', '--out', path('gov.p10')];
  await run('key', 'request-signer', ...label, ...asked);
  const request = ['req', '-inform', 'DER', '-in', path('gov.p10'), '-verify', '-noout'];
  expect(openssl(...request, '-subject')).toContain('Gov 1');
  const files = ['--certificate', path('keys/DSC.cer'), '--csca', path('keys/CSCA.cer')];
  expect(await runPersoline('key', 'import-signer', ...label, ...files)).toMatchObject({
    status: 1,
    err: expect.stringContaining('it certifies another key') as string,
  });
  const own = ['--label', 'dsc-1', ...files, '--max-days', '30'];
  expect(await run('key', 'import-signer', ...own)).toMatch(/^DSC \d+ is ready/);
}, 60_000);

test('terminals are certified, from CVCA to EF.CVCA', async () => {
  const out = ['--out', path('cv')];
  const file = (name: string): string => path(`cv/${name}.cvcert`);
  const issue = ['terminal-pki', 'issue'];
  const cvca = ['--role', 'cvca', '--dg3', '--dg4'];
  await run(...issue, 'UTCVCA00001', ...cvca, ...out);
  const under = ['--above', file('UTCVCA00001')];
  await run(...issue, 'UTDVPOL00001', '--role', 'dv', '--dg3', ...under, ...out);
  const chain = [...under, '--above', file('UTDVPOL00001')];
  await run(...issue, 'UTISGATE00001', '--role', 'terminal', '--dg3', ...chain, ...out);
  await run(...issue, 'UTCVCA00002', ...cvca, ...under, ...out);
  const newestFirst = [file('UTCVCA00002'), file('UTCVCA00001')];
  await run('terminal-pki', 'ef-cvca', ...newestFirst, '--out', path('EF.CVCA.bin'));
  expect(parseEfCvca(await bytesOf('EF.CVCA.bin'))).toEqual(['UTCVCA00002', 'UTCVCA00001']);
  expect(openssl('asn1parse', '-inform', 'DER', '-in', file('UTISGATE00001'))).toContain('cons');
  const misled = ['--role', 'terminal', ...under, ...out];
  expect(await runPersoline(...issue, 'UTISGATE00002', ...misled)).toMatchObject({ status: 1 });

  const lost = await bytesOf('cv/UTDVPOL00001.cvcert');
  await rm(file('UTDVPOL00001'));
  expect(await run('key', 'issued')).toMatch(/^cv-UTDVPOL00001: dv, issued on \d{4}-\d\d-\d\d$/m);
  await run('key', 'issued', 'cv-UTDVPOL00001', ...out);
  expect(await bytesOf('cv/UTDVPOL00001.cvcert')).toEqual(lost);
  const { issued } = JSON.parse(await run('key', 'issued', '--json')) as { issued: unknown };
  expect(issued).toContainEqual(
    expect.objectContaining({
      keyLabel: 'cv-UTDVPOL00001',
      certificate: Buffer.from(lost).toString('base64'),
    }),
  );
  expect(await runPersoline('key', 'issued', 'cv-UTDVPOL00009')).toMatchObject({
    status: 2,
    err: expect.stringContaining('cv-UTISGATE00001') as string,
  });
}, 60_000);
