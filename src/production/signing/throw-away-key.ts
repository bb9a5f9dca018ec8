import { generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { CURVES } from '../../standards/crypto/curve-parameters';
import { parseSignatureAlgorithmName } from '../../standards/crypto/signature-algorithms';
import { signMessage } from '../../standards/crypto/sign-verify';
import type { Hsm } from '../ports';

/** A key that signs drafts: worth nothing, known to nobody, gone with the process. */
export interface ThrowAwayKey {
  /** DER SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
  readonly signer: Pick<Hsm, 'sign'>;
}

const generate = promisify(generateKeyPair);
const keys = new Map<string, Promise<ThrowAwayKey>>();

/** One key an algorithm and process: a draft needs a key of the kind, not a new one. */
export function throwAwayKey(algorithm: string): Promise<ThrowAwayKey> {
  const known = keys.get(algorithm);
  if (known !== undefined) return known;
  const made = makeKey(algorithm);
  keys.set(algorithm, made);
  return made;
}

async function makeKey(algorithm: string): Promise<ThrowAwayKey> {
  const { key, signature } = parseSignatureAlgorithmName(algorithm);
  const { privateKey, publicKey }: { privateKey: KeyObject; publicKey: KeyObject } =
    key.type === 'rsa'
      ? await generate('rsa', { modulusLength: key.modulusBits })
      : await generate('ec', { namedCurve: CURVES[key.curve].opensslName });
  return {
    publicKey: new Uint8Array(publicKey.export({ format: 'der', type: 'spki' })),
    signer: {
      sign: ({ message }) => Promise.resolve(signMessage(signature, privateKey, message)),
    },
  };
}
