import { encodeHex } from '../../standards/bytes/hex';
import { SeededRandom } from '../seeded-random';
import { openChip, openWrittenChip } from './testing/open-chip';
import { SPECIMEN_CAN, SPECIMEN_FILES, SPECIMEN_MRZ } from './testing/specimen';
import type { TestTerminal } from './testing/test-terminal';
import { lockCommands, sendAll, specimenCommands } from './testing/write-specimen';
import type { ChipKind } from './chip-kinds';

const PACE = { oid: '0.4.0.127.0.7.2.2.4.2.2', parameterId: 13 };
const KINDS = ['passport-applet', 'passport-applet-pace'] as const;

async function readEverything(terminal: TestTerminal): Promise<void> {
  for (const [fid, content] of SPECIMEN_FILES) {
    expect(encodeHex(await terminal.readFile(fid))).toBe(encodeHex(content));
  }
}

describe.each(KINDS)('%s, from blank to locked', (kind) => {
  test('is written in plain, verified before the lock, locked and read again by BAC', async () => {
    const { terminal, connection, newTerminal } = await openChip(kind);
    await sendAll(terminal, specimenCommands(kind));
    await connection.reset();

    const before = newTerminal();
    await before.selectApplet();
    await before.openByBac(SPECIMEN_MRZ);
    await readEverything(before);
    await connection.reset();

    const locker = newTerminal();
    await locker.selectApplet();
    await sendAll(locker, lockCommands(kind));
    await connection.reset();

    const after = newTerminal();
    await after.selectApplet();
    await after.openByBac(SPECIMEN_MRZ);
    await readEverything(after);
  });

  test('a wrong MRZ is refused by the chip', async () => {
    const { terminal } = await openWrittenChip(kind);
    await terminal.selectApplet();
    await expect(
      terminal.openByBac({ ...SPECIMEN_MRZ, documentNumber: 'X00000048' }),
    ).rejects.toThrow('INS 82: 6982');
  });
});

describe('PACE', () => {
  test.each([
    ['MRZ', { kind: 'MRZ', mrz: SPECIMEN_MRZ }],
    ['CAN', { kind: 'CAN', digits: SPECIMEN_CAN }],
  ] as const)('opens the chip by the %s, and everything can be read', async (_, password) => {
    const { terminal } = await openWrittenChip('passport-applet-pace');
    await terminal.selectApplet();
    await terminal.openByPace(PACE, password);
    await readEverything(terminal);
  });

  test('a wrong CAN shows in the last step', async () => {
    const { terminal } = await openWrittenChip('passport-applet-pace');
    await terminal.selectApplet();
    await expect(terminal.openByPace(PACE, { kind: 'CAN', digits: '470816' })).rejects.toThrow(
      'INS 86: 6982',
    );
  });

  test('a variant that EF.CardAccess does not name is not there', async () => {
    const { terminal } = await openWrittenChip('passport-applet-pace');
    await terminal.selectApplet();
    const aes256 = { oid: '0.4.0.127.0.7.2.2.4.2.4', parameterId: 13 };
    await expect(
      terminal.openByPace(aes256, { kind: 'CAN', digits: SPECIMEN_CAN }),
    ).rejects.toThrow('INS 22: 6a88');
  });

  test('a password that was not loaded is not there', async () => {
    const { terminal } = await openWrittenChip('passport-applet-pace');
    await terminal.selectApplet();
    await expect(terminal.openByPace(PACE, { kind: 'PUK', digits: '12345678' })).rejects.toThrow(
      'INS 86: 6a88',
    );
  });

  test('the classic applet has none', async () => {
    const { terminal } = await openWrittenChip('passport-applet');
    await terminal.selectApplet();
    await expect(terminal.openByPace(PACE, { kind: 'CAN', digits: SPECIMEN_CAN })).rejects.toThrow(
      'INS 22: 6982',
    );
  });
});

describe('identity', () => {
  test('each chip has its own serial, in CPLC and as identifier; the same seed makes the same', async () => {
    const first = await openChip('passport-applet', 'one');
    const second = await openChip('passport-applet', 'two');
    const again = await openChip('passport-applet', 'one');
    const cplc = await first.terminal.hex('80CA9F7F00');
    expect(cplc).toMatch(/^9F7F2A[0-9A-F]{84}9000$/);
    expect(cplc).toContain(first.card.identity.serialHex);
    expect(await second.terminal.hex('80CA9F7F00')).not.toBe(cplc);
    expect(await again.terminal.hex('80CA9F7F00')).toBe(cplc);
    expect(await first.terminal.hex('FFCA000000')).toMatch(/^04[0-9A-F]{12}9000$/);
  });

  test('once the applet is selected, the card manager no longer answers', async () => {
    const { terminal, connection } = await openChip('passport-applet');
    await terminal.selectApplet();
    expect(await terminal.hex('80CA9F7F00')).toBe('6D00');
    await connection.reset();
    expect(await terminal.hex('80CA9F7F00')).toMatch(/9000$/);
  });

  test('the answer to reset ends with its check byte', async () => {
    const { connection } = await openChip('passport-applet');
    expect(connection.atr[0]).toBe(0x3b);
    expect(connection.atr.subarray(1).reduce((sum, byte) => sum ^ byte, 0)).toBe(0);
  });
});

test('arbitrary bytes get a status word and never an exception', async () => {
  const random = new SeededRandom('noise');
  const kinds: readonly ChipKind[] = KINDS;
  for (const kind of kinds) {
    const { terminal, card } = await openWrittenChip(kind, 'written');
    await terminal.selectApplet();
    for (let round = 0; round < 500; round++) {
      const [length = 0, ins = 0] = random.bytes(2);
      const known = [0xa4, 0xb0, 0xd6, 0xda, 0xe0, 0x22, 0x82, 0x84, 0x86, 0x88];
      const bytes = random.bytes(length % 40);
      if (bytes.length > 1) bytes[1] = known[ins % known.length] ?? ins;
      const answer = await card.transmit(bytes);
      expect(answer.kind === 'response' && answer.bytes.length >= 2).toBe(true);
    }
  }
});
