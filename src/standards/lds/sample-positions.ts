import { MalformedError } from '../bytes/malformed';

/** Fingers in the order of their codes, which begin at 1 [ISO 19794-4 §7.2.2]. */
export const FINGERS = [
  'right-thumb',
  'right-index',
  'right-middle',
  'right-ring',
  'right-little',
  'left-thumb',
  'left-index',
  'left-middle',
  'left-ring',
  'left-little',
] as const;

export type Finger = (typeof FINGERS)[number];

/** Eyes in the order of their codes, which begin at 1 [ISO 19794-6 §6.5.3]. */
export const EYES = ['right', 'left'] as const;

export type Eye = (typeof EYES)[number];

/** Code of a finger inside a record [ISO 19794-4 §7.2.2]. */
export function fingerCode(finger: Finger): number {
  return FINGERS.indexOf(finger) + 1;
}

/** Code of an eye inside a record [ISO 19794-6 §6.5.3]. */
export function eyeCode(eye: Eye): number {
  return EYES.indexOf(eye) + 1;
}

/**
 * Biometric subtype of a finger in the header of its template: bits 1 and 2 the hand, bits 3 to 5
 * the finger from the thumb [9303-10 §4.7.3, table 52].
 */
export function fingerSubtype(finger: Finger): number {
  const index = FINGERS.indexOf(finger);
  return (((index % 5) + 1) << 2) | (index < 5 ? 1 : 2);
}

/** Biometric subtype of an eye: right 01, left 10 [9303-10 §4.7.4, table 52]. */
export function eyeSubtype(eye: Eye): number {
  return eyeCode(eye);
}

/** The finger of a biometric subtype [9303-10 §4.7.3, table 52]. @throws MalformedError */
export function fingerOfSubtype(subtype: number, place: string): Finger {
  const found = FINGERS.find((finger) => fingerSubtype(finger) === subtype);
  if (found === undefined) throw new MalformedError(place, 'the subtype names no finger');
  return found;
}

/** The eye of a biometric subtype [9303-10 §4.7.4, table 52]. @throws MalformedError */
export function eyeOfSubtype(subtype: number, place: string): Eye {
  const found = EYES.find((eye) => eyeSubtype(eye) === subtype);
  if (found === undefined) throw new MalformedError(place, 'the subtype names no eye');
  return found;
}
