import { derChildren, type DerNode, parseDer } from '../../../standards/asn1/read';
import { concatBytes } from '../../../standards/bytes/concat';
import { encodeEfSod, parseEfSod } from '../../../standards/cms/ef-sod';
import { parseSignedData } from '../../../standards/cms/parse-signed-data';
import { decodeEcdsaSignature } from '../../../standards/crypto/ecdsa-signature';
import { encodeTlv } from '../../../standards/tlv/tlv';

/** An EF.SOD as others write it: the same signature in another encoding. */

/** Indefinite lengths around the SignedData, as some early issuers wrote. */
export function inBer(sod: Uint8Array): Uint8Array {
  const [oid, wrapped] = derChildren(parseDer(parseEfSod(sod), 'ContentInfo'));
  const end = Uint8Array.of(0, 0);
  const explicit = concatBytes(Uint8Array.of(0xa0, 0x80), wrapped!.value, end);
  return encodeEfSod(concatBytes(Uint8Array.of(0x30, 0x80), oid!.raw, explicit, end));
}

/** No certificate inside, as a security object of version 0 may have it. */
export function withoutCertificates(sod: Uint8Array): Uint8Array {
  return mapSignedData(sod, (members) => members.filter(({ tag }) => tag !== 0xa0));
}

/** The signed attributes in another order than the one that was signed. */
export function withReversedAttributes(sod: Uint8Array): Uint8Array {
  return mapSignedData(sod, (members) =>
    members.map((member, index) => {
      if (index !== members.length - 1) return member;
      const [signer] = derChildren(member);
      const parts = derChildren(signer!).map((part) =>
        part.tag === 0xa0
          ? encodeTlv(
              0xa0,
              ...derChildren(part)
                .map(({ raw }) => raw)
                .toReversed(),
            )
          : part.raw,
      );
      return { ...member, raw: encodeTlv(0x31, encodeTlv(0x30, ...parts)) };
    }),
  );
}

/** The version of the SignedData, or of the SignerInfo, as another number. */
export function withVersion(sod: Uint8Array, version: number): Uint8Array {
  return mapSignedData(sod, ([first, ...rest]) => [
    { ...first!, raw: encodeTlv(0x02, Uint8Array.of(version)) },
    ...rest,
  ]);
}

/** The ECDSA signature as r ‖ s, where DER belongs. */
export function withPlainSignature(sod: Uint8Array, orderBytes: number): Uint8Array {
  const signer = parseSignedData(parseEfSod(sod)).signers[0]!;
  const plain = decodeEcdsaSignature(signer.signature, orderBytes);
  return mapSignedData(sod, (members) =>
    members.map((member, index) => {
      if (index !== members.length - 1) return member;
      const [info] = derChildren(member);
      const parts = derChildren(info!).map((part) =>
        part.tag === 0x04 ? encodeTlv(0x04, plain) : part.raw,
      );
      return { ...member, raw: encodeTlv(0x31, encodeTlv(0x30, ...parts)) };
    }),
  );
}

/** Bytes behind the SignedData, inside the file's own length. */
export function withBytesInside(sod: Uint8Array): Uint8Array {
  return encodeEfSod(concatBytes(parseEfSod(sod), Uint8Array.of(0, 0, 0)));
}

function mapSignedData(
  sod: Uint8Array,
  change: (members: readonly DerNode[]) => readonly DerNode[],
): Uint8Array {
  const [oid, wrapped] = derChildren(parseDer(parseEfSod(sod), 'ContentInfo'));
  const [signedData] = derChildren(wrapped!);
  const members = change(derChildren(signedData!)).map(({ raw }) => raw);
  return encodeEfSod(encodeTlv(0x30, oid!.raw, encodeTlv(0xa0, encodeTlv(0x30, ...members))));
}
