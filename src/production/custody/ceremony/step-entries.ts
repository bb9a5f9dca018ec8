import type { JournalEntry } from '../../document/custody/ceremony-journal';
import type { StepResult } from './steps/step-context';

const MEMBERS = ['publicKey', 'certificate', 'link', 'request', 'revocationList'] as const;

/** What a step made, as the journal keeps it. */
export function encodeResult(
  result: StepResult,
): Partial<Record<(typeof MEMBERS)[number], string>> {
  return Object.fromEntries(
    MEMBERS.flatMap((name) => {
      const bytes = result[name];
      return bytes === undefined ? [] : [[name, Buffer.from(bytes).toString('base64')]];
    }),
  );
}

export function decodeResult(done: Extract<JournalEntry, { event: 'done' }>): StepResult {
  return Object.fromEntries(
    MEMBERS.flatMap((name) => {
      const text = done[name];
      return text === undefined ? [] : [[name, new Uint8Array(Buffer.from(text, 'base64'))]];
    }),
  );
}
