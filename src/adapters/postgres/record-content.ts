import type { ApprovedRecord, RecordWithPictures } from '../../production/document/approved-record';
import { concatBytes } from '../../standards/bytes/concat';
import { decodeUint, encodeUint } from '../../standards/bytes/integer';
import { MalformedError } from '../../standards/bytes/malformed';
import { decodeUtf8, encodeUtf8 } from '../../standards/bytes/text';

interface Header {
  readonly record: ApprovedRecord;
  /** Path and length in bytes of each picture, in the order in which they follow. */
  readonly pictures: readonly (readonly [path: string, lengthBytes: number])[];
}

const HEADER_LENGTH_BYTES = 4;

/**
 * A record and its pictures as one string of bytes, to be sealed as one: the length of a JSON
 * header in four bytes, the header, the pictures.
 */
export function encodeRecordContent(content: RecordWithPictures): Uint8Array {
  const pictures = [...content.pictures];
  const header: Header = {
    record: content.record,
    pictures: pictures.map(([path, bytes]) => [path, bytes.length]),
  };
  const headerBytes = encodeUtf8(JSON.stringify(header));
  return concatBytes(
    encodeUint(headerBytes.length, HEADER_LENGTH_BYTES),
    headerBytes,
    ...pictures.map(([, bytes]) => bytes),
  );
}

/** @throws MalformedError when the bytes are not what `encodeRecordContent` makes. */
export function decodeRecordContent(bytes: Uint8Array): RecordWithPictures {
  const place = 'stored record';
  const headerEnd = HEADER_LENGTH_BYTES + decodeUint(bytes.subarray(0, HEADER_LENGTH_BYTES), place);
  if (headerEnd > bytes.length) throw new MalformedError(place, 'ends inside its header');
  const header = JSON.parse(
    decodeUtf8(bytes.subarray(HEADER_LENGTH_BYTES, headerEnd), place),
  ) as Header;
  const pictures = new Map<string, Uint8Array>();
  let offset = headerEnd;
  for (const [path, lengthBytes] of header.pictures) {
    pictures.set(path, bytes.slice(offset, offset + lengthBytes));
    offset += lengthBytes;
  }
  if (offset !== bytes.length) throw new MalformedError(place, 'its pictures have another length');
  return { record: header.record, pictures };
}
