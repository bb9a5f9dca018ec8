import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CardFace, FaceText } from '../../production/document/card-face';
import type { Holder } from '../../production/document/holder';
import { composeFace } from '../../production/face/compose-face';
import { qrText } from '../../production/face/compose-qr';
import {
  drawnCitizens,
  drawnPassportHolder,
  SAMPLE_DAY,
  sampleCitizen,
  sampleTraveller,
  shippedLayout,
  shippedProduct,
} from '../../production/face/testing/sample-face';
import type { RenderedSide } from '../../production/ports';
import { PdfFaceRenderer } from './pdf-face-renderer';
import { rasterizePdf } from './rasterize-pdf';

const renderer = new PdfFaceRenderer();
const POINTS_PER_INCH = 72;

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'persoline-face-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function compose(holder: Holder, name: string): CardFace {
  const layout = shippedLayout(name);
  const product = shippedProduct(name);
  return composeFace({ holder, layout, product, typesetter: renderer });
}

async function render(face: CardFace): Promise<readonly RenderedSide[]> {
  return await renderer.render(face, { createdAt: SAMPLE_DAY });
}

function run(tool: string, options: readonly string[], input: Uint8Array): string {
  const file = join(folder, `${Math.random()}.bin`);
  writeFileSync(file, input);
  const command = options.map((option) => (option === 'FILE' ? file : option));
  return execFileSync(tool, command, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}

/** The words of a page with their boxes in points. */
function wordsOf(pdf: Uint8Array): readonly { text: string; left: number; right: number }[] {
  const xml = run('pdftotext', ['-bbox', 'FILE', '-'], pdf);
  return [...xml.matchAll(/<word xMin="([\d.]+)".*? xMax="([\d.]+)".*?>(.*?)<\/word>/g)].map(
    ([, left, right, text = '']) => ({
      text: text.replaceAll('&lt;', '<').replaceAll('&amp;', '&'),
      left: Number(left),
      right: Number(right),
    }),
  );
}

describe.each([
  ['vn-cccd-2021', () => drawnCitizens(1, 11).then(([citizen]) => citizen!), 85.6, 53.98],
  ['icao-td3-passport', drawnPassportHolder, 125, 88],
] as const)('%s', (name, makeHolder, widthMm, heightMm) => {
  let face: CardFace;
  let holder: Holder;
  let sides: readonly RenderedSide[];
  beforeAll(async () => {
    holder = await makeHolder();
    face = compose(holder, name);
    sides = await render(face);
  });

  test('has pages of the exact size', () => {
    for (const { pdf } of sides) {
      const info = run('pdfinfo', ['FILE'], pdf);
      const [, width, height] = /Page size: +([\d.]+) x ([\d.]+) pts/.exec(info) ?? [];
      expect((Number(width) / POINTS_PER_INCH) * 25.4).toBeCloseTo(widthMm, 2);
      expect((Number(height) / POINTS_PER_INCH) * 25.4).toBeCloseTo(heightMm, 2);
    }
  });

  test('has every text in its place, as text', () => {
    for (const [index, side] of sides.entries()) {
      const words = wordsOf(side.pdf);
      const texts = face.sides[index]?.elements.filter((element) => element.kind === 'text');
      for (const text of texts as FaceText[]) {
        const left = (text.xMm / 25.4) * POINTS_PER_INCH;
        const [first = ''] = text.text.split(' ');
        const found = words.filter((word) => Math.abs(word.left - left) < 0.6);
        expect(found.map((word) => word.text)).toContainEqual(expect.stringMatching(escape(first)));
      }
      const all = words.map((word) => word.text).join(' ');
      for (const text of texts as FaceText[]) expect(all).toContain(text.text);
    }
  });

  test('has the MRZ line by line at ten characters an inch', () => {
    const words = wordsOf(sides.at(-1)!.pdf);
    for (const line of holder.mrzLines) {
      const word = words.find(({ text }) => text === line);
      expect(word).toBeDefined();
      const pitch = (word!.right - word!.left) / line.length;
      expect(POINTS_PER_INCH / pitch).toBeCloseTo(10, 3);
    }
  });

  test('is the same, byte for byte, when it is rendered again', async () => {
    const again = await new PdfFaceRenderer().render(face, { createdAt: SAMPLE_DAY });
    expect(again).toEqual(sides);
  });

  test('says when it was made and nothing of the holder beside the page', () => {
    const info = run('pdfinfo', ['FILE'], sides[0]!.pdf);
    expect(info).toContain('Producer:        Persoline');
    expect(info).toContain('2026');
    expect(info).not.toContain(holder.fullName);
  });
});

function escape(text: string): RegExp {
  return new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`);
}

test('the QR codes of the 2021 card are read as they were written', async () => {
  const layout = shippedLayout('vn-cccd-2021');
  const element = layout.sides[0]!.elements.find((candidate) => candidate.draw === 'qr')!;
  for (const holder of await drawnCitizens(4, 12)) {
    const [front] = await render(compose(holder, 'vn-cccd-2021'));
    for (const dotsPerInch of [300, 600]) {
      const png = await rasterizePdf(front!.pdf, { dotsPerInch });
      const read = run('zbarimg', ['-q', '--raw', 'FILE'], png).replace(/\n$/, '');
      expect(read).toBe(qrText(element, holder));
    }
  }
}, 60_000);

test('the QR code of the 2024 card is read with its empty fields at the end', async () => {
  const [holder] = await drawnCitizens(1, 14);
  const layout = shippedLayout('vn-cancuoc-2024');
  const product = shippedProduct('vn-cccd-2021');
  const face = composeFace({ holder: holder!, layout, product, typesetter: renderer });
  const back = (await render(face)).find((side) => side.name === 'back');
  const png = await rasterizePdf(back!.pdf, { dotsPerInch: 600 });
  const read = run('zbarimg', ['-q', '--raw', 'FILE'], png).replace(/\n$/, '');
  expect(read.split('|')).toHaveLength(11);
  expect(read).toMatch(new RegExp(`^${holder!.record.personalNumber}\\|.*\\|09032026\\|{4}$`));
}, 30_000);

test('long Vietnamese texts shrink or break, and too long ones are refused', () => {
  const long = 'Nguyễn Phước Hoàng Thượng Tường Vy Ánh';
  const name = (full: string) =>
    compose(sampleCitizen({ name: { full } }), 'vn-cccd-2021').sides[0]!.elements.filter(
      (element) => element.kind === 'text' && element.source === 'fullName',
    );
  expect(name('Lê Ái')).toMatchObject([{ sizePt: 8.4, text: 'LÊ ÁI' }]);
  const [shrunk] = name(long) as FaceText[];
  expect(shrunk?.sizePt).toBeLessThan(8.4);
  expect(() => name(`${long} ${long}`)).toThrow(
    expect.objectContaining({ code: 'FACE_OVERFLOW', place: 'front.fullName' }) as Error,
  );
});

test.each([
  ['icao-td1-id', 22],
  ['icao-td2-id', 14],
  ['icao-td3-passport', 9],
])('%s has room for the longest document number, %i of the widest letter', (name, length) => {
  const documentNumber = `W${'W'.repeat(length - 7)}123456`;
  const holder = sampleTraveller(name, { documentNumber, personalNumber: 'P1' });
  const printed = compose({ ...holder, documentNumber: 'W'.repeat(length) }, name);
  const texts = printed.sides.flatMap(({ elements }) =>
    elements.filter((element) => element.kind === 'text' && element.source === 'documentNumber'),
  );
  expect(texts).toMatchObject([{ text: 'W'.repeat(length) }]);
});

test('measures what pdftotext finds', async () => {
  const holder = sampleCitizen({}, (await drawnCitizens(1, 13))[0]!.portrait);
  const face = compose(holder, 'vn-cccd-2021');
  const number = face.sides[0]!.elements.find(
    (element) => element.kind === 'text' && element.source === 'personalNumber',
  ) as FaceText;
  const [front] = await render(face);
  const word = wordsOf(front!.pdf).find(({ text }) => text === number.text);
  const drawn = ((word!.right - word!.left) / POINTS_PER_INCH) * 25.4;
  const measured = renderer.widthMm(number.text, number.font, number.sizePt);
  expect(drawn).toBeCloseTo(measured + 11 * number.trackingMm, 2);
});

test('every Vietnamese letter has a glyph, Chinese has none', () => {
  const letters = 'ăâđêôơư'.normalize('NFC');
  const tones = ['', '\u0300', '\u0301', '\u0303', '\u0309', '\u0323'];
  const all = `${letters}aeiouy`
    .split('')
    .flatMap((letter) =>
      tones.map((tone) => (letter === 'đ' ? letter : letter + tone).normalize('NFC')),
    );
  for (const font of ['regular', 'medium', 'semibold', 'bold', 'italic'] as const) {
    expect(renderer.canPrint(all.join('') + all.join('').toUpperCase(), font)).toBe(true);
    expect(renderer.canPrint('中', font)).toBe(false);
  }
});
