import { parseDer, readOid, readTime } from '../../../../standards/asn1/read';
import { equalBytes } from '../../../../standards/bytes/compare';
import { encodeHex } from '../../../../standards/bytes/hex';
import { CMS_OIDS } from '../../../../standards/cms/cms-oids';
import { parseEfSod } from '../../../../standards/cms/ef-sod';
import {
  type CmsAttribute,
  parseSignedData,
  type SignedData,
  type SignerInfo,
} from '../../../../standards/cms/parse-signed-data';
import { MalformedError } from '../../../../standards/bytes/malformed';
import { digestBytes, DIGESTS } from '../../../../standards/crypto/digest-algorithms';
import {
  LDS_SECURITY_OBJECT_OID,
  type LdsSecurityObject,
  parseLdsSecurityObject,
} from '../../../../standards/lds/lds-security-object';
import { Inputs } from '../inputs';
import { Refused } from '../refusal';
import { type Figures, once, type Topic } from '../topic';
import type { VectorEntry } from '../vector-file';
import { dataGroupsOf } from './lds';
import { verifySignerAndChain } from './sod-signer';

/** Security objects: what they say, and whether they hold from the CSCA down to each data group. */
export const EF_SOD: Topic = {
  name: 'EF.SOD',
  figures: (entry) => sodFigures(Inputs.of(entry)),
  accept: (entry) => acceptSod(entry),
};

interface OpenedSod {
  readonly signedData: SignedData;
  readonly signer: SignerInfo;
  readonly content: LdsSecurityObject;
}

function openSod(inputs: Inputs): OpenedSod {
  const signedData = parseSignedData(parseEfSod(inputs.hex('ef_sod', 'sod')));
  const [signer] = signedData.signers;
  if (signer === undefined) throw new MalformedError('SignedData', 'has no signer');
  if (signedData.contentType !== LDS_SECURITY_OBJECT_OID) {
    throw new Refused('content-type', 'the content type is not that of a security object');
  }
  if (signedData.content === undefined) {
    throw new MalformedError('SignedData', 'the content is missing');
  }
  return { signedData, signer, content: parseLdsSecurityObject(signedData.content) };
}

function sodFigures(inputs: Inputs): Figures {
  const sod = once(() => openSod(inputs));
  return {
    lds_security_object_version: () => sod().content.version,
    lds_version: () => sod().content.ldsVersion ?? null,
    unicode_version: () => sod().content.unicodeVersion ?? null,
    digest: () => DIGESTS[sod().content.digest].title,
    dg_hashes: () => {
      const hashes = [...sod().content.hashes].map(([group, hash]) => [group, encodeHex(hash)]);
      return Object.fromEntries(hashes) as unknown;
    },
    signer_sid: () => sod().signer.signerId.type,
    signed_attributes: (expected) => matchAttributes(expected, sod().signer),
  };
}

/** Attributes are a set: files list them in any order. */
function matchAttributes(expected: unknown, signer: SignerInfo): readonly string[] {
  const found = (signer.signedAttributes?.attributes ?? []).map(describeAttribute);
  const wanted: readonly unknown[] = Array.isArray(expected) ? expected : [];
  const rank = (text: string): number => wanted.indexOf(text);
  return found.toSorted((left, right) => rank(left) - rank(right));
}

function describeAttribute({ oid, values }: CmsAttribute): string {
  const [first] = values;
  if (oid === CMS_OIDS.messageDigest) return 'messageDigest';
  if (first === undefined) return oid;
  const value = parseDer(first, 'attribute');
  if (oid === CMS_OIDS.contentType) return `contentType ${readOid(value, 'contentType')}`;
  if (oid !== CMS_OIDS.signingTime) return oid;
  const compact = readTime(value, 'signingTime').toISOString().replaceAll(/[-:T]/g, '');
  return `signingTime ${compact.slice(2, 14)}Z`;
}

/** Passive authentication, as far as the entry has what it needs. */
function acceptSod(entry: VectorEntry): void {
  const inputs = Inputs.of(entry);
  const { signedData, signer, content } = openSod(inputs);
  if (content.digest === 'sha1') {
    throw new Refused('algorithm', 'the hash algorithm SHA-1 is not allowed in a security object');
  }
  verifySignerAndChain(inputs, signedData, signer);
  for (const [group, bytes] of dataGroupsOf(inputs)) {
    const held = content.hashes.get(group);
    if (held === undefined) {
      throw new Refused('data-group', `the security object has no hash of data group ${group}`);
    }
    if (!equalBytes(held, digestBytes(content.digest, bytes))) {
      throw new Refused(
        'hash',
        `the hash of data group ${group} is another: DG${group} was altered`,
      );
    }
  }
}
