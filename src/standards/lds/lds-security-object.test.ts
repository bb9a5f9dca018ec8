import { createHash } from 'node:crypto';
import { derInteger, derSequence } from '../asn1/der';
import { decodeHex, encodeHex } from '../bytes/hex';
import { MalformedError } from '../bytes/malformed';
import { encodeLdsSecurityObject, parseLdsSecurityObject } from './lds-security-object';
import { ldsVersionDigits, unicodeVersionDigits } from './lds-version';

const dg1 = Uint8Array.from(createHash('sha256').update('one').digest());
const dg2 = Uint8Array.from(createHash('sha256').update('two').digest());
const hashes = new Map([
  [2, dg2],
  [1, dg1],
]);

test('version 0 and 1 come back as they went, hashes in the order of their groups', () => {
  const v1 = {
    version: 1,
    digest: 'sha256',
    hashes,
    ldsVersion: '0108',
    unicodeVersion: '040000',
  } as const;
  for (const object of [{ version: 0, digest: 'sha256', hashes }, v1] as const) {
    const parsed = parseLdsSecurityObject(encodeLdsSecurityObject(object));
    expect(parsed).toEqual(object);
    expect([...parsed.hashes.keys()]).toEqual([1, 2]);
  }
});

test.each([
  ['one hash only', { hashes: new Map([[1, dg1]]) }],
  ['a hash of another length', { hashes: new Map([...hashes, [3, dg1.subarray(1)]]) }],
  ['a group that does not exist', { hashes: new Map([...hashes, [17, dg1]]) }],
  ['versions with version 0', { ldsVersion: '0108', unicodeVersion: '040000' }],
  ['half of the versions', { version: 1, ldsVersion: '0108' }],
  ['a version that is no digits', { version: 1, ldsVersion: '1.8', unicodeVersion: '040000' }],
  ['a digest that may not be issued', { digest: 'sha1' }],
] as const)('is not issued with %s', (_, change) => {
  const object = { version: 0, digest: 'sha256', hashes, ...change } as const;
  expect(() => encodeLdsSecurityObject(object)).toThrow(RangeError);
});

const good = encodeHex(encodeLdsSecurityObject({ version: 0, digest: 'sha256', hashes }));

test.each([
  ['version 2', good.replace('020100300B', '020102300B'), 'version'],
  ['an unknown digest', good.replace('60864801650304', '60864801650309'), 'digest algorithm'],
  ['the same group twice', good.replace('02010204', '02010104'), 'occurs twice'],
  ['group 0', good.replace('02010204', '02010004'), 'no data group'],
  ['a hash cut short', encodeHex(derSequence(derInteger(0))), 'is missing'],
])('%s is refused when read', (_, hex, reason) => {
  expect(hex).not.toBe(good);
  expect(() => parseLdsSecurityObject(decodeHex(hex))).toThrow(MalformedError);
  expect(() => parseLdsSecurityObject(decodeHex(hex))).toThrow(reason);
});

test('a digest algorithm with NULL parameters is read as well', () => {
  const withNull = decodeHex(
    good
      .replace('300B0609608648016503040201', '300D06096086480165030402010500')
      .replace(/^3060/, '3062'),
  );
  expect(parseLdsSecurityObject(withNull)).toEqual({ version: 0, digest: 'sha256', hashes });
});

test('versions of a profile become digits', () => {
  expect(ldsVersionDigits('1.8')).toBe('0108');
  expect(unicodeVersionDigits('4.0.0')).toBe('040000');
  expect(() => ldsVersionDigits('4.0.0')).toThrow(RangeError);
  expect(() => unicodeVersionDigits('4.x.0')).toThrow(RangeError);
});
