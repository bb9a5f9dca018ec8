import { SW } from '../../../standards/apdu/status-words';
import { MalformedError } from '../../../standards/bytes/malformed';
import { decodeAscii } from '../../../standards/bytes/text';
import { findTlv, parseTlvs, requireTlv } from '../../../standards/tlv/tlv';
import type { NvMemory } from '../nv-memory';
import { refuse } from '../status-word-error';
import { BAC_SWITCH, storeChipKey } from './chip-secrets';
import { NO_DATA } from './emrtd-context';
import { type EmrtdFile, findFile, memoryFid } from './emrtd-files';
import { type KeyMaking, makeAgreementKey, makeRsaKey, makeSigningCurveKey } from './make-own-keys';
import { storeTrustPoint } from './trust-memory';

const MAX_FILE_BYTES = 0xffff;

/**
 * Data groupings of the application besides its files: what STORE DATA brings under each. Numbers
 * are the maker's [EMV CPS §3.2.1]; a profile names them.
 */
const GROUPINGS: Readonly<Record<number, (memory: NvMemory, value: Uint8Array) => void>> = {
  /** `5F1F number 5F18 birth 5F19 expiry`, ASCII without check digits. */
  0x8f01: storeMrz,
  0x8f02: (memory, value) => memory.put({ 'password.CAN': ascii(value) }),
  0x8f03: (memory, value) => memory.put({ 'password.PIN': ascii(value) }),
  0x8f04: (memory, value) => memory.put({ 'password.PUK': ascii(value) }),
  /** `00` turns BAC off, `01` on, as it is at first. */
  0x8f05: (memory, value) => memory.put({ [BAC_SWITCH]: value }),
  0x8f10: storeRsaKey,
  0x8f11: storeSigningCurveKey,
  0x8f20: storeAgreementKey,
  /** A self-signed certificate of the CVCA, 7F21. */
  0x8f30: storeTrustPoint,
  /** `YYMMDD`, ASCII: no certificate that expired before it is taken. */
  0x8f31: (memory, value) => memory.put({ 'current-date': ascii(value) }),
};

/**
 * Groupings that have the chip make a key pair: the value names parameters as those above do, and
 * the answer is the public key, `7F49 [86 point]`, `7F49 [84 value]` or `7F49 [81 modulus 82
 * exponent]` [ISO 7816-8 §5].
 */
const KEY_MAKERS: Readonly<Record<number, (chip: KeyMaking, value: Uint8Array) => Uint8Array>> = {
  0x8f50: makeRsaKey,
  0x8f51: makeSigningCurveKey,
  0x8f60: makeAgreementKey,
};

/** The folder of a file by the first byte of its grouping: 2Fxx master file, 01xx application. */
const MASTER_FILES: Readonly<Record<number, number>> = {
  0x2f00: 0x2f00,
  0x2f01: 0x2f01,
  0x2f1c: 0x011c,
  0x2f1d: 0x011d,
};

/**
 * Takes one data grouping: a file under `01xx` (application) or `2Fxx` (master file), a key or
 * password under `8Fxx`. Unknown ones answer 6A88, wrong content 6A80.
 */
export function personalize(chip: KeyMaking, dgi: number, value: Uint8Array): Uint8Array {
  const { memory } = chip;
  const masterFid = MASTER_FILES[dgi];
  const file = masterFid === undefined ? findFile('eMRTD', dgi) : findFile('MF', masterFid);
  if (file !== undefined) {
    storeFile(memory, file, value);
    return NO_DATA;
  }
  try {
    const make = KEY_MAKERS[dgi];
    if (make !== undefined) return make(chip, value);
    (GROUPINGS[dgi] ?? refuse(SW.referenceDataNotFound))(memory, value);
    return NO_DATA;
  } catch (error) {
    if (error instanceof MalformedError) refuse(SW.wrongData);
    throw error;
  }
}

function storeFile(memory: NvMemory, file: EmrtdFile, value: Uint8Array): void {
  if (value.length > MAX_FILE_BYTES) refuse(SW.notEnoughMemory);
  const fid = memoryFid(file);
  memory.setFile(fid, { sizeBytes: value.length, content: new Uint8Array(value.length) });
  memory.writeFile(fid, 0, value);
}

function storeMrz(memory: NvMemory, value: Uint8Array): void {
  const parts = parseTlvs(value, 'MRZ');
  memory.put({
    'mrz.number': ascii(requireTlv(parts, 0x5f1f, 'MRZ')),
    'mrz.birth': ascii(requireTlv(parts, 0x5f18, 'MRZ')),
    'mrz.expiry': ascii(requireTlv(parts, 0x5f19, 'MRZ')),
  });
}

/** `81 modulus 82 private exponent 83 digest`, the digest 00 SHA-1 to 04 SHA-512. */
function storeRsaKey(memory: NvMemory, value: Uint8Array): void {
  const parts = parseTlvs(value, 'AA key');
  memory.put({
    'aa.modulus': requireTlv(parts, 0x81, 'AA key'),
    'aa.exponent': requireTlv(parts, 0x82, 'AA key'),
    'aa.digest': requireTlv(parts, 0x83, 'AA key'),
  });
}

/** `80 parameter id 82 private scalar 83 digest`. */
function storeSigningCurveKey(memory: NvMemory, value: Uint8Array): void {
  const parts = parseTlvs(value, 'AA key');
  memory.put({
    'aa.curve': requireTlv(parts, 0x80, 'AA key'),
    'aa.scalar': requireTlv(parts, 0x82, 'AA key'),
    'aa.digest': requireTlv(parts, 0x83, 'AA key'),
  });
}

/** `80 parameter id 82 private key [84 key id]`, for Chip Authentication and PACE-CAM. */
function storeAgreementKey(memory: NvMemory, value: Uint8Array): void {
  const place = 'chip authentication key';
  const parts = parseTlvs(value, place);
  const [parameterId] = requireTlv(parts, 0x80, place);
  if (parameterId === undefined) throw new MalformedError(place, 'has no parameter id');
  storeChipKey(memory, {
    parameterId,
    keyId: findTlv(parts, 0x84)?.[0],
    privateKey: requireTlv(parts, 0x82, place),
  });
}

function ascii(value: Uint8Array): Uint8Array {
  decodeAscii(value, 'text');
  return value;
}
