import { derOctetString, derOid, derSequence } from '../../../standards/asn1/der';
import { encodeDg14 } from '../../../standards/lds/dg14';
import type { SecurityInfo } from '../../../standards/lds/security-infos';
import type { ChipKind } from '../../../simulation/chip/chip-kinds';
import { SeededRandom } from '../../../simulation/seeded-random';
import type { CardConnection } from '../../ports';
import { inspectChip } from '../inspect-chip';
import { personalizedChip, SPECIMEN_CAN } from '../testing/personalized-chip';
import { makeChipKey, makeSpecimen, SPECIMEN_DAY, SPECIMEN_MRZ } from '../testing/specimen-set';
import type { AccessPolicy, ChipSecrets } from './access-secrets';
import { readChip } from './read-chip';
import type { ReadProgress } from './step-log';

const EF_DIR_INFO: SecurityInfo = {
  kind: 'other',
  oid: '2.23.136.1.1.13',
  der: derSequence(derOid('2.23.136.1.1.13'), derOctetString(new Uint8Array(2))),
};

const { documentNumber, dateOfBirth, dateOfExpiry } = SPECIMEN_MRZ;
const mrz = { documentNumber, dateOfBirth, dateOfExpiry };
const specimen = makeSpecimen();
/** Without PACE its EF.DG14 announces none: it speaks of EF.DIR, which readers pass over. */
const specimenWithoutPace = makeSpecimen({
  beforeSigning: (files) => files.set('EF.DG14', encodeDg14([EF_DIR_INFO])),
});
const clock = { now: () => SPECIMEN_DAY };

function requestFor(connection: CardConnection, access: ChipSecrets, policy?: AccessPolicy) {
  const random = new SeededRandom('inspection');
  return { connection, access, random, clock, ...(policy === undefined ? {} : { policy }) };
}

/** What belongs on a chip of this kind: without PACE there is no EF.CardAccess. */
async function filesFor(kind: ChipKind) {
  if (kind === 'passport-applet-pace') return (await specimen).files;
  const { files } = await specimenWithoutPace;
  return new Map([...files].filter(([name]) => name !== 'EF.CardAccess'));
}

async function goodChip(kind: ChipKind) {
  return personalizedChip(kind, await filesFor(kind));
}

describe.each([
  ['passport-applet', { mrz }, 'BAC'],
  ['passport-applet-pace', { mrz }, 'PACE with MRZ'],
  ['passport-applet-pace', { can: SPECIMEN_CAN }, 'PACE with CAN'],
] as const)('%s opened with %j', (kind, access, words) => {
  test(`is read whole by ${words} and passes without a warning`, async () => {
    const { connection } = await goodChip(kind);
    const { trust } = await specimen;
    const files = await filesFor(kind);
    const report = await inspectChip({
      ...requestFor(connection, access),
      trust,
      expected: files,
    });
    const open = report.checks.filter(({ outcome }) => outcome !== 'pass');
    expect(open.map(({ id }) => id)).toEqual(['ICAO3:LDS_D/revocation']);
    expect(report.verdict).toBe('pass');
    expect(report.access).toBe(words);
    expect([...report.files.keys()].toSorted()).toEqual([...files.keys()].toSorted());
    expect(report.steps.map(({ name }) => name)).toEqual([
      'EF.CardAccess',
      words,
      'EF.COM',
      'EF.SOD',
      ...['EF.DG1', 'EF.DG2', 'EF.DG11', 'EF.DG12', 'EF.DG14', 'EF.DG15'],
      'AA',
      'without password',
    ]);
    expect(report.steps.every(({ apdus }) => apdus > 0)).toBe(true);
  });
});

test('PACE can be passed over by policy, which is noted', async () => {
  const { connection } = await goodChip('passport-applet-pace');
  const { trust } = await specimen;
  const report = await inspectChip({ ...requestFor(connection, { mrz }, 'bac-only'), trust });
  expect(report.access).toBe('BAC');
  expect(report.checks.filter(({ outcome }) => outcome === 'note')).toMatchObject([
    { reason: { en: 'The chip offers PACE but was opened with BAC.' } },
  ]);
});

describe('a chip does not open', () => {
  const wrongMrz = { ...mrz, dateOfBirth: '900318' };

  test.each([
    ['passport-applet', { mrz: wrongMrz }, undefined],
    ['passport-applet-pace', { mrz: wrongMrz }, undefined],
    ['passport-applet-pace', { can: '470816' }, undefined],
    ['passport-applet', { can: SPECIMEN_CAN }, undefined],
    ['passport-applet', { mrz }, 'pace-only'],
  ] as const)('%s with %j, policy %s', async (kind, access, policy) => {
    const { connection } = await goodChip(kind);
    await expect(readChip(requestFor(connection, access, policy))).rejects.toMatchObject({
      code: 'CARD_ACCESS_DENIED',
    });
  });

  test('and says nothing of the MRZ', async () => {
    const { connection } = await goodChip('passport-applet');
    await expect(readChip(requestFor(connection, { mrz: wrongMrz }))).rejects.not.toThrow(
      documentNumber,
    );
  });
});

test('a chip without the key of its DG15 is a copy', async () => {
  const { files, trust } = await specimen;
  const { connection } = await personalizedChip('passport-applet', files, makeChipKey());
  const report = await inspectChip({ ...requestFor(connection, { mrz }), trust });
  expect(report.sentence.en).toMatch(
    /^Refused: The chip did not prove that it holds the key of EF.DG15/,
  );
});

test('a file that is listed and not there is named', async () => {
  const { files, trust } = await specimen;
  const without = new Map([...files].filter(([name]) => name !== 'EF.DG12'));
  const { connection } = await personalizedChip('passport-applet', without);
  const report = await inspectChip({ ...requestFor(connection, { mrz }), trust });
  expect(report.verdict).toBe('fail');
  expect(report.sentence.en).toMatch(/EF.DG12 is listed but the chip does not have it/);
  expect(report.files.has('EF.DG15')).toBe(true);
});

test('a worn file is reported, and the others are read in a new session', async () => {
  const files = await filesFor('passport-applet');
  const { card, connection } = await personalizedChip('passport-applet', files);
  card.setFaults([{ kind: 'status', atApdu: 12 }]);
  const reading = await readChip(requestFor(connection, { mrz }));
  expect(reading.chip.unread.size).toBe(1);
  expect(reading.files.size + reading.chip.unread.size).toBe(files.size);
});

test('a card that is pulled is lost, also where the driver reports success', async () => {
  const { card, connection } = await goodChip('passport-applet');
  card.setFaults([{ kind: 'tear-off', atApdu: 20 }]);
  const request = requestFor(connection, { mrz });
  await expect(readChip(request)).rejects.toMatchObject({ code: 'CARD_LOST' });

  const silent = { ...connection, transmit: () => Promise.resolve(new Uint8Array()) };
  await expect(readChip(requestFor(silent, { mrz }))).rejects.toMatchObject({ code: 'CARD_LOST' });
});

test('progress tells steps and files', async () => {
  const { connection } = await goodChip('passport-applet');
  const seen: ReadProgress[] = [];
  await readChip({
    ...requestFor(connection, { mrz }),
    onProgress: (progress) => seen.push(progress),
  });
  expect(seen).toContainEqual({ kind: 'step', name: 'BAC' });
  expect(seen).toContainEqual({ kind: 'file', file: 'EF.DG15', index: 8, count: 8 });
});

test('garbage from the chip ends in an error with a code, never in a hang', async () => {
  const { connection } = await goodChip('passport-applet');
  for (let run = 0; run < 200; run++) {
    const random = new SeededRandom(`garbage ${run}`);
    const transmit = () => {
      const length = random.bytes(1)[0] ?? 0;
      const sw = (random.bytes(1)[0] ?? 0) < 128 ? [0x90, 0] : [...random.bytes(2)];
      return Promise.resolve(Uint8Array.of(...random.bytes(length), ...sw));
    };
    const garbage = { ...connection, transmit, reset: () => Promise.resolve() };
    await expect(readChip(requestFor(garbage, { mrz }))).rejects.toMatchObject({
      name: 'ProductionError',
    });
  }
});
