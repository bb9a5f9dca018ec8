import { isDeepStrictEqual } from 'node:util';
import { parseEfSod } from '../../../../standards/cms/ef-sod';
import { parseSignedData } from '../../../../standards/cms/parse-signed-data';
import { MalformedError } from '../../../../standards/bytes/malformed';
import { parseBiometricGroup } from '../../../../standards/lds/biometric-group';
import { parseDg1 } from '../../../../standards/lds/dg1';
import { parseDg11 } from '../../../../standards/lds/dg11';
import { parseDg12 } from '../../../../standards/lds/dg12';
import { parseDg14 } from '../../../../standards/lds/dg14';
import { parseDg15 } from '../../../../standards/lds/dg15';
import { parseDg16 } from '../../../../standards/lds/dg16';
import { parseDg2 } from '../../../../standards/lds/dg2';
import { parseDg3 } from '../../../../standards/lds/dg3';
import { parseDisplayedImages } from '../../../../standards/lds/displayed-images';
import { parseEfAtrInfo } from '../../../../standards/lds/ef-atr-info';
import { parseCardAccess } from '../../../../standards/lds/ef-card-access';
import { parseEfCom } from '../../../../standards/lds/ef-com';
import { parseEfDir } from '../../../../standards/lds/ef-dir';
import { parseLdsSecurityObject } from '../../../../standards/lds/lds-security-object';
import { parseMrz } from '../../../../standards/mrz/parse-mrz';
import { NotComputable } from '../not-computable';
import { Refused } from '../refusal';

/**
 * A file that was just written, read again: what is read must be what was meant.
 *
 * @throws Refused when it is not, and whatever the parser throws.
 */
export function readAgain(
  file: Uint8Array,
  parse: (file: Uint8Array) => unknown,
  meant: unknown,
): Uint8Array {
  if (isDeepStrictEqual(parse(file), meant)) return file;
  throw new Refused('structure', 'the file reads otherwise than it was written');
}

/** How each file is read, by its name and the tag that it begins with. */
const READERS: readonly (readonly [
  name: RegExp,
  tag: number,
  read: (file: Uint8Array) => unknown,
])[] = [
  [/com\b/i, 0x60, parseEfCom],
  [/dg1(?!\d)/i, 0x61, (file) => parseMrz(parseDg1(file))],
  [/dg2(?!\d)/i, 0x75, parseDg2],
  [/dg3(?!\d)/i, 0x63, parseDg3],
  [/dg4(?!\d)/i, 0x76, (file) => parseBiometricGroup(file, 0x76, 'EF.DG4')],
  [/dg5(?!\d)/i, 0x65, (file) => parseDisplayedImages(5, file)],
  [/dg7(?!\d)/i, 0x67, (file) => parseDisplayedImages(7, file)],
  [/dg11/i, 0x6b, parseDg11],
  [/dg12/i, 0x6c, parseDg12],
  [/dg14/i, 0x6e, parseDg14],
  [/dg15/i, 0x6f, parseDg15],
  [/dg16/i, 0x70, parseDg16],
  [/sod\b/i, 0x77, (file) => parseSignedData(parseEfSod(file))],
  [/card-?access/i, 0x31, parseCardAccess],
  [/security-?object/i, 0x30, parseLdsSecurityObject],
  [/atr/i, 0x47, parseEfAtrInfo],
  [/dir\b/i, 0x61, parseEfDir],
];

/**
 * Reads a file strictly; which one it is, its name says, or else its first tag.
 *
 * @throws MalformedError when it is not as its standard wants it.
 */
export function readLdsFile(file: Uint8Array, name: string): void {
  const byName = READERS.find(([pattern]) => pattern.test(name));
  const reader = byName ?? READERS.find(([, tag]) => tag === file[0]);
  if (file.length === 0) throw new MalformedError('file', 'is missing: it has no bytes');
  if (reader === undefined) throw new NotComputable('the runner does not know which file this is');
  reader[2](file);
}
