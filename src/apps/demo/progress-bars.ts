import { MultiBar, type SingleBar } from 'cli-progress';
import type { LineProgress, LineStage } from '../../production/document/line-progress';

/** Shows how far each card is; `stop` leaves the last state on the screen. */
export interface ProgressDisplay {
  readonly show: (progress: LineProgress) => void;
  readonly stop: () => void;
}

const WORDS = {
  preparing: 'building and signing',
  probing: 'probing the blank card',
  writing: 'writing the chip',
  verifying: 'reading back',
  locking: 'locking',
  'verifying-locked': 'reading back, locked',
  released: 'released',
  refused: 'refused',
  spoiled: 'card spoiled, remake',
} as const satisfies Record<LineStage, string>;

/** Share of the whole way at the start and end of a stage, in per cent. */
const SPAN: Readonly<Record<LineStage, readonly [number, number]>> = {
  preparing: [0, 10],
  probing: [10, 12],
  writing: [12, 55],
  verifying: [55, 75],
  locking: [75, 78],
  'verifying-locked': [78, 100],
  released: [100, 100],
  refused: [100, 100],
  spoiled: [0, 0],
};

/** A live bar a card on a terminal; a line a stage where the output is a file. */
export function createProgressDisplay(
  interactive: boolean,
  note: (text: string) => void,
): ProgressDisplay {
  return interactive ? liveBars() : plainLines(note);
}

function liveBars(): ProgressDisplay {
  const bars = new Map<number, SingleBar>();
  const screen = new MultiBar({
    format: 'document {document} [{bar}] {percentage}% {stage} {chip}',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    stream: process.stderr,
  });
  return {
    show: (progress) => {
      const payload = {
        document: String(progress.documentId).padStart(3),
        stage: WORDS[progress.stage].padEnd(24),
        chip: progress.chipSerial === undefined ? '' : `chip ${progress.chipSerial}`,
      };
      const bar = bars.get(progress.documentId) ?? screen.create(100, 0, payload);
      bars.set(progress.documentId, bar);
      bar.update(percentOf(progress), payload);
    },
    stop: () => screen.stop(),
  };
}

function plainLines(note: (text: string) => void): ProgressDisplay {
  const last = new Map<number, LineStage>();
  return {
    show: ({ documentId, stage, chipSerial }) => {
      if (last.get(documentId) === stage) return;
      last.set(documentId, stage);
      note(
        `document ${documentId}: ${WORDS[stage]}${chipSerial === undefined ? '' : ` (chip ${chipSerial})`}`,
      );
    },
    stop: () => undefined,
  };
}

function percentOf({ stage, parts }: LineProgress): number {
  const [start, end] = SPAN[stage];
  if (parts === undefined || parts.total === 0) return start;
  return Math.round(start + ((end - start) * Math.min(parts.done, parts.total)) / parts.total);
}
