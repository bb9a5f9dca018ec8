import { isZipArchive, listZipEntries, readZipEntry } from '../../standards/bytes/zip-archive';
import { attempt, valueOf } from './parsed';

/** What of an LDIF of the ICAO PKD is wanted: each attribute means another kind of trust. */
export type TrustKind = 'csca' | 'crl' | 'document-signer';

const LDIF_ATTRIBUTES = {
  // Certificates in the LDIF are document signers: who trusts a file must not trust those as CSCA.
  csca: 'pkdMasterListContent',
  crl: 'certificateRevocationList;binary',
  'document-signer': 'userCertificate;binary',
} as const satisfies Record<TrustKind, string>;

const PEM_BLOCK = /-----BEGIN [A-Z0-9 ]+-----([A-Za-z0-9+/=\s]+?)-----END/g;
/** More than the whole PKD has ever held. */
const MAX_PARTS = 100_000;
const MAX_ARCHIVED_FILES = 1_000;
/** The LDIF of the whole PKD is tens of megabytes. */
const MAX_UNPACKED_BYTES = 128 * 1024 * 1024;
/** DER of a certificate, a list or a SignedData begins with the tag of a SEQUENCE. */
const SEQUENCE = 0x30;

/**
 * The DER objects in a file that was given for trust: every block of a PEM file, the wanted
 * attributes of an LDIF as the ICAO PKD publishes it, what of these lies in a ZIP archive, as
 * Germany publishes its master list, or the bytes as they are.
 */
export function unpackTrust(bytes: Uint8Array, kind: TrustKind): readonly Uint8Array[] {
  if (!isZipArchive(bytes)) return unpackFile(bytes, kind);
  const packed = valueOf(attempt(() => unpackArchive(bytes)));
  // What cannot be read is named by whoever reads the objects.
  if (packed === undefined) return [bytes];
  const objects = packed.flatMap((file) => unpackFile(file, kind));
  return objects.some(isObject) ? objects.filter(isObject) : [bytes];
}

/** The files of an archive, so many of them as stay below the limit together. */
function unpackArchive(archive: Uint8Array): readonly Uint8Array[] {
  let left = MAX_UNPACKED_BYTES;
  return listZipEntries(archive, MAX_ARCHIVED_FILES).map((entry) => {
    const content = readZipEntry(archive, entry, left);
    left -= content.length;
    return content;
  });
}

/** An archive has a word for people beside the lists, too. */
function isObject(bytes: Uint8Array): boolean {
  return bytes[0] === SEQUENCE;
}

function unpackFile(bytes: Uint8Array, kind: TrustKind): readonly Uint8Array[] {
  if (bytes[0] === SEQUENCE) return [bytes];
  const text = Buffer.from(bytes).toString('latin1');
  if (text.includes('-----BEGIN ')) {
    return [...text.matchAll(PEM_BLOCK)]
      .slice(0, MAX_PARTS)
      .map(([, base64 = '']) => fromBase64(base64));
  }
  return /^(version: |dn:)/m.test(text) ? unpackLdif(text, kind) : [bytes];
}

/** A value after `::` is Base64; a line that begins with a space goes on. */
function unpackLdif(text: string, kind: TrustKind): readonly Uint8Array[] {
  const start = `${LDIF_ATTRIBUTES[kind]}:: `.toLowerCase();
  return text
    .replaceAll(/\r?\n /g, '')
    .split(/\r?\n/, MAX_PARTS * 20)
    .filter((line) => line.slice(0, start.length).toLowerCase() === start)
    .map((line) => fromBase64(line.slice(start.length)));
}

function fromBase64(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64'));
}
