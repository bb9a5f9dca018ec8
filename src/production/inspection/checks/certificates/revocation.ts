import type { Certificate } from '../../../../standards/pki/certificate';
import { findRevocation, type RevocationList } from '../../../../standards/pki/revocation-list';
import { verifyCertificateSignature } from '../../../../standards/pki/verify-certificate';
import { sameName } from '../../certificate-chain';
import { type Check, fail, type Finding, notChecked, pass, warn } from '../../check';
import type { Subject } from '../../subject';
import { text } from '../../texts/text';
import { dayWords, formatDay } from './certificate-period';

/** A list is believed when a trusted CSCA of the same name signed it, with its newest key or not. */
export const revocation: Check = {
  id: 'ICAO3:LDS_D/revocation',
  group: 'certificates',
  title: 'title.revocation',
  clause: '[9303-12 §7.2, 9303-11 §5.1]',
  run: (subject) => {
    const { dsc, trust } = subject;
    if (dsc.state !== 'good') return [];
    const unreadable = trust.unreadableCrls.map((detail) =>
      warn(text('revocation.crl-unreadable', { detail })),
    );
    if (trust.crls.length === 0) return [...unreadable, notChecked(text('revocation.no-crl'))];
    const lists = trust.crls.filter((list) => isBelieved(list, dsc.value, subject));
    return [...unreadable, listFinding(lists, dsc.value, subject.at)];
  },
};

function isBelieved(list: RevocationList, dsc: Certificate, { trust }: Subject): boolean {
  return (
    sameName(list.issuer, dsc.issuer) &&
    trust.cscas.some((csca) => verifyCertificateSignature(list, csca.publicKey).valid)
  );
}

function listFinding(lists: readonly RevocationList[], dsc: Certificate, at: Date): Finding {
  const newest = lists.toSorted(
    (left, right) => right.thisUpdate.getTime() - left.thisUpdate.getTime(),
  )[0];
  if (newest === undefined) return notChecked(text('revocation.crl-invalid'));
  const entry = lists.map((list) => findRevocation(list, dsc)).find((found) => found !== undefined);
  if (entry !== undefined) {
    return fail(text('revocation.revoked', { date: dayWords(entry.revokedAt) }));
  }
  const found = `CRL ${formatDay(newest.thisUpdate)}, ${newest.revoked.length} entries`;
  return newest.nextUpdate !== undefined && newest.nextUpdate < at
    ? warn(text('revocation.crl-outdated', { date: dayWords(newest.nextUpdate) }), { found })
    : pass({ found });
}
