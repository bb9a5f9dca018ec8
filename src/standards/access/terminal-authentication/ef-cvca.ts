import { concatBytes } from '../../bytes/concat';
import { MalformedError } from '../../bytes/malformed';
import { encodeTlv, parseTlv } from '../../tlv/tlv';

const REFERENCE = 0x42;
const FILE_BYTES = 36;
const PLACE = 'EF.CVCA';

/**
 * EF.CVCA: the references of the chip's trust points, the most recent first, filled up with zeros
 * to 36 bytes [9303-11 §K.2].
 *
 * @throws RangeError when there are none or more than two.
 */
export function encodeEfCvca(references: readonly string[]): Uint8Array {
  if (references.length < 1 || references.length > 2) throw new RangeError('one or two references');
  const objects = concatBytes(
    ...references.map((reference) =>
      encodeTlv(REFERENCE, new Uint8Array(Buffer.from(reference, 'latin1'))),
    ),
  );
  if (objects.length > FILE_BYTES) throw new RangeError('the references are too long');
  return concatBytes(objects, new Uint8Array(FILE_BYTES - objects.length));
}

/** Reads EF.CVCA [9303-11 §K.2]. @throws MalformedError */
export function parseEfCvca(file: Uint8Array): readonly string[] {
  const references: string[] = [];
  let offset = 0;
  while (offset < file.length && file[offset] !== 0) {
    const { tag, value, raw } = parseTlv(file, PLACE, offset);
    if (tag !== REFERENCE) throw new MalformedError(PLACE, 'holds another object', offset);
    if (references.length === 2) throw new MalformedError(PLACE, 'has more than two references');
    references.push(Buffer.from(value).toString('latin1'));
    offset += raw.length;
  }
  if (references.length === 0) throw new MalformedError(PLACE, 'has no reference');
  if (file.subarray(offset).some((byte) => byte !== 0)) {
    throw new MalformedError(PLACE, 'is not filled up with zeros', offset);
  }
  return references;
}
