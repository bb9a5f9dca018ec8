import { derInteger, derOctetString, derOid, derSequence } from '../../../../standards/asn1/der';
import { DIGESTS } from '../../../../standards/crypto/digest-algorithms';
import { signMessage } from '../../../../standards/crypto/sign-verify';
import { encodeTlv } from '../../../../standards/tlv/tlv';
import { withoutCertificates } from '../foreign-sods';
import { comOf } from '../specimen-faults';
import { hashesOf } from '../specimen-set';
import { type BadSet, cardSet, CHAIN, chainWith, tampered } from './card-set';
import { editTlv, patch, retag, revalue, cutOff } from './edit-tlv';
import { editSignedData, editSigner, resign, signatureOf } from './sod-edits';

const SIGNATURE = 'ICAO3:LDS_D/signature';
const STRUCTURE = 'ICAO3:LDS_D/structure';
const MESSAGE_DIGEST = Buffer.from('06092A864886F70D010904', 'hex');
const CONTENT_TYPE = Buffer.from('06092A864886F70D010903', 'hex');
const isAttribute = (oid: Buffer) => (raw: Uint8Array) => Buffer.from(raw).includes(oid);

const FRAMES: readonly BadSet[] = [
  {
    id: 'sod-wrong-tag',
    fault: 'EF.SOD begins with another tag',
    check: 'persoline:LDS/well-formed',
    reason: 'EF.SOD begins with tag 7E where 77 belongs.',
    also: ['ICAO3:LDS_D/structure: EF.SOD is malformed:'],
    make: tampered('EF.SOD', (bytes) => editTlv(bytes, [0x77], retag(0x7e))),
  },
  {
    id: 'sod-cut-off',
    fault: 'EF.SOD is shorter than its length says',
    check: 'persoline:LDS/well-formed',
    reason: 'EF.SOD is truncated: its length says',
    also: ['ICAO3:LDS_D/structure: EF.SOD is malformed:'],
    make: tampered('EF.SOD', cutOff),
  },
  {
    id: 'sod-no-signed-data',
    fault: 'EF.SOD holds another content type than SignedData',
    check: STRUCTURE,
    reason: 'EF.SOD is malformed: ContentInfo: 1.2.840.113549.1.7.1 is no SignedData.',
    make: tampered('EF.SOD', (bytes) =>
      editTlv(bytes, [0x77, 0x30, 0x06], () => derOid('1.2.840.113549.1.7.1')),
    ),
  },
  {
    id: 'sod-other-content',
    fault: 'the signed content is no LDS security object',
    check: STRUCTURE,
    reason: 'What was signed is no LDSSecurityObject but 2.23.136.1.1.2.',
    also: ['ICAO3:LDS_D/signed-attributes: The attribute contentType is wrong:'],
    make: tampered('EF.SOD', (bytes) =>
      editTlv(bytes, [0x77, 0x30, 0xa0, 0x30, 0x30, 0x06], () => derOid('2.23.136.1.1.2')),
    ),
  },
  {
    id: 'sod-no-signer',
    fault: 'EF.SOD has no SignerInfo',
    check: STRUCTURE,
    reason: 'EF.SOD has no signer.',
    make: tampered('EF.SOD', (sod) =>
      editSignedData(sod, (members) => [...members.slice(0, -1), encodeTlv(0x31)]),
    ),
  },
  {
    id: 'sod-no-certificate',
    fault: 'EF.SOD of version 1 holds no DSC (TR5.1:LDS_H_15)',
    check: 'ICAO3:LDS_D/dsc-present',
    reason: 'EF.SOD holds no document-signer certificate.',
    make: tampered('EF.SOD', withoutCertificates),
  },
  {
    id: 'sod-other-signer-named',
    fault: 'the signer identifier names another serial number',
    check: 'ICAO3:LDS_D/signer-identifier',
    reason: 'No certificate in EF.SOD is the one that the signer identifier names.',
    make: tampered('EF.SOD', (sod) =>
      editSigner(sod, ([version = new Uint8Array(), sid = new Uint8Array(), ...rest]) => [
        version,
        editTlv(
          sid,
          [0x30, 0x02],
          revalue(() => Uint8Array.of(0x55)),
        ),
        ...rest,
      ]),
    ),
  },
];

const SIGNATURES: readonly BadSet[] = [
  {
    id: 'sod-no-attributes',
    fault: 'there are no signed attributes',
    check: 'ICAO3:LDS_D/signed-attributes',
    reason: 'EF.SOD has no signed attributes.',
    make: tampered('EF.SOD', (sod) => {
      const content = contentOf(sod);
      const { signature } = CHAIN.dscKey.algorithm;
      const value = signMessage(signature, CHAIN.dscKey.privateKey, content);
      return editSigner(sod, (members) => [
        ...members.filter(([tag]) => tag !== 0xa0).slice(0, -1),
        encodeTlv(0x04, value),
      ]);
    }),
  },
  {
    id: 'sod-no-message-digest',
    fault: 'the signed attributes lack messageDigest',
    check: 'ICAO3:LDS_D/signed-attributes',
    reason: 'The signed attribute messageDigest is missing.',
    make: tampered('EF.SOD', (sod) =>
      resign(sod, CHAIN.dscKey, (all) => all.filter((one) => !isAttribute(MESSAGE_DIGEST)(one))),
    ),
  },
  {
    id: 'sod-no-content-type',
    fault: 'the signed attributes lack contentType',
    check: 'ICAO3:LDS_D/signed-attributes',
    reason: 'The signed attribute contentType is missing.',
    make: tampered('EF.SOD', (sod) =>
      resign(sod, CHAIN.dscKey, (all) => all.filter((one) => !isAttribute(CONTENT_TYPE)(one))),
    ),
  },
  {
    id: 'sod-message-digest-differs',
    fault: 'the signature covers another list of hashes',
    check: 'ICAO3:LDS_D/message-digest',
    reason: 'The list of hashes in EF.SOD was changed after signing:',
    make: tampered('EF.SOD', (sod) =>
      resign(sod, CHAIN.dscKey, (all) =>
        all.map((one) =>
          isAttribute(MESSAGE_DIGEST)(one) ? patch(one, -1, one.at(-1) === 0 ? 1 : 0) : one,
        ),
      ),
    ),
  },
  {
    id: 'sod-signature-forged',
    fault: 'one bit of the signature is another',
    check: SIGNATURE,
    reason: 'The signature of EF.SOD is wrong',
    make: tampered('EF.SOD', (sod) => patch(sod, -1, (sod.at(-1) ?? 0) ^ 1)),
  },
  {
    id: 'sod-signed-by-another',
    fault: 'another key than that of the DSC signed',
    check: SIGNATURE,
    reason: 'The signature of EF.SOD is wrong',
    make: tampered('EF.SOD', (sod) => resign(sod, CHAIN.cscaKey, (all) => all)),
  },
  {
    id: 'sod-attributes-changed',
    fault: 'the signing time was changed after signing',
    check: SIGNATURE,
    reason: 'The signature of EF.SOD is wrong',
    make: tampered('EF.SOD', (sod) => {
      const at = Buffer.from(sod).indexOf('260615093000Z', 0, 'latin1');
      return patch(sod, at + 5, 0x36);
    }),
  },
  {
    id: 'sod-signature-empty',
    fault: 'the signature has no byte',
    check: SIGNATURE,
    reason: 'The signature of EF.SOD is wrong',
    make: tampered('EF.SOD', (sod) => {
      if (signatureOf(sod).length === 0) throw new Error('it is empty already');
      return editSigner(sod, (members) => [...members.slice(0, -1), encodeTlv(0x04)]);
    }),
  },
];

/** What the changed byte means in the file besides. */
const AFTER_HASH = {
  'EF.DG2': [
    'ICAO3:LDS_C/picture: The picture in EF.DG2 cannot be decoded: JPEG: has no end mark.',
  ],
  'EF.DG11': [
    'persoline:LDS/holder-agrees: the date of birth in EF.DG11 does not agree with the MRZ in EF.DG1.',
  ],
  'EF.DG14': [
    'TR5.1:LDS_J/card-access-dg14: EF.CardAccess has PACE',
    '9303-11:PACE/downgrade: EF.DG14 signs PACE',
  ],
  'EF.DG15': [],
} as const;

const HASHES: readonly BadSet[] = [
  ...(['EF.DG2', 'EF.DG11', 'EF.DG14', 'EF.DG15'] as const).map((file) => ({
    id: `${file.slice(3).toLowerCase()}-hash-differs`,
    fault: `the last byte of ${file} was changed after signing`,
    check: 'ICAO3:LDS_D/hash',
    reason: `The hash of ${file} is not the signed one.`,
    also: AFTER_HASH[file],
    make: tampered(file, (bytes: Uint8Array) => patch(bytes, -1, (bytes.at(-1) ?? 0) ^ 1)),
  })),
  {
    id: 'sod-hash-too-many',
    fault: 'a group is signed that is not there (TR5.1:LDS_H_45)',
    check: 'ICAO3:LDS_D/hash',
    reason: 'EF.DG13 is in EF.SOD but the file is not there.',
    also: ['ICAO3:LDS_A/tag-list: EF.COM lists DG13, but the file is not there.'],
    make: () =>
      cardSet({
        securityObject: (object) => ({
          ...object,
          hashes: new Map([...object.hashes, [13, new Uint8Array(32)]]),
        }),
        beforeSigning: (files) => files.set('EF.COM', comOf([1, 2, 11, 12, 13, 14, 15])),
      }),
  },
  {
    id: 'sod-hash-missing',
    fault: 'a group that is there is not signed (TR5.1:LDS_H_47)',
    check: 'ICAO3:LDS_D/hash',
    reason: 'EF.DG12 is there but is not in EF.SOD.',
    also: ['TR5.1:LDS_H/com-sod: EF.COM lists DG12, which EF.SOD does not have.'],
    make: () =>
      cardSet({
        securityObject: (object) => ({
          ...object,
          hashes: new Map([...object.hashes].filter(([group]) => group !== 12)),
        }),
      }),
  },
  {
    id: 'sod-hash-of-other-group',
    fault: 'the hashes of two groups have changed places (TR5.1:LDS_H_46)',
    check: 'ICAO3:LDS_D/hash',
    reason: 'The hash of EF.DG11 is not the signed one.',
    also: ['ICAO3:LDS_D/hash: The hash of EF.DG12 is not the signed one.'],
    make: () =>
      cardSet({
        securityObject: (object) => {
          const hashes = new Map(object.hashes);
          const [left = new Uint8Array(), right = new Uint8Array()] = [
            hashes.get(11),
            hashes.get(12),
          ];
          return { ...object, hashes: hashes.set(11, right).set(12, left) };
        },
      }),
  },
  {
    id: 'sod-sha1',
    fault: 'the hashes are SHA-1 in a document of 2026 (TR5.1:LDS_H_36)',
    check: 'ICAO3:LDS_D/digest-algorithm',
    reason: 'LDSSecurityObject uses SHA-1, which Doc 9303-12 does not allow.',
    make: () =>
      cardSet({ encodeContent: (files) => encodeObject(files, { digest: 'sha1', version: 0 }) }),
  },
  {
    id: 'sod-v1-without-version',
    fault: 'version 1 of the security object has no ldsVersionInfo',
    check: 'ICAO3:LDS_D/security-object',
    reason: 'The LDSSecurityObject is V1 but has no ldsVersionInfo.',
    make: () =>
      cardSet({ encodeContent: (files) => encodeObject(files, { digest: 'sha256', version: 1 }) }),
  },
  {
    id: 'sod-security-object-malformed',
    fault: 'the security object is no sequence',
    check: 'ICAO3:LDS_D/security-object',
    reason: 'The LDSSecurityObject is malformed',
    make: () => cardSet({ encodeContent: () => derOctetString(new Uint8Array(8)) }),
  },
  {
    id: 'sod-dsc-malformed',
    fault: 'what stands for the DSC is no certificate (TR5.1:LDS_H_50)',
    check: 'ICAO3:LDS_D/dsc-present',
    reason: 'The document-signer certificate is malformed:',
    make: tampered('EF.SOD', (sod) =>
      editSignedData(sod, (members) =>
        members.map((raw) => (raw[0] === 0xa0 ? encodeTlv(0xa0, derSequence(derInteger(1))) : raw)),
      ),
    ),
  },
  {
    id: 'sod-dsc-twin',
    fault: 'the DSC beside the signature is another certificate of the same name and number',
    check: SIGNATURE,
    reason: 'The signature of EF.SOD is wrong',
    make: tampered('EF.SOD', (sod) => {
      const twin = chainWith({ keys: { ...CHAIN, dscKey: CHAIN.cscaKey } }).dsc.raw;
      return editSignedData(sod, (members) =>
        members.map((raw) => (raw[0] === 0xa0 ? encodeTlv(0xa0, twin) : raw)),
      );
    }),
  },
];

export const BAD_SOD_SETS: readonly BadSet[] = [...FRAMES, ...SIGNATURES, ...HASHES];

function contentOf(sod: Uint8Array): Uint8Array {
  let content = new Uint8Array();
  editTlv(sod, [0x77, 0x30, 0xa0, 0x30, 0x30, 0xa0, 0x04], ({ raw, value }) => {
    content = value.slice();
    return raw;
  });
  return content;
}

function encodeObject(
  files: Parameters<typeof hashesOf>[0],
  { digest, version }: { readonly digest: 'sha1' | 'sha256'; readonly version: number },
): Uint8Array {
  const hashes = [...hashesOf(files, digest)].map(([group, hash]) =>
    derSequence(derInteger(group), derOctetString(hash)),
  );
  return derSequence(
    derInteger(version),
    derSequence(derOid(DIGESTS[digest].oid)),
    derSequence(...hashes),
  );
}
