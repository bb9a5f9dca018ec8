import { expectTag, parseDer } from '../../../asn1/read';
import { TAG } from '../../../asn1/tags';
import { findExtension } from '../../read-extensions';
import type { RevocationListRule } from '../revocation-list-rule';

/** Not negative, at most 20 bytes, no byte more than needed [9303-12 §7.2, RFC 5280 §5.2.3]. */
export const crlNumberRange: RevocationListRule = {
  id: 'crl-number-range',
  severity: 'error',
  clause: '9303-12 §7.2 table 10',
  fault: {
    vi: 'cRLNumber âm, dài hơn 20 byte hoặc không ở dạng ngắn nhất',
    en: 'has a cRLNumber that is negative, longer than 20 bytes or not in its shortest form',
  },
  holds: ({ list }) => {
    const extension = findExtension(list, 'crlNumber');
    // An absent number is the fault of another rule.
    if (extension === undefined) return true;
    const place = 'CRL, cRLNumber';
    const { value } = expectTag(parseDer(extension.value, place), TAG.integer, place);
    const [first = 0x80, second = 0x80] = value;
    const isShortest = value.length === 1 || first !== 0 || second >= 0x80;
    return first < 0x80 && value.length <= MAX_NUMBER_BYTES && isShortest;
  },
};

const MAX_NUMBER_BYTES = 20;
