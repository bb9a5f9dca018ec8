import { derNull, derOid, derSequence } from '../asn1/der';
import { parseDer } from '../asn1/read';
import { encodeHex } from '../bytes/hex';
import { encodeAscii } from '../bytes/text';
import {
  DIGEST_NAMES,
  digestBytes,
  DIGESTS,
  encodeDigestIdentifier,
  parseDigestIdentifier,
} from './digest-algorithms';

it('hashes its parts as one message, as in FIPS 180-4', () => {
  const hash = digestBytes('sha256', encodeAscii('a'), encodeAscii('bc'));
  expect(encodeHex(hash)).toBe('BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD');
});

it.each(DIGEST_NAMES)('%s: length and identifier', (name) => {
  expect(digestBytes(name)).toHaveLength(DIGESTS[name].lengthBytes);
  const withNull = derSequence(derOid(DIGESTS[name].oid), derNull);
  for (const identifier of [encodeDigestIdentifier(name), withNull]) {
    expect(parseDigestIdentifier(parseDer(identifier, 'digest'), 'digest')).toBe(name);
  }
});

it('refuses a hash function that is not in the table', () => {
  const md5 = derSequence(derOid('1.2.840.113549.2.5'));
  expect(() => parseDigestIdentifier(parseDer(md5, 'digest'), 'digest')).toThrow('no known hash');
});
