import { ProductionError } from '../errors';
import { parseProduct, readProduct } from './parse-product';
import { formatProblem } from './profile-problem';
import { shippedText } from './testing/shipped-profiles';

const good = shippedText('products', 'icao-td3-passport');

/** The good product with one passage changed. */
function edited(from: string, to: string): string {
  expect(good.text.split(from)).toHaveLength(2);
  return good.text.replace(from, to);
}

function problemsOf(text: string): readonly string[] {
  return readProduct({ ...good, text }).problems.map(formatProblem);
}

function lineOf(passage: string): number {
  return good.text.slice(0, good.text.indexOf(passage)).split('\n').length;
}

describe('a product that is wrong in one way', () => {
  test.each([
    ['unknown member', 'form: TD3', 'form: TD3\ncolour: red', 'colour: found the unknown member'],
    ['missing member', 'face: icao-td3-passport\n', '', 'found no member "face"'],
    ['wrong word', 'form: TD3', 'form: TD4', 'form: found "TD4"; allowed: TD1, TD2, TD3'],
    ['wrong type', 'widthPx: 480', 'widthPx: wide', 'found the string "wide"; allowed: integer'],
    [
      'too small',
      'widthPx: 480',
      'widthPx: 10',
      'portrait.widthPx: found 10; allowed: at least 120',
    ],
    [
      'too large',
      'maxBytes: 18000',
      'maxBytes: 9000000',
      'found 9000000; allowed: at most 1000000',
    ],
    ['wrong form', 'documentCode: PP', 'documentCode: pp', 'found "pp"; allowed: two characters'],
    ['name of another file', 'product: icao-td3-passport', 'product: x', 'the name of the file'],
    ['code of another form', 'documentCode: PP', 'documentCode: ID', 'found "ID" for TD3'],
    ['entry twice', '- EF.COM\n', '- EF.COM\n    - EF.COM\n', 'found entries 0 and 1 the same'],
    ['list too short', 'dg11:\n', 'dg11: []\n  x:\n', 'the unknown member "x"'],
    [
      'unknown file',
      '- EF.DG11\n',
      '- EF.DG17\n',
      'lds.files[7]: found "EF.DG17"; allowed: EF.COM',
    ],
    ['missing file', '    - EF.SOD\n', '', 'lds.files: found no EF.SOD'],
    ['content without a file', '    - EF.DG13\n', '', 'found content for EF.DG13'],
    ['tag twice', "tag: 'DF22'", "tag: 'DF21'", 'found "DF21" again; allowed: each tag once'],
    [
      'tag of a constructed object',
      "tag: 'DF22'",
      "tag: 'FF22'",
      'found "FF22"; allowed: a primitive',
    ],
    ['tag that goes on', "tag: 'DF22'", "tag: 'DFA2'", 'found "DFA2"; allowed: a primitive'],
    [
      'unknown structure',
      'structure: tagged',
      'structure: pile',
      'lds.dg13.structure: found "pile"; allowed: "tagged"',
    ],
    ['date of no calendar', "'2029-12-31'", "'2029-02-30'", 'found 2029-02-30; allowed: a date'],
    ['format of neither', 'then: 39794', 'then: 19794', 'lds.biometricFormat.then: found 19794'],
    [
      'method of no truncation',
      'transliteration: {}',
      'transliteration: {}\n  truncation: chop',
      'identity.truncation: found "chop"',
    ],
    [
      'file without content',
      good.text.slice(good.text.indexOf('  dg12:'), good.text.indexOf('  # What Doc 9303')),
      '  dg12: []\n',
      'found nothing for EF.DG12',
    ],
    [
      'versions that disagree',
      'securityObjectVersion: 1',
      'securityObjectVersion: 0',
      'found 0 with LDS 1.8; allowed: 1',
    ],
    [
      'field twice',
      '- signature',
      '- signature\n    - issuingAuthority',
      'record.allowed[7]: found issuingAuthority',
    ],
    [
      'identity from nowhere',
      'required: [documentNumber, issuingAuthority]',
      'required: [issuingAuthority]',
      'found no documentNumber',
    ],
    [
      'CAN of another length',
      'lastDigits: 6',
      'lastDigits: 8',
      '6, the length of a card access number',
    ],
    [
      'unknown kind',
      'documentNumber: { from: record }',
      'documentNumber: { from: moon }',
      'identity.documentNumber: found "moon"; allowed: record, personal-number',
    ],
    ['unknown check', 'checks: []', 'checks: [horoscope]', 'record.checks[0]: found "horoscope"'],
    [
      'unquoted filler',
      'transliteration: {}',
      'transliteration: { A: B }',
      'one letter outside ASCII',
    ],
  ])('%s', (_name, from, to, expected) => {
    const problems = problemsOf(edited(from, to));
    expect(problems).toEqual([expect.stringContaining(expected)]);
    expect(problems[0]).toMatch(/^icao-td3-passport\.yaml:\d+: /);
  });

  test('names the line', () => {
    expect(problemsOf(edited('form: TD3', 'form: TD4'))[0]).toContain(
      `icao-td3-passport.yaml:${lineOf('form: TD3')}: `,
    );
  });
});

describe('YAML that a profile may not use', () => {
  test.each([
    ['broken', 'chips: [a', 'found no YAML'],
    ['a name twice', 'form: TD3\nform: TD1', 'found no YAML (Map keys must be unique)'],
    ['two documents', 'form: TD3\n---\nform: TD3', 'found no YAML (Source contains multiple'],
    ['an anchor', 'form: &form TD3', 'found the anchor &form; allowed: no anchors'],
    ['a tag', 'form: !!str TD3', 'found the tag tag:yaml.org,2002:str; allowed: no tags'],
    ['a merge', '<<: { form: TD3 }', 'found a merge'],
    ['a number for a name', '1: TD3', 'found a name that is no text'],
    ['a list for a name', '[form]: TD3', 'found a name that is no text'],
    ['an object for a name', '? { form: TD3 }\n: TD1', 'found a name that is no text'],
    ['a nest of brackets', '['.repeat(20_000), 'found no YAML'],
    ['a huge text', 'x'.repeat(300_000), 'found 300000 characters; allowed: at most 262144'],
    ['nothing', '', 'found nothing; allowed: an object'],
    ['a PIN', '176559754531\n', 'yaml:1: found a number; allowed: an object'],
    ['some words', 'a passphrase of somebody\n', 'yaml:1: found a string; allowed: an object'],
    ['a list', '- a', 'found a list; allowed: an object'],
  ])('%s', (_name, text, expected) => {
    expect(problemsOf(text)[0]).toContain(expected);
  });

  test('an alias', () => {
    expect(problemsOf('form: &form TD3\ncode: *form')).toEqual([
      'icao-td3-passport.yaml:1: found the anchor &form; allowed: no anchors',
      'icao-td3-passport.yaml:2: found the alias *form; allowed: the value itself',
    ]);
  });
});

test('all problems are told at once', () => {
  const text = edited('form: TD3', 'form: TD9').replace('widthPx: 480', 'widthPx: 1');
  try {
    parseProduct(text, good.file);
    expect('refused').toBe('accepted');
  } catch (error) {
    expect(error).toBeInstanceOf(ProductionError);
    expect(error).toMatchObject({
      code: 'PROFILE_INVALID',
      place: good.file,
      reasons: [expect.stringContaining('TD9'), expect.stringContaining('widthPx')],
    });
  }
});
