import type { CheckOutcome, InspectionReport } from '../../production/document/inspection-report';

/**
 * What is kept of a report: counts, the ids of checks that did not pass, and cost. Expected and
 * found values and the files themselves are holder data and stay out.
 */
export interface InspectionSummary {
  readonly access: string;
  readonly counts: Readonly<Partial<Record<CheckOutcome, number>>>;
  readonly notPassed: readonly {
    readonly id: string;
    readonly outcome: CheckOutcome;
    readonly clause: string;
    readonly file?: string;
  }[];
  readonly apdus: number;
  readonly durationMs: number;
}

export function summarizeInspection(report: InspectionReport): InspectionSummary {
  const counts: Partial<Record<CheckOutcome, number>> = {};
  for (const { outcome } of report.checks) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return {
    access: report.access,
    counts,
    notPassed: report.checks
      .filter(({ outcome }) => outcome !== 'pass')
      .map(({ id, outcome, clause, file }) => ({
        id,
        outcome,
        clause,
        ...(file === undefined ? {} : { file }),
      })),
    apdus: report.steps.reduce((sum, step) => sum + step.apdus, 0),
    durationMs: Math.round(report.steps.reduce((sum, step) => sum + step.durationMs, 0)),
  };
}
