/** Where a file stands, how it is selected, how it begins, and who may read it. */
export interface LdsFileEntry {
  /** The master file, or the eMRTD application A0000002471001. */
  readonly place: 'MF' | 'eMRTD';
  readonly fid: number;
  readonly sfi: number;
  /** Tag of the first data object of the file. */
  readonly tag: number;
  readonly readAccess: 'always' | 'after-pace' | 'after-access' | 'after-terminal-authentication';
}

/** Application identifiers of LDS1 and of the three LDS2 applications [9303-10 §3.1]. */
export const LDS_APPLICATION_AIDS = {
  emrtd: 'A0000002471001',
  travelRecords: 'A0000002472001',
  visaRecords: 'A0000002472002',
  additionalBiometrics: 'A0000002472003',
} as const;

/**
 * The elementary files of the LDS [9303-10 tables 28-38, 9303-11 appendix K.2]. FID 011C and 011D
 * name different files in the master file and in the application: always look at `place` too.
 */
export const LDS_FILE_TABLE = {
  'EF.ATR-INFO': { place: 'MF', fid: 0x2f01, sfi: 0x01, tag: 0x47, readAccess: 'always' },
  'EF.DIR': { place: 'MF', fid: 0x2f00, sfi: 0x1e, tag: 0x61, readAccess: 'always' },
  'EF.CardAccess': { place: 'MF', fid: 0x011c, sfi: 0x1c, tag: 0x31, readAccess: 'always' },
  'EF.CardSecurity': { place: 'MF', fid: 0x011d, sfi: 0x1d, tag: 0x30, readAccess: 'after-pace' },
  'EF.COM': { place: 'eMRTD', fid: 0x011e, sfi: 0x1e, tag: 0x60, readAccess: 'after-access' },
  'EF.SOD': { place: 'eMRTD', fid: 0x011d, sfi: 0x1d, tag: 0x77, readAccess: 'after-access' },
  'EF.CVCA': { place: 'eMRTD', fid: 0x011c, sfi: 0x1c, tag: 0x42, readAccess: 'after-access' },
  'EF.DG1': { place: 'eMRTD', fid: 0x0101, sfi: 0x01, tag: 0x61, readAccess: 'after-access' },
  'EF.DG2': { place: 'eMRTD', fid: 0x0102, sfi: 0x02, tag: 0x75, readAccess: 'after-access' },
  'EF.DG3': {
    place: 'eMRTD',
    fid: 0x0103,
    sfi: 0x03,
    tag: 0x63,
    readAccess: 'after-terminal-authentication',
  },
  'EF.DG4': {
    place: 'eMRTD',
    fid: 0x0104,
    sfi: 0x04,
    tag: 0x76,
    readAccess: 'after-terminal-authentication',
  },
  'EF.DG5': { place: 'eMRTD', fid: 0x0105, sfi: 0x05, tag: 0x65, readAccess: 'after-access' },
  'EF.DG6': { place: 'eMRTD', fid: 0x0106, sfi: 0x06, tag: 0x66, readAccess: 'after-access' },
  'EF.DG7': { place: 'eMRTD', fid: 0x0107, sfi: 0x07, tag: 0x67, readAccess: 'after-access' },
  'EF.DG8': { place: 'eMRTD', fid: 0x0108, sfi: 0x08, tag: 0x68, readAccess: 'after-access' },
  'EF.DG9': { place: 'eMRTD', fid: 0x0109, sfi: 0x09, tag: 0x69, readAccess: 'after-access' },
  'EF.DG10': { place: 'eMRTD', fid: 0x010a, sfi: 0x0a, tag: 0x6a, readAccess: 'after-access' },
  'EF.DG11': { place: 'eMRTD', fid: 0x010b, sfi: 0x0b, tag: 0x6b, readAccess: 'after-access' },
  'EF.DG12': { place: 'eMRTD', fid: 0x010c, sfi: 0x0c, tag: 0x6c, readAccess: 'after-access' },
  'EF.DG13': { place: 'eMRTD', fid: 0x010d, sfi: 0x0d, tag: 0x6d, readAccess: 'after-access' },
  'EF.DG14': { place: 'eMRTD', fid: 0x010e, sfi: 0x0e, tag: 0x6e, readAccess: 'after-access' },
  'EF.DG15': { place: 'eMRTD', fid: 0x010f, sfi: 0x0f, tag: 0x6f, readAccess: 'after-access' },
  'EF.DG16': { place: 'eMRTD', fid: 0x0110, sfi: 0x10, tag: 0x70, readAccess: 'after-access' },
} as const satisfies Record<string, LdsFileEntry>;

export type LdsTableName = keyof typeof LDS_FILE_TABLE;

/**
 * The tag with which data group `number` begins [9303-10 table 38].
 *
 * @throws RangeError when the number is not 1 to 16.
 */
export function dataGroupTag(number: number): number {
  const entry = dataGroupEntries.find((candidate) => candidate.number === number);
  if (entry === undefined) throw new RangeError('data groups are numbered 1 to 16');
  return entry.tag;
}

/** The number of the data group that begins with this tag, if one does [9303-10 table 38]. */
export function dataGroupOfTag(tag: number): number | undefined {
  return dataGroupEntries.find((entry) => entry.tag === tag)?.number;
}

const dataGroupEntries = Object.entries(LDS_FILE_TABLE).flatMap(([name, { tag }]) => {
  const digits = /^EF\.DG(\d+)$/.exec(name)?.[1];
  return digits === undefined ? [] : [{ number: Number(digits), tag }];
});
