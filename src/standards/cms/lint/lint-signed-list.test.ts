import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  derContext,
  derContextPrimitive,
  derGeneralizedTime,
  derInteger,
  derOctetString,
  derOid,
  derRetag,
  derSequence,
  derSetOf,
  derTime,
} from '../../asn1/der';
import { compareBytes } from '../../bytes/compare';
import { concatBytes } from '../../bytes/concat';
import { encodeAscii } from '../../bytes/text';
import { digestBytes, encodeDigestIdentifier } from '../../crypto/digest-algorithms';
import { readSubjectKeyIdentifier } from '../../pki/read-extensions';
import { makeTestChain, makeTestKey } from '../../pki/testing/test-issuer';
import { makeTestListSigner } from '../../pki/testing/test-signers';
import { encodeTlv } from '../../tlv/tlv';
import { TAG } from '../../asn1/tags';
import { buildMasterListContent } from '../build-master-list';
import { CMS_OIDS } from '../cms-oids';
import { DEVIATION_LIST_OID, DEVIATION_TYPES, encodeDeviationListContent } from '../deviation-list';
import { MASTER_LIST_OID } from '../master-list';
import { lintSignedList, parseSignedList } from './lint-signed-list';
import { SIGNED_LIST_RULES } from './signed-list-rules';

const chain = makeTestChain('ecdsa-brainpoolP256r1-sha256');
const other = makeTestChain('ecdsa-P-256-sha256');
const masterSigner = makeTestListSigner(chain, 'masterList');
const deviationSigner = makeTestListSigner(
  chain,
  'deviationList',
  makeTestKey('ecdsa-P-256-sha256'),
);
const AT = new Date('2027-06-01T00:00:00Z');
const SHA256 = encodeDigestIdentifier('sha256');
const SHA1 = derSequence(derOid('1.3.14.3.2.26'));
const NOTHING = new Uint8Array();

const attribute = (oid: string, ...values: readonly Uint8Array[]) =>
  derSequence(derOid(oid), derSetOf(...values));
/** A SET with its elements as they are given. */
const inOrder = (...elements: readonly Uint8Array[]) => encodeTlv(TAG.set, ...elements);

interface Members {
  readonly type: string;
  readonly content: Uint8Array;
  readonly detached: boolean;
  readonly version: number;
  readonly digests: readonly Uint8Array[];
  readonly certificates: readonly Uint8Array[];
  readonly crls: Uint8Array;
  readonly signer: typeof masterSigner;
  readonly signerVersion: number;
  readonly signerId: Uint8Array;
  readonly digest: Uint8Array;
  readonly attributes: readonly Uint8Array[];
  readonly sorted: boolean;
  readonly unsigned: Uint8Array;
  readonly signers: number;
  readonly tail: Uint8Array;
}

/** A list whose signature is no number at all: what it says of itself is asked about. */
function encodeList(kind: 'ml' | 'dl', changes: Partial<Members> = {}): Uint8Array {
  const signer = changes.signer ?? (kind === 'ml' ? masterSigner : deviationSigner);
  const type = changes.type ?? (kind === 'ml' ? MASTER_LIST_OID : DEVIATION_LIST_OID);
  const content = changes.content ?? (kind === 'ml' ? MASTER : DEVIATION);
  const digest = changes.digest ?? SHA256;
  const attributes = changes.attributes ?? [
    attribute(CMS_OIDS.contentType, derOid(type)),
    attribute(CMS_OIDS.signingTime, derTime(AT)),
    attribute(CMS_OIDS.messageDigest, derOctetString(hashOf(digest, content))),
  ];
  const encode = changes.sorted === false ? inOrder : derSetOf;
  const info = derSequence(
    derInteger(changes.signerVersion ?? 3),
    changes.signerId ?? derContextPrimitive(0, readSubjectKeyIdentifier(signer)!),
    digest,
    attributes.length === 0 ? NOTHING : derRetag(0xa0, encode(...attributes)),
    derSequence(derOid('1.2.840.10045.4.3.2')),
    derOctetString(new Uint8Array(64)),
    changes.unsigned ?? NOTHING,
  );
  const signedData = derSequence(
    derInteger(changes.version ?? 3),
    derSetOf(...(changes.digests ?? [SHA256])),
    derSequence(
      derOid(type),
      changes.detached === true ? NOTHING : derContext(0, derOctetString(content)),
    ),
    derContext(0, ...(changes.certificates ?? [signer.raw, chain.csca.raw])),
    changes.crls ?? NOTHING,
    derSetOf(...Array.from({ length: changes.signers ?? 1 }, () => info)),
  );
  const whole = derSequence(derOid(CMS_OIDS.signedData), derContext(0, signedData));
  return concatBytes(whole, changes.tail ?? NOTHING);
}

function hashOf(digest: Uint8Array, content: Uint8Array): Uint8Array {
  return digestBytes(digest === SHA1 ? 'sha1' : 'sha256', content);
}

const LISTED = [chain.csca.raw, other.csca.raw];
const MASTER = buildMasterListContent(LISTED);
const DEVIATION = encodeDeviationListContent([
  {
    documents: { documentType: 'P<', signer: chain.dsc, issued: { first: AT, last: AT } },
    descriptions: [{ type: 'dataGroupMalformed', text: 'a byte too many', dataGroup: 11 }],
  },
]);
const masterOf = (version: number, certificates: Uint8Array) =>
  derSequence(derInteger(version), certificates);
const deviationsOf = (version: number, ...deviations: readonly Uint8Array[]) =>
  derSequence(derInteger(version), derSetOf(...deviations));
const DOCUMENTS = derSequence(derContextPrimitive(0, encodeAscii('P<')));
const DESCRIPTIONS = derSetOf(derSequence(derOid(DEVIATION_TYPES.chip)));
const deviation = (documents: Uint8Array, descriptions: Uint8Array) =>
  deviationsOf(0, derSequence(documents, descriptions));
const byIssuer = derSequence(
  masterSigner.issuer.raw,
  encodeTlv(TAG.integer, masterSigner.serialNumber),
);
const typeAttribute = attribute(CMS_OIDS.contentType, derOid(MASTER_LIST_OID));
const digestAttribute = attribute(
  CMS_OIDS.messageDigest,
  derOctetString(digestBytes('sha256', MASTER)),
);
const timeAttribute = (time: Date) => attribute(CMS_OIDS.signingTime, derTime(time));

type BadList = Partial<Members> & { readonly kind?: 'dl'; readonly also?: readonly string[] };

/** One list a rule, wrong in exactly that; other rules only where the fault is theirs as well. */
const BAD: Readonly<Record<string, BadList>> = {
  'list-cms-version': { version: 4 },
  'list-encoding': { tail: Uint8Array.of(0, 0) },
  'list-no-crls': { crls: derContext(1, derSequence()) },
  'list-signer': { signers: 0 },
  'list-one-signer': { signers: 2 },
  'list-signer-certificate': { certificates: [chain.csca.raw] },
  'list-signer-csca': { certificates: [masterSigner.raw] },
  'list-signer-role': { signer: deviationSigner },
  'list-key-identifier': { signerVersion: 1, signerId: byIssuer },
  'list-signer-version': { signerVersion: 1 },
  'list-digest-listed': { digests: [encodeDigestIdentifier('sha512')] },
  'list-digest': { digest: SHA1, digests: [SHA1] },
  'list-attributes': { attributes: [] },
  'list-attribute-order': {
    sorted: false,
    attributes: [typeAttribute, timeAttribute(AT), digestAttribute].toSorted((left, right) =>
      compareBytes(right, left),
    ),
  },
  'list-content-type': {
    attributes: [
      attribute(CMS_OIDS.contentType, derOid(DEVIATION_LIST_OID)),
      timeAttribute(AT),
      digestAttribute,
    ],
  },
  'list-message-digest': {
    attributes: [
      typeAttribute,
      timeAttribute(AT),
      attribute(CMS_OIDS.messageDigest, derOctetString(new Uint8Array(32))),
    ],
  },
  'list-signing-time': { attributes: [typeAttribute, digestAttribute] },
  'list-signing-period': {
    attributes: [typeAttribute, timeAttribute(new Date('2026-12-31T00:00:00Z')), digestAttribute],
  },
  'list-unsigned-attributes': { unsigned: derRetag(0xa1, derSetOf(timeAttribute(AT))) },
  'list-content': { detached: true },
  'master-list-version': { content: masterOf(1, derSetOf(...LISTED)) },
  'master-list-filled': { content: masterOf(0, derSetOf()) },
  'master-list-order': {
    content: masterOf(0, inOrder(...LISTED.toSorted((left, right) => compareBytes(right, left)))),
  },
  'master-list-repeated': { content: masterOf(0, inOrder(chain.csca.raw, chain.csca.raw)) },
  'master-list-only-cscas': { content: masterOf(0, derSetOf(...LISTED, chain.dsc.raw)) },
  'deviation-list-version': {
    kind: 'dl',
    content: deviationsOf(1, derSequence(DOCUMENTS, DESCRIPTIONS)),
  },
  'deviation-list-filled': { kind: 'dl', content: deviationsOf(0) },
  'deviation-described': { kind: 'dl', content: deviation(DOCUMENTS, derSetOf()) },
  'deviation-types': {
    kind: 'dl',
    content: deviation(DOCUMENTS, derSetOf(derSequence(derOid('1.2.3.4')))),
  },
  'deviation-document-type': {
    kind: 'dl',
    content: deviation(derSequence(derContextPrimitive(0, encodeAscii('P'))), DESCRIPTIONS),
  },
  'deviation-period': {
    kind: 'dl',
    content: deviation(
      derSequence(
        derContext(4, derGeneralizedTime(AT), derGeneralizedTime(new Date(AT.getTime() - 1000))),
      ),
      DESCRIPTIONS,
    ),
  },
  'deviation-documents': { kind: 'dl', content: deviation(derSequence(), DESCRIPTIONS) },
};

const idsOf = (bytes: Uint8Array) =>
  lintSignedList(parseSignedList(bytes)).map(({ rule }) => rule.id);

test('lists that are right have no finding', () => {
  expect(idsOf(encodeList('ml'))).toEqual([]);
  expect(idsOf(encodeList('dl'))).toEqual([]);
});

test.each(SIGNED_LIST_RULES.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  const { kind = 'ml', also = [], ...changes } = BAD[id]!;
  expect(idsOf(encodeList(kind, changes))).toEqual([id, ...also].toSorted());
  expect(rule.clause).toMatch(/^(9303-12|9303-3|RFC 5652|X\.690) §\d/);
  expect(rule.fault.vi).not.toBe(rule.fault.en);
});

test('what cannot be read is a fault with its reason, once', () => {
  const broken = encodeList('ml', { content: derInteger(0) });
  expect(lintSignedList(parseSignedList(broken))).toMatchObject([
    { rule: { id: 'master-list-filled' }, detail: expect.stringMatching(/tag 02/) as string },
  ]);
});

test('a SignedData around something else is no list', () => {
  expect(() => parseSignedList(encodeList('ml', { type: '1.2.3' }))).toThrow(/no kind of list/);
});

test('every rule is in the registry under the name of its file', () => {
  const files = readdirSync(join(__dirname, 'rules')).map((file) => file.replace('.ts', ''));
  expect(SIGNED_LIST_RULES.map(({ id }) => id)).toEqual(files.toSorted());
});
