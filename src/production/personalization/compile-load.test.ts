import { parseCommand } from '../../standards/apdu/command';
import { concatBytes } from '../../standards/bytes/concat';
import { decodeHex, encodeHex } from '../../standards/bytes/hex';
import { digestBytes } from '../../standards/crypto/digest-algorithms';
import { encodeTlv } from '../../standards/tlv/tlv';
import { checkProfiles } from '../profile/check-profiles';
import type { LoadStep } from '../profile/chip';
import { loadChip } from '../profile/load-profiles';
import { formatProblem } from '../profile/profile-problem';
import { shippedText } from '../profile/testing/shipped-profiles';
import { ProductionError } from '../errors';
import type { ProfileSource } from '../ports';
import { compileLoad } from './compile-load';
import { COMPONENTS, makeCapFile, makeComponents } from './testing/cap-file';

const limits = { commandDataBytes: 100, fileBytes: 1000, memoryBytes: 1000 };
const cap = makeCapFile();

function stepFor(content: Uint8Array): LoadStep {
  return {
    verb: 'load',
    title: { vi: 'Nạp gói', en: 'Load the package' },
    package: 'trial',
    sha256: digestBytes('sha256', content),
    loadFile: decodeHex('A000000247'),
    content,
  };
}

/** What the commands bring to the card, without the tag around it. */
function loadedBy(content: Uint8Array): Uint8Array {
  const [, ...loads] = compileLoad(stepFor(content), 'write', limits)[0]?.commands ?? [];
  return concatBytes(...loads.map((load) => parseCommand(load).data ?? new Uint8Array()));
}

/** One byte of the content of the Header component, which stands last, is another. */
const inHeader = Buffer.from(cap).indexOf('Header.cap') + 'Header.cap'.length + 2;
const damaged = cap.with(inHeader, (cap[inHeader] ?? 0) ^ 0x10);

const without = (name: string, from = COMPONENTS): typeof COMPONENTS =>
  Object.fromEntries(Object.entries(from).filter(([component]) => component !== name));
const loaded = without('Descriptor');
const block = concatBytes(...Object.values(loaded));

test('the components go to the card in the order of the specification, without Descriptor', () => {
  const [step] = compileLoad(stepFor(cap), 'write', limits);
  const commands = (step?.commands ?? []).map(parseCommand);
  expect(commands.map(({ ins, p1, p2 }) => [ins, p1, p2])).toEqual([
    [0xe6, 0x02, 0],
    [0xe8, 0x00, 0],
    [0xe8, 0x00, 1],
    [0xe8, 0x80, 2],
  ]);
  expect(encodeHex(commands[0]?.data ?? new Uint8Array())).toBe('05A00000024700000000');
  expect(commands.slice(1, -1).map(({ data }) => data?.length)).toEqual([100, 100]);
  expect(loadedBy(cap)).toEqual(encodeTlv(0xc4, block));
  expect(loadedBy(makeCapFile(COMPONENTS, { stored: true }))).toEqual(encodeTlv(0xc4, block));
});

test('the card is given a digest where the profile has it check what it got', () => {
  const [step] = compileLoad({ ...stepFor(cap), cardChecks: 'sha256' }, 'write', limits);
  const install = parseCommand(step?.commands[0] ?? new Uint8Array()).data ?? new Uint8Array();
  const hash = encodeHex(digestBytes('sha256', block));
  expect(encodeHex(install)).toBe(`05A0000002470020${hash}0000`);
});

test('a library without applets has no Applet component', () => {
  const library = without('Applet', loaded);
  expect(loadedBy(makeCapFile(library))).toEqual(
    encodeTlv(0xc4, concatBytes(...Object.values(library))),
  );
});

test.each([
  [
    'another package than the profile means',
    { ...stepFor(cap), sha256: new Uint8Array(32) },
    /SHA-256 is/,
  ],
  ['something else than an archive', stepFor(new Uint8Array(100)), /no ZIP archive/],
  [
    'a missing component',
    stepFor(makeCapFile({ Header: new Uint8Array(9) })),
    /no component Directory/,
  ],
  ['an archive that is cut off', stepFor(cap.subarray(40)), /no CAP file/],
  ['a damaged component', stepFor(damaged), /no CAP file/],
  [
    'a package of another AID',
    stepFor(makeCapFile(makeComponents(decodeHex('A00000024799')))),
    /its AID is A00000024799, the profile wants A000000247/,
  ],
  [
    'a Header without its magic number',
    stepFor(makeCapFile({ ...COMPONENTS, Header: Uint8Array.of(1, 0, 2, 0, 0) })),
    /no CAP file.*magic number/,
  ],
])('%s is refused', (_name, step, reason) => {
  const attempt = () => compileLoad(step, 'write', limits);
  expect(attempt).toThrow(ProductionError);
  expect(attempt).toThrow(reason);
});

describe('a chip whose script loads a package', () => {
  const { text, file } = shippedText('chips', 'gp-emrtd');
  const load = (sha256: string): string => `  - verb: load
    title: { vi: Nạp gói, en: Load the package }
    package: trial
    sha256: '${sha256}'
    loadFile: 'A000000247'

`;
  const withLoad = (sha256: string): string => {
    const at = text.indexOf('  - verb: install', text.indexOf('\nscript:'));
    return text.slice(0, at) + load(sha256) + text.slice(at);
  };
  const source = (sha256: string): ProfileSource => ({
    listProfiles: (kind) => Promise.resolve(kind === 'chips' ? ['gp-emrtd'] : []),
    readProfile: () => Promise.resolve({ text: withLoad(sha256), file }),
    readPackage: (name) =>
      name === 'trial'
        ? Promise.resolve(cap)
        : Promise.reject(new ProductionError('PROFILE_UNKNOWN', name)),
  });
  const right = encodeHex(digestBytes('sha256', cap));

  test('comes with it', async () => {
    const chip = await loadChip(source(right), 'gp-emrtd');
    expect(chip.script.find((step) => step.verb === 'load')).toMatchObject({ content: cap });
    expect((await checkProfiles(source(right))).problems).toEqual([]);
  });

  test('is wrong where the package is another or not there', async () => {
    const other = (await checkProfiles(source('00'.repeat(32)))).problems.map(formatProblem);
    expect(other).toEqual([
      expect.stringMatching(
        new RegExp(
          `^gp-emrtd.yaml:\\d+: script\\[\\d+\\].package: found SHA-256 ${right}; allowed: SHA-256 00`,
        ),
      ),
    ]);
    const nobody = {
      ...source(right),
      readPackage: source(right).readPackage.bind(undefined, 'x'),
    };
    expect((await checkProfiles(nobody)).problems.map(formatProblem)[0]).toContain(
      'found the unknown package "trial"',
    );
  });
});
