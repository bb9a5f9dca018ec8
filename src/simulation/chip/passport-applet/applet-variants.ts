import { SW } from '../../../standards/apdu/status-words';
import type { SecureMessagingFailure } from '../../../standards/access/secure-messaging/secure-messaging-error';

/** In what the two published forms of the open passport applet differ. */
export interface AppletVariant {
  readonly name: 'passport-applet' | 'passport-applet-pace';
  readonly pace: boolean;
  /** SELECT of an EF answers a file control information template, asked for or not. */
  readonly answersFci: boolean;
  /** READ BINARY with Le beyond the end: the bytes that are there, or an error that tells them. */
  readonly readBeyondEnd: 'truncate' | 'tell-length';
  /** DG3 and DG4: who may create and select them; reading always needs terminal authentication. */
  readonly biometricFiles: 'need-terminal-authentication' | 'created-freely';
  /** After DEAF the PACE variant refuses writing with 6986, once locked both with 6985. */
  readonly hasPersonalizedState: boolean;
  /** What a message that breaks secure messaging is answered with, in plain. */
  readonly secureMessagingSw: (failure: SecureMessagingFailure) => number;
}

/** The applet's own word for "this cannot happen". */
const INTERNAL_ERROR = 0x6d66;

export const APPLET_VARIANTS = {
  'passport-applet': {
    name: 'passport-applet',
    pace: false,
    answersFci: false,
    readBeyondEnd: 'truncate',
    biometricFiles: 'need-terminal-authentication',
    hasPersonalizedState: false,
    secureMessagingSw: (failure) =>
      failure === 'mac-wrong' || failure === 'closed'
        ? SW.conditionsNotSatisfied
        : failure === 'mac-length'
          ? SW.referenceDataUnusable
          : INTERNAL_ERROR,
  },
  'passport-applet-pace': {
    name: 'passport-applet-pace',
    pace: true,
    answersFci: true,
    readBeyondEnd: 'tell-length',
    biometricFiles: 'created-freely',
    hasPersonalizedState: true,
    secureMessagingSw: () => SW.securityStatusNotSatisfied,
  },
} as const satisfies Record<string, AppletVariant>;
