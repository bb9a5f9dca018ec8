import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeUtf8 } from '../bytes/text';
import { digestBytes } from '../crypto/digest-algorithms';
import { signMessage } from '../crypto/sign-verify';
import { encodeLdsSecurityObject, LDS_SECURITY_OBJECT_OID } from '../lds/lds-security-object';
import { makeTestChain, type TestChain } from '../pki/testing/test-issuer';
import { assembleSignedData, encodeSignedAttributes, prepareSignedData } from './build-signed-data';
import { encodeEfSod, parseEfSod } from './ef-sod';

/** OpenSSL judges what we signed: the only code here that we did not write. */

const content = encodeLdsSecurityObject({
  version: 1,
  digest: 'sha256',
  hashes: new Map(
    [1, 2, 14].map((group) => [group, digestBytes('sha256', encodeUtf8(`group ${group}`))]),
  ),
  ldsVersion: '0108',
  unicodeVersion: '040000',
});

const folder = mkdtempSync(join(tmpdir(), 'persoline-openssl-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function signContent(
  { dsc, dscKey }: TestChain,
  signerId: 'issuerAndSerialNumber' | 'subjectKeyIdentifier',
): Uint8Array {
  const { signature } = dscKey.algorithm;
  const frame = prepareSignedData({
    contentType: LDS_SECURITY_OBJECT_OID,
    signature,
    certificate: dsc.raw,
    signerId,
  });
  const signedAttributes = encodeSignedAttributes(frame, content, new Date('2026-02-15T10:15:30Z'));
  return assembleSignedData(frame, {
    content,
    signedAttributes,
    signature: signMessage(signature, dscKey.privateKey, signedAttributes),
  });
}

function opensslVerify(contentInfo: Uint8Array, trusted: Uint8Array): [number | null, Buffer] {
  const [input, root] = [join(folder, 'sod.der'), join(folder, 'root.pem')];
  writeFileSync(input, contentInfo);
  const pem = Buffer.from(trusted).toString('base64');
  writeFileSync(root, `-----BEGIN CERTIFICATE-----\n${pem}\n-----END CERTIFICATE-----\n`);
  const options = ['-purpose', 'any', '-attime', '1780000000', '-binary'];
  const { status, stdout } = spawnSync('openssl', [
    ...['cms', '-verify', '-inform', 'DER', '-in', input, '-CAfile', root, ...options],
  ]);
  return [status, stdout];
}

describe.each([
  'rsa-2048-pkcs1-sha256',
  'rsa-3072-pss-sha256',
  'ecdsa-P-256-sha256',
  'ecdsa-brainpoolP256r1-sha256',
  'ecdsa-brainpoolP384r1-sha384',
])('openssl cms -verify with %s (curves named)', (name) => {
  const chain = makeTestChain(name, 'named');
  const other = makeTestChain(name, 'named');

  it.each(['issuerAndSerialNumber', 'subjectKeyIdentifier'] as const)('accepts %s', (signerId) => {
    const contentInfo = parseEfSod(encodeEfSod(signContent(chain, signerId)));
    const [status, stdout] = opensslVerify(contentInfo, chain.csca.raw);
    expect(status).toBe(0);
    expect(new Uint8Array(stdout)).toEqual(content);
  });

  it('refuses another CSCA and a changed hash', () => {
    const contentInfo = signContent(chain, 'issuerAndSerialNumber');
    expect(opensslVerify(contentInfo, other.csca.raw)[0]).not.toBe(0);
    const changed = Buffer.from(contentInfo);
    const at = changed.indexOf(content) + content.length - 30;
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(opensslVerify(changed, chain.csca.raw)[0]).not.toBe(0);
  });
});
