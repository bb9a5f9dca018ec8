import { derChildren, parseDer } from '../../../standards/asn1/read';
import { TAG } from '../../../standards/asn1/tags';
import { DEVIATION_LIST_OID } from '../../../standards/cms/deviation-list';
import { MASTER_LIST_OID } from '../../../standards/cms/master-list';
import { parseSignedData } from '../../../standards/cms/parse-signed-data';
import { attempt, valueOf } from '../parsed';

/** What is published beside documents and can be held against a profile by itself. */
export type ObjectKind = 'certificate' | 'revocation-list' | 'master-list' | 'deviation-list';

const LISTS: Readonly<Record<string, ObjectKind>> = {
  [MASTER_LIST_OID]: 'master-list',
  [DEVIATION_LIST_OID]: 'deviation-list',
};

/**
 * What the bytes are meant to be, by their outermost members; they may still be wrong in every
 * other way. Undefined when they are none of these.
 */
export function recogniseObject(bytes: Uint8Array): ObjectKind | undefined {
  const signed = valueOf(attempt(() => parseSignedData(bytes)));
  if (signed !== undefined) return LISTS[signed.contentType];
  const tbs = valueOf(
    attempt(() => {
      const [first] = derChildren(parseDer(bytes, 'object'));
      return first === undefined ? undefined : derChildren(first).map(({ tag }) => tag);
    }),
  );
  return tbs === undefined ? undefined : recogniseSignedPart(tbs);
}

/** Both are algorithm, name and time; a certificate has a serial number before and two times. */
function recogniseSignedPart(tags: readonly number[]): ObjectKind | undefined {
  const [first] = tags;
  if (first === 0xa0) return 'certificate';
  const members = first === TAG.integer ? tags.slice(1) : tags;
  const [algorithm, issuer, third] = members;
  if (algorithm !== TAG.sequence || issuer !== TAG.sequence) return undefined;
  if (third === TAG.utcTime || third === TAG.generalizedTime) return 'revocation-list';
  return first === TAG.integer && third === TAG.sequence ? 'certificate' : undefined;
}
