import { encodeHex } from '../../../../standards/bytes/hex';
import { encodeUint } from '../../../../standards/bytes/integer';
import { decodeAscii, encodeAscii } from '../../../../standards/bytes/text';
import { digestBytes } from '../../../../standards/crypto/digest-algorithms';
import { encodeDg11 } from '../../../../standards/lds/dg11';
import { encodeDg16 } from '../../../../standards/lds/dg16';
import { LDS_FILE_TABLE } from '../../../../standards/lds/lds-file-table';
import type { ChipSecrets } from '../../../../production/inspection/read/access-secrets';
import type { CardConnection } from '../../../../production/ports';
import { chipWithChipAuthentication } from './testing/chip-with-chip-authentication';
import { openChip } from '../../../../simulation/chip/testing/open-chip';
import { fileCommands, sendAll } from '../../../../simulation/chip/testing/write-specimen';
import { SeededRandom } from '../../../../simulation/seeded-random';
import {
  personalizedChip,
  SPECIMEN_CAN,
} from '../../../../production/inspection/testing/personalized-chip';
import {
  makeSpecimen,
  SPECIMEN_DAY,
  SPECIMEN_MRZ,
} from '../../../../production/inspection/testing/specimen-set';
import { runFile } from '../run-file';
import { parseVectorFile } from '../vector-file';
import { recordChip } from './record-chip';
import { recordFiles } from './record-files';
import { recordCandidates, type Recording } from './recording';
import { renderVectorFile } from './render-vector-file';

const specimen = makeSpecimen();

/** Written and read again, as QA does with the files; every entry must pass. */
function requirePassed({ entries }: Recording): void {
  for (const [topic, list] of entries) {
    const file = parseVectorFile(topic, renderVectorFile(topic, list));
    for (const { id, outcome, members } of runFile(file).entries) {
      expect([id, outcome, members.filter((one) => one.outcome !== 'passed')]).toEqual([
        id,
        'passed',
        [],
      ]);
    }
  }
}

function idsOf({ entries }: Recording): readonly string[] {
  return [...entries.values()].flatMap((list) => list.map(({ id }) => id));
}

async function recordSpecimen(): Promise<Recording> {
  const { files } = await specimen;
  return recordCandidates(recordFiles(files).candidates, 'a specimen');
}

test('what is recorded of files passes, topic by topic', async () => {
  const recording = await recordSpecimen();
  requirePassed(recording);
  expect([...recording.entries.keys()].toSorted()).toEqual(['EF.SOD', 'LDS', 'MRZ']);
  expect(idsOf(recording)).toEqual(
    expect.arrayContaining(['ef-com', 'ef-dg1', 'ef-dg2-head', 'face-record-19794', 'mrz-read']),
  );
});

test('no value of the holder is left in it', async () => {
  const { files } = await specimen;
  const withPeople = new Map<string, Uint8Array>([
    ...files,
    ['EF.DG11', encodeDg11({ fullName: 'Nguyễn<<Thị Mẫu', personalNumber: '001190000017' })],
    ['EF.DG16', encodeDg16([{ recorded: '20260102', name: 'LINDQVIST<<ANNA', telephone: '4711' }])],
  ]);
  const recording = recordCandidates(recordFiles(withPeople).candidates, 'a specimen');
  requirePassed(recording);
  const all = [...recording.entries].map(([topic, list]) => renderVectorFile(topic, list)).join('');
  const mrz = decodeAscii(withPeople.get('EF.DG1')!.subarray(5));
  const secrets = [
    ...mrz.split('<').filter((part) => part.length > 5),
    SPECIMEN_MRZ.documentNumber,
    SPECIMEN_MRZ.dateOfBirth,
    ...['Nguyễn', 'LINDQVIST', '001190000017', '4711'],
  ];
  for (const secret of secrets) {
    expect(all).not.toContain(secret);
    expect(all).not.toContain(encodeHex(encodeAscii(secret.replace('ễ', 'e'))));
  }
  for (const name of ['EF.DG1', 'EF.DG2', 'EF.DG11', 'EF.DG16']) {
    expect(all).not.toContain(encodeHex(digestBytes('sha256', withPeople.get(name)!)));
    expect(all).not.toContain(encodeHex(withPeople.get(name)!));
  }
});

test('a file that is not written as its standard has it is left, with the reason', async () => {
  const { files } = await specimen;
  const com = files.get('EF.COM')!;
  const open = new Map(files).set('EF.COM', com.subarray(0, -1));
  expect(recordFiles(open).left).toContainEqual({
    id: 'EF.COM',
    why: expect.stringContaining('EF.COM') as string,
  });
  // A length with a byte too many is read, and is not what this code would write.
  const long = Uint8Array.of(0x60, 0x81, ...com.subarray(1));
  const candidates = recordFiles(new Map([['EF.COM', long]])).candidates;
  expect(recordCandidates(candidates, 'x').left).toEqual([
    { id: 'ef-com', why: 'hex does not come out as the card has it' },
  ]);
});

const { documentNumber, dateOfBirth, dateOfExpiry } = SPECIMEN_MRZ;
const mrz = { documentNumber, dateOfBirth, dateOfExpiry };

async function recordFrom(connection: CardConnection, access: ChipSecrets) {
  const { candidates, left } = await recordChip({
    ...{ connection, access, random: new SeededRandom('recording') },
    clock: { now: () => SPECIMEN_DAY },
  });
  const recording = recordCandidates(candidates, 'a specimen');
  requirePassed(recording);
  return { ids: idsOf(recording), left };
}

test.each([
  ['passport-applet', { mrz }],
  ['passport-applet-pace', { can: SPECIMEN_CAN }],
] as const)('a chip %s gives a session and its signature too', async (kind, access) => {
  const { files } = await specimen;
  const hasPace = kind === 'passport-applet-pace';
  const held = new Map([...files].filter(([name]) => hasPace || name !== 'EF.CardAccess'));
  const { connection } = await personalizedChip(kind, held);
  const { ids, left } = await recordFrom(connection, access);
  expect(ids).toEqual(expect.arrayContaining(['ef-com', 'read-ef-com', 'active-authentication']));
  expect(left).toContainEqual({
    id: 'chip-authentication',
    why: 'the chip offers no chip authentication',
  });
});

test('a chip with chip authentication gives the whole run', async () => {
  const { connection } = await chipWithChipAuthentication();
  const { ids, left } = await recordFrom(connection, { mrz });
  expect(ids).toContain('chip-authentication');
  expect(left).toContainEqual({ id: 'active-authentication', why: 'the chip has no EF.DG15' });
});

test('a chip that anybody can read gives its files, and says why it gives no session', async () => {
  const { files } = await makeSpecimen({ beforeSigning: (set) => set.delete('EF.CardAccess') });
  const { terminal, connection } = await openChip('training-card');
  await sendAll(terminal, [
    '00A4040C07A0000002471001',
    ...[...files].flatMap(([name, bytes]) => plainFile(LDS_FILE_TABLE[name].fid, bytes)),
  ]);
  await connection.reset();
  const { ids, left } = await recordFrom(connection, { can: SPECIMEN_CAN });
  expect(ids).toEqual(expect.arrayContaining(['ef-com', 'ef-dg1', 'ef-sod']));
  expect(left).toContainEqual({
    id: 'sessions',
    why: 'a session is opened with the MRZ of the chip, which was not given',
  });
});

/** A file as a training card takes it: made by a template of its own. */
function plainFile(fid: number, bytes: Uint8Array): readonly string[] {
  const two = (value: number): string => encodeHex(encodeUint(value, 2));
  const made = `00E000000B8302${two(fid)}8201018002${two(bytes.length)}`;
  return fileCommands(fid, bytes).with(0, made);
}
