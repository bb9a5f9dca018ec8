import { derChildren, type DerNode, parseDer } from '../../../asn1/read';
import { TAG } from '../../../asn1/tags';
import type { RevocationListRule } from '../revocation-list-rule';

/** A default value is not encoded [X.690 §11.5]. */
export const crlDefaultCriticality: RevocationListRule = {
  id: 'crl-default-criticality',
  severity: 'warning',
  clause: 'X.690 §11.5',
  fault: {
    vi: 'ghi rõ critical FALSE, trái với DER',
    en: 'writes out a criticality of FALSE, which DER leaves away',
  },
  holds: ({ list }) => !hasFalse(parseDer(list.tbs, 'CRL')),
};

/** The only BOOLEAN of a list is the criticality of an extension. */
function hasFalse(node: DerNode): boolean {
  if (node.tag === TAG.boolean) return node.value[0] === 0;
  return node.tag === TAG.sequence || node.tag === EXTENSIONS
    ? derChildren(node).some(hasFalse)
    : false;
}

const EXTENSIONS = 0xa0;
