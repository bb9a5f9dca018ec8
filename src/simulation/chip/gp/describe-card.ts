import { encodeCardRecognition } from '../../../standards/gp/card-recognition';
import type { NvMemory } from '../nv-memory';
import { readProtocolParameters } from './domain-delivery';
import { listKeySets } from './key-sets';

/** GET DATA 0066: the protocols for which the chip has keys, each with its parameter i. */
export function describeCard(memory: NvMemory): Uint8Array {
  const { scp02, scp03 } = readProtocolParameters(memory);
  const ciphers = new Set(listKeySets(memory).map(({ cipher }) => cipher));
  return encodeCardRecognition([
    ...(ciphers.has('3des') ? [{ protocol: 2, i: scp02 }] : []),
    ...(ciphers.has('aes') ? [{ protocol: 3, i: scp03 }] : []),
  ]);
}
