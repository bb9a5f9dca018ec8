import { decodeBigUint } from '../../../standards/bytes/integer';
import { MalformedError } from '../../../standards/bytes/malformed';
import type { AgreementGroup } from '../../../standards/crypto/agreement-group';
import {
  CURVES,
  type CurveParameters,
  findCurveByOid,
} from '../../../standards/crypto/curve-parameters';
import { dhGroup } from '../../../standards/crypto/dh-group';
import { DH_GROUPS, type DhParameters } from '../../../standards/crypto/dh-parameters';
import { ecGroup } from '../../../standards/crypto/ec-group';
import { findStandardizedGroup } from '../../../standards/crypto/standardized-groups';
import type { Inputs } from './inputs';
import { NotComputable } from './not-computable';

/** A curve by any usual name or its object identifier: `brainpoolP256r1`, `bp256`, `secp256r1`. */
export function curveNamed(name: string): CurveParameters {
  const found = findCurveByOid(name) ?? findByShortName(shorten(name));
  if (found === undefined) {
    throw new MalformedError(
      'curve',
      'the algorithm is not supported: none of the standardized curves',
    );
  }
  return found;
}

/**
 * The group that inputs name: by `curve`, `group`, `parameter_id` or the numbers `p`, `g`, `q`.
 *
 * @throws NotComputable when they name none.
 */
export function groupOf(inputs: Inputs): AgreementGroup {
  const found = findGroup(inputs);
  if (found === undefined) throw new NotComputable('the inputs name no curve and no group');
  return found;
}

/** The same; undefined when the inputs name none. */
export function findGroup(inputs: Inputs): AgreementGroup | undefined {
  if (inputs.has('p') && inputs.has('g')) return groupOfNumbers(inputs);
  const group = inputs.find('group');
  if (typeof group === 'object') return groupOfNumbers(inputs.object('group'));
  const name = inputs.find('curve', 'group', 'domain_parameters');
  if (typeof name === 'string') return findDhGroup(name) ?? ecGroup(curveNamed(name));
  if (!inputs.has('parameter_id', 'parameterId')) return undefined;
  return standardizedGroup(inputs.integer('parameter_id', 'parameterId'));
}

/** The name by which an entry calls a group, when it is one of that group's names; else ours. */
export function callGroup(group: AgreementGroup, expected: unknown): string {
  if (typeof expected !== 'string') return group.name;
  const named = findDhGroup(expected) ?? findEcGroup(expected);
  return named?.name === group.name ? expected : group.name;
}

function findEcGroup(name: string): AgreementGroup | undefined {
  const found = findCurveByOid(name) ?? findByShortName(shorten(name));
  return found === undefined ? undefined : ecGroup(found);
}

function standardizedGroup(id: number): AgreementGroup {
  const found = findStandardizedGroup(id);
  if (found !== undefined) return found;
  throw new MalformedError('domain parameters', 'the parameter id is not supported');
}

function groupOfNumbers(numbers: Inputs): AgreementGroup {
  const p = decodeBigUint(numbers.number('p'));
  const g = decodeBigUint(numbers.number('g'));
  const known = Object.values<DhParameters>(DH_GROUPS).find((one) => one.p === p && one.g === g);
  const given = numbers.has('q') ? numbers.number('q') : undefined;
  const q = given === undefined ? known?.q : decodeBigUint(given);
  if (q === undefined) throw new NotComputable('the inputs have no q for this group');
  return dhGroup({ name: known?.name ?? 'DH group of the entry', p, g, q });
}

/** `MODP-1024-160`, `RFC 5114 2048/256`. */
function findDhGroup(name: string): AgreementGroup | undefined {
  const numbers = /(1024|2048)\D+(160|224|256)/.exec(name);
  if (numbers === null) return undefined;
  const wanted = `MODP-${numbers[1] ?? ''}-${numbers[2] ?? ''}`;
  const found = Object.values<DhParameters>(DH_GROUPS).find((group) => group.name === wanted);
  return found === undefined ? undefined : dhGroup(found);
}

function findByShortName(short: string): CurveParameters | undefined {
  return Object.values<CurveParameters>(CURVES).find(
    ({ name, opensslName }) => shorten(name) === short || shorten(opensslName) === short,
  );
}

/** `bp256` for every spelling of a brainpool curve, `p256` for every one of a NIST curve. */
function shorten(name: string): string {
  const plain = name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  const brainpool = /^(?:brainpool|bp)p?(\d{3})(?:r1)?$/.exec(plain)?.[1];
  if (brainpool !== undefined) return `bp${brainpool}`;
  const nist = /^(?:nist|secp|prime|ansip|ansix9p|p)+(\d{3})(?:r1|v1)?$/.exec(plain)?.[1];
  return nist === undefined ? plain : `p${nist}`;
}
