/** Names of the elementary files of the LDS, as they are written everywhere [9303-10 §3]. */
export const LDS_FILE_NAMES = [
  'EF.CardAccess',
  'EF.CardSecurity',
  'EF.ATR-INFO',
  'EF.DIR',
  'EF.COM',
  'EF.DG1',
  'EF.DG2',
  'EF.DG3',
  'EF.DG4',
  'EF.DG5',
  'EF.DG6',
  'EF.DG7',
  'EF.DG8',
  'EF.DG9',
  'EF.DG10',
  'EF.DG11',
  'EF.DG12',
  'EF.DG13',
  'EF.DG14',
  'EF.DG15',
  'EF.DG16',
  'EF.CVCA',
  'EF.SOD',
] as const;

export type LdsFileName = (typeof LDS_FILE_NAMES)[number];

/** Files by name; the bytes of each are exactly what stands on the chip and what was hashed. */
export type LdsFiles = ReadonlyMap<LdsFileName, Uint8Array>;

/** Number of a data group by its file name: `EF.DG11` is 11; undefined for every other file. */
export function dataGroupNumber(name: LdsFileName): number | undefined {
  const digits = /^EF\.DG(\d+)$/.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
