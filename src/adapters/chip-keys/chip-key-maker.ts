import { generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { ProductionError } from '../../production/errors';
import type { ChipKeyMaker } from '../../production/ports';
import { findCurveByName } from '../../standards/crypto/curve-parameters';
import {
  type PrivateKeyNumbers,
  readPrivateKeyNumbers,
} from '../../standards/pki/private-key-numbers';

const generate = promisify(generateKeyPair);

/** Makes the key pairs of chips with OpenSSL's generator, off the event loop. */
export const chipKeyMaker: ChipKeyMaker = {
  async makeRsa(modulusBits) {
    const { privateKey } = await generate('rsa', { modulusLength: modulusBits });
    const numbers = readNumbers(privateKey);
    if (numbers.type !== 'rsa') throw new Error('an RSA key was made');
    const { publicKey, modulus, privateExponent } = numbers;
    return { publicKey, modulus, privateExponent };
  },
  async makeEc(name) {
    const curve = findCurveByName(name);
    if (curve === undefined) {
      throw new ProductionError('PROFILE_INVALID', 'chip key', [`there is no curve ${name}`]);
    }
    const { privateKey } = await generate('ec', { namedCurve: curve.opensslName });
    const numbers = readNumbers(privateKey);
    if (numbers.type !== 'ec') throw new Error('an EC key was made');
    return { publicKey: numbers.publicKey, privateScalar: numbers.privateScalar };
  },
};

function readNumbers(privateKey: KeyObject): PrivateKeyNumbers {
  const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' });
  try {
    return readPrivateKeyNumbers(pkcs8);
  } finally {
    pkcs8.fill(0);
  }
}
