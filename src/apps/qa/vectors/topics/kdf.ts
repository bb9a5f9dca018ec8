import { encodeUint } from '../../../../standards/bytes/integer';
import { MalformedError } from '../../../../standards/bytes/malformed';
import { encodeAscii } from '../../../../standards/bytes/text';
import { digestBytes } from '../../../../standards/crypto/digest-algorithms';
import {
  adjustDesParity,
  type DerivedKeyPurpose,
  deriveKey,
  KEY_PURPOSE,
} from '../../../../standards/crypto/key-derivation';
import { SESSION_CIPHERS } from '../../../../standards/crypto/session-cipher';
import { Inputs } from '../inputs';
import { cipherNamed } from '../named-algorithms';
import { NotComputable } from '../not-computable';
import { type Figures, hexFigure, type Topic } from '../topic';
import type { VectorEntry } from '../vector-file';

/** Keys from seeds, shared secrets and passwords. */
export const KDF: Topic = {
  name: 'KDF',
  figures: (entry) => {
    const inputs = Inputs.of(entry);
    return inputs.has('K_seed') ? seedFigures(() => inputs.hex('K_seed')) : keyFigures(inputs);
  },
  accept: (entry) => acceptDerivation(entry),
};

/** Both keys of BAC from their seed, with the steps in between. */
export function seedFigures(seed: () => Uint8Array): Figures {
  const hash = (counter: number): Uint8Array => digestBytes('sha1', seed(), encodeUint(counter, 4));
  return {
    hash_c1: hexFigure(() => hash(1)),
    hash_c2: hexFigure(() => hash(2)),
    K_enc_no_parity: hexFigure(() => hash(1).subarray(0, 16)),
    K_mac_no_parity: hexFigure(() => hash(2).subarray(0, 16)),
    K_enc: hexFigure(() => deriveKey('3DES', seed(), 'encryption')),
    K_mac: hexFigure(() => deriveKey('3DES', seed(), 'mac')),
  };
}

function keyFigures(inputs: Inputs): Figures {
  const cipher = () => cipherNamed(inputs.text('alg', 'cipher'));
  const whole = () => {
    const { keyBytes, derivationDigest } = SESSION_CIPHERS[cipher()];
    const counter = encodeUint(inputs.integer('counter', 'c'), 4);
    return digestBytes(derivationDigest, secretOf(inputs), counter).subarray(0, keyBytes);
  };
  return {
    K: hexFigure(() => secretOf(inputs)),
    key: hexFigure(() => keyOf(inputs)),
    key_without_parity_adjustment: hexFigure(whole),
    key_with_parity_adjustment: hexFigure(() => adjustDesParity(whole())),
  };
}

function keyOf(inputs: Inputs): Uint8Array {
  const counter = inputs.integer('counter', 'c');
  const names = Object.keys(KEY_PURPOSE) as DerivedKeyPurpose[];
  const purpose = names.find((name) => KEY_PURPOSE[name] === counter);
  if (purpose === undefined) throw new NotComputable(`no key has the counter ${counter}`);
  return deriveKey(cipherNamed(inputs.text('alg', 'cipher')), secretOf(inputs), purpose);
}

/** The secret: a shared one as it is, a password by its characters, the MRZ by its hash. */
function secretOf(inputs: Inputs): Uint8Array {
  const given = inputs.optionalHex('shared_secret', 'K', 'secret');
  if (given !== undefined) return given;
  if (inputs.has('mrz_information')) return mrzSecret(inputs.text('mrz_information'));
  const password = inputs.text('password');
  const ofMrz = inputs.has('password_type') && /mrz/i.test(inputs.text('password_type'));
  return ofMrz ? mrzSecret(password) : encodeLatin(password);
}

function mrzSecret(information: string): Uint8Array {
  return digestBytes('sha1', encodeAscii(information));
}

/** Characters of ISO 8859-1, as Doc 9303-11 encodes a CAN. */
export function encodeLatin(text: string): Uint8Array {
  for (const character of text) {
    if (character.charCodeAt(0) > 0xff) {
      throw new MalformedError('password', 'a character is outside ISO 8859-1');
    }
  }
  return new Uint8Array(Buffer.from(text, 'latin1'));
}

function acceptDerivation(entry: VectorEntry): void {
  const inputs = Inputs.of(entry);
  if (inputs.has('K_seed')) {
    const { length } = inputs.hex('K_seed');
    if (length !== 16) throw new MalformedError('K_seed', `has a length of ${length} bytes`);
    return;
  }
  keyOf(inputs);
}
