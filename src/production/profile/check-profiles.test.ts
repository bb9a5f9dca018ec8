import type { ProfileKind, ProfileSource } from '../ports';
import { checkProfiles } from './check-profiles';
import { formatProblem } from './profile-problem';
import { shippedText, withoutPackages } from './testing/shipped-profiles';

/** One product on three chips, with passages of their files replaced. */
function sourceWith(edits: Partial<Record<string, readonly [string, string]>>): ProfileSource {
  const names: Record<ProfileKind, readonly string[]> = {
    products: ['icao-td3-passport'],
    chips: ['gp-emrtd', 'passport-applet', 'passport-applet-pace'],
    faces: ['icao-td3-passport'],
  };
  return {
    listProfiles: (kind) => Promise.resolve(names[kind]),
    readPackage: withoutPackages,
    readProfile: (kind, name) => {
      const { text, file } = shippedText(kind, name);
      const [from, to] = edits[name] ?? ['', ''];
      expect(text).toContain(from);
      return Promise.resolve({ file, text: text.replace(from, to) });
    },
  };
}

async function problemsWith(edits: Parameters<typeof sourceWith>[0]): Promise<readonly string[]> {
  return (await checkProfiles(sourceWith(edits))).problems.map(formatProblem);
}

test('profiles that go together have no problems', async () => {
  expect(await checkProfiles(sourceWith({}))).toEqual({
    products: ['icao-td3-passport'],
    chips: ['gp-emrtd', 'passport-applet', 'passport-applet-pace'],
    pairs: 3,
    problems: [],
  });
});

test('problems of all files are told together', async () => {
  const problems = await problemsWith({
    'icao-td3-passport': ['form: TD3', 'form: TD9'],
    'passport-applet': ['bac: true', 'bac: maybe'],
  });
  expect(problems).toEqual([
    expect.stringMatching(/^passport-applet.yaml:\d+: access.bac: found the string "maybe"/),
    expect.stringMatching(/^icao-td3-passport.yaml:\d+: form: found "TD9"/),
  ]);
});

test.each([
  [
    'a chip that is not there',
    { 'icao-td3-passport': ['passport-applet, ', 'other, '] },
    'chips[1]: found the unknown chip "other"; allowed: gp-emrtd, passport-applet, passport-applet-pace',
  ],
  [
    'a face that is not there',
    { 'icao-td3-passport': ['face: icao-td3-passport', 'face: other'] },
    'face: found the unknown face "other"; allowed: icao-td3-passport',
  ],
  [
    'a chip that is too small',
    { 'icao-td3-passport': ['maxBytes: 18000', 'maxBytes: 60000'] },
    'EF.DG2 may have 60200 bytes, a file 32767; allowed: a chip that can carry it',
  ],
  [
    'a chip without a file of the product',
    { 'passport-applet': ["  EF.DG12: { fid: '010C' }\n", ''] },
    'chips[1]: found passport-applet: the chip cannot hold EF.DG12; allowed: a chip that can carry it',
  ],
] as const)('%s', async (_name, edits, expected) => {
  const problems = await problemsWith(edits);
  expect(problems[0]).toContain(expected);
  expect(problems[0]).toMatch(/^icao-td3-passport.yaml:\d+: /);
});
