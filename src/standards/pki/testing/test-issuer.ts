import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { type CurveParameters, CURVES } from '../../crypto/curve-parameters';
import { signMessage } from '../../crypto/sign-verify';
import {
  type NamedSignatureAlgorithm,
  parseSignatureAlgorithmName,
} from '../../crypto/signature-algorithms';
import { type Certificate, parseCertificate } from '../certificate';
import {
  assembleCertificate,
  buildTbsCertificate,
  type CertificateTemplate,
} from '../certificate-template';
import { buildCscaRootTemplate, buildDocumentSignerTemplate } from '../issuing-templates';

export interface TestKey {
  readonly algorithm: NamedSignatureAlgorithm;
  readonly privateKey: KeyObject;
  readonly publicKey: Uint8Array;
}

export interface TestChain {
  readonly cscaKey: TestKey;
  readonly dscKey: TestKey;
  readonly csca: Certificate;
  readonly dsc: Certificate;
}

const KEY_USE = { from: new Date('2026-01-01T00:00:00Z'), until: new Date('2030-01-01T00:00:00Z') };

/** A key pair for tests; curves with explicit parameters unless the test needs named ones. */
export function makeTestKey(name: string, parameters: 'explicit' | 'named' = 'explicit'): TestKey {
  const algorithm = parseSignatureAlgorithmName(name);
  const { key } = algorithm;
  const pair =
    key.type === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: key.modulusBits })
      : generateKeyPairSync('ec', {
          namedCurve: (CURVES[key.curve] satisfies CurveParameters).opensslName,
          paramEncoding: parameters,
        });
  const publicKey = new Uint8Array(pair.publicKey.export({ format: 'der', type: 'spki' }));
  return { algorithm, privateKey: pair.privateKey, publicKey };
}

/** Signs a template with the issuer's key and reads the certificate back. */
export function issueTestCertificate(
  template: CertificateTemplate,
  issuer: TestKey,
  change: (tbs: Uint8Array) => Uint8Array = (tbs) => tbs,
): Certificate {
  const tbs = change(buildTbsCertificate(template));
  const { signature } = issuer.algorithm;
  const value = signMessage(signature, issuer.privateKey, tbs);
  return parseCertificate(assembleCertificate(tbs, signature, value));
}

/** What a test wants otherwise in the certificates of a chain. */
export interface ChainChanges {
  readonly csca?: (template: CertificateTemplate) => CertificateTemplate;
  readonly dsc?: (template: CertificateTemplate) => CertificateTemplate;
  /** The keys instead of fresh ones. */
  readonly keys?: Pick<TestChain, 'cscaKey' | 'dscKey'>;
  /** Changes the signed part of the DSC before it is signed. */
  readonly dscTbs?: (tbs: Uint8Array) => Uint8Array;
}

/** A CSCA and a document signer of the invented State UTO, with keys of one algorithm. */
export function makeTestChain(
  name: string,
  parameters: 'explicit' | 'named' = 'explicit',
  changes: ChainChanges = {},
): TestChain {
  const cscaKey = changes.keys?.cscaKey ?? makeTestKey(name, parameters);
  const dscKey = changes.keys?.dscKey ?? makeTestKey(name, parameters);
  const common = {
    signature: cscaKey.algorithm.signature,
    keyUse: KEY_USE,
    crlUris: ['https://pkddownload1.icao.int/CRLs/UTO.crl'],
    contact: { state: 'UTO', contact: 'csca@example.invalid' },
  };
  const cscaTemplate = buildCscaRootTemplate({
    ...common,
    serialNumber: Uint8Array.of(0x9a, 1),
    subject: [
      { type: 'C', value: 'UT' },
      { type: 'O', value: 'Utopia' },
      { type: 'CN', value: 'CSCA Utopia' },
    ],
    validity: { from: KEY_USE.from, until: new Date('2051-01-01T00:00:00Z') },
    publicKey: cscaKey.publicKey,
  });
  const csca = issueTestCertificate(changes.csca?.(cscaTemplate) ?? cscaTemplate, cscaKey);
  const dscTemplate = buildDocumentSignerTemplate({
    ...common,
    csca,
    serialNumber: Uint8Array.of(2),
    subject: [
      { type: 'C', value: 'UT' },
      { type: 'CN', value: 'DS Utopia 1' },
    ],
    validity: { from: KEY_USE.from, until: new Date('2041-01-01T00:00:00Z') },
    publicKey: dscKey.publicKey,
    documentTypes: ['P', 'ID'],
  });
  const dsc = issueTestCertificate(
    changes.dsc?.(dscTemplate) ?? dscTemplate,
    cscaKey,
    changes.dscTbs,
  );
  return { cscaKey, dscKey, csca, dsc };
}
