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

const MAX_TRIES = 64;

/**
 * All numbers of an RSA key as long as its modulus. One whose private exponent begins with a zero
 * byte is thrown away: the open passport applet drops leading zeros of what it is given and then
 * refuses a number of 127 bytes with 6F00 (observed 2026-11 on its simulation).
 */
async function makeRsa(modulusBits: number): ReturnType<ChipKeyMaker['makeRsa']> {
  const lengthBytes = Math.ceil(modulusBits / 8);
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const pair = await generate('rsa', { modulusLength: modulusBits });
    const { n, d } = pair.privateKey.export({ format: 'jwk' });
    const privateExponent = decodeBase64Url(d, lengthBytes);
    if (privateExponent[0] === 0) continue;
    const publicKey = encodePublicKey(pair.publicKey);
    return { publicKey, modulus: decodeBase64Url(n, lengthBytes), privateExponent };
  }
  throw new Error(`no RSA key of full length in ${MAX_TRIES} tries`);
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
