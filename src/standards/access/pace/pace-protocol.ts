import type { AgreementGroup } from '../../crypto/agreement-group';
import { findStandardizedGroup } from '../../crypto/standardized-groups';
import type { PaceInfo, SecurityInfo } from '../../lds/security-infos';
import { AccessError } from '../access-error';
import { findPaceAlgorithm, type PaceAlgorithm, type PaceMapping } from './pace-algorithms';

/** A variant of PACE over one set of domain parameters: all that both sides must agree on. */
export interface PaceProtocol {
  readonly algorithm: PaceAlgorithm;
  readonly parameterId: number;
  readonly group: AgreementGroup;
}

/** P-224 has no integrated mapping, because its prime is 1 modulo 4 [9303-11 §9.5.1 note]. */
const P224_PARAMETER_ID = 10;

/**
 * The protocol behind a PACEInfo [9303-11 §9.2.3, §9.5.1].
 *
 * @throws AccessError `unsupported` when the identifiers are unknown or do not go together.
 */
export function resolvePaceProtocol(info: {
  readonly oid: string;
  readonly parameterId?: number;
}): PaceProtocol {
  const fail = (detail: string) => new AccessError('PACE, protocol', 'unsupported', detail);
  const algorithm = findPaceAlgorithm(info.oid);
  if (algorithm === undefined) throw fail(`${info.oid} is no variant of PACE`);
  const { parameterId } = info;
  if (parameterId === undefined) throw fail('domain parameters of the chip itself');
  const group = findStandardizedGroup(parameterId);
  if (group === undefined) throw fail(`domain parameters ${parameterId} are not standardized`);
  if (group.kind !== algorithm.agreement) {
    throw fail(`domain parameters ${parameterId} are not for ${algorithm.name}`);
  }
  if (algorithm.mapping === 'IM' && parameterId === P224_PARAMETER_ID) {
    throw fail('integrated mapping is not defined for P-224');
  }
  return { algorithm, parameterId, group };
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
      const protocol = tryResolve(info);
      const ambiguous = found.filter(({ oid }) => oid === info.oid).length > 1;
      return protocol === undefined ? [] : [{ protocol, ambiguous }];
    })
    .filter(({ protocol }) => mappings.includes(protocol.algorithm.mapping))
    .toSorted((left, right) => rank(left) - rank(right));

  function rank({ protocol: { algorithm } }: PaceOffer): number {
    const ciphers = ['AES-256', 'AES-192', 'AES-128', '3DES'];
    return mappings.indexOf(algorithm.mapping) * 10 + ciphers.indexOf(algorithm.cipher);
  }
}

function tryResolve(info: PaceInfo): PaceProtocol | undefined {
  try {
    return resolvePaceProtocol(info);
  } catch (error) {
    if (error instanceof AccessError) return undefined;
    throw error;
  }
}
