/** Status words by name [ISO 7816-4 §5.6]. */
export const SW = {
  ok: 0x9000,
  moreData: 0x6100,
  endOfFile: 0x6282,
  authenticationFailed: 0x6300,
  memoryFailure: 0x6581,
  wrongLength: 0x6700,
  channelNotSupported: 0x6881,
  secureMessagingNotSupported: 0x6882,
  securityStatusNotSatisfied: 0x6982,
  authenticationBlocked: 0x6983,
  referenceDataUnusable: 0x6984,
  conditionsNotSatisfied: 0x6985,
  commandNotAllowed: 0x6986,
  smObjectsMissing: 0x6987,
  smObjectsIncorrect: 0x6988,
  wrongData: 0x6a80,
  functionNotSupported: 0x6a81,
  fileNotFound: 0x6a82,
  notEnoughMemory: 0x6a84,
  incorrectP1P2: 0x6a86,
  referenceDataNotFound: 0x6a88,
  wrongOffset: 0x6b00,
  wrongLe: 0x6c00,
  instructionNotSupported: 0x6d00,
  classNotSupported: 0x6e00,
  unknownError: 0x6f00,
} as const;

const MEANINGS: Readonly<Record<number, string>> = {
  [SW.ok]: 'done',
  [SW.endOfFile]: 'the file ends before the requested length',
  [SW.authenticationFailed]: 'authentication failed',
  [SW.memoryFailure]: 'memory failure in the chip',
  [SW.wrongLength]: 'wrong length',
  [SW.channelNotSupported]: 'logical channel not supported',
  [SW.secureMessagingNotSupported]: 'secure messaging not supported',
  [SW.securityStatusNotSatisfied]: 'security status not satisfied',
  [SW.authenticationBlocked]: 'authentication method blocked',
  [SW.referenceDataUnusable]: 'reference data not usable',
  [SW.conditionsNotSatisfied]: 'conditions of use not satisfied',
  [SW.commandNotAllowed]: 'command not allowed in this state',
  [SW.smObjectsMissing]: 'secure messaging objects missing',
  [SW.smObjectsIncorrect]: 'secure messaging objects incorrect',
  [SW.wrongData]: 'wrong data',
  [SW.functionNotSupported]: 'function not supported',
  [SW.fileNotFound]: 'file or application not found',
  [SW.notEnoughMemory]: 'not enough memory',
  [SW.incorrectP1P2]: 'incorrect P1 P2',
  [SW.referenceDataNotFound]: 'reference data not found',
  [SW.wrongOffset]: 'offset outside the file',
  [SW.instructionNotSupported]: 'instruction not supported',
  [SW.classNotSupported]: 'class not supported',
  [SW.unknownError]: 'no precise diagnosis',
};

/** A status word as four digits and its meaning: `6A82 (file or application not found)`. */
export function describeSw(sw: number): string {
  const hex = sw.toString(16).toUpperCase().padStart(4, '0');
  const meaning =
    MEANINGS[sw] ??
    (sw >> 8 === 0x63 && (sw & 0xf0) === 0xc0
      ? `authentication failed, ${sw & 0x0f} tries left`
      : sw >> 8 === 0x6c
        ? `Le must be ${sw & 0xff}`
        : undefined);
  return meaning === undefined ? hex : `${hex} (${meaning})`;
}
