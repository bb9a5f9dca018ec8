import {
  buildSetChipAuthentication,
  buildSetKeyAgreement,
} from '../../../../standards/access/chip-authentication/chip-authentication-commands';
import {
  CHIP_AUTHENTICATION_ALGORITHMS,
  findChipAuthenticationAlgorithm,
} from '../../../../standards/access/chip-authentication/chip-authentication-protocol';
import { deriveChipAuthenticationSession } from '../../../../standards/access/chip-authentication/chip-authentication-session';
import {
  buildGeneralAuthenticate,
  encodeDynamicData,
} from '../../../../standards/access/general-authenticate';
import { encodeTokenInput } from '../../../../standards/access/pace/pace-token';
import type { SessionKeys } from '../../../../standards/access/session-keys';
import { encodeCommand } from '../../../../standards/apdu/command';
import { encodeResponse } from '../../../../standards/apdu/response';
import { equalBytes } from '../../../../standards/bytes/compare';
import { concatBytes } from '../../../../standards/bytes/concat';
import { MalformedError } from '../../../../standards/bytes/malformed';
import {
  agreeOnElement,
  type AgreementGroup,
  derivePublicKey,
} from '../../../../standards/crypto/agreement-group';
import {
  SESSION_CIPHERS,
  type SessionCipherName,
} from '../../../../standards/crypto/session-cipher';
import { Inputs, received } from '../inputs';
import { callCipher, cipherNamed } from '../named-algorithms';
import { callGroup, groupOf } from '../named-groups';
import { NotComputable } from '../not-computable';
import { Refused } from '../refusal';
import { type Figures, hexFigure, once, type Topic } from '../topic';
import type { VectorEntry } from '../vector-file';
import {
  acceptRecordedSession,
  isRecordedChipAuthentication,
  recordedFigures,
} from './recorded-chip-authentication';

/** Versions 1 and 2, their commands, and recorded sessions. */
export const CHIP_AUTHENTICATION: Topic = {
  name: 'Chip Authentication',
  figures: (entry) =>
    isRecordedChipAuthentication(entry)
      ? { ...commandFigures(Inputs.of(entry)), ...recordedFigures(entry) }
      : { ...agreementFigures(Inputs.of(entry)), ...commandFigures(Inputs.of(entry)) },
  accept: (entry) =>
    isRecordedChipAuthentication(entry) ? acceptRecordedSession(entry) : acceptAgreement(entry),
};

function commandFigures(inputs: Inputs): Figures {
  const publicKey = () =>
    inputs.optionalHex('terminal_eph_pub') ??
    derivePublicKey(groupOf(inputs), inputs.hex('terminal_eph_priv'));
  const keyId = () =>
    inputs.has('key_id', 'keyId') ? inputs.integer('key_id', 'keyId') : undefined;
  const setAt = hexFigure(() => encodeCommand(buildSetChipAuthentication(oidOf(inputs), keyId())));
  const setKat = hexFigure(() => encodeCommand(buildSetKeyAgreement(publicKey(), keyId())));
  const uses3Des = (): boolean =>
    !inputs.has('oid', 'alg', 'cipher') || cipherOf(inputs) === '3DES';
  return {
    mse_set_at: setAt,
    mse_set_kat: setKat,
    mse: (expected) => (uses3Des() ? setKat(expected) : setAt(expected)),
    general_authenticate: hexFigure(() => {
      const data = encodeDynamicData([0x80, publicKey()]);
      return encodeCommand(buildGeneralAuthenticate(data, { last: true }));
    }),
    general_authenticate_response: hexFigure(() => {
      if (inputs.has('nonce_r_picc'))
        return encodeResponse({ data: versionTwoAnswer(inputs), sw: 0x9000 });
      return encodeResponse({ data: encodeDynamicData(), sw: 0x9000 });
    }),
  };
}

/** Version 2 returns its nonce and a token. */
function versionTwoAnswer(inputs: Inputs): Uint8Array {
  return encodeDynamicData([0x81, inputs.hex('nonce_r_picc')], [0x82, tokenOf(inputs)]);
}

function agreementFigures(inputs: Inputs): Figures {
  const group = once(() => groupOf(inputs));
  const terminalKey = once(() =>
    inputs.has('terminal_eph_priv')
      ? derivePublicKey(group(), inputs.hex('terminal_eph_priv'))
      : inputs.hex('terminal_eph_pub'),
  );
  const session = once(() => sessionOf(inputs));
  return {
    curve: (expected) => callGroup(group(), expected),
    cipher: (expected) => callCipher(cipherOf(inputs), expected),
    chip_static_pub: hexFigure(() => chipKeyOf(inputs, group())),
    terminal_eph_pub: hexFigure(terminalKey),
    compressed_terminal_eph_pub: hexFigure(() => group().compress(terminalKey())),
    shared_secret_x: hexFigure(() => sharedSecretOf(inputs)),
    shared_secret: hexFigure(() => sharedSecretOf(inputs)),
    KS_enc: hexFigure(() => session().encryptionKey),
    KS_mac: hexFigure(() => session().macKey),
    new_ssc: hexFigure(() => session().sendSequenceCounter),
    T_PICC: hexFigure(() => tokenOf(inputs)),
  };
}

/** The chip's public key; where both halves are given they must belong together. */
function chipKeyOf(inputs: Inputs, group: AgreementGroup): Uint8Array {
  const given = inputs.optionalHex('chip_static_pub');
  if (!inputs.has('chip_static_priv')) {
    if (given === undefined) throw new NotComputable('the inputs have no chip_static_pub');
    return given;
  }
  const derived = derivePublicKey(group, inputs.hex('chip_static_priv'));
  if (given !== undefined && !equalBytes(given, derived)) {
    throw new Refused(
      'chip-authentication-data',
      'the static public key is not that of its private key',
    );
  }
  return derived;
}

/** Agreed from the side of the terminal, or of the chip where only its private key is given. */
function sharedSecretOf(inputs: Inputs): Uint8Array {
  const group = groupOf(inputs);
  const element = inputs.has('terminal_eph_priv')
    ? agreeOnElement(group, inputs.hex('terminal_eph_priv'), chipKeyOf(inputs, group))
    : agreeOnElement(group, inputs.hex('chip_static_priv'), inputs.hex('terminal_eph_pub'));
  return group.sharedSecret(element);
}

/** Version 2 hashes a nonce of the chip into the keys. */
function sessionOf(inputs: Inputs): SessionKeys {
  const nonce = inputs.optionalHex('nonce_r_picc') ?? new Uint8Array();
  return deriveChipAuthenticationSession(
    cipherOf(inputs),
    concatBytes(sharedSecretOf(inputs), nonce),
  );
}

function tokenOf(inputs: Inputs): Uint8Array {
  const group = groupOf(inputs);
  const session = sessionOf(inputs);
  const key = inputs.has('terminal_eph_priv')
    ? derivePublicKey(group, inputs.hex('terminal_eph_priv'))
    : inputs.hex('terminal_eph_pub');
  const input = encodeTokenInput(oidOf(inputs), group, key);
  return SESSION_CIPHERS[session.cipher].computeTokenMac(session.macKey, input);
}

function cipherOf(inputs: Inputs): SessionCipherName {
  if (inputs.has('alg', 'cipher')) return cipherNamed(inputs.text('alg', 'cipher'));
  const algorithm = findChipAuthenticationAlgorithm(inputs.text('oid'));
  if (algorithm === undefined) {
    throw new MalformedError('chip authentication', 'the algorithm of this oid is not known');
  }
  return algorithm.cipher;
}

/** Named, or that of the cipher and the kind of group. */
function oidOf(inputs: Inputs): string {
  if (inputs.has('oid')) return inputs.text('oid');
  if (!inputs.has('alg', 'cipher')) throw new NotComputable('the inputs have no oid');
  const agreement = groupOf(inputs).kind;
  const found = CHIP_AUTHENTICATION_ALGORITHMS.find(
    (one) => one.agreement === agreement && one.cipher === cipherOf(inputs),
  );
  return found?.oid ?? '';
}

/** A negative entry: a key or token that one side received is not as it must be. */
function acceptAgreement(entry: VectorEntry): void {
  const inputs = Inputs.of(entry);
  const group = groupOf(inputs);
  const toChip = received(entry, 'terminal_eph_pub');
  const toTerminal = received(entry, 'chip_static_pub');
  cipherOf(inputs);
  if (toChip !== undefined || inputs.has('terminal_eph_pub')) {
    const publicKey = toChip ?? inputs.hex('terminal_eph_pub');
    agreeOnElement(group, inputs.hex('chip_static_priv', 'terminal_eph_priv'), publicKey);
  }
  if (toTerminal !== undefined || inputs.has('chip_static_pub')) {
    const publicKey = toTerminal ?? inputs.hex('chip_static_pub');
    agreeOnElement(group, inputs.hex('terminal_eph_priv', 'chip_static_priv'), publicKey);
  }
  const token = received(entry, 'T_PICC');
  if (token !== undefined && !equalBytes(token, tokenOf(inputs))) {
    throw new Refused('token', 'the token of the chip is wrong');
  }
  chipKeyOf(inputs, group);
}
