import { parseDg1 } from '../../standards/lds/dg1';
import { parseDg11 } from '../../standards/lds/dg11';
import { parseDg12 } from '../../standards/lds/dg12';
import { parseVietnameseDetails } from '../../standards/lds/dg13-vietnam';
import { parseDg14 } from '../../standards/lds/dg14';
import { parseDg15 } from '../../standards/lds/dg15';
import { parseDg16 } from '../../standards/lds/dg16';
import { parseDg2 } from '../../standards/lds/dg2';
import { parseDg3 } from '../../standards/lds/dg3';
import { parseDg4 } from '../../standards/lds/dg4';
import { parseDisplayedImages } from '../../standards/lds/displayed-images';
import { parseEfAtrInfo } from '../../standards/lds/ef-atr-info';
import { parseCardAccess } from '../../standards/lds/ef-card-access';
import { parseEfCom } from '../../standards/lds/ef-com';
import { parseEfCvca } from '../../standards/access/terminal-authentication/ef-cvca';
import { parseEfDir } from '../../standards/lds/ef-dir';
import type { MrzFields } from '../../standards/mrz/mrz-fields';
import { MRZ_FORMS, MRZ_LAYOUTS } from '../../standards/mrz/mrz-layout';
import { readMrzFields } from '../../standards/mrz/parse-mrz';
import { parseTlvHeader, parseTlvs } from '../../standards/tlv/tlv';
import { readCardSecurity } from './card-security';
import { ABSENT, attempt, type Parsed, valueOf } from './parsed';

/** The files whose content is read, each with its parser. */
const PARSERS = {
  'EF.CardAccess': parseCardAccess,
  'EF.CardSecurity': readCardSecurity,
  'EF.ATR-INFO': parseEfAtrInfo,
  'EF.DIR': parseEfDir,
  'EF.COM': parseEfCom,
  'EF.DG1': parseDg1,
  'EF.DG2': parseDg2,
  'EF.DG3': parseDg3,
  'EF.DG4': parseDg4,
  'EF.DG5': (bytes: Uint8Array) => parseDisplayedImages(5, bytes),
  'EF.DG7': (bytes: Uint8Array) => parseDisplayedImages(7, bytes),
  'EF.DG11': parseDg11,
  'EF.DG12': parseDg12,
  'EF.DG14': parseDg14,
  'EF.DG15': parseDg15,
  'EF.DG16': parseDg16,
  'EF.CVCA': parseEfCvca,
} as const satisfies Record<string, (bytes: Uint8Array) => unknown>;

type ReadFile = keyof typeof PARSERS;

/** What stands in each file, as far as its parser could read it. */
export type LdsContents = {
  readonly [File in ReadFile]: Parsed<ReturnType<(typeof PARSERS)[File]>>;
} & {
  /** EF.DG13 in the Vietnamese structure; absent too where it is another state's. */
  readonly 'EF.DG13': Parsed<ReturnType<typeof parseVietnameseDetails>>;
};

/** Reads every file that is there; bytes behind a file's own end are not its content. */
export function readContents(files: ReadonlyMap<string, Uint8Array>): LdsContents {
  const entries = Object.entries<(bytes: Uint8Array) => unknown>(PARSERS).map(([file, parse]) => {
    const bytes = files.get(file);
    return [file, bytes === undefined ? ABSENT : attempt(() => parse(trim(file, bytes)))];
  });
  const contents = { ...Object.fromEntries(entries), 'EF.DG13': ABSENT } as LdsContents;
  return { ...contents, 'EF.DG13': readNational(files.get('EF.DG13'), contents) };
}

/** Each state puts into EF.DG13 what it likes: only Vietnam's must have Vietnam's structure. */
function readNational(
  bytes: Uint8Array | undefined,
  contents: LdsContents,
): LdsContents['EF.DG13'] {
  if (bytes === undefined) return ABSENT;
  const details = attempt(() => parseVietnameseDetails(trimToObject(bytes)));
  const state = mrzOf(contents)?.issuingState;
  return details.state === 'good' || state === 'VNM' ? details : ABSENT;
}

/** Why a file's content could not be read; undefined when it could, or nobody reads it. */
export function contentDetail(contents: LdsContents, file: string): string | undefined {
  const parsed = (contents as Readonly<Record<string, Parsed<unknown>>>)[file];
  return parsed?.state === 'malformed' ? parsed.detail : undefined;
}

/** One file taken apart into named fields, for a comparison; undefined when it cannot be. */
export function contentOf(file: string, bytes: Uint8Array): unknown {
  const contents = readContents(new Map([[file, bytes]]));
  if (file === 'EF.DG1') return mrzOf(contents);
  if (file === 'EF.DG11') return valueOf(contents['EF.DG11'])?.members;
  if (file === 'EF.DG12') return valueOf(contents['EF.DG12'])?.members;
  const parsed = (contents as Readonly<Record<string, Parsed<unknown>>>)[file];
  return parsed === undefined ? undefined : valueOf(parsed);
}

/** A file up to the end that its own length names; a shorter file stays as it is. */
export function trimToObject(bytes: Uint8Array): Uint8Array {
  const header = attempt(() => parseTlvHeader(bytes, 'file'));
  if (header.state !== 'good') return bytes;
  return bytes.subarray(0, header.value.headerBytes + header.value.lengthBytes);
}

/** The MRZ in EF.DG1, where its fields can be read; its check digits are another question. */
export function mrzOf(contents: LdsContents): MrzFields | undefined {
  const mrz = valueOf(contents['EF.DG1']);
  return mrz === undefined ? undefined : valueOf(attempt(() => readMrzFields(mrz)));
}

/** The lines of the MRZ in EF.DG1. */
export function mrzLinesOf(contents: LdsContents): readonly string[] | undefined {
  const mrz = valueOf(contents['EF.DG1']);
  const layout = MRZ_FORMS.map((form) => MRZ_LAYOUTS[form]).find(
    ({ lines, lineLength }) => lines * lineLength === mrz?.length,
  );
  if (mrz === undefined || layout === undefined) return undefined;
  return Array.from({ length: layout.lines }, (_, line) =>
    mrz.slice(line * layout.lineLength, (line + 1) * layout.lineLength),
  );
}

/** The date of issue as EF.DG12 says it, or the national EF.DG13. */
export function dateOfIssueOf(contents: LdsContents): Date | undefined {
  const dg12 = valueOf(contents['EF.DG12'])?.members.dateOfIssue;
  const dg13 = valueOf(contents['EF.DG13'])?.dateOfIssue;
  const iso =
    dg12?.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3') ??
    dg13?.replace(/^(\d{2})\/(\d{2})\/(\d{4})$/, '$3-$2-$1') ??
    '';
  const date = new Date(/^\d{4}-\d{2}-\d{2}$/.test(iso) ? `${iso}T00:00:00Z` : Number.NaN);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** EF.DIR, EF.ATR/INFO and EF.CVCA are lists of objects and have no end of their own. */
function trim(file: string, bytes: Uint8Array): Uint8Array {
  if (file === 'EF.CVCA') return bytes;
  const isList = file === 'EF.DIR' || file === 'EF.ATR-INFO';
  return isList && attempt(() => parseTlvs(bytes, file)).state === 'good'
    ? bytes
    : trimToObject(bytes);
}
