import type { InspectionStep } from '../../document/inspection-report';
import type { Clock } from '../../ports';
import type { CountingChannel } from './counting-channel';

/** What a reading is doing, for a progress bar; words for people are found by the names. */
export type ReadProgress =
  | { readonly kind: 'step'; readonly name: string }
  | {
      readonly kind: 'file';
      readonly file: string;
      /** From 1; the count can still grow while EF.COM and EF.SOD are read. */
      readonly index: number;
      readonly count: number;
    };

/** Measures each step of a reading: APDUs and time. */
export class StepLog {
  readonly #steps: InspectionStep[] = [];

  constructor(
    private readonly channel: CountingChannel,
    private readonly clock: Clock,
    private readonly onProgress: (progress: ReadProgress) => void = () => undefined,
  ) {}

  get steps(): readonly InspectionStep[] {
    return [...this.#steps];
  }

  report(progress: ReadProgress): void {
    this.onProgress(progress);
  }

  /** Runs one step; it stands in the log also when it fails. */
  async run<T>(name: string, work: () => Promise<T>): Promise<T> {
    this.report({ kind: 'step', name });
    const apdusBefore = this.channel.apdus;
    const start = this.clock.now().getTime();
    try {
      return await work();
    } finally {
      this.#steps.push({
        name,
        apdus: this.channel.apdus - apdusBefore,
        durationMs: this.clock.now().getTime() - start,
      });
    }
  }
}
