import { SeededRandom } from '../../../simulation/seeded-random';
import { makeEacChip, SPECIMEN_PIN, SPECIMEN_PUK } from '../testing/eac-chip';
import { DEFAULT_PACE, makeEacSpecimen, PACE } from '../testing/eac-specimen';
import {
  EAC_KEY,
  EAC_MRZ,
  inspect,
  inspectNew,
  reasonsOf,
  withTransmit,
} from '../testing/inspect-eac';
import { SPECIMEN_CAN } from '../testing/personalized-chip';

jest.setTimeout(60_000);

describe('PACE', () => {
  const variants = [
    ...[0, 1, 2].map((id) => [`${PACE}.1.2`, id] as const),
    ...[8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18].map((id) => [`${PACE}.2.2`, id] as const),
    ...[1, 3, 4].map((cipher) => [`${PACE}.2.${cipher}`, 12] as const),
    ...([`${PACE}.3.2`, `${PACE}.3.4`] as const).map((oid) => [oid, 2] as const),
    ...[9, 12, 13, 15].map((id) => [`${PACE}.4.3`, id] as const),
  ];

  test.each(variants)('%s over parameters %i', async (oid, parameterId) => {
    const report = await inspectNew(
      { access: { can: SPECIMEN_CAN } },
      { pace: [{ oid, parameterId }] },
    );
    expect(reasonsOf(report, 'fail')).toEqual([]);
    expect(report.access).toBe('PACE with CAN');
  });

  test('the strongest of several variants is run', async () => {
    const report = await inspectNew(
      { access: { can: SPECIMEN_CAN } },
      {
        pace: [
          { oid: `${PACE}.2.1`, parameterId: 18 },
          { oid: `${PACE}.2.4`, parameterId: 12 },
          { oid: `${PACE}.2.4`, parameterId: 17 },
          { oid: `${PACE}.1.4`, parameterId: 2 },
        ],
      },
    );
    expect(report.checks).toContainEqual(
      expect.objectContaining({
        id: 'ICAO3:ISO7816/access',
        found: 'PACE with CAN, ECDH-GM AES-256, brainpoolP512r1',
      }),
    );
  });

  test('what is not understood is passed over', async () => {
    const report = await inspectNew(
      { access: { can: SPECIMEN_CAN } },
      { pace: [{ oid: `${PACE}.9.9`, parameterId: 13 }, ...DEFAULT_PACE] },
    );
    expect(reasonsOf(report, 'fail')).toEqual([]);
  });

  test.each([
    ['MRZ', { mrz: EAC_MRZ, can: SPECIMEN_CAN, passwordType: 'MRZ' }],
    ['CAN', { mrz: EAC_MRZ, can: SPECIMEN_CAN }],
    ['PIN', { pin: SPECIMEN_PIN, mrz: EAC_MRZ, passwordType: 'PIN' }],
    ['PUK', { puk: SPECIMEN_PUK }],
  ] as const)('with the %s', async (kind, access) => {
    expect((await inspectNew({ access })).access).toBe(`PACE with ${kind}`);
  });

  test('a wrong PIN is said once and never tried again, nor is another way in', async () => {
    const specimen = await makeEacSpecimen({
      pace: [...DEFAULT_PACE, { oid: `${PACE}.2.2`, parameterId: 13 }],
    });
    const { connection } = await makeEacChip({ files: specimen.files, keys: [EAC_KEY] });
    let runs = 0;
    const counted = withTransmit(connection, (command) => {
      if (command[1] === 0x22) runs++;
      return connection.transmit(command);
    });
    const access = { pin: '000000', mrz: EAC_MRZ, passwordType: 'PIN' } as const;
    await expect(inspect(counted, specimen, { access })).rejects.toMatchObject({
      code: 'CARD_ACCESS_DENIED',
    });
    expect(runs).toBe(1);
  });
});

describe('a chip that refuses PACE', () => {
  /** Refuses to begin PACE, with whatever variant. */
  async function refusingChip() {
    const specimen = await makeEacSpecimen();
    const { connection } = await makeEacChip({ files: specimen.files, keys: [EAC_KEY] });
    const refusing = withTransmit(connection, (command) =>
      command[1] === 0x22 && command[2] === 0xc1
        ? Promise.resolve(Uint8Array.of(0x6a, 0x80))
        : connection.transmit(command),
    );
    return { specimen, refusing };
  }

  test('is opened with BAC where the policy leaves it, with a warning', async () => {
    const { specimen, refusing } = await refusingChip();
    const report = await inspect(refusing, specimen, { access: { mrz: EAC_MRZ } });
    expect(report.access).toBe('BAC');
    expect(reasonsOf(report, 'warning')).toContainEqual(
      expect.stringMatching(
        /^The chip offers PACE and refused it, so it was opened with BAC: .*6A80/,
      ),
    );
  });

  test('stays closed where it does not', async () => {
    const { specimen, refusing } = await refusingChip();
    const wish = { access: { mrz: EAC_MRZ }, policy: 'pace-only' } as const;
    await expect(inspect(refusing, specimen, wish)).rejects.toMatchObject({
      code: 'CARD_ACCESS_DENIED',
      reasons: [expect.stringContaining('6A80'), 'BAC is not allowed'],
    });
  });
});

describe('a chip that replays what it once said', () => {
  test.each([
    ['PACE', { access: { can: SPECIMEN_CAN } }],
    ['BAC', { access: { mrz: EAC_MRZ }, policy: 'bac-only' }],
  ] as const)('does not get through %s', async (_, wish) => {
    const specimen = await makeEacSpecimen();
    const { connection } = await makeEacChip({ files: specimen.files, keys: [EAC_KEY] });
    const said: Uint8Array[] = [];
    const recorder = withTransmit(connection, async (command) => {
      const answer = await connection.transmit(command);
      said.push(answer);
      return answer;
    });
    await inspect(recorder, specimen, wish);
    let next = 0;
    const replay = withTransmit(connection, () =>
      Promise.resolve(said[next++] ?? Uint8Array.of(0x6f, 0x00)),
    );
    const fresh = { ...wish, random: new SeededRandom('another inspection') };
    await expect(inspect(replay, specimen, fresh)).rejects.toMatchObject({
      code: 'CARD_ACCESS_DENIED',
    });
  });
});
