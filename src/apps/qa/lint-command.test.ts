import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BAD_SETS } from '../../production/inspection/testing/card-sets/bad-sets';
import { makeCrl, makeMasterList } from '../../production/inspection/testing/trust-files';
import { makeTestChain } from '../../standards/pki/testing/test-issuer';
import { runPersoline } from '../testing/run-persoline';

const good = join(__dirname, '../../../test-vectors/good/ecdsa-p-256-sha256');
const chain = makeTestChain('ecdsa-P-256-sha256');
const other = makeTestChain('ecdsa-P-256-sha256');
let folder: string;
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'persoline-lint-'));
  await writeFile(at('CSCA.cer'), chain.csca.raw);
  await writeFile(at('DSC.cer'), chain.dsc.raw);
  await writeFile(at('named.cer'), makeTestChain('ecdsa-P-256-sha256', 'named').csca.raw);
  await writeFile(at('good.crl'), makeCrl(chain));
  await writeFile(at('no-object.bin'), 'Xin chào');
  await writeFile(at('broken.cer'), Uint8Array.of(0x30, 4, 0x30, 2, 0xa0, 0));
  const pem = [chain.csca, chain.dsc].map(
    ({ raw }) =>
      `-----BEGIN CERTIFICATE-----\n${Buffer.from(raw).toString('base64')}\n-----END CERTIFICATE-----\n`,
  );
  await writeFile(at('both.pem'), pem.join(''));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('certificates and a list that are right', async () => {
  const { status, out } = await runPersoline('lint', at('CSCA.cer'), at('DSC.cer'), at('good.crl'));
  expect(out.split('\n')).toEqual([
    expect.stringMatching(/CSCA\.cer: certificate \(csca\): right, \d+ rules$/),
    expect.stringMatching(/DSC\.cer: certificate \(dsc\): right, \d+ rules$/),
    expect.stringMatching(/good\.crl: revocation list: right, 25 rules$/),
    '',
    '0 error(s), 0 warning(s)',
  ]);
  expect(status).toBe(0);
});

test('a master list, with its signer', async () => {
  await writeFile(at('states.ml'), makeMasterList(chain, [chain.csca.raw, other.csca.raw]));
  const right = await runPersoline('lint', at('states.ml'));
  expect([right.status, right.out]).toEqual([
    0,
    expect.stringMatching(/states\.ml: master list: right, 25 rules$/),
  ]);
  await writeFile(at('signer.ml'), makeMasterList(chain, [chain.csca.raw, chain.dsc.raw]));
  const wrong = await runPersoline('lint', at('signer.ml'), '--language', 'vi');
  expect([wrong.status, wrong.out]).toEqual([
    1,
    expect.stringContaining('✗ Chứa chứng thư không phải của CSCA.'),
  ]);
});

test('every certificate of a PEM file, by its number', async () => {
  const { status, out } = await runPersoline('lint', at('both.pem'), '--language', 'vi');
  expect(status).toBe(0);
  expect(out).toMatch(/both\.pem#1: chứng thư \(csca\): đúng/);
  expect(out).toMatch(/both\.pem#2: chứng thư \(dsc\): đúng/);
});

test('a warning is a no only when asked to be strict', async () => {
  const { status, out } = await runPersoline('lint', at('named.cer'));
  expect([status, out]).toEqual([0, expect.stringContaining('explicit-curve  [9303-12')]);
  expect((await runPersoline('lint', at('named.cer'), '--strict')).status).toBe(1);
});

test('a certificate for another role than it was made for is an error', async () => {
  const { status, out } = await runPersoline('lint', at('DSC.cer'), '--role', 'csca');
  expect(status).toBe(1);
  expect(out).toContain('✗ It is a root whose issuer is not its subject.');
});

test('a signature that the named signer did not make is told', async () => {
  await writeFile(at('other.cer'), other.csca.raw);
  const { status, out } = await runPersoline('lint', at('DSC.cer'), '--csca', at('other.cer'));
  expect(status).toBe(1);
  expect(out).toContain('Its signature does not fit the key of its signer.');
});

test('garbage is a finding and not an error of the program', async () => {
  const { status, out } = await runPersoline('lint', at('no-object.bin'), at('broken.cer'));
  expect(status).toBe(1);
  expect(out).toMatch(/no-object\.bin: not known what it is: 1 error/);
  expect(out).toMatch(/broken\.cer: certificate: 1 error/);
  expect(out).toContain('✗ It cannot be read.');
});

test('the files of a card as one set, with the checks of the inspection', async () => {
  const options = ['--at', '2026-07-01', '--json'];
  const right = await runPersoline('lint', good, ...options);
  expect(right.status).toBe(0);
  expect(JSON.parse(right.out)).toMatchObject({
    format: 'persoline-lint-1',
    counts: { errors: 0, warnings: 0 },
  });
  const bad = BAD_SETS.find(({ id }) => id === 'mrz-check-digit-composite')!;
  const place = at('bad');
  await cp(join(__dirname, '../../../test-vectors/bad', bad.id), place, { recursive: true });
  const wrong = await runPersoline('lint', place, ...options);
  expect(wrong.status).toBe(1);
  expect(JSON.parse(wrong.out)).toMatchObject({
    results: expect.arrayContaining([
      expect.objectContaining({
        kind: 'elementary-files',
        findings: [expect.objectContaining({ rule: bad.check })],
      }),
    ]) as unknown[],
  });
});

test('one file of a card alone is not asked for the others', async () => {
  const { status, out } = await runPersoline(
    'lint',
    join(good, 'EF.DG1.bin'),
    '--at',
    '2026-07-01',
  );
  expect(out).toMatch(/EF\.DG1: files of the LDS: right/);
  expect(status).toBe(0);
});

test('two files of one name in a folder are linted both, and told apart', async () => {
  const set = join(__dirname, '../../../test-vectors/bad/mrz-check-digit-composite');
  await mkdir(at('two'));
  await cp(join(good, 'EF.DG1.bin'), at('two/a-DG1.bin'));
  await cp(join(set, 'EF.DG1.bin'), at('two/b-DG1.bin'));
  const { status, out } = await runPersoline('lint', at('two'), '--at', '2026-07-01');
  expect(out).toMatch(/two: EF\.DG1: files of the LDS: right/);
  expect(out).toMatch(/two: EF\.DG1 \(b-DG1\.bin\): files of the LDS: 1 error/);
  expect(status).toBe(1);
});

test('an LDIF is unpacked whatever its first line is, and is nothing where it is empty', async () => {
  const value = Buffer.from(makeCrl(chain)).toString('base64');
  const lines = ['version: 1', 'dn: o=crl', `certificateRevocationList;binary:: ${value}`];
  await writeFile(at('pkd.ldif'), `${lines.join('\n')}\n`);
  const { status, out } = await runPersoline('lint', at('pkd.ldif'), '--csca', at('CSCA.cer'));
  expect([status, out]).toEqual([0, expect.stringMatching(/pkd\.ldif: revocation list: right/)]);
  await writeFile(at('empty.ldif'), 'version: 1\ndn: o=crl\n');
  const empty = await runPersoline('lint', at('empty.ldif'));
  expect([empty.status, empty.out]).toEqual([1, expect.stringContaining('not known what it is')]);
});

test('a container may be larger than any elementary file', async () => {
  const der = Buffer.from(chain.csca.raw).toString('base64');
  const words = 'a line between certificates\n'.repeat(200_000);
  await writeFile(
    at('large.pem'),
    `${words}-----BEGIN CERTIFICATE-----\n${der}\n-----END CERTIFICATE-----\n`,
  );
  const { status, out } = await runPersoline('lint', at('large.pem'));
  expect([status, out]).toEqual([0, expect.stringMatching(/large\.pem: certificate \(csca\)/)]);
});

test('every rule is listed with its clause', async () => {
  const { out } = await runPersoline('lint', '--rules', '--json');
  const rules = JSON.parse(out) as { rule: string; clause: string }[];
  expect(rules.length).toBeGreaterThan(150);
  expect(rules.filter(({ clause }) => !/\d/.test(clause))).toEqual([]);
  expect((await runPersoline('lint', '--rules')).out.split('\n')).toHaveLength(rules.length);
  const vietnamese = (await runPersoline('lint', '--rules', '--language', 'vi')).out;
  expect(vietnamese).toMatch(/^common-name {2}cảnh báo {2}\[/m);
  expect(vietnamese).not.toMatch(/ {2}(error|warning|either) {2}\[/);
});

test('wrong use and a place without files are told', async () => {
  expect(await runPersoline('lint')).toMatchObject({ status: 2 });
  await mkdir(at('empty'), { recursive: true });
  expect(await runPersoline('lint', at('empty'))).toMatchObject({ status: 2 });
  expect(await runPersoline('lint', at('nothing.cer'))).toMatchObject({ status: 2 });
});
