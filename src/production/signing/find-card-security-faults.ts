import * as asn1js from 'asn1js';
import type { DocumentSigner } from '../document/signed-document';
import { membersOf, oidOf, readSignedWithPkijs } from './read-signed-with-pkijs';

/** id-SecurityObject of TR-03110, the content type of EF.CardSecurity. */
const SECURITY_OBJECT = '0.4.0.127.0.7.3.2.1';

/**
 * What is wrong with EF.CardSecurity by the reading of other people's code; empty when it may be
 * used [9303-11 §9.2.11]. Whether it repeats EF.CardAccess and EF.DG14 is asked by the lint.
 *
 * @param draftKey DER of the public key that signed a draft in place of the signer's
 */
export function findCardSecurityFaults(
  file: Uint8Array | undefined,
  { certificate }: DocumentSigner,
  draftKey?: Uint8Array,
): readonly string[] {
  if (file === undefined) return [];
  try {
    const outer = asn1js.fromBER(file);
    if (outer.offset !== file.length) throw new Error('one object is not the whole');
    const expected = { contentType: SECURITY_OBJECT, certificate, draftKey };
    const read = readSignedWithPkijs('EF.CardSecurity', outer.result, expected);
    const faults = [...read.faults, ...findInfoFaults(read.content)];
    return faults.map((fault) => `EF.CardSecurity: ${fault}`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown reason';
    return [`EF.CardSecurity cannot be read: ${reason}`];
  }
}

/** SecurityInfos: a SET of SEQUENCEs, each of which begins with its protocol. */
function findInfoFaults(content: Uint8Array): readonly string[] {
  const { result, offset } = asn1js.fromBER(content);
  if (!(result instanceof asn1js.Set) || offset !== content.length) {
    return ['the content is no SET of SecurityInfos'];
  }
  const infos = result.valueBlock.value;
  if (infos.length === 0) return ['there is no SecurityInfo in it'];
  const oids = infos.map((info) => oidOf(membersOf(info)[0]));
  return oids.every((oid) => oid !== '') ? [] : ['a SecurityInfo names no protocol'];
}
