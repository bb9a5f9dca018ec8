import { signActiveAuthenticationRsa } from '../../../../standards/access/active-authentication/sign-active-authentication';
import {
  findActiveAuthenticationDigest,
  verifyActiveAuthentication,
} from '../../../../standards/access/active-authentication/verify-active-authentication';
import { buildInternalAuthenticate } from '../../../../standards/access/terminal/internal-authenticate';
import { encodeCommand } from '../../../../standards/apdu/command';
import { equalBytes } from '../../../../standards/bytes/compare';
import { decodeHex, encodeHex } from '../../../../standards/bytes/hex';
import { decodeBigUint } from '../../../../standards/bytes/integer';
import { type DigestName, digestBytes } from '../../../../standards/crypto/digest-algorithms';
import { signEcdsaPlain } from '../../../../standards/crypto/ecdsa';
import {
  buildIso9796Representative,
  iso9796Trailer,
  recoverableBytes,
} from '../../../../standards/crypto/iso9796';
import { applyRsa } from '../../../../standards/crypto/rsa';
import { parseDg14 } from '../../../../standards/lds/dg14';
import { parseDg15 } from '../../../../standards/lds/dg15';
import { PLAIN_ECDSA_OIDS, type SecurityInfo } from '../../../../standards/lds/security-infos';
import { parsePublicKeyInfo } from '../../../../standards/pki/subject-public-key-info';
import { Inputs, received } from '../inputs';
import { digestNamed } from '../named-algorithms';
import { curveNamed } from '../named-groups';
import { NotComputable } from '../not-computable';
import { type ReasonClass } from '../reason-classes';
import { Refused } from '../refusal';
import { type Figure, type Figures, hexFigure, type Topic } from '../topic';
import type { VectorEntry } from '../vector-file';

/** First byte of a representative with partial recovery. */
const HEADER = 0x6a;

/** Answers to INTERNAL AUTHENTICATE by RSA with ISO 9796-2, and by plain ECDSA. */
export const ACTIVE_AUTHENTICATION: Topic = {
  name: 'Active Authentication',
  figures: (entry) => {
    const inputs = Inputs.of(entry);
    return {
      internal_authenticate: hexFigure(() =>
        encodeCommand(buildInternalAuthenticate(inputs.hex('rnd_ifd'))),
      ),
      ...representativeFigures(inputs),
      ...signatureFigures(entry),
    };
  },
  accept: (entry) => acceptAnswer(entry),
};

function representativeFigures(inputs: Inputs): Figures {
  const digest = () => digestOf(inputs);
  const modulusBytes = (): number =>
    inputs.has('modulus_bits')
      ? inputs.integer('modulus_bits') / 8
      : rsaKeyOf(inputs).modulus.length;
  const hash: Figure = hexFigure(() =>
    digestBytes(digest(), inputs.optionalHex('m1') ?? new Uint8Array(), inputs.hex('rnd_ifd')),
  );
  return {
    L_M1_bits: () => recoverableBytes(modulusBytes(), digest()) * 8,
    trailer: hexFigure(() => iso9796Trailer(digest())),
    hash_value: hash,
    message_representative_F: hexFigure(() =>
      buildIso9796Representative(digest(), {
        recoverable: inputs.hex('m1'),
        rest: inputs.hex('rnd_ifd'),
      }),
    ),
  };
}

/**
 * A signature is made again where the private key and the random number are given; else the one
 * that the entry expects is verified, and confirmed when it is right.
 */
function signatureFigures(entry: VectorEntry): Figures {
  const inputs = Inputs.of(entry);
  const figure: Figure = (expected) => {
    if (inputs.has('private_exponent', 'd') && inputs.has('m1')) {
      return signRsa(inputs, expected);
    }
    if (inputs.has('private_key') && inputs.has('k')) return encodeHex(signEcdsa(inputs));
    if (typeof expected !== 'string') throw new NotComputable('the entry has no signature');
    if (!inputs.has('dg15', 'public_key')) {
      throw new NotComputable('the inputs have no public key to verify the signature with');
    }
    verifyAnswer(inputs, decodeHex(expected));
    return expected;
  };
  return { signature: figure, signature_plain: figure, signature_printed: figure };
}

function acceptAnswer(entry: VectorEntry): void {
  const inputs = Inputs.of(entry);
  verifyAnswer(inputs, answerOf(entry));
}

function answerOf(entry: VectorEntry): Uint8Array {
  const inputs = Inputs.of(entry);
  const came = received(entry, 'signature') ?? received(entry, 'signature_plain');
  const given = new Inputs({ ...entry.expected, ...entry.inputs }).optionalHex(
    'signature',
    'signature_plain',
    'response',
  );
  if (came !== undefined || given !== undefined) return came ?? given ?? new Uint8Array();
  if (inputs.has('private_exponent', 'd')) return decodeHex(signRsa(inputs, undefined));
  return signEcdsa(inputs);
}

const FAILURES: Readonly<Record<string, readonly [ReasonClass, string]>> = {
  length: ['length', 'the signature has not the length of the key'],
  trailer: ['trailer', 'the opened signature ends in no trailer: another key or signature'],
  header: ['header', 'the opened signature begins with no header: another key or signature'],
  signature: ['signature', 'the hash in the signature is not that of the challenge: it is wrong'],
  'der-encoded': ['structure', 'the signature is DER encoded instead of plain r || s'],
  'algorithm-missing': ['algorithm', 'DG14 names no known hash algorithm for ECDSA'],
  'key-type': ['algorithm', 'the key is neither RSA nor EC'],
};

/** @throws Refused when the answer proves nothing. */
function verifyAnswer(inputs: Inputs, signature: Uint8Array): void {
  const publicKey = publicKeyOf(inputs);
  const securityInfos = inputs.has('dg14')
    ? parseDg14(inputs.hex('dg14'))
    : infosNaming(inputs.has('hash') ? digestOf(inputs) : undefined);
  const verdict = verifyActiveAuthentication({
    publicKey,
    securityInfos,
    challenge: challengeSent(inputs) ?? inputs.hex('rnd_ifd'),
    signature,
  });
  if (!verdict.valid) {
    refuseOtherTrailer(inputs, publicKey, signature);
    const [kind, words] = FAILURES[verdict.failure] ?? ['signature', verdict.failure];
    throw new Refused(kind, words);
  }
  if (inputs.has('hash') && verdict.digest !== digestOf(inputs)) {
    throw new Refused('hash', 'the signature uses another hash algorithm than the entry names');
  }
  const named = findActiveAuthenticationDigest(securityInfos);
  if (inputs.has('dg14') && named !== undefined && named !== verdict.digest) {
    throw new Refused('algorithm', 'the signature uses another algorithm than DG14 names');
  }
}

/**
 * A representative that begins as it must and ends in the trailer of another hash algorithm fails
 * by its hash; the reason behind that is the trailer.
 */
function refuseOtherTrailer(inputs: Inputs, publicKey: Uint8Array, signature: Uint8Array): void {
  const key = parsePublicKeyInfo(publicKey);
  if (key.type !== 'rsa' || !inputs.has('hash') || signature.length !== key.modulus.length) return;
  if (decodeBigUint(signature) >= decodeBigUint(key.modulus)) return;
  const opened = applyRsa(key.modulus, key.publicExponent, signature);
  const trailer = iso9796Trailer(digestOf(inputs));
  if (opened[0] !== HEADER || equalBytes(opened.subarray(-trailer.length), trailer)) return;
  throw new Refused('trailer', 'the trailer is not that of the hash algorithm');
}

/** No chip may be made with it any more; the field still has such chips. */
const PLAIN_ECDSA_SHA1 = '0.4.0.127.0.7.1.1.4.1.1';

/** The challenge that the terminal really sent, where it is not the one that was signed. */
function challengeSent(inputs: Inputs): Uint8Array | undefined {
  return inputs.optionalHex('rnd_ifd_sent', 'rnd_ifd_received');
}

function infosNaming(digest: DigestName | undefined): readonly SecurityInfo[] {
  if (digest === undefined) return [];
  const signatureAlgorithm = digest === 'sha1' ? PLAIN_ECDSA_SHA1 : PLAIN_ECDSA_OIDS[digest];
  return [{ kind: 'active-authentication', version: 1, signatureAlgorithm }];
}

function publicKeyOf(inputs: Inputs): Uint8Array {
  return inputs.has('dg15') ? parseDg15(inputs.hex('dg15')) : inputs.hex('public_key');
}

function rsaKeyOf(inputs: Inputs): { readonly modulus: Uint8Array } {
  if (!inputs.has('dg15', 'public_key')) return { modulus: inputs.number('modulus', 'n') };
  const key = parsePublicKeyInfo(publicKeyOf(inputs));
  if (key.type !== 'rsa') throw new Refused('algorithm', 'the public key is no RSA key');
  return key;
}

/** Form B.6; form B.4 where that is the one that the entry expects. */
function signRsa(inputs: Inputs, expected: unknown): string {
  const signer = {
    modulus: rsaKeyOf(inputs).modulus,
    privateExponent: inputs.number('private_exponent', 'd'),
    digest: digestOf(inputs),
    random: inputs.hex('m1'),
  };
  const challenge = inputs.hex('rnd_ifd');
  const smaller = encodeHex(signActiveAuthenticationRsa({ ...signer, form: 'B.4' }, challenge));
  if (typeof expected === 'string' && expected.toUpperCase() === smaller) return smaller;
  return encodeHex(signActiveAuthenticationRsa(signer, challenge));
}

function signEcdsa(inputs: Inputs): Uint8Array {
  return signEcdsaPlain(
    {
      curve: curveNamed(inputs.text('curve')),
      digest: digestOf(inputs),
      privateKey: inputs.hex('private_key'),
      nonce: inputs.hex('k'),
    },
    inputs.hex('rnd_ifd'),
  );
}

function digestOf(inputs: Inputs): DigestName {
  return digestNamed(inputs.text('hash', 'hash_algorithm', 'digest'));
}
