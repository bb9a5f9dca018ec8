import type { ChipKind } from '../simulation/chip/chip-kinds';
import { SeededRandom } from '../simulation/seeded-random';
import { VirtualCard } from '../simulation/chip/virtual-card';
import { VirtualReader } from '../simulation/chip/virtual-reader';
import { decodeHex, encodeHex } from '../standards/bytes/hex';
import type { InspectionReport } from './document/inspection-report';
import { writeChip } from './encoding/write-chip';
import { completeChip, FROM_THE_START } from './make-chip';
import { compileScript } from './personalization/compile-script';
import { buildSampleDocument } from './personalization/sample-document';
import type { CardConnection } from './ports';
import type { ChipProfile } from './profile/chip';
import { shippedChip, shippedProduct } from './profile/testing/shipped-profiles';

const PACE = shippedChip('passport-applet-pace').access.pace;
const SELECT_DG1 = '00A4020C020101';
const READ_ONE_BYTE = '00B0000001';
const CLOSED = 'ICAO3:ISO7816/closed';

/** Makes one chip; whatever was read back stands in `reports`. */
async function complete(
  kind: ChipKind,
  change: {
    readonly access?: ChipProfile['access'];
    /** The chip was written and locked before. */
    readonly isLocked?: true;
    readonly listen?: (connection: CardConnection) => CardConnection;
  } = {},
) {
  const { listen = (same: CardConnection) => same, isLocked = false } = change;
  const product = shippedProduct(kind === 'training-card' ? 'training-td1' : 'vn-cccd-2021');
  const shipped = shippedChip(kind);
  const document = buildSampleDocument(product, shipped);
  const script = compileScript({ document, product, chip: shipped });
  const chip = { ...shipped, access: change.access ?? shipped.access };
  const random = new SeededRandom('make chip');
  const reader = new VirtualReader('virtual reader');
  reader.insert(new VirtualCard({ kind, random }));
  const connection = listen(await reader.connect({ timeoutMs: 0 }));
  if (isLocked) {
    for (const phase of ['write', 'lock'] as const) {
      await writeChip({ channel: connection, script, phase });
      await connection.reset();
    }
  }
  const reports: InspectionReport[] = [];
  const store = {
    recordInspection: (_attempt: number, _phase: string, report: InspectionReport) =>
      Promise.resolve(void reports.push(report)),
    recordEncoded: () => Promise.resolve(),
    release: () => Promise.resolve(),
  };
  const work = { attemptId: 1, documentId: 1, chipSerial: '1', csca: new Uint8Array() };
  const made = completeChip(
    { clock: { now: () => new Date() }, random, store },
    { ...work, chip, document, script },
    {
      connection,
      start: isLocked ? { from: 'locked' } : FROM_THE_START,
      verified: { before: false },
    },
  );
  const error = await made.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return { error, reports };
}

function closedness(report: InspectionReport | undefined) {
  return report?.checks.filter(({ id }) => id === CLOSED).map(({ outcome }) => outcome);
}

test.each([
  ['BAC', { bac: true, pace: [] }],
  ['PACE', { bac: false, pace: PACE }],
  ['both', { bac: true, pace: PACE }],
] as const)(
  'a chip that is meant to have %s and gives its files to everybody is refused',
  async (_name, access) => {
    const { error, reports } = await complete('training-card', { access });
    expect(error).toMatchObject({ code: 'CARD_REFUSED', place: 'BAC' });
    expect(reports).toEqual([]);
  },
);

test('a training card, which is meant to be so, is read', async () => {
  const { reports } = await complete('training-card');
  expect(reports.map(({ access }) => access)).toEqual(['no access control']);
  expect(closedness(reports[0])).toEqual([]);
});

/** A chip that has BAC, and gives the first byte of EF.DG1 to everybody. */
function leaking(connection: CardConnection): CardConnection {
  return {
    atr: connection.atr,
    reset: () => connection.reset(),
    disconnect: () => connection.disconnect(),
    transmit: async (command) => {
      if (encodeHex(command) === READ_ONE_BYTE) return decodeHex('619000');
      const answer = await connection.transmit(command);
      return encodeHex(command) === SELECT_DG1 ? decodeHex('9000') : answer;
    },
  };
}

test('before the lock a chip is not tried without a password: it need not keep its rules yet', async () => {
  const { error, reports } = await complete('passport-applet', { listen: leaking });
  expect(error).toMatchObject({ code: 'CHIP_INSPECTION_FAILED', place: 'before-lock' });
  expect(closedness(reports[0])).toEqual([]);
});

test.each([
  ['stays closed', undefined, 'pass'],
  ['opens all the same', leaking, 'fail'],
] as const)('a locked chip is tried without a password: it %s', async (_name, listen, outcome) => {
  const { reports } = await complete('passport-applet', {
    isLocked: true,
    ...(listen && { listen }),
  });
  expect(closedness(reports[0])).toEqual([outcome]);
});
