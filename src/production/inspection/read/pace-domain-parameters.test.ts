import { derOid, derSequence } from '../../../standards/asn1/der';
import { CURVES } from '../../../standards/crypto/curve-parameters';
import { encodeCardAccess } from '../../../standards/lds/ef-card-access';
import type { SecurityInfo } from '../../../standards/lds/security-infos';
import { encodeExplicitParameters } from '../../../standards/pki/subject-public-key-info';
import type { LdsFileName } from '../../document/lds-files';
import { PACE } from '../testing/eac-specimen';
import { EAC_MRZ, inspectNew, reasonsOf } from '../testing/inspect-eac';
import { SPECIMEN_CAN } from '../testing/personalized-chip';

jest.setTimeout(60_000);

const OWN_NUMBER = 40;
const CURVE = CURVES['brainpoolP320r1'];

/** EF.CardAccess of a chip with domain parameters of its own. */
function ownParameters(curve: Parameters<typeof encodeExplicitParameters>[0]) {
  const domainParameter = derSequence(derOid('1.2.840.10045.2.1'), encodeExplicitParameters(curve));
  const infos: readonly SecurityInfo[] = [
    { kind: 'pace', oid: `${PACE}.2.2`, version: 2, parameterId: OWN_NUMBER },
    {
      kind: 'pace-domain-parameters',
      oid: `${PACE}.2`,
      domainParameter,
      parameterId: OWN_NUMBER,
    },
  ];
  return {
    beforeWriting: (files: Map<LdsFileName, Uint8Array>) => {
      files.set('EF.CardAccess', encodeCardAccess(infos));
    },
  };
}

const accessOf = (report: Awaited<ReturnType<typeof inspectNew>>) =>
  report.checks.find(({ id }) => id === 'ICAO3:ISO7816/access');

test('explicit parameters of a curve that is known are run', async () => {
  const report = await inspectNew({ access: { can: SPECIMEN_CAN } }, {}, ownParameters(CURVE));
  expect(accessOf(report)?.found).toBe('PACE with CAN, ECDH-GM AES-128, brainpoolP320r1');
});

const OTHER = { ...CURVE, b: CURVE.b + 1n };

test('a curve that the chip has chosen by itself is refused, and the report says so', async () => {
  const report = await inspectNew({ access: { mrz: EAC_MRZ } }, {}, ownParameters(OTHER));
  expect(accessOf(report)).toMatchObject({ outcome: 'warning', found: 'BAC' });
  expect(reasonsOf(report, 'warning')).toContainEqual(
    expect.stringMatching(
      /^The chip offers PACE that cannot be run here, so it was opened with BAC: .*domain parameters 40 are none of the standardized ones/,
    ),
  );
});

test('and without BAC such a chip stays closed, for the same reason', async () => {
  const wish = { access: { mrz: EAC_MRZ }, policy: 'pace-only' } as const;
  await expect(inspectNew(wish, {}, ownParameters(OTHER))).rejects.toMatchObject({
    code: 'CARD_ACCESS_DENIED',
    reasons: [expect.stringContaining('none of the standardized ones'), 'BAC is not allowed'],
  });
});
