import type { AgreementGroup } from '../../crypto/agreement-group';
import { findStandardizedGroup } from '../../crypto/standardized-groups';
import type { PaceInfo, SecurityInfo } from '../../lds/security-infos';
import { MalformedError } from '../../bytes/malformed';
import { AccessError } from '../access-error';
import { findDomainParameterInfo, findExplicitGroup } from './pace-domain-parameters';
import { findPaceAlgorithm, type PaceAlgorithm, type PaceMapping } from './pace-algorithms';

/** A variant of PACE over one set of domain parameters: all that both sides must agree on. */
export interface PaceProtocol {
  readonly algorithm: PaceAlgorithm;
  /** As PACEInfo names it; -1 where it names none. */
  readonly parameterId: number;
  readonly group: AgreementGroup;
}

/** It has no integrated mapping, because its prime is 1 modulo 4 [9303-11 §9.5.1 note]. */
const P224 = 'P-224';
/** Numbers beyond are the chip's own [9303-11 §9.5.1]. */
const LAST_STANDARDIZED = 31;
/** Where a PACEInfo names no number: the one set that the chip has. */
const OWN_PARAMETERS = -1;

/**
 * The protocol behind a PACEInfo [9303-11 §9.2.1, §9.2.2, §9.5.1].
 *
 * @param infos the others of EF.CardAccess, for explicit domain parameters
 * @throws AccessError `unsupported` when the identifiers are unknown or do not go together, or the
 * domain parameters are none of the standardized ones.
 */
export function resolvePaceProtocol(
  info: Pick<PaceInfo, 'oid' | 'parameterId'>,
  infos: readonly SecurityInfo[] = [],
): PaceProtocol {
  const fail = (detail: string) => new AccessError('PACE, protocol', 'unsupported', detail);
  const algorithm = findPaceAlgorithm(info.oid);
  if (algorithm === undefined) throw fail(`${info.oid} is no variant of PACE`);
  const { group, words } = resolveGroup(info, infos, fail);
  if (group.kind !== algorithm.agreement) throw fail(`${words} are not for ${algorithm.name}`);
  if (algorithm.mapping === 'IM' && group.name === P224) {
    throw fail('integrated mapping is not defined for P-224');
  }
  return { algorithm, parameterId: info.parameterId ?? OWN_PARAMETERS, group };
}

function resolveGroup(
  { oid, parameterId }: Pick<PaceInfo, 'oid' | 'parameterId'>,
  infos: readonly SecurityInfo[],
  fail: (detail: string) => AccessError,
): { readonly group: AgreementGroup; readonly words: string } {
  const words =
    parameterId === undefined ? 'its own domain parameters' : `domain parameters ${parameterId}`;
  const standardized = parameterId === undefined ? undefined : findStandardizedGroup(parameterId);
  if (standardized !== undefined) return { group: standardized, words };
  const explicit = findDomainParameterInfo(
    { oid, ...(parameterId !== undefined && { parameterId }) },
    infos,
  );
  if (explicit === undefined) {
    throw fail(
      parameterId !== undefined && parameterId <= LAST_STANDARDIZED
        ? `${words} are not standardized`
        : `${words} stand nowhere`,
    );
  }
  const group = findExplicitGroup(explicit);
  if (group === undefined) throw fail(`${words} are none of the standardized ones`);
  return { group, words };
}

/** A PACEInfo of the chip that is implemented here, and how to name it to the chip. */
export interface PaceOffer {
  readonly protocol: PaceProtocol;
  /** True when the same variant stands there with several domain parameters [9303-11 §4.4.4.1]. */
  readonly ambiguous: boolean;
}

/**
 * The variants that the chip offers and that are implemented, the preferred first: by mapping,
 * then the stronger cipher, then the chip's own order [9303-11 §4.2, §9.2.3].
 *
 * @param infos SecurityInfos of EF.CardAccess
 */
export function listPaceOffers(
  infos: readonly SecurityInfo[],
  mappings: readonly PaceMapping[] = ['GM', 'CAM', 'IM'],
): readonly PaceOffer[] {
  const found = infos.filter((info): info is PaceInfo => info.kind === 'pace');
  return found
    .flatMap((info) => {
      const protocol = tryResolve(info, infos);
      const isOneOfSeveral = found.filter(({ oid }) => oid === info.oid).length > 1;
      const ambiguous = isOneOfSeveral && info.parameterId !== undefined;
      return typeof protocol === 'string' ? [] : [{ protocol, ambiguous }];
    })
    .filter(({ protocol }) => mappings.includes(protocol.algorithm.mapping))
    .toSorted((left, right) => rank(left) - rank(right));

  function rank({ protocol: { algorithm } }: PaceOffer): number {
    const ciphers = ['AES-256', 'AES-192', 'AES-128', '3DES'];
    return mappings.indexOf(algorithm.mapping) * 10 + ciphers.indexOf(algorithm.cipher);
  }
}

/**
 * Why a variant that the chip offers is passed over, one reason each, for people [9303-11 §9.2.1].
 *
 * @param infos SecurityInfos of EF.CardAccess
 */
export function listUnusablePace(infos: readonly SecurityInfo[]): readonly string[] {
  return infos.flatMap((info) => {
    const protocol = info.kind === 'pace' ? tryResolve(info, infos) : undefined;
    return typeof protocol === 'string' ? [protocol] : [];
  });
}

/** The protocol, or why it is none that can be run. */
function tryResolve(info: PaceInfo, infos: readonly SecurityInfo[]): PaceProtocol | string {
  try {
    return resolvePaceProtocol(info, infos);
  } catch (error) {
    if (error instanceof AccessError || error instanceof MalformedError) return error.message;
    throw error;
  }
}
