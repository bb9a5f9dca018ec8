import { digestBytes } from '../../../standards/crypto/digest-algorithms';
import { encodeUtf8 } from '../../../standards/bytes/text';
import type { ProposalSubject } from '../../document/custody/four-eyes';
import { encodeHex } from '../../../standards/bytes/hex';
import { ProductionError } from '../../errors';
import type { ProfileFile } from '../../ports';
import { formatProblem, type ProfileProblem } from '../../profile/profile-problem';
import { readYaml } from '../../profile/read-yaml';
import { compileSchema, listSchemaProblems } from '../../profile/schema-check';
import { listContradictions } from './ceremony-contradictions';
import type { CeremonyPlan } from './ceremony-plan';
import { CEREMONY_SCHEMA } from './ceremony-schema';

/** A plan with the hash of exactly the bytes that were reviewed. */
export interface CeremonyFile {
  readonly plan: CeremonyPlan;
  readonly sha256: Uint8Array;
}

const check = compileSchema<CeremonyPlan>(CEREMONY_SCHEMA);

/**
 * Reads a ceremony file strictly.
 *
 * @param file its name, as it is to stand in messages
 * @throws ProductionError `CEREMONY_INVALID` with everything that is wrong, each with its line.
 */
export function parseCeremony(text: string, file: string): CeremonyFile {
  const source = readYaml({ text, file } satisfies ProfileFile);
  const { data } = source;
  if (source.problems.length > 0) throw invalid(file, source.problems);
  if (!check(data)) throw invalid(file, listSchemaProblems(check, source));
  const problems = listContradictions(data).map(({ path, ...what }) => source.problem(path, what));
  if (problems.length > 0) throw invalid(file, problems);
  return { plan: data, sha256: digestBytes('sha256', encodeUtf8(text)) };
}

/** What custodians approve: the hash of the file, and its steps in clear. */
export function ceremonySubject({ plan, sha256 }: CeremonyFile): ProposalSubject {
  return {
    kind: 'hold-ceremony',
    subject: {
      ceremony: plan.ceremony,
      sha256: encodeHex(sha256),
      steps: plan.steps.map((step) => ({ ...step })),
    },
  };
}

/** True for the ceremony with which the keys of a country begin. */
export function isFounding({ steps }: CeremonyPlan): boolean {
  return steps.some((step) => step.do === 'make-csca');
}

function invalid(file: string, problems: readonly ProfileProblem[]): ProductionError {
  return new ProductionError('CEREMONY_INVALID', file, problems.map(formatProblem));
}
