import type { ApprovedRecord } from '../document/approved-record';
import type { ProductProfile } from '../profile/product';
import { shippedProduct } from '../profile/testing/shipped-profiles';
import { prepareHolder, type PreparedHolder } from './prepare-holder';
import { previewMrz } from './preview-mrz';
import { PASSPORT_RECORD, SPECIMEN_PORTRAIT } from './testing/specimen-records';

const product = shippedProduct('icao-td3-passport');

function prepare(
  change: Partial<ApprovedRecord>,
  rules: { identity?: Partial<ProductProfile['identity']>; product?: Partial<ProductProfile> } = {},
): PreparedHolder {
  const wanted = {
    ...{ ...product, ...rules.product },
    identity: { ...product.identity, ...rules.identity },
  };
  const record = { ...PASSPORT_RECORD, ...change, profile: wanted.name };
  return prepareHolder(record, wanted, { portrait: SPECIMEN_PORTRAIT });
}

const nameOf = ({ holder }: PreparedHolder): string =>
  (holder.mrzLines[0] ?? '').slice(5).replace(/<+$/, '');

const LONG = {
  primary: 'Papandropoulous Bartenstein',
  secondary: 'Jonathon Alec Maximilian',
};

test.each([undefined, 'initials', 'cut'] as const)(
  'a long name shortened by %s is shown to a person',
  (truncation) => {
    const rules = truncation === undefined ? {} : { identity: { truncation } };
    const prepared = prepare({ name: LONG }, rules);
    const [warning] = prepared.warnings;
    expect(warning).toMatchObject({ code: 'NAME_TRUNCATED', field: 'name' });
    const wanted = { ...product, identity: { ...product.identity, ...rules.identity } };
    expect(previewMrz(prepared.holder.record, wanted).truncatedName).toBe(nameOf(prepared));
    expect(nameOf(prepared)).toMatch(/^PAPANDROPOULOUS<BARTENSTEIN<<J[A-Z<]*[A-Z]$/);
    expect(nameOf(prepared)).toHaveLength(39);
    expect(JSON.stringify(warning)).not.toContain('PAPANDROPOULOUS');
  },
);

test('limits of components shorten a name as the product says', () => {
  const truncation = { primary: [10], secondary: [1, 1, 1] };
  expect(nameOf(prepare({ name: LONG }, { identity: { truncation } }))).toBe(
    'PAPANDROPO<BARTENSTEIN<<J<A<M',
  );
});

test('a language and a choice decide how Cyrillic letters are written', () => {
  const name = { primary: 'Гоголь', secondary: 'Щ' };
  const choices = { transliteration: { Ь: '' } };
  expect(nameOf(prepare({ name }, { identity: choices }))).toBe('GOGOL<<SHCH');
  expect(nameOf(prepare({ name }, { identity: { ...choices, cyrillicLanguage: 'uk' } }))).toBe(
    'HOHOL<<SHCH',
  );
  expect(nameOf(prepare({ name }, { identity: { ...choices, cyrillicLanguage: 'bg' } }))).toBe(
    'GOGOL<<SHT',
  );
  expect(() => prepare({ name })).toThrow('character 6 cannot be written');
});

test('a document number with fewer than six digits leaves the card without CAN, with a warning', () => {
  const { holder, warnings } = prepare({ documentNumber: 'XR10B1R5' });
  expect(holder.access).toEqual({
    mrz: expect.objectContaining({ documentNumber: 'XR10B1R5' }) as object,
  });
  expect(warnings).toMatchObject([{ code: 'CARD_ACCESS_NUMBER_MISSING', field: 'documentNumber' }]);
  expect(prepare({ documentNumber: 'XR10B1523' }).holder.access.can).toBe('101523');
});

describe('a personal number beside a long document number', () => {
  const card = shippedProduct('icao-td1-id');
  const documentNumber = 'D23145890734ABCDEF1234';
  const linesOf = (personalNumber: string): readonly string[] =>
    prepare({ documentNumber, personalNumber }, { product: card, identity: card.identity }).holder
      .mrzLines;

  test('stands in the second line of a TD1', () => {
    const [first = '', second = ''] = linesOf('ZE184226B42');
    expect(first).toMatch(/^IDUTOD23145890<734ABCDEF1234\d<$/);
    expect(second.slice(18, 29)).toBe('ZE184226B42');
  });

  test('is refused where it is longer than its place there', () => {
    expect(() => linesOf('ZE184226B421')).toThrow(
      'personalNumber: beside a long document number it has 11 characters',
    );
  });
});

test('the document code is judged by the day of issue', () => {
  const plain = { product: { documentCode: 'P<' } };
  expect(nameOf(prepare({ dateOfIssue: '2027-12-31' }, plain))).toBe('ERIKSSON<<ANNA<MARIA');
  expect(() => prepare({ dateOfIssue: '2028-01-01' }, plain)).toThrow(
    'dateOfIssue: P<: a passport issued since 2028-01-01 has a second letter',
  );
});

test('a person is told of biometrics in the former format from 2030 on', () => {
  const old = { product: { lds: { ...product.lds, biometricFormat: 19794 as const } } };
  const late = { dateOfIssue: '2030-01-01', dateOfExpiry: '2039-12-31' };
  expect(prepare(late, old).warnings.map(({ code }) => code)).toEqual(['BIOMETRICS_OUTDATED']);
  expect(prepare(late).warnings).toEqual([]);
});

test('a person is told of prints that have no file on the chip', () => {
  const file = 'right-index.wsq';
  const printed = { fingerprints: [{ position: 'right-index', file }] } as const;
  const files = product.lds.files.filter((name) => name !== 'EF.DG3');
  const { warnings } = prepare(printed, { product: { lds: { ...product.lds, files } } });
  expect(warnings.map(({ code, field }) => [code, field])).toEqual([
    ['BIOMETRICS_LEFT_OUT', 'fingerprints'],
  ]);
  expect(prepare(printed).warnings).toEqual([]);
  expect(
    prepare({ fingerprints: [] }, { product: { lds: { ...product.lds, files } } }),
  ).toMatchObject({ warnings: [] });
});

test('what the picture processor doubts becomes a warning', () => {
  const portrait = {
    ...SPECIMEN_PORTRAIT,
    doubts: ['background-uneven', 'cropped', 'enlarged'] as const,
  };
  const { warnings } = prepareHolder(PASSPORT_RECORD, product, { portrait });
  expect(warnings.map(({ code, field }) => [code, field])).toEqual([
    ['PORTRAIT_BACKGROUND', 'portrait'],
    ['PORTRAIT_CROPPED', 'portrait'],
    ['PORTRAIT_ENLARGED', 'portrait'],
  ]);
});

test('a declared member that is too long is a reason with its field', () => {
  expect(() => prepare({ placeOfOrigin: 'x'.repeat(401) })).toThrow(
    'placeOfOrigin: is longer than 400 bytes',
  );
});
