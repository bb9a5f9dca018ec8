import { encodeTlv, parseOnlyTlv } from '../tlv/tlv';
import { LDS_FILE_TABLE } from './lds-file-table';
import {
  encodeMembers,
  parseMembers,
  type Members,
  type MemberSpec,
  type ParsedMembers,
} from './tagged-members';

const PLACE = 'EF.DG11';
const { tag: TAG } = LDS_FILE_TABLE['EF.DG11'];

/**
 * Additional personal details [9303-10 table 72]. Texts are UTF-8; parts of a name, place or
 * address are divided by `<`, the identifiers of a name by `<<`.
 */
export const DG11_MEMBERS = {
  /** In national characters, not shortened. */
  fullName: { tag: 0x5f0e, kind: 'text', maxBytes: 99 },
  otherNames: { tag: 0xa0, kind: 'list', itemTag: 0x5f0f, maxBytes: 99 },
  personalNumber: { tag: 0x5f10, kind: 'text', maxBytes: 99 },
  /** `yyyymmdd`, unknown parts as `00` or `0000`. */
  dateOfBirth: { tag: 0x5f2b, kind: 'digits', digits: 8 },
  placeOfBirth: { tag: 0x5f11, kind: 'text', maxBytes: 99 },
  address: { tag: 0x5f42, kind: 'text', maxBytes: 99 },
  telephone: { tag: 0x5f12, kind: 'text', maxBytes: 99 },
  profession: { tag: 0x5f13, kind: 'text', maxBytes: 99 },
  title: { tag: 0x5f14, kind: 'text', maxBytes: 99 },
  personalSummary: { tag: 0x5f15, kind: 'text', maxBytes: 99 },
  /** A compressed image. */
  proofOfCitizenship: { tag: 0x5f16, kind: 'bytes' },
  otherDocumentNumbers: { tag: 0x5f17, kind: 'text', maxBytes: 99 },
  custody: { tag: 0x5f18, kind: 'text', maxBytes: 999 },
} as const satisfies Record<string, MemberSpec>;

export type Dg11 = Members<typeof DG11_MEMBERS>;

/** EF.DG11 [9303-10 §4.7.11]. @throws MalformedError when a text is too long for its place. */
export function encodeDg11(members: Dg11): Uint8Array {
  return encodeTlv(TAG, encodeMembers(DG11_MEMBERS, members, PLACE));
}

/** Reads EF.DG11 [9303-10 §4.7.11]. @throws MalformedError */
export function parseDg11(bytes: Uint8Array): ParsedMembers<typeof DG11_MEMBERS> {
  return parseMembers(DG11_MEMBERS, parseOnlyTlv(bytes, TAG, PLACE), PLACE);
}
