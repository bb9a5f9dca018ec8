import {
  type DerNode,
  parseDer,
  readInteger,
  readOid,
  readSequence,
  readSmallInteger,
} from '../../asn1/read';
import type { AgreementGroup } from '../../crypto/agreement-group';
import { dhGroup } from '../../crypto/dh-group';
import { DH_GROUPS, type DhParameters } from '../../crypto/dh-parameters';
import { ecGroup } from '../../crypto/ec-group';
import { findStandardizedGroup } from '../../crypto/standardized-groups';
import type { PaceDomainParameterInfo, PaceInfo, SecurityInfo } from '../../lds/security-infos';
import { parseEcParameters } from '../../pki/subject-public-key-info';

const OID = {
  standardizedDomainParameters: '0.4.0.127.0.7.1.2',
  ecPublicKey: '1.2.840.10045.2.1',
  dhpublicnumber: '1.2.840.10046.2.1',
  dhKeyAgreement: '1.2.840.113549.1.3.1',
} as const;

const PLACE = 'PACE domain parameters';

/**
 * The PACEDomainParameterInfo that a PACEInfo without standardized parameters means: of the same
 * mapping and key agreement, and of its number where it names one [9303-11 §9.2.2].
 */
export function findDomainParameterInfo(
  { oid, parameterId }: Pick<PaceInfo, 'oid' | 'parameterId'>,
  infos: readonly SecurityInfo[],
): PaceDomainParameterInfo | undefined {
  const family = oid.slice(0, oid.lastIndexOf('.'));
  const fitting = infos.filter(
    (info): info is PaceDomainParameterInfo =>
      info.kind === 'pace-domain-parameters' && info.oid === family,
  );
  if (parameterId !== undefined) return fitting.find((info) => info.parameterId === parameterId);
  return fitting.length === 1 ? fitting[0] : undefined;
}

/**
 * The group of explicit domain parameters, where it is a standardized one. EF.CardAccess is not
 * signed: in a group of somebody else's choice the password could be computed from the terminal's
 * keys, so that no other group is taken [9303-11 §9.2.2, §9.5].
 *
 * @throws MalformedError when the parameters cannot be read.
 */
export function findExplicitGroup({
  domainParameter,
}: Pick<PaceDomainParameterInfo, 'domainParameter'>): AgreementGroup | undefined {
  const [identifier, parameters] = readSequence(parseDer(domainParameter, PLACE), PLACE);
  switch (readOid(identifier, PLACE)) {
    case OID.standardizedDomainParameters:
      return findStandardizedGroup(readSmallInteger(parameters, PLACE));
    case OID.ecPublicKey: {
      const { curve } = parseEcParameters(parameters, PLACE);
      return curve === undefined ? undefined : ecGroup(curve);
    }
    case OID.dhpublicnumber:
    case OID.dhKeyAgreement:
      return findDhGroup(parameters);
    default:
      return undefined;
  }
}

/** Both forms begin with the prime and the generator [RFC 3279 §2.3.3, PKCS #3 §9]. */
function findDhGroup(parameters: DerNode | undefined): AgreementGroup | undefined {
  const [prime, generator] = readSequence(parameters, PLACE);
  const [p, g] = [readInteger(prime, PLACE), readInteger(generator, PLACE)];
  const known = Object.values<DhParameters>(DH_GROUPS).find((one) => one.p === p && one.g === g);
  return known === undefined ? undefined : dhGroup(known);
}
