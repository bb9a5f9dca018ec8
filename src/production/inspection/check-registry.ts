import type { Check } from './check';
import { cardAccessInDg14 } from './checks/agreement/card-access-in-dg14';
import { cardSecurityAgrees } from './checks/agreement/card-security';
import { paceDowngrade } from './checks/agreement/pace-downgrade';
import { comAgreesWithFiles } from './checks/agreement/com-agrees-with-files';
import { comAgreesWithSod } from './checks/agreement/com-agrees-with-sod';
import { holderAgrees } from './checks/agreement/holder-agrees';
import { countryAgreement } from './checks/certificates/country-agreement';
import { cscaConstraints } from './checks/certificates/csca-constraints';
import { cscaKeyUsage } from './checks/certificates/csca-key-usage';
import { cscaSelfSigned } from './checks/certificates/csca-self-signed';
import { cscaValidity } from './checks/certificates/csca-validity';
import { documentType } from './checks/certificates/document-type';
import { dscChain } from './checks/certificates/dsc-chain';
import { dscKeyIdentifier } from './checks/certificates/dsc-key-identifier';
import { dscKeyUsage } from './checks/certificates/dsc-key-usage';
import { dscValidity } from './checks/certificates/dsc-validity';
import { keyPeriod } from './checks/certificates/key-period';
import { cscaProfile } from './checks/certificates/csca-profile';
import { dscProfile } from './checks/certificates/dsc-profile';
import { revocation } from './checks/certificates/revocation';
import { aaAlgorithmInfo } from './checks/chip/aa-algorithm-info';
import { accessProtocol } from './checks/chip/access-protocol';
import { activeAuthentication } from './checks/chip/active-authentication';
import { biometricsClosed } from './checks/chip/biometrics-closed';
import { chipAuthentication } from './checks/chip/chip-authentication';
import { chipAuthenticationMapping } from './checks/chip/chip-authentication-mapping';
import { closedWithoutPassword } from './checks/chip/closed-without-password';
import { cloningProtection } from './checks/chip/cloning-protection';
import { terminalAuthentication } from './checks/chip/terminal-authentication';
import { unreadFiles } from './checks/chip/unread-files';
import { expectedFiles } from './checks/comparison/expected-files';
import { atrInfo } from './checks/files/atr-info';
import { comVersion } from './checks/files/com-version';
import { directory } from './checks/files/directory';
import { displayedPictures } from './checks/files/displayed-pictures';
import { facePicture } from './checks/files/face-picture';
import { faceTemplate } from './checks/files/face-template';
import { fingers } from './checks/files/fingers';
import { irises } from './checks/files/irises';
import { mrzCheckDigits } from './checks/files/mrz-check-digits';
import { mrzExpiry } from './checks/files/mrz-expiry';
import { mrzFields } from './checks/files/mrz-fields';
import { persons } from './checks/files/persons';
import { requiredFiles } from './checks/files/required-files';
import { securityInfos } from './checks/files/security-infos';
import { tagList } from './checks/files/tag-list';
import { wellFormed } from './checks/files/well-formed';
import { dataGroupHash } from './checks/sod/data-group-hash';
import { digestAlgorithm } from './checks/sod/digest-algorithm';
import { dscPresent } from './checks/sod/dsc-present';
import { messageDigest } from './checks/sod/message-digest';
import { securityObject } from './checks/sod/security-object';
import { signedAttributes } from './checks/sod/signed-attributes';
import { signerIdentifier } from './checks/sod/signer-identifier';
import { sodEncoding } from './checks/sod/sod-encoding';
import { sodSignature } from './checks/sod/sod-signature';
import { sodStructure } from './checks/sod/sod-structure';

/** Every question of the judge, in the order of the report: one file a check. */
export const CHECKS: readonly Check[] = [
  accessProtocol,
  closedWithoutPassword,
  unreadFiles,
  biometricsClosed,
  terminalAuthentication,
  requiredFiles,
  wellFormed,
  comVersion,
  mrzFields,
  mrzCheckDigits,
  mrzExpiry,
  faceTemplate,
  facePicture,
  fingers,
  irises,
  displayedPictures,
  tagList,
  persons,
  directory,
  atrInfo,
  securityInfos,
  comAgreesWithSod,
  comAgreesWithFiles,
  holderAgrees,
  cardAccessInDg14,
  cardSecurityAgrees,
  paceDowngrade,
  sodStructure,
  sodEncoding,
  securityObject,
  digestAlgorithm,
  signerIdentifier,
  signedAttributes,
  dscPresent,
  messageDigest,
  sodSignature,
  dataGroupHash,
  dscChain,
  revocation,
  dscValidity,
  keyPeriod,
  dscKeyIdentifier,
  dscKeyUsage,
  documentType,
  countryAgreement,
  dscProfile,
  cscaValidity,
  cscaKeyUsage,
  cscaConstraints,
  cscaSelfSigned,
  cscaProfile,
  activeAuthentication,
  aaAlgorithmInfo,
  chipAuthentication,
  chipAuthenticationMapping,
  cloningProtection,
  expectedFiles,
];
