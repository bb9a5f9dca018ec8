import { MalformedError } from '../../standards/bytes/malformed';
import { encodeHex } from '../../standards/bytes/hex';
import { parseMasterList } from '../../standards/cms/master-list';
import { parseCertificate } from '../../standards/pki/certificate';
import type { DistinguishedName } from '../../standards/pki/distinguished-name';
import { parseRevocationList } from '../../standards/pki/revocation-list';

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
 * The upload as LDIF in the tree of the PKD, named as the files that the PKD hands out name theirs:
 * a document signer under `o=dsc` by the name of its issuer and its serial number, which together
 * are one certificate; the revocation list under `o=crl` and the master list under `o=ml` by the
 * name of the CSCA. The places that they hang under come first, so that a directory takes the file
 * as it is [RFC 2849 §2, RFC 4514 §2].
 *
 * @throws MalformedError when something of it cannot be read.
 */
export function exportLdif(upload: PkdUpload): string {
  const country = `c=${upload.country},${ROOT}`;
  const { documentSigners, revocationList, masterList } = upload;
  const entries = [
    entry(ROOT, ['objectClass: top', 'objectClass: domain', 'dc: data']),
    entry(country, ['objectClass: top', 'objectClass: country', `c: ${upload.country}`]),
    ...branch(
      'dsc',
      country,
      documentSigners.map((der) => signerEntry(der, country)),
    ),
    ...branch('crl', country, revocationList && [listEntry(revocationList, country)]),
    ...branch('ml', country, masterList && [masterListEntry(masterList, country)]),
  ];
  return ['version: 1', ...entries].join('\n\n').concat('\n');
}

function branch(name: string, country: string, entries: readonly string[] = []): readonly string[] {
  if (entries.length === 0) return [];
  const head = ['objectClass: top', 'objectClass: organization', `o: ${name}`];
  return [entry(`o=${name},${country}`, head), ...entries];
}

function signerEntry(der: Uint8Array, country: string): string {
  const { issuer, serialNumber } = parseCertificate(der);
  const [cn, sn] = [nameText(issuer), encodeHex(serialNumber)];
  return entry(`cn=${escapeValue(cn)}+sn=${sn},o=dsc,${country}`, [
    ...['objectClass: top', 'objectClass: person', 'objectClass: organizationalPerson'],
    ...['objectClass: inetOrgPerson', 'objectClass: pkdDownload'],
    ...[text('cn', cn), `sn: ${sn}`, binary('userCertificate;binary', der)],
  ]);
}

function listEntry(der: Uint8Array, country: string): string {
  const cn = nameText(parseRevocationList(der).issuer);
  return entry(`cn=${escapeValue(cn)},o=crl,${country}`, [
    ...['objectClass: top', 'objectClass: cRLDistributionPoint', 'objectClass: pkdDownload'],
    ...[text('cn', cn), binary('certificateRevocationList;binary', der)],
  ]);
}

function masterListEntry(der: Uint8Array, country: string): string {
  const [signer] = parseMasterList(der).signerCertificates.map((one) => parseCertificate(one));
  if (signer === undefined) throw new MalformedError('master list', 'has no signer');
  const cn = nameText(signer.issuer);
  return entry(`cn=${escapeValue(cn)},o=ml,${country}`, [
    ...['objectClass: top', 'objectClass: person', 'objectClass: pkdMasterList'],
    ...['objectClass: pkdDownload', text('cn', cn), 'sn: 1', binary('pkdMasterListContent', der)],
  ]);
}

/** `CN=CSCA Utopia,O=Registry of Utopia,C=UT`: the last attribute comes first [RFC 4514 §2.1]. */
function nameText({ attributes }: DistinguishedName): string {
  return attributes
    .toReversed()
    .map(({ type, value }) => `${type}=${escapeValue(value)}`)
    .join(',');
}

/** A value in a name: what would end it or begin another stands behind a backslash [RFC 4514 §2.4]. */
function escapeValue(value: string): string {
  return value.replace(/["+,;<=>\\]/g, '\\$&').replace(/^[ #]|(?<!\\) $/g, '\\$&');
}

function entry(dn: string, attributes: readonly string[]): string {
  return [text('dn', dn), ...attributes].map(fold).join('\n');
}

/** Text that is not plain ASCII, or could be mistaken, goes as Base64 [RFC 2849 §2]. */
function text(name: string, value: string): string {
  if (/^[!-9;=-~][ -~]*$/.test(value) && !value.endsWith(' ')) return `${name}: ${value}`;
  return `${name}:: ${Buffer.from(value).toString('base64')}`;
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
