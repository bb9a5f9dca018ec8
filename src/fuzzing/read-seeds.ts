import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeHex } from '../standards/bytes/hex';
import { parseTlv } from '../standards/tlv/tlv';
import { DEFAULT_MAX_BYTES, type FuzzTarget } from './target';

const HEX_VALUE = /"((?:[0-9A-Fa-f]{2}){4,})"/g;

/** The inputs that a fuzzer begins from, each once and cut to what the target takes. */
export function readSeeds(target: FuzzTarget, root: string): readonly Uint8Array[] {
  const maxBytes = target.maxBytes ?? DEFAULT_MAX_BYTES;
  const all = [
    ...(target.inputs ?? []),
    ...target.seeds.flatMap((seed) => readSeed(seed, target, root)),
  ];
  const cut = all.map((bytes) => bytes.slice(0, maxBytes));
  return [...new Map(cut.map((bytes) => [Buffer.from(bytes).toString('latin1'), bytes])).values()];
}

function readSeed(seed: string, { isText }: FuzzTarget, root: string): readonly Uint8Array[] {
  const [path, mark, isObject] = divide(seed);
  const bytes = readFileSync(join(root, path));
  if (path.endsWith('.json') && isText !== true) {
    return [...bytes.toString().matchAll(HEX_VALUE)].map(([, hex]) => decodeHex(hex ?? ''));
  }
  if (mark === undefined) return [new Uint8Array(bytes)];
  const at = bytes.indexOf(Buffer.from(mark, 'hex'));
  if (at < 0) throw new Error(`${seed}: these bytes do not stand there`);
  const rest = new Uint8Array(bytes.subarray(at));
  return [isObject ? parseTlv(rest, seed).raw.slice() : rest];
}

function divide(
  seed: string,
): readonly [path: string, mark: string | undefined, isObject: boolean] {
  const [path = '', rest] = seed.split('#');
  const [file = '', object] = path.split('@');
  return [file, rest ?? object, object !== undefined];
}
