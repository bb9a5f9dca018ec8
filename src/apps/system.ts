import { randomBytes } from 'node:crypto';
import type { Clock, RandomSource } from '../production/ports';

/** The machine's own clock. */
export const systemClock: Clock = { now: () => new Date() };

/** The machine's own random numbers. */
export const systemRandom: RandomSource = {
  bytes: (length) => new Uint8Array(randomBytes(length)),
};
