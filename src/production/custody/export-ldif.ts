import { createHash } from 'node:crypto';
import { encodeHex } from '../../standards/bytes/hex';
import { parseCertificate } from '../../standards/pki/certificate';

/** What a country hands to the ICAO PKD. */
export interface PkdUpload {
  /** Two-letter country code. */
  readonly country: string;
  /** DER. */
  readonly documentSigners: readonly Uint8Array[];
  readonly revocationList?: Uint8Array;
  readonly masterList?: Uint8Array;
}

const ROOT = 'dc=data,dc=download,dc=pkd,dc=icao,dc=int';
const LINE_CHARACTERS = 76;

/**
 * The upload as LDIF in the tree of the PKD: document signers under `o=dsc`, the revocation list
 * under `o=crl`, the master list under `o=ml` [RFC 2849 §2].
 */
export function exportLdif(upload: PkdUpload): string {
  const country = `c=${upload.country},${ROOT}`;
  const entries = [
    ...upload.documentSigners.map((der) => {
      const { serialNumber } = parseCertificate(der);
      const name = `${encodeHex(serialNumber)}-${sha1Of(der)}`;
      return entry(`cn=${name},o=dsc,${country}`, [
        ...['objectClass: top', 'objectClass: person', 'objectClass: pkdDownload'],
        ...['objectClass: inetOrgPerson', `cn: ${name}`, `sn: ${encodeHex(serialNumber)}`],
        binary('userCertificate;binary', der),
      ]);
    }),
    ...(upload.revocationList === undefined
      ? []
      : [
          entry(`cn=${sha1Of(upload.revocationList)},o=crl,${country}`, [
            ...['objectClass: top', 'objectClass: cRLDistributionPoint'],
            `cn: ${sha1Of(upload.revocationList)}`,
            binary('certificateRevocationList;binary', upload.revocationList),
          ]),
        ]),
    ...(upload.masterList === undefined
      ? []
      : [
          entry(`cn=${sha1Of(upload.masterList)},o=ml,${country}`, [
            ...['objectClass: top', 'objectClass: person', 'objectClass: pkdMasterList'],
            ...[`cn: ${sha1Of(upload.masterList)}`, 'sn: 1', 'pkdVersion: 70'],
            binary('pkdMasterListContent', upload.masterList),
          ]),
        ]),
  ];
  return ['version: 1', ...entries].join('\n\n').concat('\n');
}

function entry(dn: string, attributes: readonly string[]): string {
  return [`dn: ${dn}`, ...attributes].map(fold).join('\n');
}

function binary(name: string, der: Uint8Array): string {
  return `${name}:: ${Buffer.from(der).toString('base64')}`;
}

/** Continuation lines begin with a space [RFC 2849 §2]. */
function fold(line: string): string {
  const first = line.slice(0, LINE_CHARACTERS);
  const rest = line.slice(LINE_CHARACTERS).match(new RegExp(`.{1,${LINE_CHARACTERS - 1}}`, 'g'));
  return [first, ...(rest ?? [])].join('\n ');
}

function sha1Of(der: Uint8Array): string {
  return createHash('sha1').update(der).digest('hex');
}
