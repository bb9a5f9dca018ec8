import { concatBytes } from '../../standards/bytes/concat';
import { encodeHex } from '../../standards/bytes/hex';
import { encodeUtf8 } from '../../standards/bytes/text';
import {
  decryptAesGcm,
  encryptAesGcm,
  GCM_NONCE_BYTES,
  GCM_TAG_BYTES,
} from '../../standards/crypto/aes-gcm';
import { ProductionError } from '../errors';
import type { Hsm, RandomSource } from '../ports';

/** Seals holder data; see `adapters/postgres/sealer.ts`. */
export interface EnvelopeSealer {
  seal(plaintext: Uint8Array, context: string): Promise<Uint8Array>;
  open(sealed: Uint8Array, context: string): Promise<Uint8Array>;
  /** Overwrites the data keys in memory. */
  close(): void;
}

export interface EnvelopeSealerParts {
  readonly hsm: Hsm;
  /** Label of the `storage-wrap` key. */
  readonly label: string;
  readonly random: RandomSource;
  /** Seals by one data key before the next is drawn. */
  readonly sealsPerKey?: number;
}

/** First byte of an envelope; what the HSM sealed by itself begins with 1. */
const ENVELOPE = 2;
const KEY_BYTES = 32;
const WRAP_CONTEXT = 'persoline data key';
/** Far below the 2^32 random nonces that a key takes [SP 800-38D §8.3]. */
const SEALS_PER_KEY = 2 ** 20;
/** Data keys of other processes and other days that are remembered when data is opened. */
const MAX_KNOWN_KEYS = 256;

interface DataKey {
  readonly key: Uint8Array;
  readonly wrapped: Uint8Array;
  seals: number;
}

/**
 * Seals in envelopes: the data goes under a data key in this process, AES-256-GCM, and the data
 * key goes, sealed by the HSM, into every envelope. The HSM so sees 32 bytes a process and not
 * every portrait; without the HSM nothing opens. What the HSM itself sealed opens too.
 *
 * Layout: `02 ‖ length of the wrapped key, 2 bytes ‖ wrapped key ‖ nonce ‖ ciphertext ‖ tag`.
 */
export function createEnvelopeSealer(parts: EnvelopeSealerParts): EnvelopeSealer {
  const { hsm, label, random, sealsPerKey = SEALS_PER_KEY } = parts;
  const known = new Map<string, Promise<Uint8Array>>();
  let current: Promise<DataKey> | undefined;

  const makeKey = async (): Promise<DataKey> => {
    const key = random.bytes(KEY_BYTES);
    return { key, wrapped: await hsm.seal(label, key, WRAP_CONTEXT), seals: 0 };
  };
  const takeKey = async (): Promise<DataKey> => {
    // Who comes while a key is being made waits for the same one.
    const making = (current ??= makeKey());
    const data = await making.catch((error: unknown) => {
      if (current === making) current = undefined;
      throw error;
    });
    if (data.seals >= sealsPerKey) {
      if (current === making) current = undefined;
      return takeKey();
    }
    data.seals++;
    return data;
  };
  const unwrap = (wrapped: Uint8Array): Promise<Uint8Array> => {
    const name = encodeHex(wrapped);
    const found = known.get(name) ?? hsm.open(label, wrapped, WRAP_CONTEXT);
    // The one used last stands last, and the first is forgotten.
    known.delete(name);
    known.set(name, found);
    found.catch(() => known.delete(name));
    const [oldest] = known.keys();
    if (known.size > MAX_KNOWN_KEYS && oldest !== undefined) known.delete(oldest);
    return found;
  };
  return {
    async seal(plaintext, context) {
      const { key, wrapped } = await takeKey();
      const nonce = random.bytes(GCM_NONCE_BYTES);
      const sealed = encryptAesGcm({ key, nonce, context: bindContext(label, context) }, plaintext);
      const head = Uint8Array.of(ENVELOPE, wrapped.length >> 8, wrapped.length & 0xff);
      return concatBytes(head, wrapped, nonce, sealed);
    },
    async open(sealed, context) {
      if (sealed[0] !== ENVELOPE) return hsm.open(label, sealed, context);
      const { wrapped, nonce, body } = splitEnvelope(sealed);
      const key = await unwrap(wrapped);
      const plaintext = decryptAesGcm({ key, nonce, context: bindContext(label, context) }, body);
      if (plaintext === undefined) throw notSealedHere();
      return plaintext;
    },
    close() {
      void current?.then(({ key }) => key.fill(0)).catch(() => undefined);
      for (const key of known.values()) void key.then((one) => one.fill(0)).catch(() => undefined);
      known.clear();
      current = undefined;
    },
  };
}

function splitEnvelope(sealed: Uint8Array): Record<'wrapped' | 'nonce' | 'body', Uint8Array> {
  const [, high = 0, low = 0] = sealed;
  const end = 3 + ((high << 8) | low);
  if (sealed.length < end + GCM_NONCE_BYTES + GCM_TAG_BYTES) throw notSealedHere();
  return {
    wrapped: sealed.subarray(3, end),
    nonce: sealed.subarray(end, end + GCM_NONCE_BYTES),
    body: sealed.subarray(end + GCM_NONCE_BYTES),
  };
}

function bindContext(label: string, context: string): Uint8Array {
  return encodeUtf8(`${label}\0${context}`);
}

function notSealedHere(): ProductionError {
  return new ProductionError('INPUT_MALFORMED', 'sealed data', [
    'it does not open with this key and context',
  ]);
}
