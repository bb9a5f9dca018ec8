import { encodeTlv } from '../../tlv/tlv';
import { AccessError } from '../access-error';
import { seededRandom } from '../testing/seeded-random';
import { SmallChip, type SmallChipOptions } from '../testing/small-chip';
import { PlainChannel } from './apdu-channel';
import { openByBac } from './open-by-bac';
import { readFile, type ReadFileOptions } from './read-file';

const FID = 0x0102;
const MRZ = { documentNumber: 'X1234567', dateOfBirth: '900101', dateOfExpiry: '300101' };

function fileOf(lengthBytes: number): Uint8Array {
  return encodeTlv(0x75, seededRandom('file').bytes(lengthBytes));
}

function read(file: Uint8Array, chip: Partial<SmallChipOptions> = {}, options?: ReadFileOptions) {
  const small = new SmallChip({ files: new Map([[FID, file]]), openFiles: [FID], ...chip });
  return { small, result: readFile(new PlainChannel(small), FID, options) };
}

async function failureOf(result: Promise<unknown>): Promise<AccessError> {
  const error = await result.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof AccessError) return error;
  throw new Error('no AccessError');
}

describe('reading a whole file', () => {
  it.each([1, 2, 100, 219, 220, 1000, 32_000, 32_763, 32_764, 40_000, 70_000])(
    'of %i bytes in short blocks',
    async (length) => {
      const file = fileOf(length);
      expect(await read(file).result).toEqual(file);
    },
  );

  it.each(['truncate', '6282', '6Cxx'] as const)('from a chip that answers %s', async (atEnd) => {
    const file = fileOf(1000);
    expect(await read(file, { atEnd, mostBytes: 100 }).result).toEqual(file);
  });

  it('needs no more commands than its size demands', async () => {
    const { small, result } = read(fileOf(2230));
    await result;
    // SELECT, the header, and 2,230 bytes in blocks of 223.
    expect(small.commands).toHaveLength(1 + 1 + 10);
  });

  it('uses extended length where the caller allows it', async () => {
    const file = fileOf(20_000);
    const { small, result } = read(file, {}, { blockBytes: 8000 });
    expect(await result).toEqual(file);
    expect(small.commands).toHaveLength(1 + 1 + 3);
  });

  it('reads a file that is not one data object with its fixed length', async () => {
    const file = new Uint8Array(36).fill(0x42);
    expect(await read(file, {}, { fixedBytes: 36 }).result).toEqual(file);
  });

  it.each([32_000, 40_000])('of %i bytes behind secure messaging', async (length) => {
    const file = fileOf(length);
    const chip = new SmallChip({ files: new Map([[FID, file]]), mrz: MRZ });
    const channel = await openByBac(chip, MRZ, seededRandom('terminal'));
    expect(await readFile(channel, FID)).toEqual(file);
  });
});

describe('what reading refuses', () => {
  it('a file that is not there', async () => {
    const small = new SmallChip({ files: new Map() });
    const error = await failureOf(readFile(new PlainChannel(small), FID));
    expect(error).toMatchObject({ reason: 'refused', sw: 0x6a82 });
  });

  it('a file that ends before the length it declares', async () => {
    const error = await failureOf(read(fileOf(1000).subarray(0, 500)).result);
    expect(error).toMatchObject({ reason: 'refused', sw: 0x6b00 });
  });

  it('a file that declares more than the limit', async () => {
    const error = await failureOf(read(Uint8Array.of(0x75, 0x84, 0x7f, 0xff, 0xff, 0xff)).result);
    expect(error.reason).toBe('too-long');
  });

  it('a chip that gives one byte at a time without end', async () => {
    const error = await failureOf(read(fileOf(20_000), { mostBytes: 4 }).result);
    expect(error.reason).toBe('too-long');
  });

  it('a header that never ends', async () => {
    const error = await failureOf(read(new Uint8Array(20).fill(0xff)).result);
    expect(error.reason).toBe('protocol');
  });

  it('more bytes than were asked for', async () => {
    const intercept = (command: { ins: number }) =>
      command.ins === 0xb0 ? { data: new Uint8Array(300), sw: 0x9000 } : undefined;
    const error = await failureOf(read(fileOf(10), { intercept }).result);
    expect(error.reason).toBe('protocol');
  });

  it('a response in parts that never ends', async () => {
    const intercept = (command: { ins: number }) =>
      [0xb0, 0xc0].includes(command.ins) ? { data: Uint8Array.of(1), sw: 0x6101 } : undefined;
    const error = await failureOf(read(fileOf(10), { intercept }).result);
    expect(error.reason).toBe('too-long');
  });
});

it('puts a response together that comes in parts', async () => {
  const parts = [Uint8Array.of(0x75, 0x06, 1, 2), Uint8Array.of(3, 4, 5, 6)];
  const intercept = (command: { ins: number; p2: number }) => {
    if (command.ins === 0xc0) return { data: Uint8Array.of(0x01, 0x02), sw: 0x9000 };
    if (command.ins !== 0xb0) return undefined;
    return command.p2 === 0
      ? { data: Uint8Array.of(0x75, 0x06), sw: 0x6102 }
      : { data: parts[1] ?? new Uint8Array(), sw: 0x9000 };
  };
  const file = await read(new Uint8Array(8), { intercept }).result;
  expect(file).toEqual(Uint8Array.of(0x75, 6, 1, 2, 3, 4, 5, 6));
});
