import { encodeCommand, parseCommand } from '../../apdu/command';
import { encodeResponse, parseResponse } from '../../apdu/response';
import { concatBytes } from '../../bytes/concat';
import { decodeHex, encodeHex } from '../../bytes/hex';
import { agreeOnElement, type AgreementGroup, derivePublicKey } from '../../crypto/agreement-group';
import { ecGroup } from '../../crypto/ec-group';
import { deriveChannelKeys } from '../../crypto/key-derivation';
import { SESSION_CIPHERS, type SessionCipherName } from '../../crypto/session-cipher';
import { parseDg14 } from '../../lds/dg14';
import {
  buildSetChipAuthentication,
  buildSetKeyAgreement,
} from '../chip-authentication/chip-authentication-commands';
import {
  findChipAuthenticationAlgorithm,
  listChipAuthenticationOffers,
} from '../chip-authentication/chip-authentication-protocol';
import {
  answerChipAuthentication,
  runChipAuthentication,
} from '../chip-authentication/chip-authentication-session';
import { buildGeneralAuthenticate, encodeDynamicData } from '../general-authenticate';
import { encodeTokenInput } from '../pace/pace-token';
import { SecureMessaging } from '../secure-messaging/secure-messaging';
import { curveNamed } from './recompute-active-authentication';
import { hexInput, hexMembers, type Recomputed, textInput, type VectorEntry } from './vector-entry';

/** Entries of the topic Chip Authentication, versions 1 and 2 [9303-11 §6.2, TR-03110-2 §3.4]. */
export function recomputeChipAuthentication(entry: VectorEntry): Recomputed {
  if ('sm_before' in entry.inputs) return recomputeRecordedSession(entry);
  if ('terminal_eph_priv' in entry.inputs) return recomputeAgreement(entry);
  return recomputeCommands(entry);
}

function recomputeCommands(entry: VectorEntry): Recomputed {
  const publicKey = hexInput(entry, 'terminal_eph_pub');
  const keyAgreement = encodeCommand(buildSetKeyAgreement(publicKey));
  if (!('oid' in entry.inputs)) return hexMembers({ mse_set_kat: keyAgreement });
  const data = encodeDynamicData([0x80, publicKey]);
  return hexMembers({
    mse_set_at: encodeCommand(buildSetChipAuthentication(textInput(entry, 'oid'))),
    general_authenticate: encodeCommand(buildGeneralAuthenticate(data, { last: true })),
    general_authenticate_response: encodeResponse({ data: encodeDynamicData(), sw: 0x9000 }),
  });
}

function recomputeAgreement(entry: VectorEntry): Recomputed {
  const group = ecGroup(curveNamed(textInput(entry, 'curve')));
  const chipPublicKey = derivePublicKey(group, hexInput(entry, 'chip_static_priv'));
  if (encodeHex(chipPublicKey) !== textInput(entry, 'chip_static_pub')) {
    throw new Error(`${entry.id}: the static keys do not belong together`);
  }
  const publicKey = derivePublicKey(group, hexInput(entry, 'terminal_eph_priv'));
  const common = {
    terminal_eph_pub: publicKey,
    compressed_terminal_eph_pub: group.compress(publicKey),
    shared_secret_x: sharedSecret(entry, group, chipPublicKey),
  };
  if ('nonce_r_picc' in entry.inputs) {
    return hexMembers({ ...common, ...versionTwo(entry, group, common) });
  }
  const cipher = textInput(entry, 'alg') as SessionCipherName;
  const algorithm = findChipAuthenticationAlgorithm(
    `0.4.0.127.0.7.2.2.3.2.${Object.keys(SESSION_CIPHERS).indexOf(cipher) + 1}`,
  );
  if (algorithm === undefined) throw new Error(`${entry.id}: no such cipher`);
  const offer = { algorithm, group, publicKey: chipPublicKey };
  const terminal = runChipAuthentication(offer, hexInput(entry, 'terminal_eph_priv'));
  const staticPrivateKey = hexInput(entry, 'chip_static_priv');
  const chip = answerChipAuthentication({ group, staticPrivateKey }, cipher, terminal.publicKey);
  if (encodeHex(chip.macKey) !== encodeHex(terminal.session.macKey)) {
    throw new Error(`${entry.id}: the two sides have other keys`);
  }
  return hexMembers({
    ...common,
    KS_enc: terminal.session.encryptionKey,
    KS_mac: terminal.session.macKey,
    new_ssc: terminal.session.sendSequenceCounter,
  });
}

/** Version 2 hashes a nonce of the chip into the keys and returns a token [TR-03110-3 §A.2.3]. */
function versionTwo(
  entry: VectorEntry,
  group: AgreementGroup,
  run: { readonly terminal_eph_pub: Uint8Array; readonly shared_secret_x: Uint8Array },
): Record<string, Uint8Array> {
  const oid = textInput(entry, 'oid');
  const cipher = findChipAuthenticationAlgorithm(oid)?.cipher ?? 'AES-128';
  const secret = concatBytes(run.shared_secret_x, hexInput(entry, 'nonce_r_picc'));
  const keys = deriveChannelKeys(cipher, secret);
  const input = encodeTokenInput(oid, group, run.terminal_eph_pub);
  return {
    KS_enc: keys.encryptionKey,
    KS_mac: keys.macKey,
    T_PICC: SESSION_CIPHERS[cipher].computeTokenMac(keys.macKey, input),
  };
}

interface RecordedSession {
  readonly alg: SessionCipherName;
  readonly ks_enc: string;
  readonly ks_mac: string;
  readonly ssc: string;
}

/** A session as a chip and a terminal really had it, followed on both sides. */
function recomputeRecordedSession(entry: VectorEntry): Recomputed {
  const before = entry.inputs['sm_before'] as RecordedSession;
  const exchanges = entry.inputs['exchanges'] as readonly { command: string; response: string }[];
  const [offer] = listChipAuthenticationOffers(parseDg14(hexInput(entry, 'dg14')));
  if (offer === undefined) throw new Error(`${entry.id}: DG14 has no key`);
  const run = runChipAuthentication(offer, hexInput(entry, 'terminal_eph_priv'));
  const keys = {
    cipher: before.alg,
    encryptionKey: decodeHex(before.ks_enc),
    macKey: decodeHex(before.ks_mac),
    sendSequenceCounter: decodeHex(before.ssc),
  };
  let chip = new SecureMessaging(keys);
  let terminal = new SecureMessaging(keys);
  const plain = exchanges.map(({ command, response }, index) => {
    if (index === 2) {
      chip = new SecureMessaging(run.session);
      terminal = new SecureMessaging(run.session);
    }
    const unwrapped = chip.unwrapCommand(parseCommand(decodeHex(command)));
    if (encodeHex(encodeCommand(terminal.wrapCommand(unwrapped))) !== command) {
      throw new Error(`${entry.id}: the terminal wraps another command`);
    }
    const answer = terminal.unwrapResponse(parseResponse(decodeHex(response)));
    if (encodeHex(encodeResponse(chip.wrapResponse(answer))) !== response) {
      throw new Error(`${entry.id}: the chip wraps another response`);
    }
    const { ins, p1, p2, data = new Uint8Array() } = unwrapped;
    return encodeHex(concatBytes(Uint8Array.of(0x0c, ins, p1, p2), data));
  });
  return {
    curve: offer.group.name,
    cipher: offer.algorithm.cipher,
    plain_command_header_and_data: plain,
    ...hexMembers({
      chip_static_pub: offer.publicKey,
      terminal_eph_pub: run.publicKey,
      shared_secret_x: sharedSecret(entry, offer.group, offer.publicKey),
      KS_enc: run.session.encryptionKey,
      KS_mac: run.session.macKey,
    }),
  };
}

function sharedSecret(
  entry: VectorEntry,
  group: AgreementGroup,
  chipPublicKey: Uint8Array,
): Uint8Array {
  const element = agreeOnElement(group, hexInput(entry, 'terminal_eph_priv'), chipPublicKey);
  return group.sharedSecret(element);
}
