import { createPrivateKey, sign } from 'node:crypto';
import { encodeHex } from '../../bytes/hex';
import { decodeHex } from '../../bytes/hex';
import { encodeAuthorization } from '../terminal-authentication/cv-authorization';
import {
  type CvCertificate,
  encodeCvDate,
  parseCvCertificate,
} from '../terminal-authentication/cv-certificate';
import { importCvCertificate, trustPointOf } from '../terminal-authentication/cv-chain';
import { verifyWithCvKey } from '../terminal-authentication/cv-public-key';
import { encodeTerminalProof } from '../terminal-authentication/terminal-authentication';
import { hexInput, type Recomputed, type VectorEntry } from './vector-entry';

/** Entries of the topic Terminal Authentication [9303-11 §7.1, TR-03110-2 §3.3]. */
export function recomputeTerminalAuthentication(entry: VectorEntry): Recomputed {
  const [cvca, dv, terminal] = ['cvca_cert', 'dv_cert', 'terminal_cert'].map((member) =>
    parseCvCertificate(hexInput(entry, member)),
  );
  if (cvca === undefined || dv === undefined || terminal === undefined) {
    throw new Error(`${entry.id} has not three certificates`);
  }
  const message = encodeTerminalProof({
    chipIdentifier: hexInput(entry, 'id_picc'),
    challenge: hexInput(entry, 'nonce_r_picc'),
    compressedPublicKey: hexInput(entry, 'comp_terminal_eph_pub'),
  });
  const key = importChain(cvca, dv, terminal);
  return {
    chain: 'dv_cert verifies with cvca_cert key, terminal_cert with dv_cert key',
    car_chr: {
      cvca: cvca.holderReference,
      dv: dv.holderReference,
      dv_car: dv.authorityReference,
      at: terminal.holderReference,
      at_car: terminal.authorityReference,
    },
    validity: {
      at_from: encodeHex(encodeCvDate(terminal.effectiveDate)),
      at_to: encodeHex(encodeCvDate(terminal.expirationDate)),
    },
    chat: encodeHex(encodeAuthorization(terminal.authorization).subarray(3)),
    signed_message: encodeHex(message),
    ...verifiedSignature(entry, key, message),
  };
}

/** Throws when the chip would refuse a certificate. */
function importChain(cvca: CvCertificate, dv: CvCertificate, terminal: CvCertificate) {
  if (!verifyWithCvKey(cvca.publicKey, cvca.body, cvca.signature)) {
    throw new Error('the certificate of the CVCA does not verify with its own key');
  }
  const start = { trustPoints: [trustPointOf(cvca)], currentDate: cvca.effectiveDate };
  const state = importCvCertificate(importCvCertificate(start, dv), terminal);
  if (state.imported === undefined) throw new Error('no key was imported');
  return state.imported.publicKey;
}

/** A printed signature with a random nonce can be verified, not made again. */
function verifiedSignature(
  entry: VectorEntry,
  key: CvCertificate['publicKey'],
  message: Uint8Array,
): Recomputed {
  const privateKey = createPrivateKey({
    key: Buffer.from(hexInput(entry, 'terminal_private_key_pkcs8')),
    format: 'der',
    type: 'pkcs8',
  });
  const own = sign('sha512', message, { key: privateKey, dsaEncoding: 'ieee-p1363' });
  if (!verifyWithCvKey(key, message, new Uint8Array(own))) {
    throw new Error(`${entry.id}: the private key is not that of the terminal`);
  }
  const printed = entry.expected['signature_valid'];
  if (typeof printed !== 'string' || !verifyWithCvKey(key, message, decodeHex(printed))) {
    throw new Error(`${entry.id}: the printed signature does not verify`);
  }
  return { signature_valid: printed };
}
