import { derChildren, parseDer } from '../../../../standards/asn1/read';
import { derNull, derOid, derSequence } from '../../../../standards/asn1/der';
import {
  buildAltName,
  buildAuthorityKeyIdentifier,
  buildCscaConstraints,
  buildDocumentTypeList,
  buildKeyUsage,
  buildPrivateKeyUsagePeriod,
} from '../../../../standards/pki/build-extensions';
import type { CertificateTemplate } from '../../../../standards/pki/certificate-template';
import { encodeName } from '../../../../standards/pki/distinguished-name';
import {
  type CertificateExtension,
  EXTENSION_OIDS,
  type ExtensionName,
} from '../../../../standards/pki/extension-oids';
import { makeTestChain } from '../../../../standards/pki/testing/test-issuer';
import { makeCardSecurity } from '../card-security-file';
import { foreignCsca } from '../specimen-faults';
import { makeCrl } from '../trust-files';
import { type BadSet, type CardSet, cardSet, CHAIN, chainWith } from './card-set';

const day = (text: string) => new Date(`${text}T00:00:00Z`);
type Change = (template: CertificateTemplate) => CertificateTemplate;

const dsc = (change: Change) => () => cardSet({ chain: chainWith({ dsc: change }) });
const csca = (change: Change) => () => cardSet({ chain: chainWith({ csca: change }) });

const drop =
  (...names: readonly ExtensionName[]): Change =>
  (template) => ({
    ...template,
    extensions: template.extensions.filter(
      ({ oid }) => !names.some((name) => EXTENSION_OIDS[name] === oid),
    ),
  });
const add =
  (extension: CertificateExtension): Change =>
  (template) => ({
    ...template,
    extensions: [...template.extensions, extension],
  });
const swap =
  (name: ExtensionName, extension: CertificateExtension): Change =>
  (template) =>
    add(extension)(drop(name)(template));
const inDate =
  (from: string, until: string): Change =>
  (template) => ({
    ...template,
    validity: { from: day(from), until: day(until) },
  });
/** A member of the signed part as other bytes; 0 is the version. */
const member = (at: number, bytes: Uint8Array) => (tbs: Uint8Array) =>
  derSequence(
    ...derChildren(parseDer(tbs, 'tbs')).map(({ raw }, index) => (index === at ? bytes : raw)),
  );

const DSC_SETS: readonly BadSet[] = [
  {
    id: 'dsc-expired',
    fault: 'the DSC has ended (TR5.1:LDS_H_53)',
    check: 'ICAO3:LDS_D/dsc-validity',
    reason: 'The DSC expired on 2026-06-01.',
    also: ['ICAO3:LDS_D/dsc-profile: The DSC lets its key be used outside its own validity.'],
    make: dsc(inDate('2026-01-01', '2026-06-01')),
  },
  {
    id: 'dsc-not-yet',
    fault: 'the DSC has not begun',
    check: 'ICAO3:LDS_D/dsc-validity',
    reason: 'The DSC is valid only from 2026-07-01 on.',
    also: ['ICAO3:LDS_D/dsc-profile: The DSC lets its key be used outside its own validity.'],
    make: dsc(inDate('2026-07-01', '2041-01-01')),
  },
  {
    id: 'dsc-key-period-over',
    fault: 'the key signed after its period',
    check: 'ICAO3:LDS_D/key-period',
    reason: 'after the last day of use of its signing key (2026-04-01).',
    make: dsc(
      swap(
        'privateKeyUsagePeriod',
        buildPrivateKeyUsagePeriod({ from: day('2026-01-01'), until: day('2026-04-01') }),
      ),
    ),
  },
  {
    id: 'dsc-key-period-not-begun',
    fault: 'the key signed before its period',
    check: 'ICAO3:LDS_D/key-period',
    reason: 'before its signing key might be used (2026-09-01).',
    make: dsc(
      swap(
        'privateKeyUsagePeriod',
        buildPrivateKeyUsagePeriod({ from: day('2026-09-01'), until: day('2026-12-01') }),
      ),
    ),
  },
  {
    id: 'dsc-no-key-period',
    fault: 'the DSC has no privateKeyUsagePeriod',
    check: 'ICAO3:LDS_D/key-period',
    reason: 'The DSC has no privateKeyUsagePeriod',
    outcome: 'warning',
    make: dsc(drop('privateKeyUsagePeriod')),
  },
  {
    id: 'dsc-no-key-usage',
    fault: 'the DSC has no keyUsage (TR5.1:LDS_H_65)',
    check: 'ICAO3:LDS_D/dsc-key-usage',
    reason: 'The DSC has no keyUsage.',
    make: dsc(drop('keyUsage')),
  },
  {
    id: 'dsc-key-usage',
    fault: 'the DSC may sign certificates and no documents (TR5.1:LDS_H_66)',
    check: 'ICAO3:LDS_D/dsc-key-usage',
    reason: 'keyCertSign',
    make: dsc(swap('keyUsage', buildKeyUsage('keyCertSign'))),
  },
  {
    id: 'dsc-no-document-types',
    fault: 'the DSC has no documentTypeList',
    check: 'ICAO3:LDS_D/document-type',
    reason: 'documentTypeList',
    outcome: 'warning',
    make: dsc(drop('documentTypeList')),
  },
  {
    id: 'dsc-document-type',
    fault: 'the DSC may sign identity cards and signed a passport',
    check: 'ICAO3:LDS_D/document-type',
    reason: 'PP',
    make: dsc(swap('documentTypeList', buildDocumentTypeList(['ID']))),
  },
  {
    id: 'dsc-other-country',
    fault: 'the DSC names another country than its CSCA',
    check: 'ICAO3:LDS_D/country',
    reason: 'AT',
    make: dsc((template) => ({
      ...template,
      subject: encodeName([
        { type: 'C', value: 'AT' },
        { type: 'CN', value: 'DS Utopia 1' },
      ]),
    })),
  },
  {
    id: 'dsc-other-state',
    fault: 'the alternative name of the DSC names another state than the MRZ',
    check: 'ICAO3:LDS_D/country',
    reason: 'The alternative name of the DSC names ATL, the MRZ UTO.',
    outcome: 'warning',
    make: dsc(
      swap(
        'subjectAltName',
        buildAltName('subjectAltName', { state: 'ATL', contact: 'a@b.invalid' }),
      ),
    ),
  },
  {
    id: 'dsc-no-authority-key',
    fault: 'the DSC does not name the key of its CSCA (TR5.1:LDS_H_63)',
    check: 'ICAO3:LDS_D/dsc-profile',
    reason: 'The DSC has no authorityKeyIdentifier.',
    make: dsc(drop('authorityKeyIdentifier')),
  },
  {
    id: 'dsc-authority-key-differs',
    fault: 'the DSC names another key than the one that signed it (TR5.1:LDS_H_64)',
    check: 'ICAO3:LDS_D/dsc-key-identifier',
    reason: 'The DSC names another CSCA key than the one that signed it.',
    make: dsc(swap('authorityKeyIdentifier', buildAuthorityKeyIdentifier(new Uint8Array(20)))),
  },
  {
    id: 'dsc-with-constraints',
    fault: 'the DSC has basicConstraints',
    check: 'ICAO3:LDS_D/dsc-profile',
    reason: 'The DSC has basicConstraints, which belong into a CSCA only.',
    make: dsc(add(buildCscaConstraints())),
  },
  {
    id: 'dsc-unknown-critical',
    fault: 'the DSC has a critical extension that nobody knows',
    check: 'ICAO3:LDS_D/dsc-profile',
    reason: 'The DSC has a critical extension that is not understood.',
    make: dsc(add({ oid: '1.2.3.4', critical: true, value: derNull })),
  },
  {
    id: 'dsc-extension-twice',
    fault: 'the DSC has an extension twice',
    check: 'ICAO3:LDS_D/dsc-profile',
    reason: 'The DSC has an extension twice.',
    make: dsc(add(buildDocumentTypeList(['P', 'ID']))),
  },
  {
    id: 'dsc-name-in-teletex',
    fault: 'a name of the DSC is written as TeletexString',
    check: 'ICAO3:LDS_D/dsc-profile',
    reason: 'The DSC writes a name in another string type than PrintableString or UTF8String.',
    outcome: 'warning',
    make: dsc((template) => ({
      ...template,
      subject: new Uint8Array(
        Buffer.from(Buffer.from(template.subject).toString('hex').replace('0c0b', '140b'), 'hex'),
      ),
    })),
  },
  {
    id: 'dsc-ends-before-it-begins',
    fault: 'the validity of the DSC ends before it begins',
    check: 'ICAO3:LDS_D/dsc-validity',
    reason: 'The DSC',
    also: [
      'ICAO3:LDS_D/dsc-profile: The DSC ends before it begins.',
      'ICAO3:LDS_D/dsc-profile: The DSC lets its key be used outside its own validity.',
    ],
    make: () =>
      cardSet({
        chain: chainWith({
          dscTbs: (tbs) => {
            const validity = derChildren(derChildren(parseDer(tbs, 'tbs'))[4]!);
            return member(4, derSequence(...validity.map(({ raw }) => raw).toReversed()))(tbs);
          },
        }),
      }),
  },
  {
    id: 'dsc-negative-serial',
    fault: 'the serial number of the DSC is negative (TR5.1:LDS_H_51)',
    check: 'ICAO3:LDS_D/dsc-profile',
    reason: 'The DSC has a serial number that is not positive or longer than 20 bytes.',
    make: () => cardSet({ chain: chainWith({ dscTbs: member(1, Uint8Array.of(2, 1, 0xff)) }) }),
  },
  {
    id: 'dsc-algorithms-differ',
    fault: 'the DSC names another signature algorithm inside than outside (TR5.1:LDS_H_52)',
    check: 'ICAO3:LDS_D/dsc-chain',
    reason: 'was altered',
    also: [
      'ICAO3:LDS_D/dsc-profile: The DSC names another signature algorithm inside than outside the signed part.',
    ],
    make: () =>
      cardSet({
        chain: chainWith({ dscTbs: member(2, derSequence(derOid('1.2.840.10045.4.3.4'))) }),
      }),
  },
  {
    id: 'dsc-altered',
    fault: 'one letter of the DSC was changed after the CSCA signed it',
    check: 'ICAO3:LDS_D/dsc-chain',
    reason: 'was altered',
    make: () => {
      const good = chainWith({}).dsc;
      const raw = good.raw.slice();
      raw[Buffer.from(raw).indexOf('DS Utopia 1')] = 0x45;
      return cardSet({ chain: { ...CHAIN, csca: CHAIN.csca, dsc: { ...good, raw } } });
    },
  },
];

const CSCA_SETS: readonly BadSet[] = [
  {
    id: 'csca-unknown',
    fault: 'the only trusted CSCA is that of another state',
    check: 'ICAO3:LDS_D/dsc-chain',
    reason: 'No given CSCA',
    make: () => cardSet({ csca: foreignCsca() }),
  },
  {
    id: 'csca-other-key',
    fault: 'the trusted CSCA has the same name and another key',
    check: 'ICAO3:LDS_D/dsc-chain',
    reason: 'another key',
    make: () => cardSet({ csca: makeTestChain('ecdsa-brainpoolP256r1-sha256').csca.raw }),
  },
  {
    id: 'csca-expired',
    fault: 'the CSCA has ended',
    check: 'ICAO3:LDS_D/csca-validity',
    reason: 'The CSCA expired on 2026-06-01.',
    also: ['ICAO3:LDS_D/csca-profile: The CSCA lets its key be used outside its own validity.'],
    make: csca(inDate('2026-01-01', '2026-06-01')),
  },
  {
    id: 'csca-no-cert-sign',
    fault: 'the CSCA may not sign certificates',
    check: 'ICAO3:LDS_D/csca-key-usage',
    reason: 'keyCertSign',
    make: csca(swap('keyUsage', buildKeyUsage('cRLSign'))),
  },
  {
    id: 'csca-no-constraints',
    fault: 'the CSCA does not say that it is a CA',
    check: 'ICAO3:LDS_D/csca-constraints',
    reason: 'basicConstraints',
    make: csca(drop('basicConstraints')),
  },
  {
    id: 'csca-no-key-identifier',
    fault: 'the CSCA has no subjectKeyIdentifier',
    check: 'ICAO3:LDS_D/csca-profile',
    reason: 'The CSCA has no subjectKeyIdentifier.',
    make: csca(drop('subjectKeyIdentifier')),
  },
  {
    id: 'csca-forged',
    fault: 'the self-signature of the CSCA is wrong',
    check: 'ICAO3:LDS_D/csca-self-signed',
    reason: 'CSCA',
    make: () => cardSet({ csca: CHAIN.csca.raw.with(-1, (CHAIN.csca.raw.at(-1) ?? 0) ^ 1) }),
  },
  {
    id: 'dsc-revoked',
    fault: 'the DSC stands on the revocation list',
    check: 'ICAO3:LDS_D/revocation',
    reason: 'The document signer was revoked on 2026-05-02.',
    make: () => cardSet({ crl: makeCrl(CHAIN, { revoked: [CHAIN.dsc] }) }),
  },
  {
    id: 'crl-outdated',
    fault: 'the revocation list is out of date',
    check: 'ICAO3:LDS_D/revocation',
    reason: 'The revocation list is out of date since 2026-06-10.',
    outcome: 'warning',
    make: () => cardSet({ crl: makeCrl(CHAIN, { nextUpdate: day('2026-06-10') }) }),
  },
];

const pace = (parameterId: number) => ({
  ...{ kind: 'pace' as const, oid: '0.4.0.127.0.7.2.2.4.2.2', version: 2, parameterId },
});

function cardSecurity(bytes: () => Uint8Array): () => Promise<CardSet> {
  return () => cardSet({ afterSigning: (files) => files.set('EF.CardSecurity', bytes()) });
}

const CARD_SECURITY_SETS: readonly BadSet[] = [
  {
    id: 'card-security-differs',
    fault: 'EF.CardSecurity does not repeat EF.CardAccess (TR5.1:LDS_J_01)',
    check: 'TR5.1:LDS_J/card-security',
    reason: 'which EF.CardSecurity does not repeat.',
    also: ['9303-11:PACE/downgrade: EF.CardSecurity signs PACE'],
    make: cardSecurity(() => makeCardSecurity([pace(12)], CHAIN)),
  },
  {
    id: 'card-security-forged',
    fault: 'the signature of EF.CardSecurity is wrong (TR5.1:LDS_H_93)',
    check: 'TR5.1:LDS_J/card-security',
    reason: 'The signature of EF.CardSecurity is wrong',
    make: cardSecurity(() => {
      const good = makeCardSecurity([pace(13)], CHAIN);
      return good.with(-1, (good.at(-1) ?? 0) ^ 1);
    }),
  },
];

export const BAD_CERTIFICATE_SETS: readonly BadSet[] = [
  ...DSC_SETS,
  ...CSCA_SETS,
  ...CARD_SECURITY_SETS,
];
