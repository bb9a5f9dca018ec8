import * as fc from 'fast-check';
import { decodeHex, encodeHex } from '../bytes/hex';
import { derInteger, derNull, derOid, derSequence } from '../asn1/der';
import { MalformedError } from '../bytes/malformed';
import { encodeDg14, parseDg14 } from './dg14';
import { encodeCardAccess, parseCardAccess } from './ef-card-access';
import {
  encodeSecurityInfos,
  parseSecurityInfos,
  PLAIN_ECDSA_OIDS,
  type SecurityInfo,
} from './security-infos';

const publicKey = derSequence(derSequence(derOid('1.2.840.10045.2.1')), derNull);

const every: readonly SecurityInfo[] = [
  { kind: 'pace', oid: '0.4.0.127.0.7.2.2.4.2.2', version: 2, parameterId: 13 },
  { kind: 'pace', oid: '0.4.0.127.0.7.2.2.4.1.4', version: 2 },
  { kind: 'chip-authentication', oid: '0.4.0.127.0.7.2.2.3.2.2', version: 1, keyId: 3 },
  {
    kind: 'chip-authentication-public-key',
    oid: '0.4.0.127.0.7.2.2.1.2',
    publicKey,
    keyId: 3,
  },
  { kind: 'active-authentication', version: 1, signatureAlgorithm: PLAIN_ECDSA_OIDS.sha256 },
  { kind: 'terminal-authentication', version: 1 },
  { kind: 'terminal-authentication', version: 1, efCvca: { fid: 0x011c, sfi: 0x1c } },
  {
    kind: 'other',
    oid: '2.23.136.1.1.13',
    der: derSequence(derOid('2.23.136.1.1.13'), derInteger(1)),
  },
];

test('every kind of SecurityInfo comes back as it went', () => {
  for (const info of every) expect(parseSecurityInfos(encodeSecurityInfos([info]))).toEqual([info]);
  const whole = parseDg14(encodeDg14(every));
  expect(whole).toHaveLength(every.length);
  expect(whole).toEqual(expect.arrayContaining([...every]));
});

test('EF.CardAccess of the 2021 Vietnamese card is read, and written to the same bytes', () => {
  const hex =
    '3134300D060804007F0007020202020101300F060A04007F000702020302020201013012060A04007F0007020204020202010202010D';
  const infos = parseCardAccess(decodeHex(hex));
  expect(infos).toEqual([
    { kind: 'terminal-authentication', version: 1 },
    { kind: 'chip-authentication', oid: '0.4.0.127.0.7.2.2.3.2.2', version: 1 },
    { kind: 'pace', oid: '0.4.0.127.0.7.2.2.4.2.2', version: 2, parameterId: 13 },
  ]);
  expect(encodeHex(encodeCardAccess([...infos].reverse()))).toBe(hex);
});

test('a SET in another order is read in its own order', () => {
  const pace = '3012060A04007F0007020204020202010202010D';
  const terminal = '300D060804007F0007020202020101';
  const infos = parseSecurityInfos(decodeHex(`3123${pace}${terminal}`));
  expect(infos.map(({ kind }) => kind)).toEqual(['pace', 'terminal-authentication']);
});

test.each([
  ['a SEQUENCE in the place of the SET', '3014300F060A04007F00070202030202020101'],
  ['a protocol without a version', '310E300C060A04007F00070202040202'],
  ['a fourth member', '31173015060A04007F0007020204020202010202010D020100'],
  ['bytes behind the SET', '3111300F060A04007F0007020203020202010100'],
])('%s is refused', (_, hex) => {
  expect(() => parseSecurityInfos(decodeHex(hex))).toThrow(MalformedError);
});

test('arbitrary bytes are read or refused, never anything else', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
      try {
        parseSecurityInfos(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedError);
      }
    }),
  );
});
