import { AccessError } from '../../../../standards/access/access-error';
import { readChipAuthenticationKey } from '../../../../standards/access/chip-authentication/chip-authentication-protocol';
import {
  buildGeneralAuthenticate,
  encodeDynamicData,
  parseDynamicData,
} from '../../../../standards/access/general-authenticate';
import { verifyChipAuthenticationData } from '../../../../standards/access/pace/chip-authentication-mapping';
import { PaceChip } from '../../../../standards/access/pace/pace-chip';
import { buildPaceSelect, PACE_TAG } from '../../../../standards/access/pace/pace-objects';
import {
  PACE_PASSWORD_REFERENCES,
  type PacePasswordKind,
} from '../../../../standards/access/pace/pace-password';
import {
  type PaceProtocol,
  resolvePaceProtocol,
} from '../../../../standards/access/pace/pace-protocol';
import {
  PaceTerminal,
  type PaceTerminalResult,
} from '../../../../standards/access/pace/pace-terminal';
import { type CommandApdu, encodeCommand } from '../../../../standards/apdu/command';
import { encodeResponse } from '../../../../standards/apdu/response';
import { TAG } from '../../../../standards/asn1/tags';
import { equalBytes } from '../../../../standards/bytes/compare';
import { encodeHex } from '../../../../standards/bytes/hex';
import { MalformedError } from '../../../../standards/bytes/malformed';
import { encodeAscii } from '../../../../standards/bytes/text';
import { digestBytes } from '../../../../standards/crypto/digest-algorithms';
import { deriveKey } from '../../../../standards/crypto/key-derivation';
import { findStandardizedGroup } from '../../../../standards/crypto/standardized-groups';
import { parseCardAccess } from '../../../../standards/lds/ef-card-access';
import { parseSecurityInfos } from '../../../../standards/lds/security-infos';
import { encodeTlv } from '../../../../standards/tlv/tlv';
import { Inputs, received } from '../inputs';
import { findGroup } from '../named-groups';
import { NotComputable } from '../not-computable';
import { Refused } from '../refusal';
import type { VectorEntry } from '../vector-file';
import { encodeLatin } from './kdf';

/** One run of PACE between both sides, with everything that went over. */
export interface PaceRun {
  /** Dynamic authentication data of command and response, in turn. */
  readonly data: readonly Uint8Array[];
  readonly result: PaceTerminalResult;
  readonly apdus: readonly {
    readonly step: string;
    readonly command: string;
    readonly response: string;
  }[];
}

const STANDARDIZED_IDS = Array.from({ length: 19 }, (_, id) => id);

/** The variant and group of an entry, from their numbers or from a PACEInfo. */
export function paceProtocolOf(inputs: Inputs): PaceProtocol {
  if (inputs.has('oid') && inputs.has('parameter_id')) {
    return resolvePaceProtocol({
      oid: inputs.text('oid'),
      parameterId: inputs.integer('parameter_id'),
    });
  }
  const group = inputs.has('oid') ? findGroup(inputs) : undefined;
  if (group !== undefined) {
    const parameterId = STANDARDIZED_IDS.find(
      (id) => findStandardizedGroup(id)?.name === group.name,
    );
    return resolvePaceProtocol({
      oid: inputs.text('oid'),
      ...(parameterId === undefined ? {} : { parameterId }),
    });
  }
  const infos = inputs.has('pace_info')
    ? parseSecurityInfos(encodeTlv(TAG.set, inputs.hex('pace_info')))
    : parseCardAccess(inputs.hex('ef_cardaccess', 'pace_info'));
  const info = infos.find((one) => one.kind === 'pace');
  if (info === undefined) throw new MalformedError('PACEInfo', 'is missing');
  return resolvePaceProtocol(info);
}

/** K: the password as the key derivation takes it; undefined when only its key is given. */
export function paceSecretOf(inputs: Inputs): Uint8Array | undefined {
  const given = inputs.optionalHex('K_encoded', 'K');
  if (given !== undefined) return given;
  const information = mrzInformationOf(inputs);
  if (information !== undefined) return digestBytes('sha1', encodeAscii(information));
  return inputs.has('password') ? encodeLatin(inputs.text('password')) : undefined;
}

function mrzInformationOf(inputs: Inputs): string | undefined {
  if (inputs.has('mrz_information')) return inputs.text('mrz_information');
  if (inputs.has('document_number_with_cd')) {
    return ['document_number', 'date_of_birth', 'date_of_expiry']
      .map((part) => inputs.text(`${part}_with_cd`))
      .join('');
  }
  return inputs.has('password') && passwordKind(inputs) === 'MRZ'
    ? inputs.text('password')
    : undefined;
}

/** K_pi, derived where the password is given. */
export function pacePasswordKey(inputs: Inputs, protocol: PaceProtocol): Uint8Array {
  const secret = paceSecretOf(inputs);
  if (secret === undefined) return inputs.hex('K_pi');
  return deriveKey(protocol.algorithm.cipher, secret, 'password');
}

/** `PIN (same KDF as CAN)` is a PIN. */
function passwordKind(inputs: Inputs): PacePasswordKind | undefined {
  const words = inputs.has('password_type') ? inputs.text('password_type').toUpperCase() : '';
  const kinds = Object.keys(PACE_PASSWORD_REFERENCES) as PacePasswordKind[];
  return kinds.find((kind) => words.startsWith(kind));
}

/**
 * Runs both sides against each other, as they should be, or with what a negative entry says came
 * instead of the right figures.
 *
 * @throws a refusal of either side
 */
export function runPace(entry: VectorEntry, figures: 'right' | 'received'): PaceRun {
  const replace = (data: Uint8Array) =>
    figures === 'received' ? replaceReceived(entry, data) : data;
  const inputs = Inputs.of(entry);
  const protocol = paceProtocolOf(inputs);
  const { terminal, chip } = bothSides(inputs, protocol);
  const apdus = [selectApdu(inputs, protocol)].filter((apdu) => apdu !== undefined);
  const data: Uint8Array[] = [];
  const exchange = (step: string, sent: Uint8Array): Uint8Array => {
    const asked = replace(sent);
    const command = hexCommand(buildGeneralAuthenticate(asked, { last: chip.atLastStep }));
    const answer = replace(chip.answer(asked));
    data.push(asked, answer);
    const response = encodeHex(encodeResponse({ data: answer, sw: 0x9000 }));
    apdus.push({ step, command, response });
    return answer;
  };
  const nonce = exchange('GA get nonce', terminal.requestNonce());
  const mapped = exchange('GA map', terminal.mapNonce(nonce));
  const agreed = exchange('GA key agreement', terminal.agreeOnKey(mapped));
  const result = terminal.finish(exchange('GA mutual auth', terminal.authenticate(agreed)));
  verifyStaticKey(inputs, protocol, result);
  if (!equalBytes(result.session.macKey, chip.result?.session.macKey ?? new Uint8Array())) {
    throw new Refused('secret', 'the two sides have other keys');
  }
  return { data, result, apdus };
}

function bothSides(
  inputs: Inputs,
  protocol: PaceProtocol,
): { terminal: PaceTerminal; chip: PaceChip } {
  const integrated = protocol.algorithm.mapping === 'IM';
  const passwordKey = pacePasswordKey(inputs, protocol);
  const mappingSecret = inputs.hex(integrated ? 'nonce_t' : 'terminal_map_priv');
  const terminal = new PaceTerminal({
    protocol,
    passwordKey,
    mappingSecret,
    agreementPrivateKey: inputs.hex('terminal_ka_priv'),
  });
  const chip = new PaceChip({
    protocol,
    // A chip with another password is what a terminal with a wrong one meets.
    passwordKey: inputs.optionalHex('chip_K_pi', 'K_pi_chip') ?? passwordKey,
    nonce: inputs.hex('nonce_s'),
    mappingPrivateKey: integrated ? new Uint8Array() : inputs.hex('chip_map_priv'),
    agreementPrivateKey: inputs.hex('chip_ka_priv'),
    ...(protocol.algorithm.mapping === 'CAM'
      ? { staticPrivateKey: inputs.hex('chip_static_priv', 'chip_static_private_key_derived') }
      : {}),
  });
  return { terminal, chip };
}

function selectApdu(inputs: Inputs, protocol: PaceProtocol): PaceRun['apdus'][number] | undefined {
  const kind = passwordKind(inputs);
  if (kind === undefined) return undefined;
  const passwordReference = PACE_PASSWORD_REFERENCES[kind];
  const command = buildPaceSelect({ oid: protocol.algorithm.oid, passwordReference });
  return { step: 'MSE:Set AT', command: hexCommand(command), response: '9000' };
}

/** Which member a data object carries, and under which name a negative entry replaces it. */
const RECEIVED: Readonly<Record<number, readonly string[]>> = {
  [PACE_TAG.encryptedNonce]: ['encrypted_nonce_z', 'encrypted_nonce'],
  [PACE_TAG.terminalMapping]: ['terminal_map_pub', 'nonce_t'],
  [PACE_TAG.chipMapping]: ['chip_map_pub'],
  [PACE_TAG.terminalPublicKey]: ['terminal_ka_pub'],
  [PACE_TAG.chipPublicKey]: ['chip_ka_pub'],
  [PACE_TAG.terminalToken]: ['T_IFD'],
  [PACE_TAG.chipToken]: ['T_IC'],
  [PACE_TAG.encryptedChipAuthenticationData]: ['encrypted_chip_authentication_data'],
};

function replaceReceived(entry: VectorEntry, data: Uint8Array): Uint8Array {
  const objects = parseDynamicData(data, 'PACE').map(({ tag, value }) => {
    const names = RECEIVED[tag] ?? [];
    const came = names.map((name) => received(entry, name)).find((bytes) => bytes !== undefined);
    return [tag, came ?? value] as const;
  });
  return encodeDynamicData(...objects);
}

/** Chip authentication mapping proves something only with the chip's static key. */
function verifyStaticKey(inputs: Inputs, protocol: PaceProtocol, result: PaceTerminalResult): void {
  const proof = result.chipAuthentication;
  if (proof === undefined) return;
  if (verifyChipAuthenticationData(protocol.group, proof, staticPublicKey(inputs))) return;
  const words = 'the chip authentication data does not verify';
  throw new AccessError('PACE', 'wrong-proof', words);
}

function staticPublicKey(inputs: Inputs): Uint8Array {
  const point = inputs.optionalHex('chip_static_pub', 'chip_static_public_key');
  if (point !== undefined) return point;
  const der = inputs.hex('chip_authentication_public_key_info');
  const [info] = parseSecurityInfos(encodeTlv(TAG.set, der));
  if (info?.kind !== 'chip-authentication-public-key') {
    throw new NotComputable('the inputs have no static public key of the chip');
  }
  return readChipAuthenticationKey(info.publicKey).publicKey;
}

function hexCommand(command: CommandApdu): string {
  return encodeHex(encodeCommand(command));
}
