import { makeTestChain } from '../../../standards/pki/testing/test-issuer';
import { makeEacChip } from '../testing/eac-chip';
import { makeAgreementKey, makeEacSpecimen, PACE } from '../testing/eac-specimen';
import { EAC_KEY, inspect, inspectNew, outcomesOf, reasonsOf } from '../testing/inspect-eac';
import { SPECIMEN_CAN } from '../testing/personalized-chip';

jest.setTimeout(60_000);

describe('chip authentication mapping', () => {
  const pace = [{ oid: `${PACE}.6.2`, parameterId: 13 }];
  const options = { pace, mapping: [EAC_KEY] };

  test('proves the key of EF.CardSecurity while the chip is opened', async () => {
    const report = await inspectNew({ access: { can: SPECIMEN_CAN } }, options);
    expect(reasonsOf(report, 'fail')).toEqual([]);
    expect(outcomesOf(report, '9303-11:CA/pace-mapping')).toEqual(['pass']);
    expect(outcomesOf(report, 'TR5.1:LDS_J/card-security')).toEqual(['pass']);
  });

  test('is not proved by a chip with another key', async () => {
    const other = { ...EAC_KEY, privateKey: makeAgreementKey(13, 7).privateKey };
    const report = await inspectNew({ access: { can: SPECIMEN_CAN } }, options, { keys: [other] });
    expect(outcomesOf(report, '9303-11:CA/pace-mapping')).toEqual(['fail']);
    expect(report.verdict).toBe('fail');
  });

  test('is worth nothing under the signature of somebody else', async () => {
    const cardSecuritySigner = makeTestChain('ecdsa-P-256-sha256');
    const report = await inspectNew(
      { access: { can: SPECIMEN_CAN } },
      { ...options, cardSecuritySigner },
    );
    expect(report.verdict).toBe('fail');
    expect(outcomesOf(report, 'TR5.1:LDS_J/card-security')).toEqual(['fail']);
  });

  test('without EF.CardSecurity there is no proof', async () => {
    const specimen = await makeEacSpecimen(options);
    specimen.files.delete('EF.CardSecurity');
    const { connection } = await makeEacChip({ files: specimen.files, keys: [EAC_KEY] });
    const report = await inspect(connection, specimen, { access: { can: SPECIMEN_CAN } });
    expect(reasonsOf(report, 'fail')).toContainEqual(
      expect.stringMatching(/EF.CardSecurity could not be read/),
    );
  });
});
