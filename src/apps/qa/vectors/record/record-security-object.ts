import { equalBytes } from '../../../../standards/bytes/compare';
import { encodeHex } from '../../../../standards/bytes/hex';
import { encodeAscii } from '../../../../standards/bytes/text';
import { CMS_OIDS } from '../../../../standards/cms/cms-oids';
import { digestOf } from '../../../../standards/cms/digest-of';
import { parseEfSod } from '../../../../standards/cms/ef-sod';
import { parseSignedData, type SignedData } from '../../../../standards/cms/parse-signed-data';
import { digestBytes } from '../../../../standards/crypto/digest-algorithms';
import { parseDer, readOctetString } from '../../../../standards/asn1/read';
import {
  type LdsSecurityObject,
  parseLdsSecurityObject,
} from '../../../../standards/lds/lds-security-object';
import { NotComputable } from '../not-computable';
import { LDS } from '../topics/lds';
import { EF_SOD } from '../topics/sod';
import type { Candidate } from './recording';

/** Data groups that hold keys and parameters of the chip, and nothing of its holder. */
const OF_THE_CHIP = [14, 15];
const MEMBERS = [
  'lds_security_object_version',
  'lds_version',
  'unicode_version',
  'digest',
  'dg_hashes',
  'signer_sid',
  'signed_attributes',
];
const NOTES =
  'The hashes of the data groups of the holder are those of masked stand-ins, the message digest ' +
  'is that of the changed content, and the signature is zero: it cannot be made anew, and the ' +
  'real one would confirm a guess of the real hashes. The certificate is as it was.';

/** The bytes that stand for a data group where its own must not be told. */
export type Stand = (group: number) => Uint8Array;

/**
 * EF.SOD without hashes of the holder's data, and the security object in it.
 *
 * @throws MalformedError, and NotComputable for an EF.SOD that is not built as Doc 9303 has it.
 */
export function recordSecurityObject(
  file: Uint8Array,
  files: ReadonlyMap<number, Uint8Array>,
  stand: Stand,
): readonly Candidate[] {
  const signedData = parseSignedData(parseEfSod(file));
  const { content } = signedData;
  if (content === undefined) throw new NotComputable('it has no content');
  const object = parseLdsSecurityObject(content);
  const fileOf = (group: number): Uint8Array =>
    (OF_THE_CHIP.includes(group) ? files.get(group) : undefined) ?? stand(group);
  const masked = maskSod(file, { signedData, content, object, fileOf });
  const figures = EF_SOD.figures({ id: '', inputs: { ef_sod: encodeHex(file) }, expected: {} }, []);
  const expected = Object.fromEntries(MEMBERS.map((name) => [name, figures[name]?.([])]));
  return [
    {
      topic: EF_SOD,
      id: 'ef-sod',
      real: { inputs: { ef_sod: encodeHex(file) }, expected },
      masked: {
        inputs: { ef_sod: encodeHex(masked) },
        what: ['hashes of the data groups of the holder', 'message digest', 'signature'],
      },
      notes: NOTES,
    },
    objectOf(object, { content, files, fileOf }),
  ];
}

/** The security object made of the files behind its hashes; all of them must be there. */
function objectOf(object: LdsSecurityObject, { content, files, fileOf }: ObjectParts): Candidate {
  const inputsWith = (bytesOf: (group: number) => Uint8Array | undefined) => ({
    hash: object.digest,
    ...(object.version === 1
      ? { lds_version: object.ldsVersion, unicode_version: object.unicodeVersion }
      : {}),
    ...Object.fromEntries(
      [...object.hashes.keys()].flatMap((group) => {
        const bytes = bytesOf(group);
        return bytes === undefined ? [] : [[`dg${group}`, encodeHex(bytes)] as const];
      }),
    ),
  });
  return {
    topic: LDS,
    id: 'security-object',
    real: {
      inputs: inputsWith((group) => files.get(group)),
      expected: { der: encodeHex(content) },
    },
    masked: { inputs: inputsWith(fileOf), what: ['data groups of the holder'] },
    notes: 'A data group of the holder of which nothing is recorded is a text with its name.',
  };
}

interface ObjectParts {
  readonly content: Uint8Array;
  readonly files: ReadonlyMap<number, Uint8Array>;
  readonly fileOf: Stand;
}

function hashesOf({ digest, hashes }: LdsSecurityObject, fileOf: Stand) {
  return new Map(
    [...hashes].map(([group, hash]) => [
      group,
      OF_THE_CHIP.includes(group) ? hash : digestBytes(digest, fileOf(group)),
    ]),
  );
}

interface OpenedSod {
  readonly signedData: SignedData;
  readonly content: Uint8Array;
  readonly object: LdsSecurityObject;
  readonly fileOf: Stand;
}

/** Each value is replaced in its place by one of the same length, so that the DER stays right. */
function maskSod(file: Uint8Array, { signedData, content, object, fileOf }: OpenedSod): Uint8Array {
  const masked = file.slice();
  const other = hashesOf(object, fileOf);
  for (const [group, hash] of object.hashes) {
    const stands = other.get(group);
    if (stands !== undefined && !equalBytes(stands, hash)) replace(masked, hash, stands);
  }
  const changed = content.slice();
  for (const [group, hash] of object.hashes) {
    const stands = other.get(group);
    if (stands !== undefined && !equalBytes(stands, hash)) replace(changed, hash, stands);
  }
  for (const { digestIdentifier, signature, signedAttributes } of signedData.signers) {
    const digest = digestOf(digestIdentifier);
    const attribute = signedAttributes?.attributes.find(
      ({ oid }) => oid === CMS_OIDS.messageDigest,
    );
    const [value] = attribute?.values ?? [];
    if (value !== undefined) {
      const held = readOctetString(parseDer(value, 'messageDigest'), 'messageDigest');
      replace(masked, held, digestBytes(digest, changed));
    }
    replace(masked, signature, new Uint8Array(signature.length));
  }
  return masked;
}

/** @throws NotComputable when the value does not stand there, or is of another length. */
function replace(bytes: Uint8Array, value: Uint8Array, by: Uint8Array): void {
  const at = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf(value);
  if (at < 0 || by.length !== value.length) {
    throw new NotComputable('a value in it cannot be replaced by one of the same length');
  }
  bytes.set(by, at);
}

/** What stands for a data group of the holder of which no masked file is there. */
export function standInText(group: number): Uint8Array {
  return encodeAscii(`masked EF.DG${group}`);
}
