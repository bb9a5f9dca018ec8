import { encodeTlv, parseOnlyTlv } from '../tlv/tlv';
import { LDS_FILE_TABLE } from './lds-file-table';
import {
  encodeMembers,
  parseMembers,
  type Members,
  type MemberSpec,
  type ParsedMembers,
} from './tagged-members';

const PLACE = 'EF.DG12';
const { tag: TAG } = LDS_FILE_TABLE['EF.DG12'];

/**
 * Doc 9303 gives these texts no bound; ours is that of the longest text in EF.DG11
 * [9303-10 tables 72, 73].
 */
const MAX_BYTES = 999;

/** Additional document details [9303-10 table 73]. Texts are UTF-8. */
export const DG12_MEMBERS = {
  issuingAuthority: { tag: 0x5f19, kind: 'text', maxBytes: MAX_BYTES },
  /** `yyyymmdd`. */
  dateOfIssue: { tag: 0x5f26, kind: 'digits', digits: 8 },
  otherPersons: { tag: 0xa0, kind: 'list', itemTag: 0x5f1a, maxBytes: MAX_BYTES },
  endorsements: { tag: 0x5f1b, kind: 'text', maxBytes: MAX_BYTES },
  taxOrExitRequirements: { tag: 0x5f1c, kind: 'text', maxBytes: MAX_BYTES },
  imageOfFront: { tag: 0x5f1d, kind: 'bytes' },
  imageOfRear: { tag: 0x5f1e, kind: 'bytes' },
  /** `yyyymmddhhmmss`. */
  personalizationTime: { tag: 0x5f55, kind: 'digits', digits: 14 },
  personalizationSystem: { tag: 0x5f56, kind: 'text', maxBytes: MAX_BYTES },
} as const satisfies Record<string, MemberSpec>;

export type Dg12 = Members<typeof DG12_MEMBERS>;

/** EF.DG12 [9303-10 §4.7.12]. @throws MalformedError when a date is not digits, or a text is too long for its place. */
export function encodeDg12(members: Dg12): Uint8Array {
  return encodeTlv(TAG, encodeMembers(DG12_MEMBERS, members, PLACE));
}

/** Reads EF.DG12, its dates in ASCII or packed digits [9303-10 §4.7.12]. @throws MalformedError */
export function parseDg12(bytes: Uint8Array): ParsedMembers<typeof DG12_MEMBERS> {
  return parseMembers(DG12_MEMBERS, parseOnlyTlv(bytes, TAG, PLACE), PLACE);
}
