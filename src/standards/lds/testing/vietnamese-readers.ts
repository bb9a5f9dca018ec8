/**
 * Ways in which public programs search the DG13 of a Vietnamese identity card, written anew from
 * their description: none of them parses ASN.1, so what they rely on is what our encoder must keep.
 */

/** Items by number: walks from `30 LL 02 01 NN` to the next, numbers rising by one. */
export function readByItemPrefix(dg13: Uint8Array): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  let from = 0;
  for (let number = 1; number <= 16; number++) {
    const start = findPrefix(dg13, number, from);
    if (start < 0) return found;
    const length = dg13[start + 1]!;
    found.set(number, textOf(dg13.subarray(start + 5, start + 2 + length)));
    from = start + 2 + length;
  }
  return found;
}

function findPrefix(bytes: Uint8Array, number: number, from: number): number {
  for (let start = from; start + 5 <= bytes.length; start++) {
    const [sequence, , tag, length, value] = bytes.subarray(start, start + 5);
    if (sequence === 0x30 && tag === 2 && length === 1 && value === number) return start;
  }
  return -1;
}

/** A value of one tag and one length byte; several blocks `30 L 0C L` are joined by a bar. */
function textOf(value: Uint8Array): string {
  if (value.length === 0) return '';
  if (value[0] !== 0x30) return utf8(value.subarray(2, 2 + value[1]!));
  const texts: string[] = [];
  for (let offset = 0; offset < value.length; offset += 2 + value[offset + 1]!) {
    texts.push(utf8(value.subarray(offset + 4, offset + 4 + value[offset + 3]!)));
  }
  return texts.join('|');
}

/**
 * One item by the last place of its INTEGER and tag in the hexadecimal text, `02010113`: the
 * header of the group holds the bytes of item 1 too, hence the last place.
 */
export function readByLastIndex(dg13: Uint8Array, number: number, tag: number): string | undefined {
  const hex = Buffer.from(dg13).toString('hex');
  const wanted = Buffer.of(2, 1, number, tag).toString('hex');
  const at = hex.lastIndexOf(wanted) / 2;
  return at < 0 ? undefined : utf8(dg13.subarray(at + 5, at + 5 + dg13[at + 4]!));
}

/** Father and mother: `02 01 0D 30 L1 0C L2` with L1 = L2 + 2, the mother's block right behind. */
export function readParentsByLengths(dg13: Uint8Array): readonly string[] {
  const bytes = Buffer.from(dg13);
  let offset = bytes.indexOf(Buffer.of(0x02, 0x01, 0x0d, 0x30)) + 3;
  const names: string[] = [];
  while (names.length < 2 && bytes[offset] === 0x30 && bytes[offset + 2] === 0x0c) {
    const [outer = 0, inner = 0] = [bytes[offset + 1], bytes[offset + 3]];
    if (outer !== inner + 2) break;
    names.push(utf8(bytes.subarray(offset + 4, offset + 4 + inner)));
    offset += 2 + outer;
  }
  return names;
}

/** Father and mother where both stand in one SEQUENCE behind the number. */
export function readNestedParents(dg13: Uint8Array): readonly string[] {
  const bytes = Buffer.from(dg13);
  const start = bytes.indexOf(Buffer.of(0x02, 0x01, 0x0d, 0x30)) + 3;
  const end = start + 2 + bytes[start + 1]!;
  const names: string[] = [];
  for (let offset = start + 2; offset < end && bytes[offset] === 0x0c;) {
    const length = bytes[offset + 1]!;
    names.push(utf8(bytes.subarray(offset + 2, offset + 2 + length)));
    offset += 2 + length;
  }
  return names;
}

function utf8(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8');
}
