import type { ApprovedRecord } from '../document/approved-record';
import type { FaceElement, FaceQr, FaceText } from '../document/card-face';
import type { ProductionError } from '../errors';
import { composeFace } from './compose-face';
import { composeQr, qrText } from './compose-qr';
import type { FaceLayout, LayoutElement, LayoutQr } from './face-layout';
import { sampleCitizen, shippedLayout, shippedProduct } from './testing/sample-face';
import { squareType } from './testing/square-type';

const product = shippedProduct('vn-cccd-2021');
const shipped = shippedLayout('vn-cccd-2021');
const style = { font: 'regular', sizePt: 10, minSizePt: 5, colour: '#112233' } as const;

function layoutOf(...elements: LayoutElement[]): FaceLayout {
  return { ...shipped, styles: { plain: style }, sides: [{ name: 'page', elements }] };
}

function compose(layout: FaceLayout, holder = sampleCitizen()): readonly FaceElement[] {
  const face = composeFace({ holder, layout, product, typesetter: squareType });
  return face.sides.flatMap((side) => side.elements);
}

const place = { atMm: [10, 20], widthMm: 60, style: 'plain' } as const;

test('values stand on their base line, aligned in their width', () => {
  const align = ['left', 'centre', 'right'] as const;
  const texts = compose(
    layoutOf(...align.map((a) => ({ draw: 'value', of: 'sex', ...place, align: a }) as const)),
    sampleCitizen({ sex: 'M', personalNumber: '079060000001', dateOfBirth: '1960-05-01' }),
  ) as FaceText[];
  const width = 3 * 10 * 0.5 * (25.4 / 72);
  expect(texts.map((text) => text.text)).toEqual(['Nam', 'Nam', 'Nam']);
  expect(texts.map((text) => text.yMm)).toEqual([20, 20, 20]);
  expect(texts[0]?.xMm).toBe(10);
  expect(texts[1]?.xMm).toBeCloseTo(10 + (60 - width) / 2, 9);
  expect(texts[2]?.xMm).toBeCloseTo(70 - width, 9);
  expect(texts[0]?.source).toBe('sex');
});

test('a label has both languages on one line, one after the other', () => {
  const [first, second] = compose(
    layoutOf({ draw: 'label', ...place, first: 'Số', second: 'No.', secondStyle: 'plain' }),
  ) as FaceText[];
  expect([first?.text, second?.text]).toEqual(['Số /', 'No.']);
  expect(second?.xMm).toBeCloseTo(10 + 5 * 5 * (25.4 / 72));
});

test('names are raised letter by letter and composed', () => {
  const upper = { ...style, letters: 'upper-case' } as const;
  const layout = {
    ...layoutOf({ draw: 'value', of: 'fullName', ...place }),
    styles: { plain: upper },
  };
  const holder = sampleCitizen({ name: { full: 'Đặng Thị Ường'.normalize('NFD') } });
  expect(compose(layout, holder)).toMatchObject([{ text: 'ĐẶNG THỊ ƯỜNG' }]);
  const german = { ...holder, fullName: 'Käthe Groß' };
  expect(compose(layout, german)).toMatchObject([{ text: 'KÄTHE GROẞ' }]);
});

test('what the record does not have is left out', () => {
  const layout = layoutOf(
    { draw: 'value', of: 'profession', ...place },
    { draw: 'picture', of: 'signature', atMm: [1, 1], sizeMm: [5, 5], fit: 'contain' },
  );
  expect(compose(layout)).toEqual([]);
});

test('a layout for another form is refused', () => {
  const layout = shippedLayout('icao-td3-passport');
  expect(() => compose(layout)).toThrow(
    expect.objectContaining({ code: 'PROFILE_INVALID' }) as ProductionError,
  );
});

describe('the QR code', () => {
  const qr = shipped.sides[0]?.elements.find((element) => element.draw === 'qr') as LayoutQr;

  test('has the seven fields of the 2021 card, the empty one in its place', () => {
    const citizen = sampleCitizen();
    const members = Object.entries(citizen.record).filter(([name]) => name !== 'oldIdNumber');
    const holder = { ...citizen, record: Object.fromEntries(members) as unknown as ApprovedRecord };
    const { record, fullName } = holder;
    const [birthYear, birthMonth, birthDay] = record.dateOfBirth.split('-');
    expect(qrText(qr, holder).split('|')).toEqual([
      record.personalNumber,
      '',
      fullName,
      `${birthDay}${birthMonth}${birthYear}`,
      record.sex === 'M' ? 'Nam' : 'Nữ',
      record.placeOfResidence,
      '09032026',
    ]);
  });

  test('of the 2024 card ends in four empty fields', () => {
    const newer = shippedLayout('vn-cancuoc-2024').sides[1]?.elements;
    const element = newer?.find((candidate) => candidate.draw === 'qr') as LayoutQr;
    expect(element.sideMm).toBe(18);
    expect(qrText(element, sampleCitizen())).toMatch(/\|09032026\|\|\|\|$/);
  });

  const composer = { typesetter: squareType, dotsPerInch: 300, side: 'front' };

  test('has modules of whole dots within its square, with a quiet zone', () => {
    const [, symbol] = composeQr({ ...qr, atMm: [10, 10] }, 'x'.repeat(80), composer);
    const { moduleMm, xMm, symbol: { size } } = symbol as FaceQr; // prettier-ignore
    const dots = (moduleMm / 25.4) * 300;
    expect(dots).toBeCloseTo(Math.round(dots), 9);
    expect(dots).toBeGreaterThanOrEqual(2);
    expect((xMm / 25.4) * 300).toBeCloseTo(Math.round((xMm / 25.4) * 300), 9);
    expect((size + 8) * moduleMm).toBeLessThanOrEqual(qr.sideMm);
  });

  test('with modules under two dots is refused', () => {
    const long = 'x'.repeat(600);
    for (const dotsPerInch of [300, 600]) {
      expect(() => composeQr(qr, long, { ...composer, dotsPerInch })).toThrow(
        expect.objectContaining({ code: 'FACE_OVERFLOW', place: 'front.qr' }) as ProductionError,
      );
    }
  });
});
