import { encodeCommand } from '../../apdu/command';
import { encodeResponse } from '../../apdu/response';
import { concatBytes } from '../../bytes/concat';
import { encodeHex } from '../../bytes/hex';
import { encodeAscii } from '../../bytes/text';
import { computeCheckDigit } from '../../mrz/check-digit';
import { encodeMrzInformation, mrzSecretFromMrz } from '../../mrz/mrz-information';
import { digestBytes } from '../../crypto/digest-algorithms';
import { decryptTripleDesCbc, zeroDesIv } from '../../crypto/triple-des';
import { buildExternalAuthenticate, buildGetChallenge } from '../bac/bac-commands';
import { deriveBacKeys, deriveBacSeed } from '../bac/bac-keys';
import {
  answerBacCryptogram,
  type BacTerminalInput,
  buildBacCryptogram,
  verifyBacResponse,
} from '../bac/bac-session';
import { recomputeBacKeys } from './recompute-key-derivation';
import { recomputeSecureMessaging } from './recompute-secure-messaging';
import {
  hexInput,
  hexMembers,
  receivedInstead,
  type Recomputed,
  refusalOf,
  type VectorEntry,
} from './vector-entry';

/** Entries of the topic BAC: keys from the MRZ, mutual authentication, sessions [9303-11 §D]. */
export function recomputeBac(entry: VectorEntry): Recomputed {
  if ('mrz' in entry.inputs) return recomputeMrzKeys(entry.inputs['mrz'] as readonly string[]);
  if ('K_seed' in entry.inputs) return recomputeBacKeys(hexInput(entry, 'K_seed'));
  if ('SSC' in entry.inputs) return recomputeSecureMessaging(entry);
  return recomputeMutualAuthentication(entry);
}

function recomputeMrzKeys(lines: readonly string[]): Recomputed {
  const secret = mrzSecretFromMrz(lines.join('\n'));
  const information = encodeMrzInformation(secret);
  const number = secret.documentNumber.padEnd(9, '<');
  const keys = deriveBacKeys(secret);
  return {
    document_number: number,
    document_number_cd: computeCheckDigit(number),
    date_of_birth: secret.dateOfBirth,
    dob_cd: computeCheckDigit(secret.dateOfBirth),
    date_of_expiry: secret.dateOfExpiry,
    doe_cd: computeCheckDigit(secret.dateOfExpiry),
    mrz_information: information,
    ...hexMembers({
      sha1: digestBytes('sha1', encodeAscii(information)),
      K_seed: deriveBacSeed(secret),
      K_enc: keys.encryptionKey,
      K_mac: keys.macKey,
    }),
  };
}

function recomputeMutualAuthentication(entry: VectorEntry): Recomputed {
  const keys = {
    cipher: '3DES' as const,
    encryptionKey: hexInput(entry, 'K_enc'),
    macKey: hexInput(entry, 'K_mac'),
  };
  const rndIc = hexInput(entry, 'RND_IC');
  const rndIfd = hexInput(entry, 'RND_IFD');
  const kIfd = hexInput(entry, 'K_IFD');
  const kIc = hexInput(entry, 'K_IC');
  const terminal = { keys, rndIc, rndIfd, kIfd };
  const sent = buildBacCryptogram(terminal);
  if ('reject' in entry.expected) return judgeReceived(entry, terminal, { rndIc, kIc, sent });
  const chip = answerBacCryptogram({ keys, rndIc, kIc }, sent);
  const session = verifyBacResponse(terminal, chip.response);
  if (encodeHex(session.macKey) !== encodeHex(chip.session.macKey)) {
    throw new Error(`${entry.id}: the two sides have other keys`);
  }
  const external = buildExternalAuthenticate(sent);
  const open = (sealed: Uint8Array) =>
    decryptTripleDesCbc(keys.encryptionKey, zeroDesIv(), sealed.subarray(0, 32));
  return hexMembers({
    get_challenge_apdu: encodeCommand(buildGetChallenge()),
    S: open(sent),
    E_IFD: sent.subarray(0, 32),
    M_IFD: sent.subarray(32),
    external_authenticate_apdu: encodeCommand(external),
    R: open(chip.response),
    E_IC: chip.response.subarray(0, 32),
    M_IC: chip.response.subarray(32),
    external_authenticate_response: encodeResponse({ data: chip.response, sw: 0x9000 }),
    session_K_seed: kIfd.map((byte, index) => byte ^ (kIc[index] ?? 0)),
    KS_enc: session.encryptionKey,
    KS_mac: session.macKey,
    SSC: session.sendSequenceCounter,
  });
}

/** A negative entry: the chip's cryptogram or MAC is another than the right one. */
function judgeReceived(
  entry: VectorEntry,
  terminal: BacTerminalInput,
  run: { readonly rndIc: Uint8Array; readonly kIc: Uint8Array; readonly sent: Uint8Array },
): Recomputed {
  const reason = refusalOf(() => {
    const { response } = answerBacCryptogram({ ...run, keys: terminal.keys }, run.sent);
    const cryptogram = receivedInstead(entry, 'E_IC') ?? response.subarray(0, 32);
    const mac = receivedInstead(entry, 'M_IC') ?? response.subarray(32);
    return verifyBacResponse(terminal, concatBytes(cryptogram, mac));
  });
  return reason === undefined ? {} : { reject: reason };
}
