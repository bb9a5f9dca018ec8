import type { SignedListRule } from './signed-list-rule';
import { deviationDescribed } from './rules/deviation-described';
import { deviationDocumentType } from './rules/deviation-document-type';
import { deviationDocuments } from './rules/deviation-documents';
import { deviationListFilled } from './rules/deviation-list-filled';
import { deviationListVersion } from './rules/deviation-list-version';
import { deviationPeriod } from './rules/deviation-period';
import { deviationTypes } from './rules/deviation-types';
import { listAttributeOrder } from './rules/list-attribute-order';
import { listAttributes } from './rules/list-attributes';
import { listCmsVersion } from './rules/list-cms-version';
import { listContent } from './rules/list-content';
import { listContentType } from './rules/list-content-type';
import { listDigest } from './rules/list-digest';
import { listDigestListed } from './rules/list-digest-listed';
import { listEncoding } from './rules/list-encoding';
import { listKeyIdentifier } from './rules/list-key-identifier';
import { listMessageDigest } from './rules/list-message-digest';
import { listNoCrls } from './rules/list-no-crls';
import { listOneSigner } from './rules/list-one-signer';
import { listSigner } from './rules/list-signer';
import { listSignerCertificate } from './rules/list-signer-certificate';
import { listSignerCsca } from './rules/list-signer-csca';
import { listSignerRole } from './rules/list-signer-role';
import { listSignerVersion } from './rules/list-signer-version';
import { listSigningPeriod } from './rules/list-signing-period';
import { listSigningTime } from './rules/list-signing-time';
import { listUnsignedAttributes } from './rules/list-unsigned-attributes';
import { masterListFilled } from './rules/master-list-filled';
import { masterListOnlyCscas } from './rules/master-list-only-cscas';
import { masterListOrder } from './rules/master-list-order';
import { masterListRepeated } from './rules/master-list-repeated';
import { masterListVersion } from './rules/master-list-version';

/** The profile of master lists and deviation lists, one rule a file [9303-12 §9, §10]. */
export const SIGNED_LIST_RULES: readonly SignedListRule[] = [
  deviationDescribed,
  deviationDocumentType,
  deviationDocuments,
  deviationListFilled,
  deviationListVersion,
  deviationPeriod,
  deviationTypes,
  listAttributeOrder,
  listAttributes,
  listCmsVersion,
  listContent,
  listContentType,
  listDigest,
  listDigestListed,
  listEncoding,
  listKeyIdentifier,
  listMessageDigest,
  listNoCrls,
  listOneSigner,
  listSigner,
  listSignerCertificate,
  listSignerCsca,
  listSignerRole,
  listSignerVersion,
  listSigningPeriod,
  listSigningTime,
  listUnsignedAttributes,
  masterListFilled,
  masterListOnlyCscas,
  masterListOrder,
  masterListRepeated,
  masterListVersion,
];
