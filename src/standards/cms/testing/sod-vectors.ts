import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeHex } from '../../bytes/hex';
import { encodeAscii } from '../../bytes/text';

/** One worked example of test-vectors/sod/sod.json. */
export interface SodVector {
  readonly id: string;
  readonly efSod: Uint8Array;
  readonly csca: Uint8Array;
  readonly dsc: Uint8Array;
  readonly dscPrivateKey: Uint8Array;
  readonly dataGroups: ReadonlyMap<number, Uint8Array>;
  readonly expected: {
    readonly lds_security_object_version: 0 | 1;
    readonly lds_version: string | null;
    readonly unicode_version: string | null;
    readonly digest: string;
    readonly dg_hashes: Readonly<Record<string, string>>;
    readonly signer_sid: string;
    readonly signed_attributes: readonly string[];
  };
}

interface RawVector {
  readonly id: string;
  readonly inputs: Readonly<
    Record<'csca' | 'dsc' | 'dsc_private_key_pkcs8' | 'dg1' | 'dg2_ascii' | 'ef_sod', string>
  >;
  readonly expected: SodVector['expected'];
}

// The file explains its stand-in for DG2 in brackets; what was hashed is the text before them.
const REMARK = / \(.*\)$/;

/** The security objects that other software made, with everything that they were made from. */
export function loadSodVectors(): readonly SodVector[] {
  const file = join(__dirname, '../../../../test-vectors/sod/sod.json');
  const { entries } = JSON.parse(readFileSync(file, 'utf8')) as { entries: readonly RawVector[] };
  return entries.map(({ id, inputs, expected }) => ({
    id,
    efSod: decodeHex(inputs.ef_sod),
    csca: decodeHex(inputs.csca),
    dsc: decodeHex(inputs.dsc),
    dscPrivateKey: decodeHex(inputs.dsc_private_key_pkcs8),
    dataGroups: new Map([
      [1, decodeHex(inputs.dg1)],
      [2, encodeAscii(inputs.dg2_ascii.replace(REMARK, ''))],
    ]),
    expected,
  }));
}
