/** File identifiers that the applet knows; every other does not exist for it. */
export const FID = {
  dg1: 0x0101,
  dg3: 0x0103,
  dg4: 0x0104,
  dg15: 0x010f,
  cardAccess: 0x011c,
  sod: 0x011d,
  com: 0x011e,
} as const;

/** EF.COM, EF.SOD, EF.CardAccess and DG1 to DG15; DG16 is missing in the applet. */
export function isKnownFile(fid: number): boolean {
  return (
    (fid >= FID.dg1 && fid <= FID.dg15) ||
    fid === FID.cardAccess ||
    fid === FID.sod ||
    fid === FID.com
  );
}

export function isBiometricFile(fid: number): boolean {
  return fid === FID.dg3 || fid === FID.dg4;
}

/** Two bytes as Java Card's `short`. */
export function toInt16(value: number): number {
  return (value << 16) >> 16;
}
