import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FACE_FONTS, type FaceFont } from '../../production/document/card-face';
import { findPackageRoot } from './package-root';
import { loadPrintedFont, type PrintedFont } from './printed-font';

/** The fonts of the face: Be Vietnam Pro for people, OCR-B for machines. */
export interface CardFonts {
  readonly text: Readonly<Record<FaceFont, PrintedFont>>;
  readonly mrz: PrintedFont;
}

const STYLES = {
  regular: { file: '400Regular/BeVietnamPro_400Regular.ttf', tag: 'PRSREG' },
  medium: { file: '500Medium/BeVietnamPro_500Medium.ttf', tag: 'PRSMED' },
  semibold: { file: '600SemiBold/BeVietnamPro_600SemiBold.ttf', tag: 'PRSSEM' },
  bold: { file: '700Bold/BeVietnamPro_700Bold.ttf', tag: 'PRSBOL' },
  italic: { file: '400Regular_Italic/BeVietnamPro_400Regular_Italic.ttf', tag: 'PRSITA' },
} as const satisfies Record<FaceFont, { readonly file: string; readonly tag: string }>;

let loaded: CardFonts | undefined;

/** Reads and reduces the fonts on the first call, which takes about half a second. */
export function loadCardFonts(): CardFonts {
  loaded ??= readCardFonts();
  return loaded;
}

function readCardFonts(): CardFonts {
  const text = Object.fromEntries(FACE_FONTS.map((font) => [font, readTextFont(font)]));
  const ocrB = readFileSync(join(findPackageRoot(), 'src/adapters/pdf/fonts/OCRB.otf'));
  return {
    text: text as Record<FaceFont, PrintedFont>,
    mrz: loadPrintedFont(ocrB, mrzCharacters(), 'PRSOCR'),
  };
}

function readTextFont(font: FaceFont): PrintedFont {
  const { file, tag } = STYLES[font];
  const path = require.resolve(`@expo-google-fonts/be-vietnam-pro/${file}`);
  return loadPrintedFont(readFileSync(path), textCharacters(), tag);
}

/** Latin with all Vietnamese letters, and the punctuation of names and addresses. */
function* textCharacters(): Generator<number> {
  yield* range(0x20, 0x7e);
  yield* range(0xa0, 0x17f);
  yield* [0x1a0, 0x1a1, 0x1af, 0x1b0];
  yield* [0x1e9e];
  yield* range(0x1ea0, 0x1ef9);
  yield* [0x2013, 0x2014, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2026];
}

function* mrzCharacters(): Generator<number> {
  for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<') yield character.charCodeAt(0);
}

function* range(first: number, last: number): Generator<number> {
  for (let codePoint = first; codePoint <= last; codePoint++) yield codePoint;
}
