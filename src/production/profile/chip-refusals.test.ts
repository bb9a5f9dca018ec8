import { readChip } from './parse-chip';
import { formatProblem } from './profile-problem';
import { appletWithChipAuthentication, shippedText } from './testing/shipped-profiles';

const classic = appletWithChipAuthentication();
const pace = shippedText('chips', 'passport-applet-pace');

function problemsOf(good: typeof classic, from: string, to: string): readonly string[] {
  expect(good.text.split(from).length).toBeGreaterThan(1);
  const text = good.text.replace(from, to);
  return readChip({ ...good, text }).problems.map(formatProblem);
}

describe('a chip that is wrong in one way', () => {
  test.each([
    [
      'hexadecimal read as a number',
      "EF.DG1: { fid: '0101' }",
      'EF.DG1: { fid: 0101 }',
      'fid: found 0101 without quotes',
    ],
    ['hexadecimal read as text', "'011E' }", '011E }', 'fid: found 011E without quotes'],
    ['an unquoted command', "['00DADEAD']", '[00DADEAD]', 'send: found 00DADEAD without quotes'],
    [
      'an unquoted status word',
      "'6985': locked }",
      '6985: locked }',
      'found a name that is no text',
    ],
    [
      'an odd number of digits',
      "fid: '011E'",
      "fid: '11E'",
      'files.EF.COM.fid: found "11E"; allowed: 2 bytes',
    ],
    ['an unknown file', 'EF.DG5:', 'EF.DG17:', 'files.EF.DG17: found the unknown member'],
    [
      'an unknown verb',
      'verb: create-file',
      'verb: make-file',
      'found "make-file"; allowed: create-file, select-file, write-file, store-file',
    ],
    [
      'an unknown sign',
      "'6985': locked }",
      "'6985': closed }",
      'found "closed"; allowed: open, empty',
    ],
    [
      'a status word of three digits',
      "'6985': locked }",
      "'698': locked }",
      'found "698"; allowed: 2 to 64 bytes',
    ],
    [
      'the same identifier twice',
      "EF.DG5: { fid: '0105' }",
      "EF.DG5: { fid: '0102' }",
      'found the identifier of EF.DG2',
    ],
    ['an unknown value', '{ca.p}', '{ca.q}', 'found "{ca.q}" at character'],
    [
      'a value out of its place',
      '({application})',
      '({file.fid})',
      'found "{file.fid}" at character',
    ],
    [
      'a number without its width',
      '{file.size:2}',
      '{file.size}',
      'allowed: {file.size:2} with its bytes',
    ],
    ['bytes with a width', '{application}', '{application:7}', 'found "{application:7}"'],
    ['an open bracket', '87[01])', '87[01)', 'found ")" at character 94'],
    ['an open parenthesis', '({chunk})', '({chunk}', 'found "(" without its end'],
    [
      'half a byte',
      "'00DADEAD'",
      "'00DADEADA'",
      'found "00DADEADA" at character 1; allowed: two digits a byte',
    ],
    ['lower-case digits', "'00DADEAD'", "'00dadead'", 'found "d" at character 3'],
    ['a short header', "'00DADEAD'", "'00DADE (01)'", 'found a header of 3 bytes'],
    ['text behind the command', "'00DADEAD'", "'00DADEAD (01) 02'", 'found "0" at character'],
    [
      'a step too many after the read-back',
      "send: ['00DADEAD']",
      "send: ['00DADEAD']\n  - verb: lock\n    title: { vi: a, en: b }\n    send: ['00DADEAD']",
      'found lock before another step',
    ],
    ['no read-back', '  - verb: verify\n', '', 'found 0 times verify'],
    [
      'no select after the reset',
      "    send: ['00A4040C ({application})']\n\n  # There",
      "    send: ['00A4040C ({application})']\n  - verb: put-data\n    title: { vi: a, en: b }\n    send: ['00DA0001']\n\n  # There",
      'found put-data after verify',
    ],
    [
      'a capability without its key',
      "      - '00DA0061 (61000481 80 {aa.privateExponent})'\n",
      '',
      'activeAuthentication: found no step with {aa.privateExponent}',
    ],
    [
      'keys for a capability it lacks',
      'activeAuthentication: { algorithm: rsa, modulusBits: 1024, digest: sha1, keyOrigin: host }',
      '',
      'found {aa.modulus} for a chip that cannot use it',
    ],
    [
      'keys without their condition',
      '    when: chip-authentication\n',
      '',
      'found values of chip-authentication; allowed: when: chip-authentication',
    ],
    ['no way in', 'bac: true', 'bac: false', 'access: found neither BAC nor PACE'],
    [
      'a file larger than the memory',
      'fileBytes: 32767',
      'fileBytes: 32767\n  x: 1',
      'found the unknown member "x"',
    ],
    [
      'offsets beyond P1 P2',
      'fileBytes: 32767',
      'fileBytes: 40000',
      'P1 P2 as offset with fileBytes 40000',
    ],
    [
      'files larger than the memory',
      'memoryBytes: 65536',
      'memoryBytes: 32000',
      'limits.fileBytes: found 32767; allowed: not more than memoryBytes',
    ],
    [
      'a write without an offset',
      '00D6 {offset:2}',
      '00D6 0000',
      'found a write without its place',
    ],
    [
      'no writing at all',
      "      - verb: write-file\n        send: '00D6 {offset:2} ({chunk})'\n",
      '',
      'found another end',
    ],
  ])('%s', (_name, from, to, expected) => {
    const problems = problemsOf(classic, from, to);
    expect(problems[0]).toContain(expected);
    expect(problems[0]).toMatch(/^passport-applet\.yaml:\d+: /);
  });

  test.each([
    [
      'PACE without its file',
      "  EF.CardAccess: { fid: '011C' }\n",
      '',
      'files: found no EF.CardAccess',
    ],
    [
      'an unknown protocol',
      'id-PACE-ECDH-GM-AES-CBC-CMAC-128',
      'id-PACE',
      'found "id-PACE"; allowed: id-PACE-DH-GM-3DES-CBC-CBC, ',
    ],
    [
      'a lock before the read-back',
      '  - verb: verify\n',
      "  - verb: set-state\n    title: { vi: a, en: b }\n    send: ['00DADEAF']\n\n  - verb: verify\n",
      'found set-state before verify',
    ],
    [
      'an Le of three bytes',
      "'00B00000 / 01'",
      "'00B00000 / 000100'",
      'found Le of another length',
    ],
  ])('%s', (_name, from, to, expected) => {
    expect(problemsOf(pace, from, to)[0]).toContain(expected);
  });

  test('problems of a template stand at its line', () => {
    const line = classic.text.slice(0, classic.text.indexOf('{ca.p}')).split('\n').length;
    expect(problemsOf(classic, '{ca.p}', '{ca.q}')).toEqual([
      expect.stringMatching(`^passport-applet.yaml:${line}: script\\[4\\]\\.send\\[0\\]: `),
    ]);
  });
});
