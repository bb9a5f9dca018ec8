import { derChildren, type DerNode, parseDer, readTime } from '../../../asn1/read';
import { TAG } from '../../../asn1/tags';
import type { RevocationListRule } from '../revocation-list-rule';

/** The same moment has one encoding [9303-12 §7.2, RFC 5280 §5.1.2.4]. */
export const crlTimeEncoding: RevocationListRule = {
  id: 'crl-time-encoding',
  severity: 'warning',
  clause: '9303-12 §7.2 table 9',
  fault: {
    vi: 'thời gian không ghi bằng UTCTime đến 2049 và GeneralizedTime sau đó',
    en: 'does not write its times as UTCTime through 2049 and GeneralizedTime afterwards',
  },
  holds: ({ list }) => timesIn(parseDer(list.tbs, 'CRL')).every(isInItsForm),
};

/** Times of the list and of its entries; extensions have none of this kind. */
function timesIn(node: DerNode): readonly DerNode[] {
  if (isTime(node)) return [node];
  return node.tag === TAG.sequence ? derChildren(node).flatMap(timesIn) : [];
}

function isTime({ tag }: DerNode): boolean {
  return tag === TAG.utcTime || tag === TAG.generalizedTime;
}

function isInItsForm(node: DerNode): boolean {
  const isLate = readTime(node, 'CRL, time').getUTCFullYear() > 2049;
  return node.tag === (isLate ? TAG.generalizedTime : TAG.utcTime);
}
