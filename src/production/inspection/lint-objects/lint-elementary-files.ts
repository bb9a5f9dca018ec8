import type { InspectionCheck } from '../../document/inspection-report';
import { CHECKS } from '../check-registry';
import { judgeFiles } from '../judge-files';
import type { ObjectFinding } from './lint-finding';

export interface LintedFiles {
  readonly rules: number;
  readonly findings: readonly ObjectFinding[];
}

/** Questions about a whole card, which some of its files cannot answer. */
const OF_WHOLE_CARDS: readonly string[] = ['persoline:LDS/required-files', '9303-11:AA/cloning'];
/** Questions that only a CSCA answers. */
const OF_TRUST: readonly string[] = ['ICAO3:LDS_D/dsc-chain', 'ICAO3:LDS_D/revocation'];

/**
 * Holds elementary files against the specification with the checks of the inspection, which are
 * the lint of documents: each file by itself, and against the others that are there.
 *
 * @param files by name, `EF.DG1`
 * @param at for which validity is judged
 */
export function lintElementaryFiles(
  files: ReadonlyMap<string, Uint8Array>,
  cscas: readonly Uint8Array[],
  at: Date,
): LintedFiles {
  const isWhole = files.has('EF.SOD');
  const isAsked = ({ id }: { readonly id: string }): boolean =>
    (isWhole || !OF_WHOLE_CARDS.includes(id)) && (cscas.length > 0 || !OF_TRUST.includes(id));
  const { checks } = judgeFiles({ files, trust: { cscas }, at });
  return {
    rules: CHECKS.filter(isAsked).length,
    findings: checks.filter(isAsked).flatMap(findingOf),
  };
}

function findingOf(check: InspectionCheck): readonly ObjectFinding[] {
  const { id, outcome, clause, title, reason = title, file, found } = check;
  if (outcome !== 'fail' && outcome !== 'warning') return [];
  return [
    {
      ...{ rule: id, reason, severity: outcome === 'fail' ? 'error' : 'warning' },
      clause: clause.replace(/^\[(.*)\]$/, '$1'),
      ...(file !== undefined && { file }),
      ...(found !== undefined && { detail: found }),
    },
  ];
}
