import { encodeTlv, parseOnlyTlv, parseTlvs, type Tlv } from '../tlv/tlv';
import { LDS_FILE_TABLE } from './lds-file-table';
import {
  encodeMembers,
  parseMembers,
  type Members,
  type MemberSpec,
  type ParsedMembers,
} from './tagged-members';

/**
 * A structure of DG13 that an issuer declares: a list of tags and the members behind it, built as
 * DG11 and DG12 are. Doc 9303 leaves the group to the issuer [9303-10 §4.7.13].
 */
export type NationalSpecs = Readonly<Record<string, MemberSpec>>;

const PLACE = 'EF.DG13';
const { tag: TAG } = LDS_FILE_TABLE['EF.DG13'];

/** EF.DG13 by a declared structure [9303-10 §4.7.13]. @throws MalformedError */
export function encodeNationalDetails(
  specs: NationalSpecs,
  members: Members<NationalSpecs>,
): Uint8Array {
  return encodeTlv(TAG, encodeMembers(specs, members, PLACE));
}

/** Reads EF.DG13 by a declared structure [9303-10 §4.7.13]. @throws MalformedError */
export function parseNationalDetails<Specs extends NationalSpecs>(
  specs: Specs,
  bytes: Uint8Array,
): ParsedMembers<Specs> {
  return parseMembers(specs, parseOnlyTlv(bytes, TAG, PLACE), PLACE);
}

/**
 * The data objects in an EF.DG13 whose structure nobody knows, as they stand there
 * [9303-10 §4.7.13].
 *
 * @throws MalformedError when it holds something else than data objects.
 */
export function listNationalObjects(bytes: Uint8Array): readonly Tlv[] {
  return parseTlvs(parseOnlyTlv(bytes, TAG, PLACE), PLACE);
}
