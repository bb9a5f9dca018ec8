import type { LocalText } from './inspection-report';

/** Something about the files of a document that is not as Doc 9303 has it. */
export interface DocumentFinding {
  /** Id of the check, `ICAO3:LDS_B/check-digits`. */
  readonly check: string;
  /** `error` stops the document before a card is spent; warnings are counted. */
  readonly severity: 'error' | 'warning';
  readonly reason: LocalText;
  readonly file?: string;
}
