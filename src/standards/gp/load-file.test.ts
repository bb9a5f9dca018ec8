import fc from 'fast-check';
import { concatBytes } from '../bytes/concat';
import { decodeHex, encodeHex } from '../bytes/hex';
import { MalformedError } from '../bytes/malformed';
import { buildInstallForLoad, parseInstallFields } from './install-commands';
import { encodeCardRecognition, parseCardRecognition } from './card-recognition';
import { parseLoadFileDataBlock } from './load-file';

const HEADER = '01 0010 DECAFFED 01 02 00 00 01 06 A00000024710'.replaceAll(' ', '');
const APPLET = '03 0012 01 07 A0000002471001 0010'.replaceAll(' ', '');
const block = (...parts: readonly string[]): Uint8Array => decodeHex(parts.join(''));
const applet = (content: string): string =>
  `0300${(content.length / 2).toString(16).padStart(2, '0').toUpperCase()}${content}`;

test('a package and its applets', () => {
  const two = applet('0207A000000247100100100541414141410020');
  const { packageAid, packageVersion, appletAids } = parseLoadFileDataBlock(
    block(HEADER, '020001FF', two),
  );
  expect(encodeHex(packageAid)).toBe('A00000024710');
  expect(packageVersion).toEqual({ major: 1, minor: 0 });
  expect(appletAids.map((aid) => encodeHex(aid))).toEqual(['A0000002471001', '4141414141']);
  expect(parseLoadFileDataBlock(block(HEADER)).appletAids).toEqual([]);
});

test.each([
  ['nothing', '', 'does not begin with Header'],
  ['another beginning', '020001FF', 'does not begin with Header'],
  ['another magic number', HEADER.replace('DECAFFED', 'DECAFBAD'), 'magic number'],
  ['a head that is cut off', `${HEADER}0300`, 'ends inside the head'],
  ['content that is cut off', `${HEADER}${APPLET}`, 'a component is cut off'],
  ['an unknown component', `${HEADER}400000`, 'unknown tag 64'],
  ['an AID of four bytes', `${HEADER}${applet('0104414141410000')}`, 'an AID of 4 bytes'],
  ['more applets than it counts', `${HEADER}${applet('00FF')}`, 'another length'],
  ['two components Applet', `${HEADER}${applet('00')}${applet('00')}`, 'two components Applet'],
])('%s is refused', (_name, hex, reason) => {
  expect(() => parseLoadFileDataBlock(decodeHex(hex))).toThrow(reason);
});

test('the fields of INSTALL, short and long', () => {
  const hash = new Uint8Array(200).fill(7);
  const { data = new Uint8Array() } = buildInstallForLoad({
    loadFileAid: decodeHex('A000000247'),
    loadFileHash: hash,
  });
  expect(parseInstallFields(data, 5).map(({ length }) => length)).toEqual([5, 0, 200, 0, 0]);
  expect(() => parseInstallFields(data, 4)).toThrow('has more fields');
  expect(() => parseInstallFields(data, 6)).toThrow('its field 6 is cut off');
  expect(() => parseInstallFields(decodeHex('82000100'), 1)).toThrow('its field 1 is cut off');
});

test('the protocols in card recognition data', () => {
  const protocols = [
    { protocol: 2, i: 0x55 },
    { protocol: 3, i: 0x70 },
  ];
  const data = encodeCardRecognition(protocols);
  expect(encodeHex(data)).toBe(
    '663E733C06072A864886FC6B01600C060A2A864886FC6B02020301630906072A864886FC6B03' +
      '640B06092A864886FC6B040255640B06092A864886FC6B040370',
  );
  expect(parseCardRecognition(data)).toEqual(protocols);
  expect(parseCardRecognition(decodeHex('66027300'))).toEqual([]);
  expect(() => parseCardRecognition(decodeHex('6603730005'))).toThrow(MalformedError);
});

test('any bytes are read or refused', () => {
  const parsers = [
    parseLoadFileDataBlock,
    parseCardRecognition,
    (bytes: Uint8Array) => parseLoadFileDataBlock(concatBytes(block(HEADER), bytes)),
    (bytes: Uint8Array) => parseInstallFields(bytes, 5),
  ];
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), fc.constantFrom(...parsers), (bytes, parse) => {
      try {
        parse(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedError);
      }
    }),
  );
});
