import { derInteger, derOid, derSequence } from '../../asn1/der';
import { type CurveParameters, CURVES } from '../../crypto/curve-parameters';
import { DH_GROUPS } from '../../crypto/dh-parameters';
import {
  encodeSecurityInfos,
  parseSecurityInfos,
  type SecurityInfo,
} from '../../lds/security-infos';
import { encodeExplicitParameters } from '../../pki/subject-public-key-info';
import { listPaceOffers, listUnusablePace, resolvePaceProtocol } from './pace-protocol';

const PACE = '0.4.0.127.0.7.2.2.4';
const EC_PUBLIC_KEY = '1.2.840.10045.2.1';
const curve = (parameters: CurveParameters) =>
  derSequence(derOid(EC_PUBLIC_KEY), encodeExplicitParameters(parameters));
const { p, g, q } = DH_GROUPS['MODP-2048-256'];

function infosWith(
  family: number,
  domainParameter: Uint8Array,
  parameterId?: number,
): readonly SecurityInfo[] {
  const named = parameterId === undefined ? {} : { parameterId };
  return [
    { kind: 'pace', oid: `${PACE}.${family}.2`, version: 2, ...named },
    { kind: 'pace-domain-parameters', oid: `${PACE}.${family}`, domainParameter, ...named },
  ];
}

test.each([
  ['a curve, by number', infosWith(2, curve(CURVES['brainpoolP384r1']), 40), 'brainpoolP384r1'],
  ['a curve without a number', infosWith(4, curve(CURVES['P-256'])), 'P-256'],
  [
    'a curve by its name',
    infosWith(2, derSequence(derOid(EC_PUBLIC_KEY), derOid('1.2.840.10045.3.1.7'))),
    'P-256',
  ],
  [
    'the number of standardized ones',
    infosWith(2, derSequence(derOid('0.4.0.127.0.7.1.2'), derInteger(13)), 33),
    'brainpoolP256r1',
  ],
  [
    'integers with their order',
    infosWith(
      1,
      derSequence(
        derOid('1.2.840.10046.2.1'),
        derSequence(derInteger(p), derInteger(g), derInteger(q)),
      ),
      41,
    ),
    'MODP-2048-256',
  ],
  [
    'integers without it',
    infosWith(
      3,
      derSequence(derOid('1.2.840.113549.1.3.1'), derSequence(derInteger(p), derInteger(g))),
    ),
    'MODP-2048-256',
  ],
])('explicit parameters: %s', (_, infos, group) => {
  const read = parseSecurityInfos(encodeSecurityInfos(infos));
  expect(listPaceOffers(read).map(({ protocol }) => protocol.group.name)).toEqual([group]);
  expect(listUnusablePace(read)).toEqual([]);
});

const OTHER_CURVE = { ...CURVES['P-256'], b: CURVES['P-256'].b + 1n };
const WEAK = derSequence(derOid('1.2.840.113549.1.3.1'), derSequence(derInteger(p), derInteger(4)));

test.each([
  [
    'a curve of its own',
    infosWith(2, curve(OTHER_CURVE), 40),
    'domain parameters 40 are none of the standardized ones',
  ],
  [
    'a generator of its own',
    infosWith(1, WEAK),
    'its own domain parameters are none of the standardized ones',
  ],
  [
    'a curve for integers',
    infosWith(1, curve(CURVES['P-256']), 40),
    'domain parameters 40 are not for id-PACE-DH-GM-AES-CBC-CMAC-128',
  ],
  [
    'P-224 for integrated mapping',
    infosWith(4, curve(CURVES['P-224']), 40),
    'integrated mapping is not defined for P-224',
  ],
  [
    'an algorithm that has none',
    infosWith(2, derSequence(derOid('1.2.3'))),
    'none of the standardized ones',
  ],
  [
    'garbage',
    infosWith(2, derSequence(derOid(EC_PUBLIC_KEY), derInteger(1))),
    'PACE domain parameters',
  ],
  [
    'none',
    infosWith(2, curve(CURVES['P-256']), 40).slice(0, 1),
    'domain parameters 40 stand nowhere',
  ],
  [
    'a number that is reserved',
    [{ kind: 'pace', oid: `${PACE}.2.2`, version: 2, parameterId: 20 } as const],
    'domain parameters 20 are not standardized',
  ],
])('are refused with a reason: %s', (_, infos, reason) => {
  expect(listPaceOffers(infos)).toEqual([]);
  expect(listUnusablePace(infos)).toEqual([expect.stringContaining(reason)]);
});

test('of several sets the PACEInfo names its own, and the chip is told which', () => {
  const infos = [
    ...infosWith(2, curve(CURVES['P-256']), 40),
    ...infosWith(2, curve(CURVES['P-384']), 41),
  ];
  expect(
    listPaceOffers(infos).map(({ protocol, ambiguous }) => [
      protocol.parameterId,
      protocol.group.name,
      ambiguous,
    ]),
  ).toEqual([
    [40, 'P-256', true],
    [41, 'P-384', true],
  ]);
  const unnamed = { oid: `${PACE}.2.2` };
  expect(() => resolvePaceProtocol(unnamed, infos)).toThrow(
    'its own domain parameters stand nowhere',
  );
});
