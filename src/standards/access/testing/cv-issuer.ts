import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { signMessage } from '../../crypto/sign-verify';
import { findCurveByName } from '../../crypto/curve-parameters';
import { parsePublicKeyInfo } from '../../pki/subject-public-key-info';
import {
  type CvRole,
  inspectionSystemAuthorization,
} from '../terminal-authentication/cv-authorization';
import { findCvAlgorithm } from '../terminal-authentication/cv-algorithms';
import {
  type CvCertificate,
  encodeCvCertificate,
  encodeCvCertificateBody,
  parseCvCertificate,
} from '../terminal-authentication/cv-certificate';
import type { CvPublicKey } from '../terminal-authentication/cv-public-key';

/** A key pair made for a test, with the name under which certificates know it. */
export interface TestCvKey {
  readonly reference: string;
  readonly privateKey: KeyObject;
  readonly publicKey: CvPublicKey;
}

const ECDSA_SHA256 = '0.4.0.127.0.7.2.2.2.2.3';
const RSA_PSS_SHA256 = '0.4.0.127.0.7.2.2.2.1.4';

export function makeCvKey(reference: string, kind: 'ec' | 'rsa' = 'ec'): TestCvKey {
  const { privateKey, publicKey } =
    kind === 'ec'
      ? generateKeyPairSync('ec', { namedCurve: 'brainpoolP256r1' })
      : generateKeyPairSync('rsa', { modulusLength: 2048 });
  const info = parsePublicKeyInfo(
    new Uint8Array(publicKey.export({ format: 'der', type: 'spki' })),
  );
  const algorithm = findCvAlgorithm(kind === 'ec' ? ECDSA_SHA256 : RSA_PSS_SHA256);
  if (algorithm === undefined) throw new Error('no such algorithm');
  if (info.type === 'rsa') {
    const { modulus, publicExponent } = info;
    return {
      reference,
      privateKey,
      publicKey: { type: 'rsa', algorithm, modulus, publicExponent },
    };
  }
  if (info.type !== 'ec') throw new Error('no such key');
  const curve = findCurveByName('brainpoolP256r1');
  return { reference, privateKey, publicKey: { type: 'ec', algorithm, curve, point: info.point } };
}

export function signWith(key: TestCvKey, message: Uint8Array): Uint8Array {
  return signMessage(key.publicKey.algorithm.signature, key.privateKey, message);
}

export interface TestCvRequest {
  readonly issuer: TestCvKey;
  readonly holder: TestCvKey;
  readonly role: CvRole;
  readonly rights?: { readonly dg3: boolean; readonly dg4: boolean };
  readonly from?: string;
  readonly to?: string;
}

export function issueCvCertificate(request: TestCvRequest): CvCertificate {
  const { issuer, holder, role, rights = { dg3: true, dg4: true } } = request;
  const body = encodeCvCertificateBody({
    authorityReference: issuer.reference,
    holderReference: holder.reference,
    publicKey: holder.publicKey,
    authorization: inspectionSystemAuthorization(role, rights),
    effectiveDate: request.from ?? '260101',
    expirationDate: request.to ?? '261231',
  });
  return parseCvCertificate(encodeCvCertificate(body, signWith(issuer, body)));
}
