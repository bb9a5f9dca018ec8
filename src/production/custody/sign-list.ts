import {
  assembleSignedData,
  encodeSignedAttributes,
  prepareSignedData,
} from '../../standards/cms/build-signed-data';
import { DEVIATION_LIST_OID } from '../../standards/cms/deviation-list';
import { lintSignedList, parseSignedList } from '../../standards/cms/lint/lint-signed-list';
import type { SignedListKind } from '../../standards/cms/lint/signed-list-rule';
import { MASTER_LIST_OID } from '../../standards/cms/master-list';
import { verifySigner } from '../../standards/cms/verify-signed-data';
import { parseSignatureAlgorithmName } from '../../standards/crypto/signature-algorithms';
import { parseCertificate } from '../../standards/pki/certificate';
import { describeFinding } from '../../standards/pki/lint/describe-finding';
import { lintCertificate } from '../../standards/pki/lint/lint-certificate';
import type { SignerKey } from '../document/key-set';
import { ProductionError } from '../errors';
import type { Hsm } from '../ports';
import { signAfterDraft } from './sign-after-draft';

/** Who signs a list, and when. */
export interface ListOrder {
  readonly signer: SignerKey;
  readonly signedAt: Date;
}

const LISTS = {
  'master-list': { contentType: MASTER_LIST_OID, role: 'ml-signer', what: 'master list' },
  'deviation-list': { contentType: DEVIATION_LIST_OID, role: 'dl-signer', what: 'deviation list' },
} as const;

/** The signature is the last member of the only signer, which is the last member. */
const SIGNATURE_IN_LIST = [1, 0, -1, 0, -1];

/**
 * A signed list around its content: the signer's CSCA travels with it and the time of signing is
 * told. It is drafted, held against the profile, signed, held against it again, and verified
 * [9303-12 §9, §10].
 *
 * @throws ProductionError `CERTIFICATE_FAULTY` when the signer's certificate is none for this kind
 * of list, `LIST_FAULTY`, `SIGNATURE_WRONG`, or of the HSM.
 */
export async function signList(
  { kind, content }: { readonly kind: SignedListKind; readonly content: Uint8Array },
  { signer, signedAt }: ListOrder,
  hsm: Hsm,
): Promise<Uint8Array> {
  const { keyLabel, algorithm, certificate, csca } = signer;
  const { contentType, role, what } = LISTS[kind];
  const { publicKey } = requireSigner(signer, role);
  const frame = prepareSignedData({
    ...{ contentType, certificate, otherCertificates: [csca] },
    signature: parseSignatureAlgorithmName(algorithm).signature,
    signerId: 'subjectKeyIdentifier',
  });
  const signedAttributes = encodeSignedAttributes(frame, content, signedAt);
  const request = { label: keyLabel, algorithm, message: signedAttributes };
  return signAfterDraft(
    {
      ...{ what, faulty: 'LIST_FAULTY', signatureAt: SIGNATURE_IN_LIST },
      key: { keyLabel, algorithm, publicKey },
      sign: async (by) => {
        const signature = await by.sign({ ...request, purpose: 'master-list-sign' });
        return assembleSignedData(frame, { content, signedAttributes, signature });
      },
      faults: (der) => lintSignedList(parseSignedList(der)).map(describeFinding),
      mismatch,
    },
    hsm,
  );
}

function requireSigner({ certificate, keyLabel }: SignerKey, role: 'ml-signer' | 'dl-signer') {
  const parsed = parseCertificate(certificate, 'signer certificate');
  const reasons = lintCertificate(parsed, role).map(describeFinding);
  if (reasons.length === 0) return parsed;
  throw new ProductionError('CERTIFICATE_FAULTY', `key ${keyLabel}`, reasons);
}

function mismatch(der: Uint8Array, publicKey: Uint8Array): string | undefined {
  const { signedData, signer } = parseSignedList(der);
  if (signer === undefined) return 'it has no signer';
  const { signature, messageDigest } = verifySigner(signedData, signer, publicKey);
  const wrong = [signature, messageDigest].find(({ valid }) => !valid);
  return wrong?.valid === false ? wrong.reason : undefined;
}
