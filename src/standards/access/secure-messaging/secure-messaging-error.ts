import { SW } from '../../apdu/status-words';

/** Everything that can be wrong with a protected message, and what a chip answers to it. */
const REASONS = {
  closed: { text: 'the session has ended', sw: SW.smObjectsIncorrect },
  unprotected: { text: 'the message is not protected', sw: SW.smObjectsMissing },
  malformed: { text: 'the message is no list of data objects', sw: SW.smObjectsIncorrect },
  'unknown-object': { text: 'a data object does not belong there', sw: SW.smObjectsIncorrect },
  'object-order': { text: 'data objects are repeated or out of order', sw: SW.smObjectsIncorrect },
  'mac-missing': { text: 'the MAC is missing', sw: SW.smObjectsMissing },
  'mac-length': { text: 'the MAC is not 8 bytes long', sw: SW.smObjectsIncorrect },
  'mac-wrong': { text: 'the MAC is wrong', sw: SW.smObjectsIncorrect },
  'status-missing': { text: 'the protected status word is missing', sw: SW.smObjectsMissing },
  'status-length': { text: 'the status word is not 2 bytes long', sw: SW.smObjectsIncorrect },
  'status-differs': {
    text: 'the protected status word is not that of the response',
    sw: SW.smObjectsIncorrect,
  },
  'le-length': { text: 'the expected length is not 1 or 2 bytes', sw: SW.smObjectsIncorrect },
  'padding-indicator': { text: 'the padding indicator is not 01', sw: SW.smObjectsIncorrect },
  'cryptogram-length': { text: 'the cryptogram is not whole blocks', sw: SW.smObjectsIncorrect },
  'cryptogram-kind': {
    text: 'the cryptogram has the object of the other instruction parity',
    sw: SW.smObjectsIncorrect,
  },
  'padding-wrong': { text: 'the decrypted data is not padded', sw: SW.smObjectsIncorrect },
} as const satisfies Record<string, { readonly text: string; readonly sw: number }>;

export type SecureMessagingFailure = keyof typeof REASONS;

/** A protected message was refused; the session that refused it is closed for good. */
export class SecureMessagingError extends Error {
  override readonly name = 'SecureMessagingError';
  /** What a chip answers: 6987 for missing, 6988 for incorrect objects, in plain [9303-11 §9.8.5]. */
  readonly answerSw: number;

  constructor(
    readonly reason: SecureMessagingFailure,
    /** The status word that came back, where the message was a response. */
    readonly receivedSw?: number,
  ) {
    super(`secure messaging: ${REASONS[reason].text}`);
    this.answerSw = REASONS[reason].sw;
  }
}
