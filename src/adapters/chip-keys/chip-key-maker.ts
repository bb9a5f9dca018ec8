import { generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { ProductionError } from '../../production/errors';
import type { ChipKeyMaker } from '../../production/ports';
import { parseDer, readOctetString, readSequence } from '../../standards/asn1/read';
import { decodeBigUint, encodeUint } from '../../standards/bytes/integer';
import { findCurveByName } from '../../standards/crypto/curve-parameters';
import { convertToExplicitParameters } from '../../standards/pki/subject-public-key-info';

const generate = promisify(generateKeyPair);

/** Makes the key pairs of chips with OpenSSL's generator, off the event loop. */
export const chipKeyMaker: ChipKeyMaker = { makeRsa, makeEc };

/** All numbers of an RSA key as long as its modulus. */
async function makeRsa(modulusBits: number): ReturnType<ChipKeyMaker['makeRsa']> {
  const pair = await generate('rsa', { modulusLength: modulusBits });
  const { n, d } = pair.privateKey.export({ format: 'jwk' });
  const lengthBytes = Math.ceil(modulusBits / 8);
  return {
    publicKey: encodePublicKey(pair.publicKey),
    modulus: decodeBase64Url(n, lengthBytes),
    privateExponent: decodeBase64Url(d, lengthBytes),
  };
}

/** A public key with explicit parameters, and the scalar as long as the group order. */
async function makeEc(name: string): ReturnType<ChipKeyMaker['makeEc']> {
  const curve = findCurveByName(name);
  if (curve === undefined) {
    throw new ProductionError('PROFILE_INVALID', 'chip key', [`there is no curve ${name}`]);
  }
  const pair = await generate('ec', { namedCurve: curve.opensslName });
  // ECPrivateKey ::= SEQUENCE { version, privateKey OCTET STRING, … }.
  const sec1 = pair.privateKey.export({ format: 'der', type: 'sec1' });
  const [, scalar] = readSequence(parseDer(sec1, 'ECPrivateKey'), 'ECPrivateKey');
  return {
    publicKey: convertToExplicitParameters(encodePublicKey(pair.publicKey)),
    privateScalar: encodeUint(
      decodeBigUint(readOctetString(scalar, 'ECPrivateKey')),
      curve.orderBytes,
    ),
  };
}

function encodePublicKey(key: KeyObject): Uint8Array {
  return new Uint8Array(key.export({ format: 'der', type: 'spki' }));
}

function decodeBase64Url(text: string | undefined, lengthBytes: number): Uint8Array {
  return encodeUint(decodeBigUint(Buffer.from(text ?? '', 'base64url')), lengthBytes);
}
