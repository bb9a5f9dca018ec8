import { findCvAlgorithm } from '../../standards/access/terminal-authentication/cv-algorithms';
import { inspectionSystemAuthorization } from '../../standards/access/terminal-authentication/cv-authorization';
import {
  encodeCvCertificate,
  encodeCvCertificateBody,
} from '../../standards/access/terminal-authentication/cv-certificate';
import { concatBytes } from '../../standards/bytes/concat';
import { encodeUint } from '../../standards/bytes/integer';
import { CURVES } from '../../standards/crypto/curve-parameters';
import type { TerminalTrust } from '../document/terminal-trust';

const ECDSA_SHA256 = '0.4.0.127.0.7.2.2.2.2.3';
const NAME = 'XXSAMPLE00001';
const SIGNATURE_BYTES = 64;

/**
 * A CVCA of nobody, always the same: a certificate of the right form, which a chip can read. Its
 * key is the base point of the curve, its signature is none.
 */
export function buildSampleTrust(): TerminalTrust {
  const algorithm = findCvAlgorithm(ECDSA_SHA256);
  if (algorithm === undefined) throw new Error('there is no such algorithm');
  const curve = CURVES.brainpoolP256r1;
  const { fieldBytes } = curve;
  const point = concatBytes(
    Uint8Array.of(0x04),
    encodeUint(curve.gx, fieldBytes),
    encodeUint(curve.gy, fieldBytes),
  );
  const body = encodeCvCertificateBody({
    authorityReference: NAME,
    holderReference: NAME,
    publicKey: { type: 'ec', algorithm, curve, point },
    authorization: inspectionSystemAuthorization('cvca', { dg3: true, dg4: true }),
    effectiveDate: '260101',
    expirationDate: '281231',
  });
  const signature = new Uint8Array(SIGNATURE_BYTES).fill(0x01);
  return { certificates: [encodeCvCertificate(body, signature)], currentDate: '260101' };
}
