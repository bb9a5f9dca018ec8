import { type Check, fail, pass } from '../../check';
import { valueOf } from '../../parsed';
import { text } from '../../texts/text';
import { CMS_OIDS } from '../../../../standards/cms/cms-oids';
import { findAttribute } from '../../../../standards/cms/parse-signed-data';

/** The link from the signature to the hashes: without it the signature covers nothing. */
export const messageDigest: Check = {
  id: 'ICAO3:LDS_D/message-digest',
  group: 'signature',
  title: 'title.message-digest',
  clause: '[RFC 5652 §5.4]',
  run: (subject) => {
    const sod = valueOf(subject.sod);
    const attributes = sod?.signer?.signedAttributes?.attributes ?? [];
    const verdict = sod?.verification?.messageDigest;
    // A missing attribute is the finding of `signed-attributes`.
    if (verdict === undefined || findAttribute(attributes, CMS_OIDS.messageDigest) === undefined) {
      return [];
    }
    const file = 'EF.SOD';
    return verdict.valid
      ? [pass({ file })]
      : [fail(text('message-digest.differs', { detail: verdict.reason }), { file })];
  },
};
