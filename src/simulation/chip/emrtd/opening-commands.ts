import { AccessError } from '../../../standards/access/access-error';
import { deriveBacKeys } from '../../../standards/access/bac/bac-keys';
import { answerBacCryptogram } from '../../../standards/access/bac/bac-session';
import { PaceChip } from '../../../standards/access/pace/pace-chip';
import { paceNonceBytes } from '../../../standards/access/pace/pace-nonce';
import { parsePaceSelection } from '../../../standards/access/pace/pace-objects';
import {
  encodePacePassword,
  PACE_PASSWORD_REFERENCES,
  type PacePasswordKind,
} from '../../../standards/access/pace/pace-password';
import {
  type PaceProtocol,
  resolvePaceProtocol,
} from '../../../standards/access/pace/pace-protocol';
import { SecureMessaging } from '../../../standards/access/secure-messaging/secure-messaging';
import {
  chipIdentifierFromMrz,
  chipIdentifierFromPace,
} from '../../../standards/access/terminal-authentication/terminal-authentication';
import { SW } from '../../../standards/apdu/status-words';
import { derivePrivateKey, privateKeyRandomBytes } from '../../../standards/crypto/agreement-group';
import { deriveKey } from '../../../standards/crypto/key-derivation';
import { parseCardAccess } from '../../../standards/lds/ef-card-access';
import type { NvMemory } from '../nv-memory';
import { refuse } from '../status-word-error';
import { allowsBac, findChipKeyOf, readMrz } from './chip-secrets';
import { type EmrtdCommand, type EmrtdContext, type EmrtdHandler, NO_DATA } from './emrtd-context';
import { findFile, memoryFid } from './emrtd-files';
import { countTry, forgetTries, requireUsable, warnOfTries } from './pin-counter';
import { referencesOf } from './trust-memory';

const CHALLENGE_BYTES = 8;
const KEYING_BYTES = 16;

/** EXTERNAL AUTHENTICATE in plain: BAC [9303-11 §4.3]. */
export function authenticateByBac(chip: EmrtdContext, { data }: EmrtdCommand): Uint8Array {
  const { memory, random, session } = chip;
  const { challenge } = session;
  delete session.challenge;
  const mrz = readMrz(memory);
  const isPossible = allowsBac(memory) && session.folder === 'eMRTD';
  if (mrz === undefined || challenge === undefined || !isPossible) {
    return refuse(SW.conditionsNotSatisfied);
  }
  const kIc = random.bytes(KEYING_BYTES);
  const { response, session: keys } = answering(() =>
    answerBacCryptogram({ keys: deriveBacKeys(mrz), rndIc: challenge, kIc }, data),
  );
  session.channel = {
    kind: 'bac',
    messaging: new SecureMessaging(keys),
    chipIdentifier: chipIdentifierFromMrz(mrz.documentNumber),
  };
  return response;
}

/** GET CHALLENGE: 8 bytes for BAC or Terminal Authentication. */
export const getChallenge: EmrtdHandler = ({ random, session }, { le }) => {
  if (le !== CHALLENGE_BYTES) refuse(SW.wrongLength);
  session.challenge = random.bytes(CHALLENGE_BYTES);
  return session.challenge;
};

/** MSE:Set AT for PACE [9303-11 §4.4.4.1]. */
export function setPace(chip: EmrtdContext, { data }: EmrtdCommand): Uint8Array {
  const { memory, session } = chip;
  const { oid, parameterId, passwordReference } = parsePaceSelection(data);
  const protocol = findPaceProtocol(memory, oid, parameterId) ?? refuse(SW.wrongData);
  if (readPassword(memory, passwordReference) === undefined) refuse(SW.referenceDataNotFound);
  session.pace = { protocol, passwordReference };
  warnOfTries(memory, passwordReference);
  return NO_DATA;
}

/** One of the four steps of PACE; a wrong one ends the run [9303-11 §4.4.1]. */
export function stepPace(chip: EmrtdContext, command: EmrtdCommand): Uint8Array {
  const { memory, session } = chip;
  const { data, isChained } = command;
  const run = session.pace ?? refuse(SW.conditionsNotSatisfied);
  requireUsable(chip, run.passwordReference, command);
  run.chip ??= startPace(chip, run);
  const paceChip = run.chip;
  const isInTurn = isChained !== paceChip.atLastStep;
  if (!isInTurn) delete session.pace;
  if (!isInTurn) refuse(SW.conditionsNotSatisfied);
  const failedSw = isChained ? undefined : countTry(memory, run.passwordReference);
  try {
    const response = answering(() => paceChip.answer(data), failedSw);
    const { result } = paceChip;
    if (result !== undefined) {
      forgetTries(memory, run.passwordReference);
      session.nextChannel = {
        kind: 'pace',
        passwordReference: run.passwordReference,
        messaging: new SecureMessaging(result.session),
        chipIdentifier: chipIdentifierFromPace(run.protocol.group, result.chipPublicKey),
      };
      delete session.pace;
    }
    return response;
  } catch (error) {
    delete session.pace;
    throw error;
  }
}

function startPace(
  { memory, random }: EmrtdContext,
  run: { readonly protocol: PaceProtocol; readonly passwordReference: number },
): PaceChip {
  const { protocol } = run;
  const { group, algorithm } = protocol;
  const password = readPassword(memory, run.passwordReference) ?? refuse(SW.referenceDataNotFound);
  const ephemeral = () => derivePrivateKey(group, random.bytes(privateKeyRandomBytes(group)));
  const staticKey = algorithm.mapping === 'CAM' ? findChipKeyOf(memory, group) : undefined;
  if (algorithm.mapping === 'CAM' && staticKey === undefined) refuse(SW.referenceDataNotFound);
  return new PaceChip({
    protocol,
    passwordKey: deriveKey(algorithm.cipher, password, 'password'),
    nonce: random.bytes(paceNonceBytes(algorithm.cipher)),
    mappingPrivateKey: ephemeral(),
    agreementPrivateKey: ephemeral(),
    ...(staticKey === undefined ? {} : { staticPrivateKey: staticKey.privateKey }),
    authorityReferences: referencesOf(memory),
  });
}

/** Without a parameter id the first PACEInfo of the variant is meant [9303-11 §4.4.4.1]. */
function findPaceProtocol(
  memory: NvMemory,
  oid: string,
  parameterId: number | undefined,
): PaceProtocol | undefined {
  const row = findFile('MF', 0x011c);
  const file = row === undefined ? undefined : memory.file(memoryFid(row));
  const infos = parseCardAccess(file?.content ?? refuse(SW.conditionsNotSatisfied));
  const info = infos.find(
    (one) =>
      one.kind === 'pace' &&
      one.oid === oid &&
      (parameterId === undefined || one.parameterId === parameterId),
  );
  return info?.kind === 'pace' ? answering(() => resolvePaceProtocol(info, infos)) : undefined;
}

function readPassword(memory: NvMemory, reference: number): Uint8Array | undefined {
  const kinds = Object.keys(PACE_PASSWORD_REFERENCES) as PacePasswordKind[];
  const kind = kinds.find((one) => PACE_PASSWORD_REFERENCES[one] === reference);
  if (kind !== 'MRZ') return kind === undefined ? undefined : memory.value(`password.${kind}`);
  const mrz = readMrz(memory);
  return mrz === undefined ? undefined : encodePacePassword({ kind, mrz });
}

/** What the protocols refuse, as the chip's answer [9303-11 §4.3, §4.4]. */
export function answering<T>(work: () => T, failedSw: number = SW.authenticationFailed): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof AccessError)) throw error;
    return refuse(error.reason === 'wrong-proof' ? failedSw : SW.wrongData);
  }
}
