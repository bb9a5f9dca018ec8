import { SW } from '../../../standards/apdu/status-words';
import { encodeUint } from '../../../standards/bytes/integer';
import { encodeTlv } from '../../../standards/tlv/tlv';
import { refuse } from '../status-word-error';
import { type AppletContext, type CommandHandler, lifeCycleOf, NO_DATA } from './applet-context';
import { FID, isBiometricFile, isKnownFile, toInt16 } from './applet-files';

/** The applet answers from a buffer of 260 bytes, 37 of which it keeps for secure messaging. */
const MAX_READ_BYTES = 223;
const CREATE_TAG = 0x63;

/** SELECT of an elementary file; P1 and P2 are not looked at. */
export const selectFile: CommandHandler = (applet, { data }) => {
  const { memory, session, variant } = applet;
  if (!variant.pace) requireOpenOrSession(applet);
  if (data.length !== 2) refuse(SW.wrongLength);
  const fid = fidOf(data, 0);
  if (variant.pace && !isSelectableInPlain(fid)) requireOpenOrSession(applet);
  if (isBiometricFile(fid) && variant.biometricFiles === 'need-terminal-authentication') {
    refuse(SW.securityStatusNotSatisfied);
  }
  const file = memory.file(fid);
  if (file === undefined) {
    delete session.selectedFid;
    return refuse(SW.fileNotFound);
  }
  session.selectedFid = fid;
  if (!variant.answersFci) return NO_DATA;
  const size = encodeUint(file.sizeBytes & 0xffff, 2);
  return encodeTlv(0x6f, encodeTlv(0x80, size), encodeTlv(0x83, data));
};

/** READ BINARY: at most 223 bytes, only with a session, few files without. */
export const readBinary: CommandHandler = (applet, { p1, p2, le, isProtected }) => {
  const { memory, session, variant } = applet;
  const fid = session.selectedFid;
  if (session.channel === undefined && !isReadableInPlain(applet, fid)) {
    refuse(SW.securityStatusNotSatisfied);
  }
  if (fid === undefined) return refuse(SW.conditionsNotSatisfied);
  // Terminal authentication is what opens them, and this applet's chip has not seen one.
  if (isBiometricFile(fid)) refuse(SW.securityStatusNotSatisfied);
  const file = memory.file(fid) ?? refuse(SW.fileNotFound);
  const offset = toInt16(p1 * 0x100 + p2);
  const remaining = toInt16(file.sizeBytes - offset);
  const wanted = expectedBytes(le, isProtected, variant.pace);
  if (variant.readBeyondEnd === 'tell-length' && wanted.exactly) {
    if (remaining <= 0) refuse(SW.wrongLength);
    if (wanted.bytes > remaining) refuse(SW.wrongLe | remaining);
  }
  const length = Math.min(MAX_READ_BYTES, remaining, wanted.bytes);
  // Copying from outside an array ends the applet with no precise diagnosis.
  if (length < 0 || offset < 0 || offset + length > file.content.length) refuse(SW.unknownError);
  return file.content.slice(offset, offset + length);
};

/**
 * What Le means to the applet. Under secure messaging it takes the byte as it stands, so 00 asks
 * for nothing; the classic form never looks at Le outside of it.
 */
function expectedBytes(
  le: number | undefined,
  isProtected: boolean,
  readsPlainLe: boolean,
): { readonly bytes: number; readonly exactly: boolean } {
  if (isProtected) {
    const bytes = (le ?? 0) & 0xff;
    return { bytes, exactly: bytes > 0 };
  }
  if (!readsPlainLe || le === undefined) return { bytes: 0, exactly: false };
  return { bytes: le, exactly: le < 0x100 };
}

/** UPDATE BINARY into the selected file, while the applet is blank. */
export const updateBinary: CommandHandler = (applet, { p1, p2, data }) => {
  const { memory, session } = applet;
  const fid = session.selectedFid ?? refuse(SW.conditionsNotSatisfied);
  requireBlank(applet);
  const file = memory.file(fid) ?? refuse(SW.fileNotFound);
  const offset = toInt16(p1 * 0x100 + p2);
  const end = toInt16(offset + data.length);
  if (file.sizeBytes < end) refuse(SW.notEnoughMemory);
  if (offset < 0 || offset + data.length > file.content.length) refuse(SW.unknownError);
  memory.writeFile(fid, offset, data);
  return NO_DATA;
};

/** CREATE FILE `63 04 size fid`; the first creation fixes the maximum, the file is not selected. */
export const createFile: CommandHandler = (applet, { data }) => {
  const { memory, variant } = applet;
  requireBlank(applet);
  const [tag = 0, length = 0] = data;
  if (data.length < 6 || length < 4) refuse(SW.wrongLength);
  if (tag !== CREATE_TAG) refuse(SW.referenceDataUnusable);
  const sizeBytes = toInt16(fidOf(data, 2));
  const fid = fidOf(data, 4);
  if (isBiometricFile(fid) && variant.biometricFiles === 'need-terminal-authentication') {
    refuse(SW.securityStatusNotSatisfied);
  }
  if (!isKnownFile(fid)) refuse(SW.unknownError);
  const present = memory.file(fid);
  if (present === undefined && sizeBytes < 0) refuse(SW.unknownError);
  const content = present?.content ?? new Uint8Array(sizeBytes);
  if (content.length < sizeBytes) refuse(SW.notEnoughMemory);
  memory.setFile(fid, { sizeBytes, content });
  return NO_DATA;
};

/** Personalization is open in the blank state alone. */
export function requireBlank({ memory }: AppletContext): void {
  const lifeCycle = lifeCycleOf(memory);
  if (lifeCycle === 'locked') refuse(SW.conditionsNotSatisfied);
  if (lifeCycle === 'personalized') refuse(SW.commandNotAllowed);
}

function requireOpenOrSession({ memory, session }: AppletContext): void {
  if (lifeCycleOf(memory) === 'locked' && session.channel === undefined) {
    refuse(SW.securityStatusNotSatisfied);
  }
}

/** The PACE form lets these be selected without a session, whatever may be read of them. */
function isSelectableInPlain(fid: number): boolean {
  return fid === FID.cardAccess || fid === FID.com || fid === FID.sod;
}

function isReadableInPlain(applet: AppletContext, fid: number | undefined): boolean {
  const { memory, variant } = applet;
  if (!variant.pace || fid === undefined) return false;
  if (fid === FID.cardAccess) return true;
  const open = memory.value('open-com-sod')?.[0] !== 0;
  return lifeCycleOf(memory) === 'locked' && open && (fid === FID.com || fid === FID.sod);
}

function fidOf(data: Uint8Array, offset: number): number {
  return (data[offset] ?? 0) * 0x100 + (data[offset + 1] ?? 0);
}
