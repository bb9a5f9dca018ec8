import { createHash } from 'node:crypto';
import type {
  CheckOutcome,
  InspectionCheck,
  InspectionReport,
  LocalText,
} from '../../document/inspection-report';

/** `inspection.json`; the member `format` changes with every change that breaks a reader of it. */
export interface InspectionJson {
  readonly format: 'persoline-inspection-1';
  readonly verdict: 'pass' | 'fail';
  readonly sentence: LocalText;
  /** RFC 3339, UTC. */
  readonly inspectedAt: string;
  /** RFC 3339, UTC; only where validity was judged for another moment. */
  readonly judgedFor?: string;
  readonly access: string;
  readonly counts: Readonly<Record<CheckOutcome, number>>;
  readonly checks: readonly InspectionCheck[];
  readonly files: readonly InspectionJsonFile[];
  readonly steps: readonly {
    readonly name: string;
    readonly apdus: number;
    readonly durationMs: number;
  }[];
}

export interface InspectionJsonFile {
  readonly name: string;
  readonly bytes: number;
  /** Upper-case hexadecimal. */
  readonly sha256: string;
  /** The file itself, only where personal data was asked for. */
  readonly base64?: string;
}

/**
 * The report as a JSON value. Files stand there by name, length and hash; their content only with
 * `withContent`, because it is the holder's personal data.
 */
export function renderReportJson(
  report: InspectionReport,
  options: { readonly withContent?: boolean } = {},
): InspectionJson {
  return {
    format: 'persoline-inspection-1',
    verdict: report.verdict,
    sentence: report.sentence,
    inspectedAt: report.inspectedAt.toISOString(),
    ...(report.judgedFor !== undefined && { judgedFor: report.judgedFor.toISOString() }),
    access: report.access,
    counts: countOutcomes(report.checks),
    checks: report.checks,
    files: [...report.files].map(([name, bytes]) => ({
      name,
      bytes: bytes.length,
      sha256: sha256Hex(bytes),
      ...(options.withContent === true ? { base64: Buffer.from(bytes).toString('base64') } : {}),
    })),
    steps: report.steps.map((step) => ({ ...step, durationMs: Math.round(step.durationMs) })),
  };
}

/** How many checks ended how. */
export function countOutcomes(checks: readonly InspectionCheck[]): Record<CheckOutcome, number> {
  const counts = { pass: 0, note: 0, warning: 0, fail: 0, 'not-checked': 0 };
  for (const { outcome } of checks) counts[outcome]++;
  return counts;
}

/** Upper-case hexadecimal SHA-256, as reports show it. */
export function sha256Hex(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').toUpperCase();
}
