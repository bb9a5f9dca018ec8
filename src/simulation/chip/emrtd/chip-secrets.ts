import { parseCvCertificate } from '../../../standards/access/terminal-authentication/cv-certificate';
import {
  type CvTrustState,
  trustPointOf,
} from '../../../standards/access/terminal-authentication/cv-chain';
import { decodeAscii } from '../../../standards/bytes/text';
import type { MrzSecret } from '../../../standards/mrz/mrz-information';
import type { NvMemory } from '../nv-memory';

/** A static key for Chip Authentication. */
export interface ChipKey {
  readonly parameterId: number;
  readonly keyId: number | undefined;
  readonly privateKey: Uint8Array;
}

const KEY_PREFIX = 'chip-key.';
const TRUST_PREFIX = 'trust-point.';

export function readMrz(memory: NvMemory): MrzSecret | undefined {
  const [documentNumber, dateOfBirth, dateOfExpiry] = ['number', 'birth', 'expiry'].map((part) => {
    const value = memory.value(`mrz.${part}`);
    return value === undefined ? undefined : decodeAscii(value, 'MRZ');
  });
  if (documentNumber === undefined || dateOfBirth === undefined || dateOfExpiry === undefined) {
    return undefined;
  }
  return { documentNumber, dateOfBirth, dateOfExpiry };
}

/** Keeps a key under its parameters and its identifier, `chip-key.13` or `chip-key.13.2`. */
export function storeChipKey(memory: NvMemory, key: ChipKey): void {
  const id = key.keyId === undefined ? '' : `.${key.keyId}`;
  memory.put({ [`${KEY_PREFIX}${key.parameterId}${id}`]: key.privateKey });
}

export function listChipKeys(memory: NvMemory): readonly ChipKey[] {
  return [...memory.values()].flatMap(([name, privateKey]) => {
    if (!name.startsWith(KEY_PREFIX)) return [];
    const [parameterId, keyId] = name.slice(KEY_PREFIX.length).split('.').map(Number);
    return parameterId === undefined ? [] : [{ parameterId, keyId, privateKey }];
  });
}

export function findChipKey(memory: NvMemory, parameterId: number): ChipKey | undefined {
  return listChipKeys(memory).find((key) => key.parameterId === parameterId);
}

export function storeTrustPoint(memory: NvMemory, certificate: Uint8Array): void {
  const { holderReference } = parseCvCertificate(certificate);
  memory.put({ [`${TRUST_PREFIX}${holderReference}`]: certificate });
}

/** What the chip trusts before it has seen a certificate [9303-11 §7.1.4.3.1]. */
export function readTrust(memory: NvMemory): CvTrustState {
  const trustPoints = [...memory.values()]
    .filter(([name]) => name.startsWith(TRUST_PREFIX))
    .map(([, certificate]) => trustPointOf(parseCvCertificate(certificate)))
    .toSorted((left, right) => (left.effectiveDate < right.effectiveDate ? 1 : -1));
  const date = memory.value('current-date');
  return { trustPoints, currentDate: date === undefined ? '000101' : decodeAscii(date, 'date') };
}

export function referencesOf(memory: NvMemory): readonly string[] {
  return readTrust(memory).trustPoints.map(({ reference }) => reference);
}
