import {
  derBoolean,
  derContext,
  derContextPrimitive,
  derGeneralizedTime,
  derInteger,
  derNull,
  derOctetString,
  derOid,
  derSequence,
  derSetOf,
} from '../../asn1/der';
import { derChildren, parseDer } from '../../asn1/read';
import { concatBytes } from '../../bytes/concat';
import { encodeTlv } from '../../tlv/tlv';
import { CURVES } from '../../crypto/curve-parameters';
import {
  buildAltName,
  buildAuthorityKeyIdentifier,
  buildCrlDistributionPoints,
  buildCscaConstraints,
  buildDocumentTypeList,
  buildExtKeyUsage,
  buildKeyUsage,
  buildNameChange,
} from '../build-extensions';
import type { Certificate } from '../certificate';
import {
  type CertificateExtension,
  EXTENSION_OIDS,
  type ExtensionName,
  LIST_SIGNER_PURPOSES,
} from '../extension-oids';
import { readSubjectKeyIdentifier } from '../read-extensions';
import { encodeEcPublicKey, encodeRsaPublicKey } from '../subject-public-key-info';
import { makeTestChain } from '../testing/test-issuer';
import { makeTestLink, makeTestListSigner } from '../testing/test-signers';
import type { CertificateRole } from './certificate-rule';
import { CERTIFICATE_RULES } from './certificate-rules';
import { lintCertificate } from './lint-certificate';

const chain = makeTestChain('ecdsa-brainpoolP256r1-sha256');
const { csca, dsc } = chain;
const link = makeTestLink(chain).link;
const lists = {
  master: makeTestListSigner(chain, 'masterList'),
  deviation: makeTestListSigner(chain, 'deviationList'),
};

const without = (base: Certificate, ...names: readonly ExtensionName[]): Certificate => ({
  ...base,
  extensions: base.extensions.filter(
    ({ oid }) => !names.some((name) => EXTENSION_OIDS[name] === oid),
  ),
});
const withExtension = (base: Certificate, extension: CertificateExtension): Certificate => ({
  ...base,
  extensions: [...base.extensions, extension],
});
const extensionOf = (oid: string, critical = false): CertificateExtension => ({
  oid,
  critical,
  value: derNull,
});
const named = (
  base: Certificate,
  attributes: readonly (readonly [string, string])[],
): Certificate => ({
  ...base,
  subject: {
    ...base.subject,
    attributes: attributes.map(([type, value]) => ({ type, value })),
  },
});
const curve = CURVES.brainpoolP256r1;
const point = (form: number) =>
  Uint8Array.of(form, ...new Uint8Array(2 * curve.fieldBytes).fill(7));

const teletexName = derSetOf(
  derSequence(derOid('2.5.4.3'), encodeTlv(0x14, Uint8Array.of(0x44, 0x53))),
);
const writtenOutFalse = derContext(
  3,
  derSequence(derSequence(derOid('2.5.29.14'), Uint8Array.of(1, 1, 0), derOctetString(derNull))),
);

/** One certificate a rule, wrong in exactly that. */
const BAD: Readonly<Record<string, readonly [CertificateRole, Certificate]>> = {
  'version-three': ['dsc', { ...dsc, version: 1 }],
  'serial-number': ['dsc', { ...dsc, serialNumber: Uint8Array.of(0xff) }],
  'authority-key-identifier': ['dsc', without(dsc, 'authorityKeyIdentifier')],
  'subject-key-identifier': ['csca', without(csca, 'subjectKeyIdentifier')],
  'no-constraints-in-signer': ['dsc', withExtension(dsc, buildCscaConstraints())],
  'critical-constraints': [
    'csca',
    withExtension(without(csca, 'basicConstraints'), {
      ...buildCscaConstraints(),
      critical: false,
    }),
  ],
  'no-extended-key-usage': ['dsc', withExtension(dsc, extensionOf(EXTENSION_OIDS.extKeyUsage))],
  'alternative-names': ['dsc', without(dsc, 'issuerAltName')],
  'state-in-alternative-name': [
    'dsc',
    withExtension(without(dsc, 'subjectAltName'), {
      ...extensionOf(EXTENSION_OIDS.subjectAltName),
      value: derSequence(),
    }),
  ],
  'distribution-points': ['dsc', without(dsc, 'crlDistributionPoints')],
  'distribution-scheme': [
    'dsc',
    withExtension(
      without(dsc, 'crlDistributionPoints'),
      buildCrlDistributionPoints(['gopher://example.invalid/crl']),
    ),
  ],
  'document-types': [
    'dsc',
    withExtension(without(dsc, 'documentTypeList'), {
      ...extensionOf(EXTENSION_OIDS.documentTypeList),
      value: derSequence(derInteger(0), Uint8Array.of(0x31, 5, 0x13, 3, 0x50, 0x50, 0x50)),
    }),
  ],
  'no-document-types-in-csca': ['csca', withExtension(csca, buildDocumentTypeList(['P']))],
  'forbidden-extensions': ['csca', withExtension(csca, extensionOf('2.5.29.36'))],
  'unknown-critical-extension': ['dsc', withExtension(dsc, extensionOf('1.2.3.4', true))],
  'repeated-extension': [
    'dsc',
    { ...dsc, extensions: [...dsc.extensions, ...dsc.extensions.slice(0, 1)] },
  ],
  'explicit-curve': ['dsc', { ...dsc, publicKey: namedCurveKey(dsc.publicKey) }],
  'uncompressed-point': ['dsc', { ...dsc, publicKey: compressedKey(dsc.publicKey) }],
  'rsa-key-length': [
    'dsc',
    {
      ...dsc,
      publicKey: encodeRsaPublicKey({
        modulus: new Uint8Array(128).fill(0xc1),
        publicExponent: 65_537,
      }),
    },
  ],
  'common-name': ['dsc', named(dsc, [['C', 'UT']])],
  'country-upper-case': [
    'dsc',
    named(dsc, [
      ['C', 'ut'],
      ['CN', 'DS'],
    ]),
  ],
  'key-period-in-validity': [
    'dsc',
    { ...dsc, validity: { ...dsc.validity, until: new Date('2027-01-01T00:00:00Z') } },
  ],
  'same-signature-algorithm': [
    'dsc',
    { ...dsc, signatureIdentifier: derSequence(derOid('1.2.840.10045.4.3.4')) },
  ],
  'signature-digest': ['dsc', signedWith(dsc, derSequence(derOid('1.2.840.10045.4.1')))],
  'key-usage': ['dsc', withExtension(without(dsc, 'keyUsage'), buildKeyUsage('keyCertSign'))],
  'critical-key-usage': [
    'dsc',
    withExtension(without(dsc, 'keyUsage'), {
      ...buildKeyUsage('digitalSignature'),
      critical: false,
    }),
  ],
  'key-usage-period': ['dsc', without(dsc, 'privateKeyUsagePeriod')],
  'key-usage-period-bound': [
    'dsc',
    withExtension(without(dsc, 'privateKeyUsagePeriod'), {
      ...extensionOf(EXTENSION_OIDS.privateKeyUsagePeriod),
      value: derSequence(),
    }),
  ],
  'document-type-list': ['dsc', without(dsc, 'documentTypeList')],
  'csca-constraints': ['csca', without(csca, 'basicConstraints')],
  'list-signer-purpose': [
    'dl-signer',
    withExtension(
      without(lists.deviation, 'extKeyUsage'),
      buildExtKeyUsage(LIST_SIGNER_PURPOSES.masterList),
    ),
  ],
  'critical-purpose': [
    'ml-signer',
    withExtension(without(lists.master, 'extKeyUsage'), {
      ...buildExtKeyUsage(LIST_SIGNER_PURPOSES.masterList),
      critical: false,
    }),
  ],
  'validity-order': [
    'ml-signer',
    {
      ...without(lists.master, 'privateKeyUsagePeriod'),
      validity: { from: lists.master.validity.until, until: lists.master.validity.from },
    },
  ],
  'time-encoding': ['dsc', reencoded(dsc, 4, lateTimes(dsc))],
  'country-present': [
    'dsc',
    named({ ...dsc, issuer: { ...dsc.issuer, attributes: [] } }, [['CN', 'DS']]),
  ],
  'same-country': [
    'dsc',
    named(dsc, [
      ['C', 'AT'],
      ['CN', 'DS'],
    ]),
  ],
  'name-string-types': [
    'dsc',
    { ...dsc, subject: { ...dsc.subject, raw: derSequence(teletexName) } },
  ],
  'non-critical-extensions': [
    'dsc',
    withExtension(without(dsc, 'documentTypeList'), {
      ...buildDocumentTypeList(['P']),
      critical: true,
    }),
  ],
  'no-unique-identifiers': ['dsc', reencoded(dsc, 7, derContextPrimitive(1, Uint8Array.of(0, 1)))],
  'default-criticality': ['dsc', reencoded(dsc, 7, writtenOutFalse)],
  'same-alternative-names': [
    'csca',
    withExtension(
      without(csca, 'issuerAltName'),
      buildAltName('issuerAltName', { state: 'UTO', contact: 'another@example.invalid' }),
    ),
  ],
  'root-names': ['csca', { ...csca, issuer: { ...csca.issuer, raw: dsc.subject.raw } }],
  'root-key-identifiers': [
    'csca',
    withExtension(
      without(csca, 'authorityKeyIdentifier'),
      buildAuthorityKeyIdentifier(new Uint8Array(20)),
    ),
  ],
  'link-key-identifiers': [
    'csca-link',
    withExtension(
      without(link, 'authorityKeyIdentifier'),
      buildAuthorityKeyIdentifier(readSubjectKeyIdentifier(link)!),
    ),
  ],
  'name-change': ['csca-link', withExtension(link, buildNameChange())],
  'no-name-change': ['dsc', withExtension(dsc, buildNameChange())],
  'point-on-curve': [
    'dsc',
    { ...dsc, publicKey: encodeEcPublicKey({ curve, point: point(4), parameters: 'explicit' }) },
  ],
};

test('the profile of our own certificates has no fault', () => {
  expect(lintCertificate(csca, 'csca')).toEqual([]);
  expect(lintCertificate(link, 'csca-link')).toEqual([]);
  expect(lintCertificate(lists.master, 'ml-signer')).toEqual([]);
  expect(lintCertificate(lists.deviation, 'dl-signer')).toEqual([]);
  expect(lintCertificate(dsc, 'dsc')).toEqual([]);
});

test('every rule has its bad certificate', () => {
  expect(Object.keys(BAD).toSorted()).toEqual(CERTIFICATE_RULES.map(({ id }) => id).toSorted());
});

test.each(Object.entries(BAD))('%s finds exactly its fault', (id, [role, certificate]) => {
  expect(lintCertificate(certificate, role).map(({ rule }) => rule.id)).toEqual([id]);
});

test.each(CERTIFICATE_RULES)('$id cites a clause and speaks both languages', (rule) => {
  expect(rule.clause).toMatch(/^(9303-12|RFC 5280|RFC 5480|X\.690) §/);
  expect(rule.fault.vi).not.toBe(rule.fault.en);
});

test('an extension that cannot be read is a fault with its reason', () => {
  const broken = withExtension(without(dsc, 'privateKeyUsagePeriod'), {
    ...extensionOf(EXTENSION_OIDS.privateKeyUsagePeriod),
    value: derBoolean(true),
  });
  expect(lintCertificate(broken, 'dsc')).toMatchObject([
    { rule: { id: 'key-period-in-validity' }, detail: expect.stringMatching(/tag 01/) as string },
  ]);
});

function signedWith(base: Certificate, identifier: Uint8Array): Certificate {
  return { ...base, signatureIdentifier: identifier, tbsSignatureIdentifier: identifier };
}

/** The same key with its point marked as compressed; only the mark is looked at. */
function compressedKey(spki: Uint8Array): Uint8Array {
  const changed = spki.slice();
  changed[spki.length - 1 - 2 * curve.fieldBytes] = 0x02;
  return changed;
}

/** The same key with its curve by name. */
function namedCurveKey(spki: Uint8Array): Uint8Array {
  const own = spki.slice(spki.length - 1 - 2 * curve.fieldBytes);
  return encodeEcPublicKey({ curve, point: own, parameters: 'named' });
}

/** The certificate with one member of its signed part as other bytes. */
function reencoded(base: Certificate, at: number, bytes: Uint8Array): Certificate {
  const members = derChildren(parseDer(base.tbs, 'certificate')).map(({ raw }) => raw);
  return { ...base, tbs: derSequence(...members.toSpliced(at, 1, bytes)) };
}

function lateTimes({ validity }: Certificate): Uint8Array {
  return derSequence(
    concatBytes(derGeneralizedTime(validity.from), derGeneralizedTime(validity.until)),
  );
}
