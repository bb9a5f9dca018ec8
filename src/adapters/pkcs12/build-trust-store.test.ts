import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeTestChain } from '../../standards/pki/testing/test-issuer';
import { encodeCertificateBundle } from '../../standards/cms/certificate-bundle';
import { buildTrustStore } from './build-trust-store';

const folder = mkdtempSync(join(tmpdir(), 'persoline-p12-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function openssl(bytes: Uint8Array, ...args: readonly string[]): [number | null, string] {
  const file = join(folder, 'input');
  writeFileSync(file, bytes);
  const { status, stdout } = spawnSync('openssl', [...args, '-in', file]);
  return [status, String(stdout)];
}

/** The DER of every certificate in PEM text. */
function certificatesIn(pem: string): readonly string[] {
  return Array.from(
    pem.matchAll(/-----BEGIN CERTIFICATE-----([^-]+)-----END/g),
    ([, base64 = '']) => base64.replaceAll(/\s/g, ''),
  );
}

const base64 = (der: Uint8Array): string => Buffer.from(der).toString('base64');

describe.each([
  ['ecdsa-P-256-sha256', 'explicit'],
  ['ecdsa-brainpoolP256r1-sha256', 'explicit'],
  ['ecdsa-brainpoolP384r1-sha384', 'explicit'],
  ['rsa-3072-pss-sha256', 'named'],
] as const)('certificates of %s (%s)', (algorithm, parameters) => {
  const { csca, dsc } = makeTestChain(algorithm, parameters);
  const both = [base64(csca.raw), base64(dsc.raw)];

  test('are read from PKCS #12 by OpenSSL, unchanged, under the password alone', () => {
    const entries = [
      { name: 'CSCA Đông Lào', certificate: csca.raw },
      { name: 'DSC', certificate: dsc.raw },
    ];
    const store = buildTrustStore(entries, 'mật khẩu');
    const read = ['pkcs12', '-nokeys', '-passin'];
    const [status, text] = openssl(store, ...read, 'pass:mật khẩu');
    expect(status).toBe(0);
    expect([...certificatesIn(text)].sort()).toEqual([...both].sort());
    expect(text).toContain('friendlyName: ');
    expect(openssl(store, ...read, 'pass:another')[0]).not.toBe(0);
    const changed = store.map((byte, index) => (index === 400 ? byte ^ 1 : byte));
    expect(openssl(changed, ...read, 'pass:mật khẩu')[0]).not.toBe(0);
  });

  test('are read from PKCS #7 by OpenSSL, unchanged', () => {
    const bundle = encodeCertificateBundle([csca.raw, dsc.raw]);
    const [status, text] = openssl(bundle, 'pkcs7', '-inform', 'DER', '-print_certs');
    expect(status).toBe(0);
    expect([...certificatesIn(text)].sort()).toEqual([...both].sort());
  });
});
