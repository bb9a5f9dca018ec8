import { MalformedError } from '../../../standards/bytes/malformed';
import { InvalidPublicKeyError } from '../../../standards/crypto/agreement-group';
import { AccessError } from '../../../standards/access/access-error';
import { SecureMessagingError } from '../../../standards/access/secure-messaging/secure-messaging-error';
import { SecureChannelError } from '../../../standards/gp/secure-channel-error';
import { classifyReason, type ReasonClass } from './reason-classes';

/** A receiver's answer no, where the standards give it as a value and not as an error. */
export class Refused extends Error {
  override readonly name = 'Refused';

  constructor(
    readonly reasonClass: ReasonClass,
    message: string,
  ) {
    super(message);
  }
}

/** Why something was refused, in words and as classes that the words of an entry can name. */
export interface Refusal {
  readonly words: string;
  readonly classes: ReadonlySet<ReasonClass>;
}

/**
 * The refusal behind an error; undefined when the error is a mistake of the program.
 * RangeError is what the standards throw for arguments that no caller may hand in, for instance
 * keys of a wrong length.
 */
export function readRefusal(error: unknown): Refusal | undefined {
  if (error instanceof Refused) {
    return refusal(error.message, [error.reasonClass]);
  }
  if (error instanceof AccessError) {
    const cause = error.cause === undefined ? undefined : readRefusal(error.cause);
    const detail = error.message.slice(error.step.length + 2);
    const inner = cause === undefined ? [] : [...cause.classes];
    const ofProof = /chip authentication data$/.test(error.step);
    const classes = [...classifyReason(detail), ...inner];
    if (ofProof) classes.push('chip-authentication-data');
    return refusal(error.message, classes, false);
  }
  if (error instanceof InvalidPublicKeyError) return refusal(error.message, ['public-key'], false);
  if (error instanceof SecureMessagingError || error instanceof SecureChannelError) {
    return refusal(error.message, SESSION_CLASSES[error.reason] ?? []);
  }
  if (error instanceof MalformedError) return refusal(error.message, ['structure']);
  if (error instanceof RangeError) return refusal(error.message, []);
  return undefined;
}

/** What a broken session can be due to beyond its own words. */
const SESSION_CLASSES: Readonly<Record<string, readonly ReasonClass[]>> = {
  'mac-wrong': ['mac', 'counter', 'secret'],
  'mac-missing': ['mac', 'missing', 'structure'],
  'mac-length': ['mac', 'length'],
  'padding-wrong': ['padding', 'structure'],
  'padding-indicator': ['padding', 'structure'],
  'status-differs': ['status'],
  'status-missing': ['status', 'missing'],
  unprotected: ['unprotected', 'missing'],
  'card-cryptogram': ['cryptogram', 'secret'],
  'host-cryptogram': ['cryptogram', 'secret'],
  'card-challenge': ['nonce'],
};

function refusal(words: string, classes: readonly ReasonClass[], fromWords = true): Refusal {
  const read = fromWords ? classifyReason(words) : new Set<ReasonClass>();
  const all = new Set<ReasonClass>([...classes, ...read]);
  // A token or a MAC is wrong for whoever has another password or key: it proves no more.
  if (all.has('token')) {
    all.add('mac');
    all.add('secret');
    all.add('nonce');
  }
  return { words, classes: all };
}
