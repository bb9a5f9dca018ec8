import { encodeCommand } from '../../apdu/command';
import { encodeHex } from '../../bytes/hex';
import { findCurveByName, CURVES, type CurveParameters } from '../../crypto/curve-parameters';
import { type DigestName, digestBytes } from '../../crypto/digest-algorithms';
import { signEcdsaPlain } from '../../crypto/ecdsa';
import { buildIso9796Representative, iso9796Trailer, recoverableBytes } from '../../crypto/iso9796';
import { parseDg14 } from '../../lds/dg14';
import { parseDg15 } from '../../lds/dg15';
import { parsePublicKeyInfo } from '../../pki/subject-public-key-info';
import { signActiveAuthenticationRsa } from '../active-authentication/sign-active-authentication';
import { verifyActiveAuthentication } from '../active-authentication/verify-active-authentication';
import { buildInternalAuthenticate } from '../terminal/internal-authenticate';
import { hexInput, hexMembers, type Recomputed, textInput, type VectorEntry } from './vector-entry';

/** Entries of the topic Active Authentication, made by the chip's side and verified [9303-11 §6.1]. */
export function recomputeActiveAuthentication(entry: VectorEntry): Recomputed {
  const given = ['signature', 'signature_plain'].find((member) => member in entry.inputs);
  if (given !== undefined) return judgeGiven(entry, hexInput(entry, given));
  return 'curve' in entry.inputs ? recomputeEcdsa(entry) : recomputeRsa(entry);
}

/** An answer that stands among the inputs is judged as it is: negative entries have one. */
function judgeGiven(entry: VectorEntry, signature: Uint8Array): Recomputed {
  const { valid } = verifyActiveAuthentication({
    publicKey: parseDg15(hexInput(entry, 'dg15')),
    securityInfos: 'dg14' in entry.inputs ? parseDg14(hexInput(entry, 'dg14')) : [],
    challenge: hexInput(entry, 'rnd_ifd'),
    signature,
  });
  return { valid };
}

function recomputeEcdsa(entry: VectorEntry): Recomputed {
  const challenge = hexInput(entry, 'rnd_ifd');
  const signature = signEcdsaPlain(
    {
      curve: curveNamed(textInput(entry, 'curve')),
      digest: digestOf(entry),
      privateKey: hexInput(entry, 'private_key'),
      nonce: hexInput(entry, 'k'),
    },
    challenge,
  );
  const { valid } = verifyActiveAuthentication({
    publicKey: parseDg15(hexInput(entry, 'dg15')),
    securityInfos: parseDg14(hexInput(entry, 'dg14')),
    challenge,
    signature,
  });
  return { signature_plain: encodeHex(signature), valid };
}

function recomputeRsa(entry: VectorEntry): Recomputed {
  const challenge = hexInput(entry, 'rnd_ifd');
  const digest = digestOf(entry);
  const m1 = hexInput(entry, 'm1');
  const modulusBytes = (entry.inputs['modulus_bits'] as number) / 8;
  return {
    L_M1_bits: recoverableBytes(modulusBytes, digest) * 8,
    ...hexMembers({
      internal_authenticate: encodeCommand(buildInternalAuthenticate(challenge)),
      trailer: iso9796Trailer(digest),
      hash_value: digestBytes(digest, m1, challenge),
      message_representative_F: buildIso9796Representative(digest, {
        recoverable: m1,
        rest: challenge,
      }),
    }),
    ...('dg15' in entry.inputs ? recomputeRsaSignature(entry) : {}),
  };
}

function recomputeRsaSignature(entry: VectorEntry): Recomputed {
  const publicKey = parseDg15(hexInput(entry, 'dg15'));
  const key = parsePublicKeyInfo(publicKey);
  if (key.type !== 'rsa') throw new Error(`${entry.id} has no RSA key`);
  const challenge = hexInput(entry, 'rnd_ifd');
  const signer = {
    modulus: key.modulus,
    privateExponent: hexInput(entry, 'private_exponent'),
    digest: digestOf(entry),
    random: hexInput(entry, 'm1'),
  };
  const signature = signActiveAuthenticationRsa(signer, challenge);
  const verdict = verifyActiveAuthentication({
    publicKey,
    securityInfos: [],
    challenge,
    signature,
  });
  return { signature: encodeHex(signature), valid: verdict.valid };
}

/** `SHA-256` is sha256 here. */
function digestOf(entry: VectorEntry): DigestName {
  return textInput(entry, 'hash').replace('-', '').toLowerCase() as DigestName;
}

/** Curves by our name or by OpenSSL's. */
export function curveNamed(name: string): CurveParameters {
  const found =
    findCurveByName(name) ??
    Object.values<CurveParameters>(CURVES).find(({ opensslName }) => opensslName === name);
  if (found === undefined) throw new Error(`${name} is no curve of the table`);
  return found;
}
