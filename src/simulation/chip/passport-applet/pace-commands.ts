import { AccessError } from '../../../standards/access/access-error';
import { encodeDynamicData } from '../../../standards/access/general-authenticate';
import { PaceChip } from '../../../standards/access/pace/pace-chip';
import { paceNonceBytes } from '../../../standards/access/pace/pace-nonce';
import {
  type PaceSelection,
  parsePaceSelection,
} from '../../../standards/access/pace/pace-objects';
import { PACE_PASSWORD_REFERENCES } from '../../../standards/access/pace/pace-password';
import {
  type PaceProtocol,
  resolvePaceProtocol,
} from '../../../standards/access/pace/pace-protocol';
import { SecureMessaging } from '../../../standards/access/secure-messaging/secure-messaging';
import { SW } from '../../../standards/apdu/status-words';
import { MalformedError } from '../../../standards/bytes/malformed';
import { encodeAscii } from '../../../standards/bytes/text';
import { derivePrivateKey, privateKeyRandomBytes } from '../../../standards/crypto/agreement-group';
import { digestBytes } from '../../../standards/crypto/digest-algorithms';
import { deriveKey } from '../../../standards/crypto/key-derivation';
import { parseCardAccess } from '../../../standards/lds/ef-card-access';
import type { NvMemory } from '../nv-memory';
import { refuse } from '../status-word-error';
import {
  type AppletCommand,
  type AppletContext,
  type CommandHandler,
  NO_DATA,
} from './applet-context';
import { FID } from './applet-files';
import { readMrzInformation } from './mrz-secret';

/**
 * MSE:Set AT for PACE: the variant must stand in EF.CardAccess. It ends a session that PACE opened
 * before.
 */
export function setPaceProtocol(applet: AppletContext, { data }: AppletCommand): Uint8Array {
  const { memory, session } = applet;
  const selection = parseSelection(data);
  const protocol = findProtocol(memory, selection) ?? refuse(SW.referenceDataNotFound);
  session.pace = { protocol, passwordReference: selection.passwordReference };
  if (session.channel?.kind === 'pace') delete session.channel;
  return NO_DATA;
}

/** GENERAL AUTHENTICATE: the four steps of PACE; the chaining bit of the class is not looked at. */
export const generalAuthenticate: CommandHandler = (applet, { data, isProtected }) => {
  const { session } = applet;
  if (isProtected) refuse(SW.incorrectP1P2);
  if (session.pace === undefined) return refuse(SW.conditionsNotSatisfied);
  if (session.pace.chip?.result !== undefined) refuse(SW.instructionNotSupported);
  const isFirst = session.pace.chip === undefined;
  session.pace.chip ??= startRun(applet, session.pace);
  const { chip } = session.pace;
  if (!isFirst && data.length === 0) refuse(SW.wrongLength);
  try {
    // The first command asks for the nonce, whatever it carries.
    const response = chip.answer(isFirst ? encodeDynamicData() : data);
    if (chip.result !== undefined) {
      session.channel = { kind: 'pace', messaging: new SecureMessaging(chip.result.session) };
    }
    return response;
  } catch (error) {
    if (!(error instanceof AccessError)) throw error;
    return refuse(error.reason === 'wrong-proof' ? SW.securityStatusNotSatisfied : SW.wrongData);
  }
};

function startRun(
  { memory, random }: AppletContext,
  run: { readonly protocol: PaceProtocol; readonly passwordReference: number },
): PaceChip {
  const { protocol } = run;
  const password = readPassword(memory, run.passwordReference);
  if (password === undefined) return refuse(SW.referenceDataNotFound);
  const ephemeral = () =>
    derivePrivateKey(protocol.group, random.bytes(privateKeyRandomBytes(protocol.group)));
  return new PaceChip({
    protocol,
    passwordKey: deriveKey(protocol.algorithm.cipher, password, 'password'),
    nonce: random.bytes(paceNonceBytes(protocol.algorithm.cipher)),
    mappingPrivateKey: ephemeral(),
    agreementPrivateKey: ephemeral(),
  });
}

function readPassword(memory: NvMemory, reference: number): Uint8Array | undefined {
  if (reference !== PACE_PASSWORD_REFERENCES.MRZ) return memory.value(`pace.${reference}`);
  const information = readMrzInformation(memory);
  return information === undefined ? undefined : digestBytes('sha1', encodeAscii(information));
}

/** The applet has generic mapping over curves; several parameters a variant it cannot tell apart. */
function findProtocol(memory: NvMemory, selection: PaceSelection): PaceProtocol | undefined {
  const file = memory.file(FID.cardAccess);
  if (file === undefined || file.sizeBytes <= 0) return undefined;
  try {
    const info = parseCardAccess(file.content.subarray(0, file.sizeBytes)).find(
      (one) => one.kind === 'pace' && one.oid === selection.oid,
    );
    if (info?.kind !== 'pace') return undefined;
    const protocol = resolvePaceProtocol(info);
    const { mapping, agreement } = protocol.algorithm;
    return mapping === 'GM' && agreement === 'ECDH' ? protocol : undefined;
  } catch (error) {
    if (error instanceof MalformedError || error instanceof AccessError) return undefined;
    throw error;
  }
}

function parseSelection(data: Uint8Array): PaceSelection {
  try {
    return parsePaceSelection(data);
  } catch (error) {
    if (error instanceof MalformedError) return refuse(SW.wrongData);
    throw error;
  }
}
