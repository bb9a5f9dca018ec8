import type { ChipProfile } from './chip';
import type { PlacedComplaint } from './product-contradictions';

const DH = /^id-CA-DH-/;

/** ECDH has a curve; DH has a group, and a key that the chip makes: no host makes such keys. */
export function checkAgreement({ chipAuthentication }: ChipProfile): readonly PlacedComplaint[] {
  if (chipAuthentication === undefined) return [];
  const { protocol, curve, dhGroup, keyOrigin } = chipAuthentication;
  const path = ['chipAuthentication'];
  if (!DH.test(protocol)) {
    if (curve !== undefined && dhGroup === undefined) return [];
    const found = curve === undefined ? `${protocol} without a curve` : `${protocol} with dhGroup`;
    return [{ path, found, allowed: 'curve alone' }];
  }
  if (dhGroup === undefined || curve !== undefined) {
    const found = curve === undefined ? `${protocol} without dhGroup` : `${protocol} with a curve`;
    return [{ path, found, allowed: 'dhGroup alone' }];
  }
  return keyOrigin === 'chip'
    ? []
    : [{ path, found: `${protocol} with keyOrigin ${keyOrigin}`, allowed: 'keyOrigin: chip' }];
}
