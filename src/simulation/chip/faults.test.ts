import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeHex } from '../../standards/bytes/hex';
import { SeededRandom } from '../seeded-random';
import { loadChipState, saveChipState } from './chip-state-file';
import { PAGE_BYTES } from './nv-memory';
import { openChip, openWrittenChip } from './testing/open-chip';
import { SPECIMEN_MRZ } from './testing/specimen';
import { TestTerminal } from './testing/test-terminal';
import { fileCommands, sendAll, specimenCommands } from './testing/write-specimen';
import { VirtualCard } from './virtual-card';
import { VirtualReader } from './virtual-reader';

const KIND = 'passport-applet';
const SELECT = '00A4040C07A0000002471001';

describe('tear-off', () => {
  test('leaves whole pages of the running write, and the card is lost', async () => {
    const { card, terminal, connection } = await openChip(KIND);
    const content = new Uint8Array(400).fill(0xaa);
    const commands = [SELECT, ...fileCommands(0x0101, content)];
    card.setFaults([{ kind: 'tear-off', atApdu: 4, pages: 2 }]);
    await expect(sendAll(terminal, commands)).rejects.toMatchObject({ code: 'CARD_LOST' });
    await expect(terminal.hex(SELECT)).rejects.toMatchObject({ code: 'CARD_LOST' });

    const written = card.state.files['0101']?.contentHex ?? '';
    expect(written).toBe('AA'.repeat(2 * PAGE_BYTES).padEnd(800, '0'));
    await connection.reset();
    expect(await terminal.hex(SELECT)).toBe('9000');
  });

  test.each([
    [0, undefined],
    [1, '00'],
  ])('a key is there wholly or not at all (%i pages)', async (pages, stored) => {
    const { card, terminal } = await openChip(KIND);
    card.setFaults([{ kind: 'tear-off', atApdu: 2, pages }]);
    const commands = [SELECT, specimenCommands(KIND).find((one) => one.startsWith('00DA')) ?? ''];
    await expect(sendAll(terminal, commands)).rejects.toMatchObject({ code: 'CARD_LOST' });
    const values = card.state.valuesHex;
    expect(Object.keys(values)).toHaveLength(stored === undefined ? 0 : 3);
  });

  test('counts from the first command after the script was set', async () => {
    const { card, terminal } = await openChip(KIND);
    await sendAll(terminal, [SELECT, SELECT, SELECT]);
    card.setFaults([{ kind: 'tear-off', atApdu: 1 }]);
    await expect(terminal.hex(SELECT)).rejects.toMatchObject({ code: 'CARD_LOST' });
    expect(card.apduCount).toBe(4);
  });
});

test('a mute chip answers again after a reset, a dead one never', async () => {
  const { card, terminal, connection } = await openChip(KIND);
  card.setFaults([{ kind: 'mute', atApdu: 1 }]);
  await expect(terminal.hex(SELECT)).rejects.toMatchObject({ code: 'CARD_MUTE' });
  await expect(terminal.hex(SELECT)).rejects.toMatchObject({ code: 'CARD_MUTE' });
  await connection.reset();
  expect(await terminal.hex(SELECT)).toBe('9000');
  card.setFaults([{ kind: 'mute', atApdu: 1, forever: true }]);
  await expect(terminal.hex(SELECT)).rejects.toMatchObject({ code: 'CARD_MUTE' });
  await connection.reset();
  await expect(terminal.hex(SELECT)).rejects.toMatchObject({ code: 'CARD_MUTE' });
});

test('worn memory answers 6581 and writes nothing; a slow chip waits as told', async () => {
  const waited: number[] = [];
  const card = new VirtualCard({
    kind: KIND,
    random: new SeededRandom('worn'),
    sleep: (delayMs) => {
      waited.push(delayMs);
      return Promise.resolve();
    },
    faults: [
      { kind: 'slow', atApdu: 1, delayMs: 700 },
      { kind: 'status', atApdu: 2 },
      { kind: 'status', atApdu: 3, sw: 0x6a84 },
    ],
  });
  const reader = new VirtualReader('reader');
  reader.insert(card);
  const connection = await reader.connect({ timeoutMs: 0 });
  const terminal = new TestTerminal(connection, new SeededRandom('terminal'));
  const [create = ''] = fileCommands(0x0101, new Uint8Array(10));
  expect(await terminal.hex(SELECT)).toBe('9000');
  expect(await terminal.hex(create)).toBe('6581');
  expect(await terminal.hex(create)).toBe('6A84');
  expect(card.state.files).toEqual({});
  expect(await terminal.hex(create)).toBe('9000');
  expect(waited).toEqual([700]);
});

describe('a chip on the table', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'persoline-chip-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test('keeps everything and can be inserted again', async () => {
    const { card } = await openWrittenChip(KIND);
    const path = join(folder, 'chip.json');
    await saveChipState(path, card.state);
    const state = await loadChipState(path);
    const again = new VirtualCard({ kind: state.kind, random: new SeededRandom('b'), state });
    expect(again.identity).toEqual(card.identity);
    expect(again.state).toEqual(card.state);

    const reader = new VirtualReader('reader');
    reader.insert(again);
    const connection = await reader.connect({ timeoutMs: 0 });
    const terminal = new TestTerminal(connection, new SeededRandom('terminal'));
    await terminal.selectApplet();
    await terminal.openByBac(SPECIMEN_MRZ);
    expect(encodeHex(await terminal.readFile(0x011e)).slice(0, 4)).toBe('6016');
  });

  test('is refused when the file holds none', async () => {
    const path = join(folder, 'chip.json');
    await expect(loadChipState(path)).rejects.toMatchObject({ code: 'INPUT_UNREADABLE' });
    const { card } = await openChip(KIND);
    const wrong: unknown[] = [
      '{',
      { ...card.state, format: 'another' },
      { ...card.state, kind: 'no-such-chip' },
      { ...card.state, identity: { ...card.identity, uidHex: 'zz' } },
      { ...card.state, files: { '0101': { sizeBytes: 1.5, contentHex: '00' } } },
      { ...card.state, valuesHex: { 'aa.modulus': 3 } },
    ];
    for (const value of wrong) {
      await writeFile(path, typeof value === 'string' ? value : JSON.stringify(value));
      await expect(loadChipState(path)).rejects.toMatchObject({ code: 'INPUT_MALFORMED' });
    }
  });
});

describe('the reader in this process', () => {
  test('takes the next card from its feed, and says when there is none', async () => {
    const cards = ['a', 'b'].map(
      (seed) => new VirtualCard({ kind: KIND, random: new SeededRandom(seed) }),
    );
    const queue = [...cards];
    const reader = new VirtualReader('reader', () => queue.shift());
    for (const card of cards) {
      await reader.connect({ timeoutMs: 0 });
      expect(reader.card).toBe(card);
      expect(reader.remove()).toBe(card);
    }
    await expect(reader.connect({ timeoutMs: 5 })).rejects.toMatchObject({
      code: 'READER_NO_CARD',
    });
  });

  test('a card pulled out is lost for its connection', async () => {
    const { reader, terminal, connection } = await openChip(KIND);
    reader.remove();
    await expect(terminal.hex(SELECT)).rejects.toMatchObject({ code: 'CARD_LOST' });
    await expect(connection.reset()).rejects.toMatchObject({ code: 'CARD_LOST' });
  });
});
