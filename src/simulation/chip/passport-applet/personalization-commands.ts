import { SW } from '../../../standards/apdu/status-words';
import { MalformedError } from '../../../standards/bytes/malformed';
import {
  findTlv,
  parseOnlyTlv,
  parseTlv,
  parseTlvHeader,
  parseTlvs,
} from '../../../standards/tlv/tlv';
import { refuse } from '../status-word-error';
import {
  type AppletContext,
  type CommandHandler,
  lifeCycleOf,
  NO_DATA,
  setLifeCycle,
} from './applet-context';
import { loadedCurve } from './chip-authentication-curve';
import { requireBlank } from './file-commands';
import { encodeLoadedMrz } from './mrz-secret';

const RSA_BYTES = 128;
const LIFE_CYCLE_P1 = 0xde;

type Loader = (applet: AppletContext, data: Uint8Array) => void;

/** What PUT DATA 00xx loads, by P2. */
const LOADERS: Readonly<Record<number, Loader>> = {
  0x60: ({ memory }, data) => memory.put({ 'aa.modulus': rsaNumber(data, 0x60) }),
  0x61: ({ memory }, data) => memory.put({ 'aa.exponent': rsaNumber(data, 0x61) }),
  0x62: loadMrz,
  0x63: loadChipAuthenticationKey,
};

/** PUT DATA: keys, passwords and the steps of the life cycle, while the applet is blank. */
export const putData: CommandHandler = (applet, command) => {
  try {
    putDataObject(applet, command.p1, command.p2, command.data);
  } catch (error) {
    // The applet's own parser runs over the end of its buffer.
    if (error instanceof MalformedError) refuse(SW.unknownError);
    throw error;
  }
  return NO_DATA;
};

function putDataObject(applet: AppletContext, p1: number, p2: number, data: Uint8Array): void {
  const { variant } = applet;
  if (p1 === LIFE_CYCLE_P1) {
    if (variant.hasPersonalizedState) changeStagedLifeCycle(applet, p2, data);
    else changeLifeCycle(applet, p2);
    return;
  }
  requireBlank(applet);
  const loader = p1 === 0 ? LOADERS[p2] : undefined;
  if (loader !== undefined) loader(applet, data);
  else if (p1 === 0 && p2 === 0x65 && variant.pace) loadPaceSecrets(applet, data);
  else if (p2 === 0x64) loadCvca(applet, p1, data);
  else refuse(SW.incorrectP1P2);
}

/** Classic: blank until DEAD locks. */
function changeLifeCycle(applet: AppletContext, p2: number): void {
  requireBlank(applet);
  if (p2 !== 0xad) refuse(SW.incorrectP1P2);
  setLifeCycle(applet.memory, 'locked');
}

/** PACE form: blank, DEAF, personalized, DEAD, locked; repeating the last step does nothing. */
function changeStagedLifeCycle(applet: AppletContext, p2: number, data: Uint8Array): void {
  const { memory } = applet;
  const now = lifeCycleOf(memory);
  if (p2 === 0xfe) {
    setOpenFiles(applet, data);
    return;
  }
  if (p2 !== 0xaf && p2 !== 0xad) refuse(SW.incorrectP1P2);
  if (data.length !== 0) refuse(SW.wrongLength);
  const [from, to] =
    p2 === 0xaf ? (['blank', 'personalized'] as const) : (['personalized', 'locked'] as const);
  if (now === to) return;
  if (now !== from) refuse(SW.conditionsNotSatisfied);
  setLifeCycle(memory, to);
}

/** DEFE: whether EF.COM and EF.SOD may be read in plain after locking; 01 is the default. */
function setOpenFiles(applet: AppletContext, data: Uint8Array): void {
  requireBlank(applet);
  if (data.length !== 1) refuse(SW.wrongLength);
  if (![0, 1].some((mode) => mode === data[0])) refuse(SW.wrongData);
  applet.memory.put({ 'open-com-sod': data });
}

/** `60 00 04 81 80 modulus`: the outer length really is 00 and the number a sibling. */
function rsaNumber(data: Uint8Array, tag: number): Uint8Array {
  const outer = parseTlvHeader(data, 'AA key');
  if (outer.tag !== tag || outer.lengthBytes !== 0) throw new MalformedError('AA key', 'tag');
  const number = parseTlv(data, 'AA key', outer.headerBytes).value;
  const digits = number[0] === 0 ? number.subarray(1) : number;
  if (digits.length !== RSA_BYTES) throw new MalformedError('AA key', 'is not 1024 bits long');
  return digits;
}

/** `62 L 5F1F number 5F18 birth 5F19 expiry`, ASCII without check digits. */
function loadMrz({ memory }: AppletContext, data: Uint8Array): void {
  const parts = parseTlvs(parseOnlyTlv(data, 0x62, 'BAC keys'), 'BAC keys');
  const [number, birth, expiry] = [0x5f1f, 0x5f18, 0x5f19].map((tag) => findTlv(parts, tag));
  if (number === undefined || birth?.length !== 6 || expiry?.length !== 6) {
    return refuse(SW.wrongData);
  }
  encodeLoadedMrz([number, birth, expiry]);
  memory.put({ 'mrz.number': number, 'mrz.birth': birth, 'mrz.expiry': expiry });
}

const KEY_PARTS = { 0x81: 'p', 0x82: 'a', 0x83: 'b', 0x84: 'g', 0x85: 'n', 0x86: 's' } as const;
const COFACTOR_TAG = 0x87;

/** `81 p 82 a 83 b 84 G 85 n 86 s 87 k`, all parts or no key. */
function loadChipAuthenticationKey({ memory }: AppletContext, data: Uint8Array): void {
  const parts = parseTlvs(data, 'chip authentication key');
  const known = (tag: number): tag is keyof typeof KEY_PARTS => tag in KEY_PARTS;
  const values: Record<string, Uint8Array> = {};
  for (const { tag, value } of parts) {
    if (known(tag)) values[`ca.${KEY_PARTS[tag]}`] = value;
    else if (tag !== COFACTOR_TAG) refuse(SW.wrongData);
  }
  const isComplete = Object.keys(values).length === Object.keys(KEY_PARTS).length;
  if (!isComplete || loadedCurve((part) => values[`ca.${part}`]) === undefined) {
    refuse(SW.wrongData);
  }
  memory.put(values);
}

/** One trust anchor, the body of a card-verifiable certificate; the slot is P1. */
function loadCvca({ memory }: AppletContext, slot: number, data: Uint8Array): void {
  if (memory.value('cvca.body') !== undefined) refuse(SW.conditionsNotSatisfied);
  const parts = parseTlvs(data, 'CVCA certificate');
  const isBody = findTlv(parts, 0x7f4e) !== undefined && findTlv(parts, 0x5f37) !== undefined;
  if (!isBody) refuse(SW.wrongData);
  memory.put({ 'cvca.body': data, 'cvca.slot': Uint8Array.of(slot) });
}

/** `66 L keyRef secret`, once or more, bare or inside one object 65. */
function loadPaceSecrets({ memory }: AppletContext, data: Uint8Array): void {
  const isWrapped = data[0] === 0x65;
  const entries = parseTlvs(
    isWrapped ? parseOnlyTlv(data, 0x65, 'PACE secrets') : data,
    'PACE secrets',
  );
  const values: Record<string, Uint8Array> = {};
  for (const { tag, value } of entries) {
    const [keyRef] = value;
    if (tag !== 0x66) refuse(SW.wrongData);
    if (keyRef === undefined || value.length < 2) return refuse(SW.wrongLength);
    values[`pace.${keyRef}`] = value.subarray(1);
  }
  memory.put(values);
}
