import { parseCommand } from '../../standards/apdu/command';
import { concatBytes } from '../../standards/bytes/concat';
import { encodeHex } from '../../standards/bytes/hex';
import type { LdsFileName } from '../document/lds-files';
import type { SignedDocument } from '../document/signed-document';
import { ProductionError } from '../errors';
import { parseChip } from '../profile/parse-chip';
import {
  appletWithChipAuthentication,
  shippedChip,
  shippedProduct,
} from '../profile/testing/shipped-profiles';
import { compileScript } from './compile-script';
import { explainScript } from './explain-script';
import { renderCommands } from './render-commands';
import { buildSampleDocument } from './sample-document';

const product = shippedProduct('vn-cccd-2021');
const applet = appletWithChipAuthentication();
const chip = parseChip(applet.text, applet.file);
const document = buildSampleDocument(product, chip);

const withoutChipAuthentication = { ...chip };
delete (withoutChipAuthentication as { chipAuthentication?: unknown }).chipAuthentication;

function withFile(name: LdsFileName, bytes: number): SignedDocument {
  return { ...document, files: new Map([...document.files, [name, new Uint8Array(bytes)]]) };
}

function refusal(changed: Partial<Parameters<typeof compileScript>[0]>): ProductionError {
  try {
    compileScript({ document, product, chip, ...changed });
  } catch (error) {
    if (error instanceof ProductionError) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

describe('compileScript', () => {
  const script = compileScript({ document, product, chip });

  test('writes every file whole, in the largest blocks', () => {
    for (const [name, content] of document.files) {
      const step = script.steps.find(({ verb, file }) => verb === 'write-file' && file === name);
      const writes = (step?.commands ?? []).map(parseCommand);
      expect(concatBytes(...writes.map(({ data }) => data ?? new Uint8Array()))).toEqual(content);
      expect(writes).toHaveLength(Math.ceil(content.length / 255));
      expect(writes.map(({ p1, p2 }) => p1 * 0x100 + p2)).toEqual(
        writes.map((_, index) => index * 255),
      );
    }
  });

  test('needs the 119 commands that the applet was measured with', () => {
    const sizes: Partial<Record<LdsFileName, number>> = {
      'EF.COM': 26,
      'EF.DG1': 95,
      'EF.DG2': 20_000,
      'EF.DG11': 150,
      'EF.DG12': 60,
      'EF.DG14': 40,
      'EF.DG15': 165,
      'EF.SOD': 1_500,
      'EF.CardAccess': 22,
    };
    const passport = shippedProduct('icao-td3-passport');
    const pace = shippedChip('passport-applet-pace');
    const sample = buildSampleDocument(passport, pace);
    const files = new Map(
      [...sample.files.keys()].map((name) => [name, new Uint8Array(sizes[name] ?? 0)] as const),
    );
    const { steps } = compileScript({
      document: { ...sample, files },
      product: passport,
      chip: pace,
    });
    const count = steps.reduce((sum, { commands }) => sum + commands.length, 0);
    // 92 writes, CREATE and SELECT of nine files, SELECT, BAC, AA twice, CAN and the switch; then
    // SELECT, DEAF and DEAD.
    expect(count).toBe(119);
  });

  test('marks what carries a key or password', () => {
    expect(script.steps.filter(({ secret }) => secret).map(({ title }) => title.en)).toEqual([
      'Put the MRZ data for BAC',
      'Put the Active Authentication key',
      'Put the Chip Authentication key',
    ]);
    const hidden = renderCommands(script, 'hidden');
    expect(hidden).not.toContain('00DA0062');
    expect(renderCommands(script, 'shown')).toContain('00DA0062');
  });

  test('fills a short document number to nine characters and leaves a long one whole', () => {
    const putFor = (documentNumber: string): string => {
      const access = { mrz: { ...document.access.mrz, documentNumber } };
      const { steps } = compileScript({ document: { ...document, access }, product, chip });
      return encodeHex(concatBytes(...steps.flatMap(({ commands }) => commands)));
    };
    expect(putFor('AB1')).toContain(
      `5F1F09${Buffer.from('AB1<<<<<<').toString('hex').toUpperCase()}5F18`,
    );
    expect(putFor('D23145890734')).toContain('5F1F0C443233313435383930373334' + '5F18');
  });

  test('pads a private exponent with leading zeros to the length of the modulus', () => {
    const key = document.chipKeys.activeAuthentication;
    if (key?.type !== 'rsa') throw new Error('the sample has an RSA key');
    const short = { ...key, privateExponent: key.privateExponent.subarray(2) };
    const chipKeys = { ...document.chipKeys, activeAuthentication: short };
    const { steps } = compileScript({ document: { ...document, chipKeys }, product, chip });
    const commands = steps.flatMap((step) => step.commands.map(encodeHex));
    expect(commands.find((hex) => hex.startsWith('00DA0061'))).toMatch(/^00DA00618561000481800000/);
  });

  test('every command changes the digest of the script', () => {
    const other = compileScript({ document: withFile('EF.COM', 23), product, chip });
    expect(other.sha256).not.toEqual(script.sha256);
    expect(compileScript({ document, product, chip }).sha256).toEqual(script.sha256);
  });

  test('locks after the read-back and never before', () => {
    expect(script.steps.filter(({ phase }) => phase === 'lock').map(({ verb }) => verb)).toEqual([
      'select',
      'lock',
    ]);
  });
});

describe('what the chip cannot take is refused before a card is spent', () => {
  test('a file of 8000h bytes, which would ruin itself', () => {
    expect(refusal({ document: withFile('EF.DG2', 0x8000) })).toMatchObject({
      code: 'FILE_TOO_LARGE',
      reasons: ['EF.DG2 has 32768 bytes, the limit is 32767'],
    });
    expect(() =>
      compileScript({ document: withFile('EF.DG2', 0x7fff), product, chip }),
    ).not.toThrow();
  });

  test('files that do not fit together', () => {
    const limits = { ...chip.limits, memoryBytes: 1_500 };
    expect(refusal({ chip: { ...chip, limits } }).reasons[0]).toMatch(/the chip holds 1500/);
  });

  test.each([
    ['a chip that the product does not list', { chip: { ...chip, name: 'x' } }, 'PROFILE_INVALID'],
    [
      'a file that the chip cannot hold',
      { product: { ...product, lds: { ...product.lds, files: ['EF.CVCA'] as const } } },
      'PROFILE_INVALID',
    ],
    ['a file too many', { document: withFile('EF.CardAccess', 20) }, 'INPUT_MALFORMED'],
    [
      'a file too few',
      {
        document: {
          ...document,
          files: new Map([...document.files].filter(([name]) => name !== 'EF.DG13')),
        },
      },
      'INPUT_MALFORMED',
    ],
    ['no keys', { document: { ...document, chipKeys: {} } }, 'INPUT_MALFORMED'],
    [
      'keys of the wrong kind',
      {
        document: {
          ...document,
          chipKeys: {
            ...document.chipKeys,
            activeAuthentication: document.chipKeys.chipAuthentication!,
          },
        },
      },
      'INPUT_MALFORMED',
    ],
    ['a key that the chip has no use for', { chip: withoutChipAuthentication }, 'INPUT_MALFORMED'],
  ])('%s', (_name, changed, code) => {
    expect(refusal(changed).code).toBe(code);
  });
});

test('explainScript tells the script in both languages', () => {
  const script = compileScript({ document, product, chip });
  const english = explainScript(script, 'en');
  expect(english[0]).toBe('vn-cccd-2021 on passport-applet: 33 commands');
  expect(english).toContain('  7. Write EF.DG1');
  expect(english).toContain(' 10. Write EF.DG2 (4 commands)');
  expect(english).toContain(
    ' 24. Put the Active Authentication key (2 commands, carries a secret)',
  );
  expect(english.at(-1)).toBe(' 28. Lock the chip for ever');
  expect(explainScript(script, 'vi')[1]).toBe('  1. Chọn ứng dụng giấy tờ');
});
