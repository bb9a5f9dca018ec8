import {
  parseCardSecurity,
  verifyCardSecurity,
} from '../standards/access/card-security/card-security';
import { parseCvCertificate } from '../standards/access/terminal-authentication/cv-certificate';
import { transcodeBerToDer } from '../standards/asn1/ber-to-der';
import {
  derChildren,
  type DerNode,
  parseDer,
  readInteger,
  readOid,
  readTime,
} from '../standards/asn1/read';
import { MalformedError } from '../standards/bytes/malformed';
import { encodeDeviationListContent } from '../standards/cms/deviation-list';
import { readDeviationListContent } from '../standards/cms/deviation-list-content';
import { parseEfSod } from '../standards/cms/ef-sod';
import { parseMasterList } from '../standards/cms/master-list';
import { parseSignedData } from '../standards/cms/parse-signed-data';
import { findSignerCertificate, verifySigner } from '../standards/cms/verify-signed-data';
import { decodeEcdsaSignature } from '../standards/crypto/ecdsa-signature';
import { importPublicKey } from '../standards/crypto/sign-verify';
import { parseSignatureIdentifier } from '../standards/crypto/signature-algorithms';
import { parseCertificate } from '../standards/pki/certificate';
import { lintCertificate } from '../standards/pki/lint/lint-certificate';
import { parseRevocationList } from '../standards/pki/revocation-list';
import { parsePublicKeyInfo } from '../standards/pki/subject-public-key-info';
import { verifyCertificateSignature } from '../standards/pki/verify-certificate';
import { parseTlvs } from '../standards/tlv/tlv';
import { lintObject } from '../production/inspection/lint-objects/lint-object';
import { unpackTrust } from '../production/inspection/trust-containers';
import { packZip } from './pack-zip';
import type { FuzzTarget } from './target';

const SOD = [
  'test-vectors/good/ecdsa-brainpoolp256r1-sha256/EF.SOD.bin',
  'test-vectors/good/sod-v0/EF.SOD.bin',
];
const CERTIFICATES = [
  'test-vectors/good/ecdsa-brainpoolp256r1-sha256/CSCA.cer',
  'test-vectors/good/rsa-2048-pss-sha224/CSCA.cer',
];
const ALGORITHMS = ['300A06082A8648CE3D0403', '303D06092A864886F70D01010A'];
const KEYS = [
  `${CERTIFICATES[1] ?? ''}@30820122300D06092A864886F70D010101`,
  'test-vectors/good/ecdsa-brainpoolp256r1-sha256/EF.DG15.bin@30819F',
  `${CERTIFICATES[0] ?? ''}@308201333081EC06072A8648CE3D0201`,
  'test-vectors/good/named-curve-p-256/CSCA.cer@3059301306072A8648CE3D0201',
];
const SIGNED_DATA = [`${SOD[0] ?? ''}@308205C406092A86`, `${SOD[1] ?? ''}@308205B306092A86`];
const MASTER_LIST = 'test-vectors/master-list/two-cscas.ml';
const ECDSA_SIGNATURE = new Uint8Array(
  Buffer.from(`3045022100${'A5'.repeat(32)}0220${'5A'.repeat(32)}`, 'hex'),
);
const DEVIATIONS = encodeDeviationListContent([
  {
    documents: { documentType: 'P<', documentNumbers: ['C0000001'] },
    descriptions: [{ type: 'dataGroupHashWrong', text: 'hash of DG2', dataGroup: 2 }],
  },
]);
const TERMINAL = 'test-vectors/terminal-authentication/terminal-authentication.json';
const MAX_DEPTH = 32;

/** TLV, ASN.1, keys, certificates, signed data. */
export const CRYPTO_TARGETS = {
  tlv: { read: (bytes) => walkTlv(bytes, 0), seeds: [...SOD, ...CERTIFICATES] },
  der: { read: (bytes) => walkDer(parseDer(bytes, 'fuzz'), 0), seeds: CERTIFICATES },
  ber: { read: (bytes) => transcodeBerToDer(bytes, 'fuzz'), seeds: [...SOD, ...CERTIFICATES] },
  certificate: { read: readCertificate, seeds: CERTIFICATES },
  crl: { read: parseRevocationList, seeds: ['test-vectors/good/with-crl/CSCA.crl'] },
  'public-key': { read: readPublicKey, seeds: KEYS },
  'signature-identifier': {
    read: (bytes) => parseSignatureIdentifier(parseDer(bytes, 'fuzz'), 'fuzz'),
    seeds: CERTIFICATES.map((file, index) => `${file}@${ALGORITHMS[index] ?? ''}`),
    maxBytes: 512,
  },
  'ecdsa-signature': {
    read: (bytes) => decodeEcdsaSignature(bytes, 32),
    seeds: [],
    inputs: [ECDSA_SIGNATURE],
    maxBytes: 256,
  },
  sod: { read: readSod, seeds: SOD },
  cms: { read: parseSignedData, seeds: SIGNED_DATA },
  'master-list': { read: parseMasterList, seeds: [MASTER_LIST] },
  'deviation-list': {
    read: readDeviationListContent,
    seeds: [],
    inputs: [DEVIATIONS],
    maxBytes: 1024,
  },
  lint: {
    read: (bytes) => lintObject(bytes, { cscas: [] }),
    seeds: [...CERTIFICATES, 'test-vectors/good/with-crl/CSCA.crl', MASTER_LIST],
  },
  'card-security': {
    read: (bytes) => verifyCardSecurity(parseCardSecurity(bytes)),
    seeds: ['test-vectors/bad/card-security-differs/EF.CardSecurity.bin'],
  },
  cvc: { read: parseCvCertificate, seeds: [TERMINAL] },
  'trust-container': {
    read: (bytes) => unpackTrust(bytes, 'csca').map((der) => parseCertificate(der)),
    seeds: [...CERTIFICATES, MASTER_LIST],
    inputs: [packZip([['list.ml', Uint8Array.of(0x30, 0x00)]], 'stored')],
  },
} as const satisfies Record<string, FuzzTarget>;

function walkTlv(bytes: Uint8Array, depth: number): number {
  if (depth > MAX_DEPTH) return 0;
  return parseTlvs(bytes, 'fuzz').reduce((sum, { tag, value }) => {
    const isConstructed = ((tag > 0xff ? tag >> 8 : tag) & 0x20) !== 0;
    return sum + (isConstructed ? walkTlv(value, depth + 1) : 1);
  }, 0);
}

function walkDer(node: DerNode, depth: number): void {
  if (depth > MAX_DEPTH) return;
  if ((node.tag & 0x20) !== 0) for (const child of derChildren(node)) walkDer(child, depth + 1);
  const read = PRIMITIVES[node.tag];
  if (read === undefined) return;
  try {
    read(node, 'fuzz');
  } catch (error) {
    // One value that is refused must not keep the rest of the tree from being read.
    if (!(error instanceof MalformedError)) throw error;
  }
}

const PRIMITIVES: Readonly<Record<number, (node: DerNode, place: string) => unknown>> = {
  0x02: readInteger,
  0x06: readOid,
  0x17: readTime,
  0x18: readTime,
};

function readCertificate(bytes: Uint8Array): unknown {
  const certificate = parseCertificate(bytes);
  return [
    lintCertificate(certificate, 'csca'),
    lintCertificate(certificate, 'dsc'),
    lintCertificate(certificate, 'ml-signer'),
    verifyCertificateSignature(certificate, certificate.publicKey),
  ];
}

function readPublicKey(bytes: Uint8Array): unknown {
  return [parsePublicKeyInfo(bytes), importPublicKey(bytes)];
}

function readSod(bytes: Uint8Array): unknown {
  const signedData = parseSignedData(parseEfSod(bytes));
  return signedData.signers.map((signer) => {
    const certificate = findSignerCertificate(signer, signedData.certificates);
    return certificate && verifySigner(signedData, signer, certificate.publicKey);
  });
}
