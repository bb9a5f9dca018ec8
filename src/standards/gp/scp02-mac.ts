import { type CommandApdu, encodeCommand } from '../apdu/command';
import { concatBytes } from '../bytes/concat';
import { padIso } from '../crypto/iso-padding';
import {
  decryptTripleDesEcb,
  encryptTripleDesCbc,
  encryptTripleDesEcb,
} from '../crypto/triple-des';
import { encodeMacInput } from './command-mac-input';
import type { Scp02Options } from './scp02-options';

const MAC_BYTES = 8;

export interface Scp02MacContext {
  /** S-MAC, 16 bytes. */
  readonly key: Uint8Array;
  readonly options: Scp02Options;
  /** The MAC of the command before; absent for EXTERNAL AUTHENTICATE. */
  readonly chainingValue?: Uint8Array;
}

/** The MAC of a plain command, 8 bytes [GPC-C §E.4.4]. */
export function computeScp02CommandMac(plain: CommandApdu, context: Scp02MacContext): Uint8Array {
  const { key, options, chainingValue } = context;
  const message = options.macOnUnmodifiedCommand
    ? encodeUnmodified(plain)
    : encodeMacInput(plain, MAC_BYTES);
  return chainRetailMac(key, firstBlock(key, options, chainingValue), message);
}

/** The retail MAC that begins with another block than zeros [GPC-C §B.1.2.2]. */
export function chainRetailMac(
  key: Uint8Array,
  initialValue: Uint8Array,
  message: Uint8Array,
): Uint8Array {
  const first = key.subarray(0, 8);
  const last = encryptTripleDesCbc(first, initialValue, padIso(message, 8)).subarray(-8);
  return encryptTripleDesEcb(first, decryptTripleDesEcb(key.subarray(8), last));
}

/** Zeros for the first MAC; then the last MAC, under single DES where i says so [GPC-C §E.3.4]. */
function firstBlock(
  key: Uint8Array,
  options: Scp02Options,
  chainingValue: Uint8Array | undefined,
): Uint8Array {
  if (chainingValue === undefined) return new Uint8Array(MAC_BYTES);
  return options.encryptsChainingValue
    ? encryptTripleDesEcb(key.subarray(0, 8), chainingValue)
    : chainingValue;
}

/** Header, Lc and data as they were before protection; Lc is there even without data. */
function encodeUnmodified(plain: CommandApdu): Uint8Array {
  const { ins, p1, p2, data = new Uint8Array() } = plain;
  const cla = plain.cla & ~0x07;
  if (data.length === 0) return Uint8Array.of(cla, ins, p1, p2, 0x00);
  return concatBytes(encodeCommand({ cla, ins, p1, p2, data }));
}
