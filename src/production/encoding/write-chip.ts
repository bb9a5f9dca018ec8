import type { PersoPhase, PersoScript, PersoStep } from '../document/perso-script';
import type { CardChannel } from '../ports';
import { ScriptRunner } from './script-runner';
import type { SecureChannelOpener } from './secure-channel';

export interface ChipWriting {
  readonly channel: CardChannel;
  readonly script: PersoScript;
  readonly phase: PersoPhase;
  /** Verbs that an earlier attempt is known to have done, see `probeAfterCrash`. */
  readonly without?: readonly string[];
  readonly onProgress?: (progress: WriteProgress) => void;
  /** Needed for chips that are written through a secure channel. */
  readonly openSecureChannel?: SecureChannelOpener;
}

/** How far a phase is, told before each step and at the end. */
export interface WriteProgress {
  readonly phase: PersoPhase;
  /** Commands that the chip has acknowledged, of all in this phase. */
  readonly done: number;
  readonly total: number;
  /** The step that begins; absent at the end. */
  readonly step?: Pick<PersoStep, 'verb' | 'title' | 'file'>;
}

/**
 * Sends the commands of one phase, each once, and stops at the first answer that is not expected.
 *
 * @throws ProductionError as `ScriptRunner` does.
 */
export async function writeChip(writing: ChipWriting): Promise<void> {
  const { channel, script, phase, without = [], onProgress, openSecureChannel } = writing;
  const steps = script.steps.filter((step) => step.phase === phase && !without.includes(step.verb));
  const total = steps.reduce((sum, { commands }) => sum + commands.length, 0);
  const runner = new ScriptRunner({
    ...{ channel, chip: script.chip },
    ...(openSecureChannel && { openSecureChannel }),
  });
  let done = 0;
  try {
    for (const step of steps) {
      const { verb, title, file } = step;
      onProgress?.({ phase, done, total, step: { verb, title, ...(file && { file }) } });
      await runner.run(step, () => done++);
    }
  } finally {
    runner.close();
  }
  onProgress?.({ phase, done, total });
}
