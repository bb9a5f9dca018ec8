import { digestOf } from '../../digest-of';
import { EVERY_LIST, type SignedListRule } from '../signed-list-rule';

/** SHA-1 was given up for everything that is signed [9303-12 §4.1.6.4]. */
export const listDigest: SignedListRule = {
  id: 'list-digest',
  kinds: EVERY_LIST,
  severity: 'warning',
  clause: '9303-12 §4.1.6.4',
  fault: {
    vi: 'được băm bằng SHA-1, nay không còn được phép',
    en: 'is hashed with SHA-1, which is no longer allowed',
  },
  holds: ({ signer }) => signer === undefined || digestOf(signer.digestIdentifier) !== 'sha1',
};
