import { encodeEfAtrInfo } from '../../../standards/lds/ef-atr-info';
import { SeededRandom } from '../../../simulation/seeded-random';
import type { InspectionReport } from '../../document/inspection-report';
import { makeEacChip } from '../testing/eac-chip';
import { makeEacSpecimen } from '../testing/eac-specimen';
import { EAC_KEY, inspect, reasonsOf, withTransmit } from '../testing/inspect-eac';
import { SPECIMEN_CAN } from '../testing/personalized-chip';

jest.setTimeout(60_000);

describe('extended length', () => {
  const atrInfo = (maxResponse: number) =>
    encodeEfAtrInfo({
      capabilities: {
        ...{ selectByFullName: true, dataUnitSize: 1, commandChaining: false },
        ...{ extendedLength: true, lengthsInFile: true },
      },
      extendedLength: { maxCommand: maxResponse, maxResponse },
    });
  const dg2Steps = (report: InspectionReport) =>
    report.steps.find(({ name }) => name === 'EF.DG2')?.apdus;

  test('where EF.ATR/INFO says so, the largest blocks are read', async () => {
    const specimen = await makeEacSpecimen({ dg2: largeDg2() });
    const short = await makeEacChip({ files: specimen.files, keys: [EAC_KEY] });
    const long = await makeEacChip({
      ...{ files: specimen.files, keys: [EAC_KEY] },
      atrInfo: atrInfo(32_000),
    });
    const [slow, fast] = [
      await inspect(short.connection, specimen, { access: { can: SPECIMEN_CAN } }),
      await inspect(long.connection, specimen, { access: { can: SPECIMEN_CAN } }),
    ];
    for (const report of [slow, fast]) {
      expect(report.files.get('EF.DG2')).toEqual(specimen.files.get('EF.DG2'));
    }
    // Select, the header, and the file: 40,000 bytes in blocks of 223 or of nearly 32,000.
    expect(dg2Steps(slow)).toBeGreaterThan(40_000 / 223);
    expect(dg2Steps(fast)).toBe(2 + 2);
    expect(fast.files.get('EF.ATR-INFO')).toEqual(atrInfo(32_000));
  });

  test('a chip that cannot do what it says is read in short blocks', async () => {
    const specimen = await makeEacSpecimen();
    const { connection } = await makeEacChip({
      ...{ files: specimen.files, keys: [EAC_KEY] },
      atrInfo: atrInfo(4_000),
    });
    const honest = withTransmit(connection, (command) =>
      command[1] === 0xb0 && command.length > 5 && command[4] === 0
        ? Promise.resolve(Uint8Array.of(0x67, 0x00))
        : connection.transmit(command),
    );
    const report = await inspect(honest, specimen, { access: { can: SPECIMEN_CAN } });
    expect(reasonsOf(report, 'fail')).toEqual([]);
  });
});

/** A portrait larger than what READ BINARY with an even instruction reaches. */
function largeDg2(): Uint8Array {
  const content = 40_000 - 4;
  const file = new Uint8Array(40_000);
  file.set([0x75, 0x82, content >> 8, content & 0xff]);
  file.set(new SeededRandom('large portrait').bytes(content), 4);
  return file;
}
