import { encodeHex } from '../../../standards/bytes/hex';
import { openChip, openWrittenChip } from '../testing/open-chip';
import {
  chipKeyObject,
  CVCA_BODY,
  mrzObject,
  SPECIMEN_CARD_ACCESS,
  SPECIMEN_MRZ,
} from '../testing/specimen';
import type { TestTerminal } from '../testing/test-terminal';
import { fileCommands, putData, sendAll } from '../testing/write-specimen';

const SELECT = '00A4040C07A0000002471001';
const CLASSIC = 'passport-applet';
const WITH_PACE = 'passport-applet-pace';
const KINDS = [CLASSIC, WITH_PACE] as const;

/** Sends each command and expects what stands beside it. */
async function expectAnswers(
  terminal: TestTerminal,
  rows: readonly (readonly [command: string, answer: string])[],
): Promise<void> {
  const answers = [];
  for (const [command] of rows) answers.push([command, await terminal.hex(command)]);
  expect(answers).toEqual(rows);
}

describe.each(KINDS)('%s, blank', (kind) => {
  test('selection, creation, selection of a file, limits', async () => {
    const { terminal } = await openChip(kind);
    const fci = kind === WITH_PACE ? '6F088002001083020101' : '';
    await expectAnswers(terminal, [
      ['00A4040C07A0000002472001', '6A82'],
      ['00A4040C06A00000024710', '6A82'],
      [SELECT, '9000'],
      ['00A4040C07A0000002472001', '6A82'],
      ['00A4020C020101', '6A82'],
      ['00B0000004', '6982'],
      ['00D600000100', '6985'],
      ['00E00000066304FFFF0101', '6F00'],
      ['00E0000006630400100110', '6F00'],
      ['00E000000663040010EEEE', '6F00'],
      ['00E00000056304001001', '6700'],
      ['00E0000006640400100101', '6984'],
      ['00E0000006630400100101', '9000'],
      ['00D600000100', '6985'],
      ['00A4020C020101', `${fci}9000`],
      ['00E0000006630400110101', '6A84'],
      ['00D6000010000102030405060708090A0B0C0D0E0F', '9000'],
      ['00D6001001FF', '6A84'],
      ['00E0000006630400080101', '9000'],
      ['00D6000801FF', '6A84'],
      ['00E0000006630400100101', '9000'],
      ['00D6FFFF01FF', '6F00'],
      ['00A40000023F00', '6A82'],
      ['00A4000C', '6700'],
      ['00B1000004', '6D00'],
      ['00CA000000', '6D00'],
      ['00D60000000001FF', '6700'],
    ]);
  });

  test('a size of 8000h after a smaller one is taken, and the file is ruined', async () => {
    const { terminal } = await openChip(kind);
    const [, select = ''] = fileCommands(0x0101, new Uint8Array(1));
    await sendAll(terminal, [SELECT, '00E0000006630400100101', select]);
    await expectAnswers(terminal, [
      ['00E0000006630480000101', '9000'],
      ['00D600000100', '6A84'],
    ]);
  });

  test('PUT DATA', async () => {
    const { terminal } = await openChip(kind);
    const number = encodeHex(new Uint8Array(128).fill(0x81));
    await expectAnswers(terminal, [
      [SELECT, '9000'],
      [putData('0062', mrzObject()), '9000'],
      [`00DA0060856000048180${number}`, '9000'],
      [`00DA0061856100048180${number}`, '9000'],
      [`00DA006184610004817F${number.slice(2)}`, '6F00'],
      [putData('0063', chipKeyObject(new Uint8Array(32).fill(5))), '9000'],
      ['00DA006303800100', '6A80'],
      ['00DA0063048701018F', '6F00'],
      [putData('0164', CVCA_BODY), '9000'],
      [putData('0164', CVCA_BODY), '6985'],
      ['00DA0070', '6A86'],
      ['00DA006203620500', '6F00'],
    ]);
  });

  test('GET CHALLENGE and EXTERNAL AUTHENTICATE out of turn', async () => {
    const { terminal } = await openChip(kind);
    await expectAnswers(terminal, [
      [SELECT, '9000'],
      ['0084000008', '6982'],
      [putData('0062', mrzObject()), '9000'],
      [`0082000028${'00'.repeat(40)}28`, '6982'],
      ['0084000010', '6700'],
    ]);
    expect(await terminal.hex('0084000008')).toMatch(/^[0-9A-F]{16}9000$/);
    await expectAnswers(terminal, [
      [`0082000027${'00'.repeat(39)}28`, '6700'],
      [`0082000028${'00'.repeat(40)}28`, '6982'],
      ['0CB0000000', '6882'],
    ]);
  });
});

test('biometric files: the classic form creates none, the PACE form reads none', async () => {
  const classic = await openChip(CLASSIC);
  await expectAnswers(classic.terminal, [
    [SELECT, '9000'],
    ['00E0000006630400100103', '6982'],
    ['00A4020C020104', '6982'],
  ]);
  const withPace = await openChip(WITH_PACE);
  const { terminal } = withPace;
  await sendAll(terminal, [SELECT, putData('0062', mrzObject())]);
  await sendAll(terminal, fileCommands(0x0103, new Uint8Array(16)));
  await terminal.openByBac(SPECIMEN_MRZ);
  await terminal.selectFile(0x0103);
  expect(await terminal.hex('00B0000004')).toBe('6982');
  await expect(terminal.readBinary(0, 4)).rejects.toThrow('not protected');
});

describe('life cycle', () => {
  test('the classic form is locked by DEAD at once', async () => {
    const { terminal } = await openWrittenChip(CLASSIC, 'written');
    await expectAnswers(terminal, [
      [SELECT, '9000'],
      ['00DADEAF', '6A86'],
      ['00DADEAD', '9000'],
      ['00DADEAD', '6985'],
      ['00E0000006630400100101', '6985'],
      [putData('0062', mrzObject()), '6985'],
      ['00A4020C02011E', '6982'],
      ['00B0000004', '6982'],
    ]);
  });

  test('the PACE form goes over PERSONALIZED', async () => {
    const { terminal } = await openWrittenChip(WITH_PACE, 'written');
    await expectAnswers(terminal, [
      [SELECT, '9000'],
      ['00DADEAD', '6985'],
      ['00DADEAF0100', '6700'],
      ['00DADEFE0102', '6A80'],
      ['00DADEAF', '9000'],
      ['00E0000006630400100101', '6986'],
      ['00DADEFE0100', '6986'],
      [putData('0062', mrzObject()), '6986'],
      ['00DADEAD', '9000'],
      ['00E0000006630400100101', '6985'],
      [putData('0062', mrzObject()), '6985'],
      ['00DADEAF', '6985'],
      ['00A4020C020101', '6982'],
    ]);
  });

  test.each([
    ['00', '6982'],
    ['01', '60169000'],
  ])('DEFE %s decides on plain reading of EF.COM after the lock', async (mode, answer) => {
    const { terminal } = await openWrittenChip(WITH_PACE, 'written');
    await sendAll(terminal, [SELECT, `00DADEFE01${mode}`, '00DADEAF', '00DADEAD']);
    await expectAnswers(terminal, [
      ['00A4020C02011E', '6F08800200188302011E9000'],
      ['00B0000002', answer],
    ]);
  });
});

describe('READ BINARY', () => {
  test('EF.CardAccess of the PACE form is free, and Le beyond its end is told', async () => {
    const { terminal } = await openWrittenChip(WITH_PACE);
    const whole = encodeHex(SPECIMEN_CARD_ACCESS);
    const length = SPECIMEN_CARD_ACCESS.length;
    await expectAnswers(terminal, [
      [SELECT, '9000'],
      ['00A4020C02011C', `6F08800200${length.toString(16)}8302011C9000`.toUpperCase()],
      ['00B00000FF', `6C${length.toString(16)}`.toUpperCase()],
      ['00B0000000', `${whole}9000`],
      ['00B000FF04', '6700'],
    ]);
  });

  test('under secure messaging at most 223 bytes come, and Le 00 asks for none', async () => {
    const { terminal } = await openWrittenChip(CLASSIC);
    await terminal.selectApplet();
    await terminal.openByBac(SPECIMEN_MRZ);
    await terminal.selectFile(0x0102);
    expect(await terminal.readBinary(0, 255)).toHaveLength(223);
    expect(await terminal.readBinary(0, 256)).toHaveLength(0);
    await terminal.selectFile(0x011e);
    expect(await terminal.readBinary(20, 100)).toHaveLength(4);
  });

  test('an error inside a session comes without protection, and the counter moves on', async () => {
    const { terminal } = await openWrittenChip(CLASSIC);
    await terminal.selectApplet();
    await terminal.openByBac(SPECIMEN_MRZ);
    const before = terminal.messaging?.sendSequenceCounter.at(-1) ?? 0;
    await expect(terminal.selectFile(0x0105)).rejects.toThrow('not protected');
    expect(terminal.messaging?.closed).toBe(true);
    expect(terminal.messaging?.sendSequenceCounter.at(-1)).toBe((before + 2) & 0xff);
    await expectAnswers(terminal, [[SELECT, '6982']]);
  });
});

test.each([
  [CLASSIC, '6985'],
  [WITH_PACE, '6982'],
] as const)('%s answers a wrong MAC with %s, in plain', async (kind, answer) => {
  const { terminal } = await openWrittenChip(kind);
  await terminal.selectApplet();
  await terminal.openByBac(SPECIMEN_MRZ);
  expect(await terminal.hex('0CB000000D9701048E08000000000000000000')).toBe(answer);
  expect(await terminal.hex('0CB000000D9701048E08000000000000000000')).toBe(answer);
});

test('a session outlives a connection that left the card in power, and refuses SELECT', async () => {
  for (const kind of KINDS) {
    const { terminal, newTerminal, connection } = await openWrittenChip(kind);
    await terminal.selectApplet();
    await terminal.openByBac(SPECIMEN_MRZ);
    const next = newTerminal();
    await expectAnswers(next, [
      [SELECT, '6982'],
      ['00A4040C07A0000002472001', '6982'],
      ['00A4020C02011E', '6982'],
    ]);
    await connection.reset();
    await expectAnswers(next, [[SELECT, '9000']]);
  }
});
