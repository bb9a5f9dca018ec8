/** What the station does next with the card in hand and with the line. */
export type Consequence =
  | 'retry-card'
  | 'spoil-card'
  | 'return-record'
  | 'stop-batch'
  | 'stop-line'
  | 'call-custodian'
  | 'correct-input';

/** `no`: the content is not right; `misuse`: the command; `world`: a part failed. Exit 1, 2, 3. */
export type ErrorKind = 'no' | 'misuse' | 'world';

export interface ErrorEntry {
  readonly kind: ErrorKind;
  readonly consequence: Consequence;
  readonly vi: string;
  readonly en: string;
  /** What a person can do about it; one sentence. */
  readonly hint: string;
}
