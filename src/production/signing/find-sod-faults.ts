import { createHash } from 'node:crypto';
import * as asn1js from 'asn1js';
import { dataGroupNumber, type LdsFiles } from '../document/lds-files';
import type { DocumentSigner } from '../document/signed-document';
import {
  HASHES,
  isSame,
  membersOf,
  octetsOf,
  oidOf,
  readSignedWithPkijs,
} from './read-signed-with-pkijs';

const SECURITY_OBJECT = '2.23.136.1.1.1';

/**
 * What is wrong with EF.SOD over these files; empty when it may be used [9303-11 §5.1].
 *
 * @param draftKey DER of the public key that signed a draft in place of the signer's
 */
export function findSodFaults(
  files: LdsFiles,
  signer: DocumentSigner,
  draftKey?: Uint8Array,
): readonly string[] {
  try {
    return listFaults(files, signer, draftKey);
  } catch (error) {
    return [`EF.SOD cannot be read: ${error instanceof Error ? error.message : 'unknown reason'}`];
  }
}

function listFaults(
  files: LdsFiles,
  signer: DocumentSigner,
  draftKey: Uint8Array | undefined,
): readonly string[] {
  const { certificate } = signer;
  const contentInfo = contentInfoIn(files.get('EF.SOD') ?? new Uint8Array());
  const expected = { contentType: SECURITY_OBJECT, certificate, draftKey };
  const { content, faults } = readSignedWithPkijs('EF.SOD', contentInfo, expected);
  return [...faults, ...findHashFaults(content, files)];
}

function contentInfoIn(sod: Uint8Array): asn1js.AsnType | undefined {
  const outer = asn1js.fromBER(sod);
  // 77 is APPLICATION 23, constructed, and holds nothing but the ContentInfo.
  if (sod[0] !== 0x77 || outer.offset !== sod.length) throw new Error('tag 77 is not the whole');
  if (!(outer.result instanceof asn1js.Constructed)) throw new Error('tag 77 holds nothing');
  return outer.result.valueBlock.value[0];
}

/** Compares the hashes in the security object with the files, in both directions. */
function findHashFaults(content: Uint8Array, files: LdsFiles): readonly string[] {
  const members = membersOf(asn1js.fromBER(content).result);
  const hash = HASHES[oidOf(membersOf(members[1])[0])];
  if (hash === undefined) return ['the hash function is not allowed'];
  const signed = new Map(
    membersOf(members[2]).map((entry) => {
      const [number, value] = membersOf(entry);
      return [(number as asn1js.Integer).valueBlock.valueDec, octetsOf(value)] as const;
    }),
  );
  const faults: string[] = [];
  for (const [name, bytes] of files) {
    const group = dataGroupNumber(name);
    if (group === undefined) continue;
    const found = signed.get(group);
    signed.delete(group);
    if (found === undefined) faults.push(`${name} has no hash`);
    else if (!isSame(found, createHash(hash).update(bytes).digest())) {
      faults.push(`the hash of ${name} is wrong`);
    }
  }
  return [...faults, ...[...signed.keys()].map((group) => `there is a hash but no EF.DG${group}`)];
}
