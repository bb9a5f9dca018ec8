import type { AgreementGroup } from '../../../standards/crypto/agreement-group';
import { findStandardizedGroup } from '../../../standards/crypto/standardized-groups';
import { decodeAscii } from '../../../standards/bytes/text';
import type { MrzSecret } from '../../../standards/mrz/mrz-information';
import type { NvMemory } from '../nv-memory';

/** A static key for Chip Authentication. */
export interface ChipKey {
  readonly parameterId: number;
  readonly keyId: number | undefined;
  readonly privateKey: Uint8Array;
}

/** Under this name stands whether the chip opens with BAC. */
export const BAC_SWITCH = 'bac';
const KEY_PREFIX = 'chip-key.';

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

/** A chip for PACE alone has the MRZ and does not open with BAC [9303-11 §4.2]. */
export function allowsBac(memory: NvMemory): boolean {
  return memory.value(BAC_SWITCH)?.[0] !== 0;
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

/** The key over these domain parameters, whatever number a PACEInfo gives them. */
export function findChipKeyOf(memory: NvMemory, { name }: AgreementGroup): ChipKey | undefined {
  return listChipKeys(memory).find(
    ({ parameterId }) => findStandardizedGroup(parameterId)?.name === name,
  );
}
