import { SW } from '../apdu/status-words';

/** Everything that ends a secure channel, and what a card answers to it. */
const REASONS = {
  closed: { text: 'the channel has ended', sw: SW.conditionsNotSatisfied },
  'other-protocol': {
    text: 'the card offers another secure channel protocol',
    sw: SW.conditionsNotSatisfied,
  },
  'unsupported-options': {
    text: 'the card demands options that are not implemented',
    sw: SW.conditionsNotSatisfied,
  },
  'card-cryptogram': { text: 'the card cryptogram is wrong', sw: SW.conditionsNotSatisfied },
  'card-challenge': {
    text: 'the card challenge is not the pseudo-random one that it should be',
    sw: SW.conditionsNotSatisfied,
  },
  'host-cryptogram': { text: 'the host cryptogram is wrong', sw: SW.authenticationFailed },
  'security-level': {
    text: 'the security level does not exist or is not supported',
    sw: SW.incorrectP1P2,
  },
  length: { text: 'a command or response is too short for its MAC', sw: SW.wrongLength },
  unprotected: { text: 'the command is not protected', sw: SW.securityStatusNotSatisfied },
  'mac-wrong': { text: 'the MAC is wrong', sw: SW.securityStatusNotSatisfied },
  'padding-wrong': { text: 'the decrypted data is not padded', sw: SW.securityStatusNotSatisfied },
} as const satisfies Record<string, { readonly text: string; readonly sw: number }>;

export type SecureChannelFailure = keyof typeof REASONS;

/** A secure channel could not be opened, or a message of it was refused; it is closed for good. */
export class SecureChannelError extends Error {
  override readonly name = 'SecureChannelError';
  /** What a card answers [GPC-C §11.1.3, GPC-D §7.1]. */
  readonly answerSw: number;

  constructor(readonly reason: SecureChannelFailure) {
    super(`secure channel: ${REASONS[reason].text}`);
    this.answerSw = REASONS[reason].sw;
  }
}
