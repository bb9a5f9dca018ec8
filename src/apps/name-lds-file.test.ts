import { decodeHex } from '../standards/bytes/hex';
import { nameLdsFile, nameLdsFileByTag } from './name-lds-file';

test.each([
  ['EF.DG1.bin', 'EF.DG1'],
  ['EF_DG14', 'EF.DG14'],
  ['DG01.bin', 'EF.DG1'],
  ['dg2.hex', 'EF.DG2'],
  ['Datagroup15.bin', 'EF.DG15'],
  ['DataGroup_03.dat', 'EF.DG3'],
  ['EF.COM', 'EF.COM'],
  ['efcom.bin', 'EF.COM'],
  ['EF_SOD.der', 'EF.SOD'],
  ['SecurityObject.bin', 'EF.SOD'],
  ['CardAccess', 'EF.CardAccess'],
  ['EF.CardSecurity.bin', 'EF.CardSecurity'],
  ['EF.ATR-INFO.bin', 'EF.ATR-INFO'],
  ['EF.ATR', 'EF.ATR-INFO'],
  ['0101.bin', 'EF.DG1'],
  ['011D', 'EF.SOD'],
  ['011e.bin', 'EF.COM'],
  ['011C.bin', 'EF.CardAccess'],
  ['specimen_DG1.bin', 'EF.DG1'],
  ['utopia-td3.EF_DG2.bin', 'EF.DG2'],
  ['card 7 SOD.bin', 'EF.SOD'],
])('%s is %s', (name, file) => {
  expect(nameLdsFile(name)).toBe(file);
});

test.each(['csca.cer', 'DG1.json', 'portrait.jpg', 'README.md', 'readme.txt', 'DG17.bin', 'com1'])(
  '%s is no elementary file',
  (name) => {
    expect(nameLdsFile(name)).toBeUndefined();
  },
);

test('a file whose name says nothing is known by its first tag', () => {
  expect(nameLdsFileByTag(decodeHex('615B5F1F58'))).toBe('EF.DG1');
  expect(nameLdsFileByTag(decodeHex('7782'))).toBe('EF.SOD');
  expect(nameLdsFileByTag(decodeHex('3082'))).toBeUndefined();
  expect(nameLdsFileByTag(new Uint8Array())).toBeUndefined();
});
