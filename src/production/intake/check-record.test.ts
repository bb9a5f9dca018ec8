import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RECORD_MAX_BYTES } from '../document/record-limits';
import { checkRecord } from './check-record';
import { problemText } from './record-problem';
import { RECORD_SCHEMA } from './record-schema';
import { encodeRecord, loadProducts, PASSPORT_RECORD, VN_RECORD } from './testing/sample-records';

const products = loadProducts();

function problemsOf(bytes: Uint8Array): readonly string[] {
  const checked = checkRecord(bytes, products);
  return checked.outcome === 'wrong' ? checked.problems.map(problemText) : [];
}

const vn = (change: object) => encodeRecord({ ...VN_RECORD, ...change });
const passport = (change: object) => encodeRecord({ ...PASSPORT_RECORD, ...change });

/** All that the international products take beside what the Vietnamese card has. */
const EVERY_OTHER_MEMBER = {
  title: 'Dr',
  personalSummary: 'None',
  otherNames: ['Lindqvist, Anna', 'Nøtt'],
  otherDocumentNumbers: ['P1234567'],
  proofOfCitizenship: 'proof.jpg',
  custody: 'None',
  otherPersons: ['Eriksson, Erik'],
  endorsements: 'Valid for all countries',
  taxOrExitRequirements: 'Exempt',
  imageOfFront: 'front.jpg',
  imageOfRear: 'rear.jpg',
  personsToNotify: [{ name: 'Eriksson, Erik', recordedOn: '2026-01-02', telephone: '+1 612' }],
  displayedPortrait: 'displayed.jpg',
  portraitTakenOn: '2025-12-31',
  eyeColour: 'blue',
  hairColour: 'blonde',
  heightCm: 172,
  irises: [{ eye: 'left', file: 'iris.jp2', takenOn: '2025-12-31' }],
};

describe('a right record', () => {
  test.each([
    ['of the Vietnamese card', VN_RECORD],
    ['of a passport with a partial date of birth', PASSPORT_RECORD],
  ])('%s', (_title, record) => {
    const checked = checkRecord(encodeRecord(record), products);
    expect(checked).toMatchObject({ outcome: 'right', record, doubts: [] });
  });

  test.each([
    ['without end of validity', vn({ dateOfExpiry: null })],
    [
      'with every optional member',
      vn({
        father: 'Nguyễn Văn Bố',
        mother: "H'Hen Niê",
        spouse: 'Trần Văn Đôi',
        oldIdNumber: '012345678',
        deliveryOffice: 'Công an phường Mẫu',
        fingerprints: [{ position: 'right-index', file: 'prints/1.wsq' }],
        signature: 'pictures/signature.png',
      }),
    ],
    ['of a passport with every optional member', passport(EVERY_OTHER_MEMBER)],
    ['of which no prints could be taken', passport({ fingerprints: [], irises: [] })],
    ['born on a leap day', vn({ dateOfBirth: '1992-02-29', personalNumber: '001192000017' })],
    ['with a byte order mark', new Uint8Array(Buffer.from(`\ufeff${JSON.stringify(VN_RECORD)}`))],
    ['of a state with one letter', passport({ issuingState: 'D', nationality: 'D' })],
    ['of a person without nationality', passport({ nationality: 'XXA' })],
  ])('%s', (_title, bytes) => {
    expect(problemsOf(bytes)).toEqual([]);
  });

  test('lists come out as lists, in normalization form C', () => {
    const checked = checkRecord(passport({ otherNames: ['No\u0308tt'] }), products);
    expect(checked).toMatchObject({ outcome: 'right', record: { otherNames: ['Nött'] } });
  });

  test('comes out in normalization form C', () => {
    const decomposed = vn({ name: { full: VN_RECORD.name.full.normalize('NFD') } });
    const checked = checkRecord(decomposed, products);
    expect(checked).toMatchObject({ outcome: 'right', record: { name: VN_RECORD.name } });
  });
});

describe('what is not the JSON of one record', () => {
  test.each([
    ['not JSON', Buffer.from('{"recordId": ZZMARKER}'), 'record: is not JSON'],
    ['not UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 'record: is not UTF-8'],
    ['a list', Buffer.from('[]'), 'record: has to be object'],
    ['nothing', Buffer.from(''), 'record: is not JSON'],
    ['a member twice', Buffer.from('{"sex":"M","sex":"F"}'), 'record: has a member twice'],
    [
      'a member twice, once escaped, inside a name',
      Buffer.from('{"name":{"full":"A","f\\u0075ll":"B"}}'),
      'record: has a member twice',
    ],
    ['too deep', Buffer.from('['.repeat(5000)), 'record: is nested too deeply'],
    [
      'too long',
      Buffer.alloc(RECORD_MAX_BYTES + 1, 0x20),
      `record: is longer than ${RECORD_MAX_BYTES} bytes`,
    ],
  ])('%s', (_title, bytes, problem) => {
    expect(problemsOf(new Uint8Array(bytes))).toEqual(
      problem.endsWith('object') ? expect.arrayContaining([problem]) : [problem],
    );
  });

  test('a value that looks like a member twice is none', () => {
    expect(problemsOf(vn({ religion: 'Không, "sex":"M","sex":' }))).toEqual([]);
  });
});

describe('a wrong record is refused with the reason', () => {
  test.each<readonly [string, Uint8Array, string]>([
    [
      'an unknown member',
      vn({ favouriteColour: 'red' }),
      'favouriteColour: is not a member of the record format',
    ],
    [
      'an unknown member that says too much',
      vn({ 'Nguyễn Văn A': 1 }),
      'record: has a member that the record format does not know',
    ],
    ['a missing member', vn({ sex: undefined }), 'sex: is missing'],
    [
      'a member that the product needs',
      vn({ ethnicity: undefined }),
      'ethnicity: is missing; vn-cccd-2021 needs it',
    ],
    [
      'a member of another product',
      vn({ profession: 'Kỹ sư' }),
      'profession: does not belong to vn-cccd-2021',
    ],
    [
      'a number where the product derives it',
      vn({ documentNumber: '123456789' }),
      'documentNumber: does not belong to vn-cccd-2021',
    ],
    ['an unknown product', vn({ profile: 'no-such-card' }), 'profile: there is no such product'],
    ['another sex', vn({ sex: 'W' }), 'sex: has to be one of M, F, X'],
    ['a version that is no number', vn({ recordVersion: '1' }), 'recordVersion: has to be integer'],
    ['version 0', vn({ recordVersion: 0 }), 'recordVersion: is not >= 1'],
    [
      'an id with spaces',
      vn({ recordId: 'a b' }),
      'recordId: is not written as the record format asks',
    ],
    [
      'a date that does not exist',
      vn({ dateOfBirth: '1990-02-30' }),
      'dateOfBirth: there is no such date',
    ],
    [
      '29 February of no leap year',
      vn({ dateOfIssue: '2025-02-29' }),
      'dateOfIssue: there is no such date',
    ],
    [
      'a date written otherwise',
      vn({ dateOfBirth: '23/07/1990' }),
      'dateOfBirth: is not written as the record format asks',
    ],
    [
      'a month that does not exist',
      passport({ dateOfBirth: '1974-13' }),
      'dateOfBirth: is not written as the record format asks',
    ],
    [
      'a partial date of issue',
      vn({ dateOfIssue: '2026-01' }),
      'dateOfIssue: is not written as the record format asks',
    ],
    [
      'a birth after the issue',
      vn({ dateOfBirth: '2026-01-06' }),
      'dateOfBirth: is after dateOfIssue',
    ],
    [
      'a partial birth after the issue',
      passport({ dateOfBirth: '2026-02' }),
      'dateOfBirth: is after dateOfIssue',
    ],
    [
      'a birth too long ago',
      passport({ dateOfBirth: '1890' }),
      'dateOfBirth: is more than 130 years before dateOfIssue',
    ],
    [
      'an expiry on the day of issue',
      vn({ dateOfExpiry: '2026-01-05' }),
      'dateOfExpiry: is not after dateOfIssue',
    ],
    [
      'an approval on no day',
      vn({ approvedAt: '2026-02-31T08:00:00Z' }),
      'approvedAt: there is no such date',
    ],
    [
      'an approval without time zone',
      vn({ approvedAt: '2026-01-05T08:00:00' }),
      'approvedAt: is not written as the record format asks',
    ],
    [
      'a state that does not exist',
      passport({ issuingState: 'UTP' }),
      'issuingState: is no code of Doc 9303-3 section 5',
    ],
    [
      'an issuer without nationality',
      passport({ issuingState: 'XXA' }),
      'issuingState: is no code of Doc 9303-3 section 5',
    ],
    [
      'a nationality that does not exist',
      vn({ nationality: 'VIE' }),
      'nationality: is no code of Doc 9303-3 section 5',
    ],
    [
      'another issuing state than the product',
      vn({ issuingState: 'UTO' }),
      'issuingState: has to be VNM for vn-cccd-2021',
    ],
    [
      'a name in the wrong form',
      vn({ name: PASSPORT_RECORD.name }),
      'name: has to be given as { full } for vn-cccd-2021',
    ],
    [
      'an undivided name for a passport',
      passport({ name: { full: 'Eriksson' } }),
      'name: has to be given as { primary, secondary } for icao-td3-passport',
    ],
    [
      'a name in both forms',
      vn({ name: { full: 'A', primary: 'B', secondary: 'C' } }),
      'name: has to be either { full } or { primary, secondary }',
    ],
    ['an empty name', vn({ name: { full: '' } }), 'name.full: is empty'],
    [
      'a name with a digit',
      vn({ name: { full: 'Nguyễn Thị M4u' } }),
      'name.full: has characters that names do not have',
    ],
    [
      'a name that the MRZ cannot write',
      passport({ name: { primary: '王', secondary: '' } }),
      'name: primary identifier',
    ],
    [
      'a name that is too long',
      vn({ name: { full: 'Nguyễn '.repeat(20).trim() } }),
      'name.full: is longer than 100 characters',
    ],
    [
      'a document number too long for a passport',
      passport({ documentNumber: 'L898902C36' }),
      'documentNumber: is longer than 9 characters',
    ],
    [
      'a finger twice named wrongly',
      vn({ fingerprints: [{ position: 'sixth', file: 'a' }] }),
      'fingerprints.0.position: has to be one of right-thumb',
    ],
    [
      'a finger twice',
      vn({
        fingerprints: [
          { position: 'right-index', file: 'a.wsq' },
          { position: 'right-index', file: 'b.wsq' },
        ],
      }),
      'fingerprints.1: is there twice',
    ],
    [
      'an eye twice',
      passport({ irises: [...EVERY_OTHER_MEMBER.irises, ...EVERY_OTHER_MEMBER.irises] }),
      'irises.1: is there twice',
    ],
    [
      'a portrait taken after the day of issue',
      passport({ portraitTakenOn: '2026-01-06' }),
      'portraitTakenOn: is after dateOfIssue',
    ],
    [
      'a person recorded on no day',
      passport({ personsToNotify: [{ name: 'Erik', recordedOn: '2025-02-30' }] }),
      'personsToNotify.0.recordedOn: there is no such date',
    ],
    [
      'a person to notify without a name',
      passport({ personsToNotify: [{ name: '12', recordedOn: '2025-02-03' }] }),
      'personsToNotify.0.name: has characters that names do not have',
    ],
    [
      'another name that nobody meant',
      passport({ otherNames: ['Erik', 'Eri\u200bk'] }),
      'otherNames.1: has an invisible character (U+200B) at character 4',
    ],
    [
      'an eye of no colour',
      passport({ eyeColour: 'beige' }),
      'eyeColour: has to be one of black, blue',
    ],
    [
      'an invisible character',
      vn({ religion: 'Kh\u200bông' }),
      'religion: has an invisible character (U+200B) at character 3',
    ],
    [
      'a control character',
      vn({ religion: 'Không\u0007' }),
      'religion: has a control character (U+0007) at character 6',
    ],
    [
      'a no-break space',
      vn({ placeOfOrigin: 'Hà\u00a0Nội' }),
      'placeOfOrigin: has a space of another kind (U+00A0) at character 3',
    ],
    [
      'a lost character',
      vn({ placeOfOrigin: 'H\ufffd Nội' }),
      'placeOfOrigin: has the sign of a lost character (U+FFFD) at character 2',
    ],
    [
      'half a character',
      vn({ religion: '\ud800' }),
      'religion: has half a character (U+D800) at character 1',
    ],
    ['two spaces', vn({ placeOfOrigin: 'Hà  Nội' }), 'placeOfOrigin: has two spaces in a row'],
    [
      'a space at the end',
      vn({ name: { full: 'Nguyễn Thị Mẫu ' } }),
      'name.full: begins or ends with a space',
    ],
    [
      'a Cyrillic letter among Latin ones',
      vn({ placeOfOrigin: 'Hà Nộі' }),
      'placeOfOrigin: mixes letters of several scripts in one word',
    ],
    [
      'an Icelandic letter for Đ',
      vn({ placeOfOrigin: 'Ðà Nẵng' }),
      'placeOfOrigin: has a letter that looks like Đ (U+0110) and is another',
    ],
    [
      'a personal number of 11 digits',
      vn({ personalNumber: '00119000001' }),
      'personalNumber: has to have 12 digits',
    ],
    [
      'an old number of 8 digits',
      vn({ oldIdNumber: '01234567' }),
      'oldIdNumber: has to have 9 or 12 digits',
    ],
  ])('%s', (_title, bytes, problem) => {
    const problems = problemsOf(bytes);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(problem);
  });

  test('all reasons come at once', () => {
    const bytes = vn({
      unknown: 1,
      sex: 'W',
      dateOfBirth: '1990-02-30',
      nationality: 'VIE',
      personalNumber: '1',
      ethnicity: undefined,
    });
    expect([...problemsOf(bytes)].sort()).toEqual([
      'dateOfBirth: there is no such date',
      'ethnicity: is missing; vn-cccd-2021 needs it',
      'nationality: is no code of Doc 9303-3 section 5',
      'personalNumber: has to have 12 digits',
      'sex: has to be one of M, F, X',
      'unknown: is not a member of the record format',
    ]);
  });

  test('no reason ever repeats what the record says', () => {
    const marker = 'ZZMARKER';
    const noise = Object.fromEntries(
      Object.keys(RECORD_SCHEMA.properties).map((name) => [name, `${marker}\u200b  1`]),
    );
    const problems = problemsOf(encodeRecord({ ...noise, [`${marker} x`]: marker }));
    expect(problems.length).toBeGreaterThan(20);
    expect(problems.join()).not.toContain(marker);
  });
});

describe('doubts that hold a record', () => {
  test.each([
    ['sex', { sex: 'M' }, 'personalNumber: does not agree with sex'],
    [
      'the year',
      { dateOfBirth: '1991-07-23' },
      'personalNumber: does not agree with the year of dateOfBirth',
    ],
    [
      'the century',
      { personalNumber: '001390000017', dateOfBirth: '1990-07-23' },
      'personalNumber: does not agree with the year of dateOfBirth',
    ],
    [
      'the province',
      { personalNumber: '003190000017' },
      'personalNumber: begins with no code of a province',
    ],
    ['the ethnic group', { ethnicity: 'Atlantis' }, 'ethnicity: is none of the 54 groups'],
    [
      'the old number',
      { oldIdNumber: '001190000018' },
      'oldIdNumber: has 12 digits and differs from personalNumber',
    ],
  ])('%s', (_title, change, doubt) => {
    const checked = checkRecord(vn(change), products);
    expect(checked.outcome).toBe('right');
    const doubts = checked.outcome === 'right' ? checked.doubts.map(problemText) : [];
    expect(doubts).toEqual([expect.stringContaining(doubt)]);
  });

  test('a group is known whatever its capitals, spaces and hyphens', () => {
    for (const ethnicity of ['KINH', 'Ê-đê', 'Bru - Vân Kiều']) {
      expect(checkRecord(vn({ ethnicity }), products)).toMatchObject({ doubts: [] });
    }
  });
});

test('the published schema is the one that is used', () => {
  const published: unknown = JSON.parse(
    readFileSync(join(__dirname, '../../../docs/record.schema.json'), 'utf8'),
  );
  expect(published).toEqual(JSON.parse(JSON.stringify(RECORD_SCHEMA)));
});
