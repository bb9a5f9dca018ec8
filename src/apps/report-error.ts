import { getSystemErrorMap } from 'node:util';
import { ERRORS, ProductionError, type ErrorKind } from '../production/errors';
import { MalformedError } from '../standards/bytes/malformed';

/** 0 yes or done, 1 the answer is no, 2 wrong use, 3 the world failed. */
export const EXIT = { yes: 0, no: 1, misuse: 2, world: 3 } as const;

const EXIT_OF_KIND = {
  no: EXIT.no,
  misuse: EXIT.misuse,
  world: EXIT.world,
} as const satisfies Record<ErrorKind, number>;

export interface ErrorReport {
  readonly lines: readonly string[];
  readonly exitStatus: number;
}

/**
 * What a person sees of a failure: one line with code, place and cause, then hints. Never a stack
 * trace; an error that nobody foresaw shows its type alone, since its text may quote holder data.
 */
export function reportError(error: unknown): ErrorReport {
  if (error instanceof ProductionError) {
    const entry = ERRORS[error.code];
    const reasons = reasonsOf(error);
    const causes = reasons.length === 0 ? '' : `: ${reasons.join('; ')}`;
    return {
      lines: [`error: ${error.code}: ${entry.en}: ${error.place}${causes}`, `hint: ${entry.hint}`],
      exitStatus: EXIT_OF_KIND[entry.kind],
    };
  }
  if (error instanceof MalformedError) {
    const at = error.offset === undefined ? '' : ` at byte ${error.offset}`;
    return {
      lines: [
        `error: INPUT_MALFORMED: ${ERRORS.INPUT_MALFORMED.en}: ${error.place}${at}: ${error.reason}`,
        `hint: ${ERRORS.INPUT_MALFORMED.hint}`,
      ],
      exitStatus: EXIT.no,
    };
  }
  return {
    lines: [
      `error: INTERNAL: a fault in Persoline itself (${describeUnforeseen(error)})`,
      'hint: set the card in hand aside; PERSOLINE_DEBUG=1 prints the stack for a developer',
    ],
    exitStatus: EXIT.world,
  };
}

/** The system's names of its errors get their words; where nothing else is said they are the reason. */
function reasonsOf({ reasons, cause }: ProductionError): readonly string[] {
  if (reasons.length > 0) return reasons.map((one) => describeSystemError(one) ?? one);
  const code = cause instanceof Error ? (cause as NodeJS.ErrnoException).code : undefined;
  const words = code === undefined ? undefined : describeSystemError(code);
  return words === undefined ? [] : [words];
}

/** `ENOENT, no such file or directory`; undefined for what is no system error's name. */
function describeSystemError(name: string): string | undefined {
  const found = [...getSystemErrorMap().values()].find(([known]) => known === name);
  return found?.join(', ');
}

function describeUnforeseen(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const code = (error as NodeJS.ErrnoException).code;
  return code === undefined ? error.name : `${error.name} ${code}`;
}
