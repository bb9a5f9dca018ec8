import { derChildren, type DerNode, parseDer } from '../../../../standards/asn1/read';
import { derSetOf } from '../../../../standards/asn1/der';
import { encodeEfSod, parseEfSod } from '../../../../standards/cms/ef-sod';
import { parseSignedData } from '../../../../standards/cms/parse-signed-data';
import { signMessage } from '../../../../standards/crypto/sign-verify';
import type { TestKey } from '../../../../standards/pki/testing/test-issuer';
import { encodeTlv } from '../../../../standards/tlv/tlv';

type Members = readonly Uint8Array[];

/** EF.SOD with the members of its SignedData changed. */
export function editSignedData(sod: Uint8Array, change: (members: Members) => Members): Uint8Array {
  const [oid, wrapped] = derChildren(parseDer(parseEfSod(sod), 'ContentInfo'));
  const [signedData] = derChildren(wrapped as DerNode);
  const members = change(rawChildren(signedData as DerNode));
  const inner = encodeTlv(0xa0, encodeTlv(0x30, ...members));
  return encodeEfSod(encodeTlv(0x30, (oid as DerNode).raw, inner));
}

/** EF.SOD with the members of its only SignerInfo changed. */
export function editSigner(sod: Uint8Array, change: (members: Members) => Members): Uint8Array {
  return editSignedData(sod, (members) =>
    members.map((raw, index) => {
      if (index !== members.length - 1) return raw;
      const [signer] = derChildren(parseDer(raw, 'signers'));
      return encodeTlv(0x31, encodeTlv(0x30, ...change(rawChildren(signer as DerNode))));
    }),
  );
}

/** EF.SOD with other signed attributes under a fresh and right signature. */
export function resign(
  sod: Uint8Array,
  key: TestKey,
  change: (attributes: Members) => Members,
): Uint8Array {
  return editSigner(sod, (members) => {
    const at = members.findIndex(([tag]) => tag === 0xa0);
    const attributes = change(rawChildren(parseDer(members[at] as Uint8Array, 'attributes')));
    const signed = derSetOf(...attributes);
    const { signature } = key.algorithm;
    return members.map((raw, index) => {
      if (index === at) return encodeTlv(0xa0, ...rawChildren(parseDer(signed, 'attributes')));
      return index === members.length - 1
        ? encodeTlv(0x04, signMessage(signature, key.privateKey, signed))
        : raw;
    });
  });
}

/** The signature of the only signer. */
export function signatureOf(sod: Uint8Array): Uint8Array {
  const [signer] = parseSignedData(parseEfSod(sod)).signers;
  if (signer === undefined) throw new Error('there is no signer');
  return signer.signature;
}

function rawChildren(node: DerNode): Members {
  return derChildren(node).map(({ raw }) => raw);
}
