import { derBoolean, derInteger, derNull, derOid, derSequence } from '../../asn1/der';
import { CURVES } from '../../crypto/curve-parameters';
import {
  buildCrlDistributionPoints,
  buildCscaConstraints,
  buildDocumentTypeList,
} from '../build-extensions';
import type { Certificate } from '../certificate';
import { type CertificateExtension, EXTENSION_OIDS, type ExtensionName } from '../extension-oids';
import { encodeEcPublicKey, encodeRsaPublicKey } from '../subject-public-key-info';
import { makeTestChain } from '../testing/test-issuer';
import type { CertificateRole } from './certificate-rule';
import { CERTIFICATE_RULES } from './certificate-rules';
import { lintCertificate } from './lint-certificate';

const { csca, dsc } = makeTestChain('ecdsa-brainpoolP256r1-sha256');

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
  'explicit-curve': [
    'dsc',
    { ...dsc, publicKey: encodeEcPublicKey({ curve, point: point(4), parameters: 'named' }) },
  ],
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
};

test('the profile of our own certificates has no fault', () => {
  expect(lintCertificate(csca, 'csca')).toEqual([]);
  expect(lintCertificate(dsc, 'dsc')).toEqual([]);
});

test('every rule has its bad certificate', () => {
  expect(Object.keys(BAD).toSorted()).toEqual(CERTIFICATE_RULES.map(({ id }) => id).toSorted());
});

test.each(Object.entries(BAD))('%s finds exactly its fault', (id, [role, certificate]) => {
  expect(lintCertificate(certificate, role).map(({ rule }) => rule.id)).toEqual([id]);
});

test.each(CERTIFICATE_RULES)('$id cites a clause and speaks both languages', (rule) => {
  expect(rule.clause).toMatch(/^(9303-12|RFC 5280) §/);
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
