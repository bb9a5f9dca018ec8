import { derContext, derInteger, derNull, derOid, derSequence, derSetOf } from '../asn1/der';
import { parseDer } from '../asn1/read';
import { TAG } from '../asn1/tags';
import { concatBytes } from '../bytes/concat';
import { MalformedError } from '../bytes/malformed';
import { parseCertificate } from '../pki/certificate';
import { encodeTlv, parseTlvs } from '../tlv/tlv';
import { parseEfSod } from './ef-sod';
import { parseSignedData, type SignedData, type SignerInfo } from './parse-signed-data';
import { loadSodVectors } from './testing/sod-vectors';
import { findSignerCertificate, verifySigner } from './verify-signed-data';

const vectors = loadSodVectors();
const vector = vectors[2]!;
const contentInfo = parseEfSod(vector.efSod);
const whole = parseSignedData(contentInfo);
const signer = whole.signers[0]!;
const { publicKey } = parseCertificate(vector.dsc);

/** The members of the SignedData inside the ContentInfo. */
function membersOf(bytes: Uint8Array): Uint8Array[] {
  const [, wrapped] = parseTlvs(parseDer(bytes, 'test').value, 'test');
  return parseTlvs(parseDer(wrapped!.value, 'test').value, 'test').map(({ raw }) => raw);
}

function rebuild(change: (members: Uint8Array[]) => Uint8Array[]): Uint8Array {
  const members = change(membersOf(contentInfo));
  return derSequence(derOid('1.2.840.113549.1.7.2'), derContext(0, derSequence(...members)));
}

function flip(bytes: Uint8Array, index: number): Uint8Array {
  return bytes.map((byte, at) => (at === index ? byte ^ 1 : byte));
}

function verifyWith(change: {
  data?: Partial<SignedData>;
  signer?: Partial<SignerInfo>;
}): ReturnType<typeof verifySigner> {
  return verifySigner({ ...whole, ...change.data }, { ...signer, ...change.signer }, publicKey);
}

describe('a wrong signature says which step failed', () => {
  it('a byte of the content', () => {
    const content = flip(whole.content!, 40);
    expect(verifyWith({ data: { content } })).toMatchObject({
      contentType: { valid: true },
      messageDigest: { valid: false, reason: 'the SHA-256 hash of the content is another' },
      signature: { valid: true },
    });
  });

  it('a byte of the attributes', () => {
    const { raw, attributes } = signer.signedAttributes!;
    const changed = { raw: flip(raw, raw.length - 1), attributes };
    expect(verifyWith({ signer: { signedAttributes: changed } }).signature).toMatchObject({
      valid: false,
    });
  });

  it('every byte of the signature', () => {
    for (let index = 0; index < signer.signature.length; index++) {
      const signature = flip(signer.signature, index);
      expect(verifyWith({ signer: { signature } }).signature.valid).toBe(false);
    }
  });

  it('the key of another signer', () => {
    for (const other of vectors.filter(({ id }) => id !== vector.id)) {
      const { signature } = verifySigner(whole, signer, parseCertificate(other.dsc).publicKey);
      expect(signature.valid).toBe(false);
    }
  });

  it('another content type, and content that is absent', () => {
    expect(verifyWith({ data: { contentType: '1.2.3' } }).contentType.valid).toBe(false);
    expect(verifyWith({ data: { content: undefined } }).messageDigest).toMatchObject({
      reason: 'the content is absent',
    });
  });

  it('attributes that are absent or lack their members', () => {
    const absent = verifyWith({ signer: { signedAttributes: undefined } });
    expect([absent.contentType.valid, absent.signature.valid]).toEqual([false, false]);
    const empty = { raw: encodeTlv(0xa0), attributes: [] };
    expect(verifyWith({ signer: { signedAttributes: empty } })).toMatchObject({
      contentType: { reason: 'signed attributes: contentType is missing' },
      messageDigest: { reason: 'signed attributes: messageDigest is missing' },
    });
  });

  it('algorithms that are not known', () => {
    const unknown = derSequence(derOid('1.2.3.4'));
    expect(verifyWith({ signer: { signatureIdentifier: unknown } }).signature).toEqual({
      valid: false,
      reason: 'SignerInfo, signature algorithm: 1.2.3.4 is no known signature algorithm',
    });
    expect(verifyWith({ signer: { digestIdentifier: unknown } }).messageDigest).toEqual({
      valid: false,
      reason: 'SignerInfo, digest algorithm: 1.2.3.4 is no known hash function',
    });
  });
});

describe('foreign encodings are read and named', () => {
  it('reads a document signer that is not embedded', () => {
    const found = parseSignedData(
      rebuild((members) => members.filter((member) => member[0] !== 0xa0)),
    );
    expect(found.certificates).toEqual([]);
    expect(findSignerCertificate(signer, found.certificates)).toBeUndefined();
    expect(findSignerCertificate(signer, [vector.csca, vector.dsc])?.raw).toEqual(vector.dsc);
  });

  it('passes over certificates that cannot be read', () => {
    const candidates = [Uint8Array.of(1, 2, 3), vector.dsc];
    expect(findSignerCertificate(signer, candidates)?.raw).toEqual(vector.dsc);
  });

  it('finds a signer by its key identifier', () => {
    const keyIdentifier = parseCertificate(vector.dsc).extensions.find(
      ({ oid }) => oid === '2.5.29.14',
    )!.value;
    const byKey = {
      ...signer,
      signerId: {
        type: 'subjectKeyIdentifier',
        keyIdentifier: keyIdentifier.subarray(2),
      },
    } as const;
    expect(findSignerCertificate(byKey, [vector.csca, vector.dsc])?.raw).toEqual(vector.dsc);
  });

  it('verifies attributes that were signed sorted and written unsorted', () => {
    const { raw } = signer.signedAttributes!;
    const attributes = parseTlvs(parseDer(raw, 'test').value, 'test').map((tlv) => tlv.raw);
    const unsorted = encodeTlv(0xa0, ...attributes.toReversed());
    const changed = rebuild((members) => [
      ...members.slice(0, -1),
      replaceInside(members.at(-1)!, raw, unsorted),
    ]);
    const found = parseSignedData(changed);
    expect(found.issues).toEqual(['attributes-unordered']);
    expect(verifySigner(found, found.signers[0]!, publicKey)).toMatchObject({
      messageDigest: { valid: true },
      signature: { valid: true },
    });
  });

  it('names every departure', () => {
    const found = parseSignedData(
      rebuild(([, , content, certificates, signers]) => [
        derInteger(1),
        derSetOf(derSequence(derOid('2.16.840.1.101.3.4.2.1'), derNull)),
        content!,
        certificates!,
        derContext(1, derSequence()),
        twice(signers!),
      ]),
    );
    expect(found.issues).toEqual([
      'version-not-3',
      'crls-present',
      'several-signers',
      'digest-null',
    ]);
  });

  it('reads BER with indefinite lengths and trailing bytes', () => {
    const { value } = parseDer(contentInfo, 'test');
    const ber = concatBytes(
      Uint8Array.of(0x30, 0x80),
      value,
      Uint8Array.of(0, 0),
      Uint8Array.of(9),
    );
    const found = parseSignedData(ber);
    expect(found.issues).toEqual(['not-der', 'trailing-bytes']);
    expect(verifySigner(found, found.signers[0]!, publicKey).signature.valid).toBe(true);
  });
});

describe('what is no SignedData is refused', () => {
  it.each([
    ['another content type', () => derSequence(derOid('1.2.840.113549.1.7.1'))],
    ['members that are missing', () => rebuild(() => [derInteger(3)])],
    ['an empty value', () => new Uint8Array()],
    ['too many signers', () => rebuild((members) => [...members.slice(0, -1), manySigners()])],
  ])('%s', (_, make) => {
    expect(() => parseSignedData(make())).toThrow(MalformedError);
  });

  it('every truncation', () => {
    for (let length = 0; length < contentInfo.length; length += 7) {
      expect(() => parseSignedData(contentInfo.subarray(0, length))).toThrow(MalformedError);
    }
  });
});

function manySigners(): Uint8Array {
  return encodeTlv(TAG.set, ...Array.from({ length: 17 }, () => derSequence()));
}

function twice(set: Uint8Array): Uint8Array {
  const { value } = parseDer(set, 'test');
  return encodeTlv(TAG.set, value, value);
}

/** A SET with one SEQUENCE in which one member is replaced by another of the same length. */
function replaceInside(set: Uint8Array, member: Uint8Array, by: Uint8Array): Uint8Array {
  const at = Buffer.from(set).indexOf(member);
  return concatBytes(set.subarray(0, at), by, set.subarray(at + member.length));
}
