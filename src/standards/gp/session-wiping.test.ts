import { decodeHex } from '../bytes/hex';
import { Scp02Session } from './scp02-session';
import { parseScp02Options } from './scp02-options';
import { Scp03Session } from './scp03-session';
import { parseSecurityLevel } from './security-level';

/** A key that keeps hold of every copy that is made of it, as a debugger in the memory would. */
class WatchedKey extends Uint8Array {
  static readonly copies: Uint8Array[] = [];

  override slice(start?: number, end?: number): Uint8Array<ArrayBuffer> {
    const copy = new Uint8Array(super.slice(start, end));
    WatchedKey.copies.push(copy);
    return copy;
  }
}

const ZEROS = new Uint8Array(16);
const key = (): WatchedKey => new WatchedKey(16).fill(0xa5);
const command = { cla: 0x80, ins: 0xe2, p1: 0, p2: 0, data: new Uint8Array(20) };

function newScp03(): Scp03Session {
  const level = parseSecurityLevel(0x33, 'SCP03');
  const keys = { encryption: key(), mac: key(), rMac: key() };
  return new Scp03Session({ keys, macBytes: 8, level, chainingValue: new Uint8Array(16) });
}

function newScp02(): Scp02Session {
  const keys = { encryption: key(), mac: key(), rMac: key(), dataEncryption: key() };
  const options = parseScp02Options(0x75);
  const level = parseSecurityLevel(0x13, 'SCP02');
  return new Scp02Session({ keys, options, level, chainingValue: new Uint8Array(8) });
}

describe.each([
  ['SCP03', newScp03, 3],
  ['SCP02', newScp02, 4],
] as const)('%s', (_name, open, keys) => {
  beforeEach(() => {
    WatchedKey.copies.length = 0;
  });

  test('every key of the session is zeros once it is closed', () => {
    const session = open();
    session.wrapCommand(command);
    expect(WatchedKey.copies).toHaveLength(keys);
    for (const copy of WatchedKey.copies) expect(copy).not.toEqual(ZEROS);
    session.close();
    for (const copy of WatchedKey.copies) expect(copy).toEqual(ZEROS);
  });

  test('and so it is when a message did not verify', () => {
    const session = open();
    session.wrapCommand(command);
    const forged = { data: new Uint8Array(16), sw: 0x9000 };
    expect(() => session.unwrapResponse(forged)).toThrow('the MAC is wrong');
    for (const copy of WatchedKey.copies) expect(copy).toEqual(ZEROS);
    expect(() => session.wrapCommand(command)).toThrow('the channel has ended');
  });
});

test('the watch sees what it is to see', () => {
  WatchedKey.copies.length = 0;
  expect(key().slice()).toEqual(decodeHex('A5'.repeat(16)));
  expect(WatchedKey.copies).toHaveLength(1);
});
