import fc from 'fast-check';
import { encodeCommand } from '../apdu/command';
import { concatBytes } from '../bytes/concat';
import { decodeHex, encodeHex } from '../bytes/hex';
import { MalformedError } from '../bytes/malformed';
import {
  buildDelete,
  buildDeleteKeys,
  buildGetCardData,
  buildGetStatus,
  buildLoad,
  buildSetStatus,
} from './content-commands';
import { parseCplc } from './cplc';
import { parseInitializeUpdateAnswer } from './initialize-update';
import {
  buildInstallForExtradition,
  buildInstallForInstall,
  buildInstallForLoad,
  buildInstallForMakeSelectable,
  buildInstallForPersonalization,
} from './install-commands';
import { diversifyKeys } from './key-diversification';
import { encodeKeyInformation, parseKeyInformation } from './key-information';
import {
  CARD_STATE,
  type CardState,
  describeApplicationState,
  findCardState,
  mayMoveCard,
} from './life-cycle-states';
import {
  buildAesKeyField,
  buildPutKey,
  buildTripleDesKeyField,
  verifyPutKeyAnswer,
} from './put-key';
import { buildStoreData, parseDataGroupings, planBlocks, STORE_DATA_P1 } from './store-data';

const AID = decodeHex('A0000002471001');
const KEY = decodeHex('404142434445464748494A4B4C4D4E4F');
const hex = (command: Parameters<typeof encodeCommand>[0]) => encodeHex(encodeCommand(command));

test('INSTALL in each of its forms', () => {
  expect(hex(buildInstallForPersonalization(AID))).toBe(
    '80E62000' + '0D' + '000007A0000002471001000000' + '00',
  );
  expect(hex(buildInstallForExtradition(AID, decodeHex('A000000151')))).toBe(
    '80E61000' + '12' + '05A00000015100' + '07A0000002471001000000' + '00',
  );
  expect(hex(buildInstallForMakeSelectable(AID, Uint8Array.of(0)))).toBe(
    '80E60800' + '0E' + '000007A00000024710010100' + '0000' + '00',
  );
  expect(
    hex(
      buildInstallForLoad({
        loadFileAid: decodeHex('A00000024710'),
        parameters: decodeHex('EF04C6021000'),
      }),
    ),
  ).toBe('80E60200' + '11' + '06A00000024710' + '0000' + '06EF04C6021000' + '00' + '00');
  const application = {
    loadFileAid: decodeHex('A00000024710'),
    moduleAid: AID,
    applicationAid: AID,
    privileges: Uint8Array.of(0),
  };
  expect(hex(buildInstallForInstall(application))).toBe(
    '80E60C00' +
      '1D' +
      '06A00000024710' +
      '07A000000247100107A0000002471001' +
      '0100' +
      '02C900' +
      '00' +
      '00',
  );
  expect(buildInstallForInstall(application, 'install').p1).toBe(0x04);
  expect(() =>
    buildInstallForInstall({ ...application, applicationParameters: new Uint8Array(300) }),
  ).toThrow(RangeError);
});

test('LOAD counts its blocks and marks the last', () => {
  const commands = buildLoad(new Uint8Array(500), 200);
  expect(commands.map(({ p1, p2 }) => [p1, p2])).toEqual([
    [0x00, 0],
    [0x00, 1],
    [0x80, 2],
  ]);
  const whole = concatBytes(...commands.map(({ data = new Uint8Array() }) => data));
  expect(encodeHex(whole.subarray(0, 4))).toBe('C48201F4');
  expect(whole).toHaveLength(504);
  expect(() => buildLoad(new Uint8Array(60_000), 200)).toThrow('256 can be counted');
});

test('DELETE, SET STATUS, GET STATUS and GET DATA', () => {
  expect(hex(buildDelete(AID))).toBe('80E40000094F07A000000247100100');
  expect(hex(buildDelete(AID, { withRelated: true }))).toBe('80E40080094F07A000000247100100');
  expect(hex(buildDeleteKeys(0x30))).toBe('80E4000003D2013000');
  expect(hex(buildSetStatus('issuerSecurityDomain', CARD_STATE.SECURED))).toBe('80F0800F');
  expect(hex(buildSetStatus('applications', 0x0f, AID))).toBe('80F0400F07A0000002471001');
  expect(hex(buildGetStatus('issuerSecurityDomain'))).toBe('80F28002024F0000');
  expect(hex(buildGetStatus('loadFiles', { aid: AID, next: true }))).toBe(
    '80F22003094F07A000000247100100',
  );
  expect(hex(buildGetCardData('cplc'))).toBe('80CA9F7F00');
  expect(hex(buildGetCardData('keyInformation'))).toBe('80CA00E000');
});

test('PUT KEY with three keys, and the answer that proves it', () => {
  const field = buildAesKeyField(KEY, KEY);
  const keys = {
    replacedVersion: 0,
    newVersion: 0x31,
    firstKeyId: 1,
    fields: [field, field, field],
  };
  const command = buildPutKey(keys);
  expect([command.p1, command.p2]).toEqual([0x00, 0x81]);
  expect(verifyPutKeyAnswer(keys, decodeHex('31504A77504A77504A77'))).toBe(true);
  expect(verifyPutKeyAnswer(keys, decodeHex('31504A77504A77504A78'))).toBe(false);
  expect(buildPutKey({ ...keys, fields: [field] }).p2).toBe(0x01);
  // 24 bytes fill two blocks; the length of the key leaves the filling out.
  expect(encodeHex(buildAesKeyField(KEY, new Uint8Array(24)).subarray(0, 3))).toBe('882118');
  expect(encodeHex(buildTripleDesKeyField(KEY, KEY).subarray(0, 2))).toBe('8010');
});

test('STORE DATA blocks join to what was cut, and groupings come out of them', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 1, maxLength: 2000 }),
      fc.integer({ min: 16, max: 255 }),
      (data, size) => {
        const commands = buildStoreData(planBlocks(data, size), STORE_DATA_P1.dgiFormat);
        const joined = concatBytes(...commands.map((command) => command.data ?? new Uint8Array()));
        expect(joined).toEqual(data);
        expect(commands.every(({ p2 }, index) => p2 === index)).toBe(true);
        const marked = commands.filter(({ p1 }) => (p1 & 0x80) !== 0);
        expect(marked).toEqual([commands.at(-1)]);
      },
    ),
  );
  const groupings = decodeHex('0101 02 AABB 8000 FF0001 CC');
  expect(
    parseDataGroupings(groupings).map(({ identifier, value }) => [identifier, encodeHex(value)]),
  ).toEqual([
    [0x0101, 'AABB'],
    [0x8000, 'CC'],
  ]);
  for (const cut of ['01', '010103AABB', '0101FF00']) {
    expect(() => parseDataGroupings(decodeHex(cut))).toThrow(MalformedError);
  }
  expect(() => buildStoreData(Array<Uint8Array>(257).fill(KEY), 0)).toThrow(RangeError);
});

test('CPLC by its fields', () => {
  const value = Uint8Array.from({ length: 42 }, (_, index) => index);
  const cplc = parseCplc(concatBytes(decodeHex('9F7F2A'), value));
  expect(cplc).toMatchObject({
    icFabricator: '0001',
    icSerialNumber: '0C0D0E0F',
    icBatchIdentifier: '1011',
    icPersonalizationEquipment: '26272829',
  });
  expect(() => parseCplc(decodeHex('9F7F02AABB'))).toThrow('has 2 bytes instead of 42');
});

test('key information in both formats', () => {
  const keys = [1, 2, 3].map((id) => ({
    id,
    version: 0x30,
    components: [{ type: 0x88, lengthBytes: 16 }],
  }));
  const encoded = encodeKeyInformation(keys);
  expect(encodeHex(encoded)).toBe('E012C00401308810C00402308810C00403308810');
  expect(parseKeyInformation(encoded)).toEqual(keys);
  const extended = decodeHex('E00AC0080130FF8800100118');
  expect(parseKeyInformation(extended)).toEqual([keys[0]]);
  for (const wrong of ['E003C00101', 'E002C100', 'E005C003013088', 'E006C0040130FF88']) {
    expect(() => parseKeyInformation(decodeHex(wrong))).toThrow(MalformedError);
  }
});

test('states of card and application', () => {
  expect(findCardState(0x0f)).toBe('SECURED');
  expect(findCardState(0x02)).toBeUndefined();
  const states = Object.keys(CARD_STATE) as CardState[];
  expect(states.filter((to) => mayMoveCard('TERMINATED', to))).toEqual([]);
  expect(states.filter((to) => mayMoveCard('SECURED', to))).toEqual(['CARD_LOCKED', 'TERMINATED']);
  expect([0x03, 0x07, 0x0f, 0x83, 0x17].map(describeApplicationState)).toEqual([
    'INSTALLED',
    'SELECTABLE',
    'PERSONALIZED',
    'LOCKED (INSTALLED)',
    'application state 17',
  ]);
});

test('keys that are not diversified stay as they are', () => {
  const masters = { encryption: KEY, mac: KEY, dataEncryption: KEY };
  expect(diversifyKeys('none', masters, new Uint8Array(10))).toBe(masters);
  expect(() => diversifyKeys('EMV', masters, new Uint8Array(9))).toThrow(RangeError);
});

test('an answer to INITIALIZE UPDATE of any bytes is read or refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      try {
        expect(parseInitializeUpdateAnswer(bytes).diversificationData).toHaveLength(10);
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedError);
      }
    }),
  );
});
