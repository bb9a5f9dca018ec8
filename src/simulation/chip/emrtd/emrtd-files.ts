/** The two folders of an eMRTD chip [9303-10 §3.11]. */
export type Folder = 'MF' | 'eMRTD';

/** Who may read a file [9303-10 §3.11, 9303-11 §4, §7]. */
export type ReadAccess = 'always' | 'session' | 'pace' | 'terminal-dg3' | 'terminal-dg4';

interface FileRow {
  readonly folder: Folder;
  readonly fid: number;
  readonly sfi: number;
  readonly access: ReadAccess;
}

const DG_COUNT = 16;

/** Every elementary file of the chip, with its short identifier [9303-10 §3.11]. */
export const EMRTD_FILES: readonly FileRow[] = [
  { folder: 'MF', fid: 0x2f00, sfi: 0x1e, access: 'always' },
  { folder: 'MF', fid: 0x2f01, sfi: 0x01, access: 'always' },
  { folder: 'MF', fid: 0x011c, sfi: 0x1c, access: 'always' },
  { folder: 'MF', fid: 0x011d, sfi: 0x1d, access: 'pace' },
  { folder: 'eMRTD', fid: 0x011c, sfi: 0x1c, access: 'session' },
  { folder: 'eMRTD', fid: 0x011d, sfi: 0x1d, access: 'session' },
  { folder: 'eMRTD', fid: 0x011e, sfi: 0x1e, access: 'session' },
  ...Array.from({ length: DG_COUNT }, (_, index): FileRow => {
    const number = index + 1;
    const access =
      number === 3 ? 'terminal-dg3' : number === 4 ? 'terminal-dg4' : ('session' as const);
    return { folder: 'eMRTD', fid: 0x0100 + number, sfi: number, access };
  }),
];

export type EmrtdFile = FileRow;

/** The number under which a file stands in memory: identifiers repeat in the two folders. */
export function memoryFid({ folder, fid }: EmrtdFile): number {
  return folder === 'MF' ? 0x1_0000 + fid : fid;
}

export function findFile(folder: Folder, fid: number): EmrtdFile | undefined {
  return EMRTD_FILES.find((file) => file.folder === folder && file.fid === fid);
}

export function findFileBySfi(folder: Folder, sfi: number): EmrtdFile | undefined {
  return EMRTD_FILES.find((file) => file.folder === folder && file.sfi === sfi);
}
