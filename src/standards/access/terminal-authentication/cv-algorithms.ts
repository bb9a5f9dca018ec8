import { DIGESTS, type DigestName } from '../../crypto/digest-algorithms';
import type { SignatureAlgorithm } from '../../crypto/signature-algorithms';

/** One signature algorithm of Terminal Authentication and of its certificates. */
export interface CvAlgorithm {
  readonly oid: string;
  /** As in the standard, `id-TA-ECDSA-SHA-256`. */
  readonly name: string;
  readonly keyType: 'rsa' | 'ec';
  readonly signature: SignatureAlgorithm;
}

const TERMINAL_AUTHENTICATION_OID = '0.4.0.127.0.7.2.2.2';

function ecdsa(arc: number, digest: DigestName): CvAlgorithm {
  return {
    oid: `${TERMINAL_AUTHENTICATION_OID}.2.${arc}`,
    name: `id-TA-ECDSA-${DIGESTS[digest].title}`,
    keyType: 'ec',
    signature: { scheme: 'ecdsa', digest, form: 'plain' },
  };
}

function rsaPss(arc: number, digest: DigestName): CvAlgorithm {
  return {
    oid: `${TERMINAL_AUTHENTICATION_OID}.1.${arc}`,
    name: `id-TA-RSA-PSS-${DIGESTS[digest].title}`,
    keyType: 'rsa',
    signature: {
      scheme: 'rsa-pss',
      digest,
      maskDigest: digest,
      saltBytes: DIGESTS[digest].lengthBytes,
    },
  };
}

function rsaPkcs1(arc: number, digest: DigestName): CvAlgorithm {
  return {
    oid: `${TERMINAL_AUTHENTICATION_OID}.1.${arc}`,
    name: `id-TA-RSA-v1-5-${DIGESTS[digest].title}`,
    keyType: 'rsa',
    signature: { scheme: 'rsa-pkcs1', digest },
  };
}

/**
 * The algorithms of Doc 9303, and those of TR-03110 that member states still have
 * [TR-03110-3 §A.6.4, 9303-11 tables 7 and 8].
 */
export const CV_ALGORITHMS: readonly CvAlgorithm[] = [
  rsaPkcs1(1, 'sha1'),
  rsaPkcs1(2, 'sha256'),
  rsaPss(3, 'sha1'),
  rsaPss(4, 'sha256'),
  rsaPkcs1(5, 'sha512'),
  rsaPss(6, 'sha512'),
  ecdsa(1, 'sha1'),
  ecdsa(2, 'sha224'),
  ecdsa(3, 'sha256'),
  ecdsa(4, 'sha384'),
  ecdsa(5, 'sha512'),
];

/** The algorithm with this object identifier [9303-11 tables 7 and 8]. */
export function findCvAlgorithm(oid: string): CvAlgorithm | undefined {
  return CV_ALGORITHMS.find((algorithm) => algorithm.oid === oid);
}
