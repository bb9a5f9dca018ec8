import { MalformedError } from '../bytes/malformed';
import { transliterate } from './transliterate';

const write = (...args: Parameters<typeof transliterate>): string =>
  transliterate(...args).join('<');

test.each([
  ["O'CONNOR", 'OCONNOR'],
  ['D\u2019ARTAGNAN', 'DARTAGNAN'],
  ["H'Hen Niê", 'HHEN<NIE'],
  ['MARIE - ELISE', 'MARIE<ELISE'],
  ['Nguyen\u2010Phuoc', 'NGUYEN<PHUOC'],
  ['J. (Jan) P/Q', 'J<JAN<PQ'],
  ['Größe', 'GROESSE'],
  ['İpek ışık', 'IPEK<ISIK'],
  ['Nguyễn Thị Hường', 'NGUYEN<THI<HUONG'],
  ['M\u0303a', 'MA'],
  ['Ǎ', 'A'],
])('%s is written %s', (name, mrz) => {
  expect(write(name, 'name')).toBe(mrz);
});

test('decomposed text is written like composed text', () => {
  const name = 'Đặng Thị Ước Nguyệt';
  expect(write(name.normalize('NFD'), 'name')).toBe(write(name, 'name'));
});

test('the issuer chooses where the table leaves a choice, and where it says nothing', () => {
  expect(write('MÜLLER ÑANDÚ', 'name')).toBe('MUELLER<NANDU');
  expect(write('MÜLLER ÑANDÚ', 'name', { choices: { Ü: 'UXX', Ñ: 'NXX' } })).toBe(
    'MUXXLLER<NXXANDU',
  );
  expect(() => write('ОЛЬГА', 'name')).toThrow(MalformedError);
  expect(write('ОЛЬГА', 'name', { choices: { Ь: '' } })).toBe('OLGA');
});

test('Cyrillic letters follow the language of the name', () => {
  expect(write('ЩЕРБАКОВ ЮРИЙ', 'name')).toBe('SHCHERBAKOV<IURII');
  expect(write('ЩЕРБАКОВ', 'name', { cyrillicLanguage: 'bg' })).toBe('SHTERBAKOV');
  expect(write('ЄВГЕН МАЄР ГРИЦЬКО', 'name', { cyrillicLanguage: 'uk', choices: { Ь: '' } })).toBe(
    'YEVHEN<MAIER<HRYTSKO',
  );
  expect(write('ЧАЧИЋ'.replace('Ћ', 'Ђ'), 'name', { cyrillicLanguage: 'sr' })).toBe('CACID');
});

test('shadda doubles and teh marbuta looks at the end of its component', () => {
  expect(write('\u0639\u0628\u0651\u0627\u0633', 'name')).toBe('EBBAS');
  expect(write('\u0641\u0636\u0651\u0629', 'name')).toBe('FXDZXDZXAH');
  expect(write('\u0641\u0636\u064E\u0651\u0629 \u0628\u0629\u0628', 'name')).toBe(
    'FXDZXDZXAH<BXTAB',
  );
});

test.each([
  ['a digit', 'ANNA 2', 'character 6'],
  ['a letter of no table', 'ANNA 李', 'character 6'],
  ['a symbol', '😀', 'character 1'],
])('%s is refused by its position, and the name is not told', (_, name, reason) => {
  expect(() => write(name, 'primary identifier')).toThrow(
    `primary identifier: ${reason} cannot be written in the MRZ`,
  );
});

test('punctuation alone is no name', () => {
  expect(() => write("-'. ", 'name')).toThrow('name: has no letter');
});
