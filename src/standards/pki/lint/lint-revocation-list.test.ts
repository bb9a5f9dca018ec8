import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  derBitString,
  derContext,
  derGeneralizedTime,
  derInteger,
  derNull,
  derOctetString,
  derOid,
  derSequence,
  derTime,
} from '../../asn1/der';
import { TAG } from '../../asn1/tags';
import { encodeTlv } from '../../tlv/tlv';
import { assembleRevocationList, buildTbsRevocationList } from '../build-revocation-list';
import { buildAuthorityKeyIdentifier, encodeExtension } from '../build-extensions';
import { encodeName } from '../distinguished-name';
import { EXTENSION_OIDS } from '../extension-oids';
import { readSubjectKeyIdentifier } from '../read-extensions';
import { parseRevocationList } from '../revocation-list';
import { makeTestChain } from '../testing/test-issuer';
import { lintRevocationList } from './lint-revocation-list';
import { REVOCATION_LIST_RULES } from './revocation-list-rules';

const { csca, dsc, cscaKey } = makeTestChain('ecdsa-brainpoolP256r1-sha256');
const FROM = new Date('2026-06-01T00:00:00Z');
const daysLater = (days: number) => new Date(FROM.getTime() + days * 86_400_000);
const ECDSA_SHA256 = derSequence(derOid('1.2.840.10045.4.3.2'));
const ECDSA_SHA1 = derSequence(derOid('1.2.840.10045.4.1'));

const extension = (oid: string, critical = false, value: Uint8Array = derNull) =>
  encodeExtension({ oid, critical, value });
const ISSUER = encodeExtension(buildAuthorityKeyIdentifier(readSubjectKeyIdentifier(csca)!));
const NUMBER = extension(EXTENSION_OIDS.crlNumber, false, derInteger(7));
const entry = (serial: Uint8Array, ...extensions: readonly Uint8Array[]) =>
  derSequence(
    encodeTlv(TAG.integer, serial),
    derTime(FROM),
    ...(extensions.length === 0 ? [] : [derSequence(...extensions)]),
  );

interface Members {
  readonly version: Uint8Array;
  readonly algorithm: Uint8Array;
  readonly issuer: Uint8Array;
  readonly thisUpdate: Uint8Array;
  readonly nextUpdate: Uint8Array;
  readonly revoked: Uint8Array;
  readonly extensions: readonly Uint8Array[];
  readonly outside: Uint8Array;
}

const RIGHT: Members = {
  version: derInteger(1),
  algorithm: ECDSA_SHA256,
  issuer: csca.subject.raw,
  thisUpdate: derTime(FROM),
  nextUpdate: derTime(daysLater(90)),
  revoked: derSequence(entry(dsc.serialNumber), entry(Uint8Array.of(9))),
  extensions: [ISSUER, NUMBER],
  outside: ECDSA_SHA256,
};

/** The list with some members as other bytes; an empty one leaves the member away. */
function encodeList(changes: Partial<Members> = {}): Uint8Array {
  const all = { ...RIGHT, ...changes };
  const tbs = derSequence(
    ...[all.version, all.algorithm, all.issuer, all.thisUpdate, all.nextUpdate, all.revoked],
    derContext(0, derSequence(...all.extensions)),
  );
  return derSequence(tbs, all.outside, derBitString(new Uint8Array(64)));
}

const NOTHING = new Uint8Array();
const named = (country: string) =>
  encodeName([
    { type: 'C', value: country },
    { type: 'CN', value: 'CSCA Utopia' },
  ]);
const withEntry = (...extensions: readonly Uint8Array[]) => ({
  revoked: derSequence(entry(Uint8Array.of(9), ...extensions)),
});
const withExtra = (...extensions: readonly Uint8Array[]) => ({
  extensions: [ISSUER, NUMBER, ...extensions],
});
const WRITTEN_OUT_FALSE = derSequence(
  derOid(EXTENSION_OIDS.crlNumber),
  Uint8Array.of(1, 1, 0),
  derOctetString(derInteger(7)),
);

/** One list a rule, wrong in exactly that; other rules only where the fault is theirs as well. */
const BAD: Readonly<Record<string, Partial<Members> & { readonly also?: readonly string[] }>> = {
  'crl-version': { version: NOTHING },
  'crl-same-signature-algorithm': { outside: derSequence(derOid('1.2.840.10045.4.3.4')) },
  'crl-signature-digest': { algorithm: ECDSA_SHA1, outside: ECDSA_SHA1 },
  'crl-issuer-country': {
    issuer: encodeName([{ type: 'CN', value: 'CSCA Utopia' }]),
    also: ['crl-issuer-name'],
  },
  'crl-country-upper-case': { issuer: named('ut'), also: ['crl-issuer-name'] },
  'crl-issuer-name': { issuer: named('UT') },
  'crl-next-update': { nextUpdate: NOTHING },
  'crl-update-order': { nextUpdate: derTime(daysLater(-1)) },
  'crl-update-interval': { nextUpdate: derTime(new Date(daysLater(90).getTime() + 1000)) },
  'crl-time-encoding': { thisUpdate: derGeneralizedTime(FROM) },
  'crl-authority-key-identifier': { extensions: [NUMBER] },
  'crl-authority-key': {
    extensions: [encodeExtension(buildAuthorityKeyIdentifier(new Uint8Array(20))), NUMBER],
  },
  'crl-number': { extensions: [ISSUER] },
  'crl-number-range': {
    extensions: [ISSUER, extension(EXTENSION_OIDS.crlNumber, false, Uint8Array.of(2, 1, 0xff))],
  },
  'crl-non-critical-extensions': {
    extensions: [ISSUER, extension(EXTENSION_OIDS.crlNumber, true, derInteger(7))],
  },
  'crl-complete': withExtra(extension('2.5.29.28', true)),
  'crl-no-freshest': withExtra(extension('2.5.29.46')),
  'crl-unknown-critical-extension': withEntry(extension('1.2.3.4', true)),
  'crl-repeated-extension': withExtra(NUMBER),
  'crl-direct': withEntry(extension('2.5.29.29', true)),
  'crl-plain-entries': withEntry(extension('2.5.29.21')),
  'crl-empty-entries': { revoked: derSequence() },
  'crl-repeated-entry': { revoked: derSequence(entry(Uint8Array.of(9)), entry(Uint8Array.of(9))) },
  'crl-serial-numbers': { revoked: derSequence(entry(Uint8Array.of(0xff))) },
  'crl-default-criticality': { extensions: [ISSUER, WRITTEN_OUT_FALSE] },
};

const lint = (changes?: Partial<Members>) =>
  lintRevocationList({ list: parseRevocationList(encodeList(changes)), csca });

test('a list that is right has no finding, and neither has one that Persoline builds', () => {
  expect(lint()).toEqual([]);
  const { signature } = cscaKey.algorithm;
  const built = (revoked: { serialNumber: Uint8Array; revokedAt: Date }[]) => {
    const template = { signature, csca, thisUpdate: FROM, nextUpdate: daysLater(90), revoked };
    const tbs = buildTbsRevocationList({ ...template, crlNumber: 1 });
    return parseRevocationList(assembleRevocationList(tbs, signature, new Uint8Array(64)));
  };
  const some = [{ serialNumber: dsc.serialNumber, revokedAt: FROM }];
  expect(lintRevocationList({ list: built(some), csca })).toEqual([]);
  expect(lintRevocationList({ list: built([]), csca })).toEqual([]);
});

test.each(REVOCATION_LIST_RULES.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  const { also = [], ...changes } = BAD[id]!;
  const found = lint(changes).map((finding) => finding.rule.id);
  expect(found).toEqual([id, ...also].toSorted());
  expect(rule.clause).toMatch(/^(9303-12|RFC 5280|X\.690) §\d/);
  expect(rule.fault.vi).not.toBe(rule.fault.en);
});

test('what asks about the CSCA holds where nobody knows it', () => {
  const list = parseRevocationList(encodeList({ issuer: named('UT') }));
  expect(lintRevocationList({ list })).toEqual([]);
});

test('a number that is no number is a fault with its reason', () => {
  const broken = { extensions: [ISSUER, extension(EXTENSION_OIDS.crlNumber)] };
  expect(lint(broken)).toMatchObject([
    { rule: { id: 'crl-number-range' }, detail: expect.stringMatching(/tag 05/) as string },
  ]);
});

test('every rule is in the registry under the name of its file', () => {
  const files = readdirSync(join(__dirname, 'crl-rules')).map((file) => file.replace('.ts', ''));
  expect(REVOCATION_LIST_RULES.map(({ id }) => id)).toEqual(files.toSorted());
});
