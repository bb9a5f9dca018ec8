import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFoundingRoom } from './ceremony';

test('a founding goes on with its PIN, and says so when another is given', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'persoline-founding-'));
  const room = join(folder, 'keys.ceremony');
  const open = async (pin: string) => {
    const pinFile = join(folder, 'pin');
    await writeFile(pinFile, pin, { mode: 0o600 });
    return openFoundingRoom(room, 'mock', {
      ...{ directory: join(folder, 'keys'), pinFrom: `file:${pinFile}` },
    });
  };
  try {
    const { hsm } = await open('271828');
    await hsm.generateSecretKey({ label: 'storage-1', purpose: 'storage-wrap' });
    await hsm.close();
    await expect(open('314159')).rejects.toMatchObject({ code: 'HSM_PIN_WRONG' });
    const again = await open('271828');
    expect(await again.hsm.findKey('storage-1')).toBeDefined();
    await again.hsm.close();
    const elsewhere = join(folder, 'other.ceremony');
    const place = { directory: join(folder, 'other'), isBegun: true };
    await expect(openFoundingRoom(elsewhere, 'mock', place)).rejects.toMatchObject({
      code: 'STATE_CONFLICT',
      reasons: ['it was begun with another key directory: name that one with --keys'],
    });
    await expect(stat(elsewhere)).rejects.toMatchObject({ code: 'ENOENT' });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}, 60_000);
