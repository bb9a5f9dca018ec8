import { terminalRights } from '../testing/eac-chip';
import { type AgreementKey, CHIP_AUTHENTICATION, makeAgreementKey } from '../testing/eac-specimen';
import { EAC_KEY, EAC_MRZ, inspectNew, outcomesOf, reasonsOf } from '../testing/inspect-eac';
import { SPECIMEN_CAN } from '../testing/personalized-chip';

jest.setTimeout(60_000);

describe('Chip Authentication', () => {
  const cases: readonly (readonly [string, string, AgreementKey])[] = [
    ...[1, 2, 3, 4].map((cipher) => [`ECDH ${cipher}`, `2.${cipher}`, EAC_KEY] as const),
    ['ECDH over P-521', '2.3', makeAgreementKey(18)],
    ['DH 3DES', '1.1', makeAgreementKey(1)],
    ['DH AES-256', '1.4', makeAgreementKey(2)],
  ];

  test.each(cases)('%s after PACE, then the fingerprints', async (_, arcs, key) => {
    const report = await inspectNew(
      { access: { can: SPECIMEN_CAN }, terminal: terminalRights() },
      { chipAuthentication: [{ oid: `${CHIP_AUTHENTICATION}.${arcs}`, key }] },
    );
    expect(outcomesOf(report, '9303-11:CA/key-agreement')).toEqual(['pass']);
    expect(report.files.has('EF.DG3')).toBe(true);
  });

  test('of several keys the one is named that is used, and the strongest variant is run', async () => {
    const report = await inspectNew(
      { access: { mrz: EAC_MRZ }, policy: 'bac-only' },
      {
        chipAuthentication: [
          { oid: `${CHIP_AUTHENTICATION}.2.2`, key: makeAgreementKey(13, 1) },
          { oid: `${CHIP_AUTHENTICATION}.2.4`, key: makeAgreementKey(15, 2) },
        ],
      },
    );
    expect(report.checks).toContainEqual(
      expect.objectContaining({
        id: '9303-11:CA/key-agreement',
        outcome: 'pass',
        found: 'id-CA-ECDH-AES-CBC-CMAC-256, P-384',
      }),
    );
  });

  test('a variant that the chip refuses leaves the next one', async () => {
    const stronger = makeAgreementKey(15, 2);
    const report = await inspectNew(
      { access: { can: SPECIMEN_CAN } },
      {
        chipAuthentication: [
          { oid: `${CHIP_AUTHENTICATION}.2.4`, key: stronger },
          { oid: `${CHIP_AUTHENTICATION}.2.2`, key: makeAgreementKey(13, 1) },
        ],
      },
      { keys: [makeAgreementKey(13, 1)] },
    );
    expect(outcomesOf(report, '9303-11:CA/key-agreement')).toEqual(['pass']);
  });

  test('a chip with another key is a copy', async () => {
    const other = { ...EAC_KEY, privateKey: makeAgreementKey(13, 7).privateKey };
    const report = await inspectNew(
      { access: { can: SPECIMEN_CAN }, terminal: terminalRights() },
      {},
      { keys: [other] },
    );
    expect(report.verdict).toBe('fail');
    expect(outcomesOf(report, '9303-11:CA/key-agreement')).toEqual(['fail']);
    expect(report.files.has('EF.DG3')).toBe(false);
    expect(reasonsOf(report, 'not-checked')).toContain(
      'Terminal Authentication needs Chip Authentication first, which could not be run.',
    );
  });

  test('a chip with another key for Active Authentication is a copy', async () => {
    const signingKey = makeAgreementKey(13, 8).privateKey;
    const report = await inspectNew({ access: { can: SPECIMEN_CAN } }, {}, { signingKey });
    expect(report.sentence.en).toMatch(
      /^Refused: The chip did not prove that it holds the key of EF.DG15/,
    );
  });
});
