import {
  buildExternalAuthenticate,
  buildGetChallenge,
} from '../../../../standards/access/bac/bac-commands';
import { deriveBacKeys, deriveBacSeed } from '../../../../standards/access/bac/bac-keys';
import {
  answerBacCryptogram,
  type BacTerminalInput,
  buildBacCryptogram,
  verifyBacResponse,
} from '../../../../standards/access/bac/bac-session';
import { encodeCommand } from '../../../../standards/apdu/command';
import { encodeResponse } from '../../../../standards/apdu/response';
import { equalBytes } from '../../../../standards/bytes/compare';
import { concatBytes } from '../../../../standards/bytes/concat';
import { MalformedError } from '../../../../standards/bytes/malformed';
import { encodeAscii } from '../../../../standards/bytes/text';
import { digestBytes } from '../../../../standards/crypto/digest-algorithms';
import { decryptTripleDesCbc, zeroDesIv } from '../../../../standards/crypto/triple-des';
import { computeCheckDigit } from '../../../../standards/mrz/check-digit';
import {
  encodeMrzInformation,
  type MrzSecret,
  mrzSecretFromMrz,
} from '../../../../standards/mrz/mrz-information';
import { Inputs, received } from '../inputs';
import { Refused } from '../refusal';
import { type Figures, hexFigure, once, type Topic } from '../topic';
import type { VectorEntry } from '../vector-file';
import { KDF, seedFigures } from './kdf';
import { acceptMessages, sessionFigures } from './secure-messaging';

/** Keys from the MRZ, mutual authentication, sessions. */
export const BAC: Topic = {
  name: 'BAC',
  figures: (entry) => {
    const inputs = Inputs.of(entry);
    if (isSession(inputs)) return sessionFigures(entry);
    if (inputs.has('RND_IC')) return authenticationFigures(inputs);
    if (inputs.has('K_seed')) return seedFigures(() => inputs.hex('K_seed'));
    return mrzFigures(inputs);
  },
  accept: (entry) => {
    const inputs = Inputs.of(entry);
    if (isSession(inputs)) acceptMessages(entry);
    else if (inputs.has('RND_IC')) acceptAuthentication(entry);
    else if (inputs.has('K_seed')) KDF.accept(entry);
    else deriveBacKeys(secretOf(inputs));
  },
};

function isSession(inputs: Inputs): boolean {
  return inputs.has('KS_enc');
}

/** From the whole MRZ, whose check digits that go into the keys must be right. */
function secretOf(inputs: Inputs): MrzSecret {
  return mrzSecretFromMrz(inputs.texts('mrz').join('\n'));
}

function mrzFigures(inputs: Inputs): Figures {
  const secret = once(() => secretOf(inputs));
  const number = () => secret().documentNumber.padEnd(9, '<');
  return {
    document_number: number,
    document_number_cd: () => computeCheckDigit(number()),
    date_of_birth: () => secret().dateOfBirth,
    dob_cd: () => computeCheckDigit(secret().dateOfBirth),
    date_of_expiry: () => secret().dateOfExpiry,
    doe_cd: () => computeCheckDigit(secret().dateOfExpiry),
    mrz_information: () => encodeMrzInformation(secret()),
    sha1: hexFigure(() => digestBytes('sha1', encodeAscii(encodeMrzInformation(secret())))),
    K_seed: hexFigure(() => deriveBacSeed(secret())),
    K_enc: hexFigure(() => deriveBacKeys(secret()).encryptionKey),
    K_mac: hexFigure(() => deriveBacKeys(secret()).macKey),
  };
}

/** The random values of both sides; the keys are given, or follow from seed or MRZ. */
function runOf(inputs: Inputs): BacTerminalInput & { readonly kIc: Uint8Array } {
  const keys = inputs.has('K_enc')
    ? {
        cipher: '3DES' as const,
        encryptionKey: inputs.hex('K_enc'),
        macKey: inputs.hex('K_mac'),
      }
    : deriveBacKeys(secretOf(inputs));
  for (const key of [keys.encryptionKey, keys.macKey]) {
    if (key.length !== 16) {
      throw new MalformedError('BAC key', `has a length of ${key.length} bytes`);
    }
  }
  return {
    keys,
    rndIc: inputs.hex('RND_IC'),
    rndIfd: inputs.hex('RND_IFD'),
    kIfd: inputs.hex('K_IFD'),
    kIc: inputs.hex('K_IC'),
  };
}

function authenticationFigures(inputs: Inputs): Figures {
  const both = once(() => {
    const run = runOf(inputs);
    const sent = buildBacCryptogram(run);
    const chip = answerBacCryptogram(run, sent);
    const session = verifyBacResponse(run, chip.response);
    if (!equalBytes(session.macKey, chip.session.macKey)) {
      throw new Refused('secret', 'the two sides have other keys');
    }
    const open = (sealed: Uint8Array) =>
      decryptTripleDesCbc(run.keys.encryptionKey, zeroDesIv(), sealed.subarray(0, 32));
    return { run, sent, answer: chip.response, session, open };
  });
  return {
    get_challenge_apdu: hexFigure(() => encodeCommand(buildGetChallenge())),
    S: hexFigure(() => both().open(both().sent)),
    E_IFD: hexFigure(() => both().sent.subarray(0, 32)),
    M_IFD: hexFigure(() => both().sent.subarray(32)),
    external_authenticate_apdu: hexFigure(() =>
      encodeCommand(buildExternalAuthenticate(both().sent)),
    ),
    R: hexFigure(() => both().open(both().answer)),
    E_IC: hexFigure(() => both().answer.subarray(0, 32)),
    M_IC: hexFigure(() => both().answer.subarray(32)),
    external_authenticate_response: hexFigure(() =>
      encodeResponse({ data: both().answer, sw: 0x9000 }),
    ),
    session_K_seed: hexFigure(() => {
      const { kIfd, kIc } = both().run;
      return kIfd.map((byte, index) => byte ^ (kIc[index] ?? 0));
    }),
    KS_enc: hexFigure(() => both().session.encryptionKey),
    KS_mac: hexFigure(() => both().session.macKey),
    SSC: hexFigure(() => both().session.sendSequenceCounter),
  };
}

/** A negative entry: what one side sent is another cryptogram, MAC or nonce than the right one. */
function acceptAuthentication(entry: VectorEntry): void {
  const run = runOf(Inputs.of(entry));
  const sent = replaceParts(buildBacCryptogram(run), {
    cryptogram: received(entry, 'E_IFD'),
    mac: received(entry, 'M_IFD'),
    whole: received(entry, 'cmd_data'),
  });
  const { response } = answerBacCryptogram(run, sent);
  const answer = replaceParts(response, {
    cryptogram: received(entry, 'E_IC'),
    mac: received(entry, 'M_IC'),
    whole: received(entry, 'external_authenticate_response')?.subarray(0, -2),
  });
  verifyBacResponse(run, answer);
}

function replaceParts(
  right: Uint8Array,
  came: {
    readonly cryptogram: Uint8Array | undefined;
    readonly mac: Uint8Array | undefined;
    readonly whole: Uint8Array | undefined;
  },
): Uint8Array {
  if (came.whole !== undefined) return came.whole;
  return concatBytes(came.cryptogram ?? right.subarray(0, 32), came.mac ?? right.subarray(32));
}
