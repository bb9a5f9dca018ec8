import { decodeHex, encodeHex } from '../../../standards/bytes/hex';
import { encodeUint } from '../../../standards/bytes/integer';
import type { ChipKind } from '../chip-kinds';
import { canObject, mrzObject, SPECIMEN_FILES } from './specimen';
import type { TestTerminal } from './test-terminal';

const CHUNK_BYTES = 255;

/** The commands that write one file, as the applet's personalization interface lists them. */
export function fileCommands(fid: number, content: Uint8Array): readonly string[] {
  const id = encodeHex(encodeUint(fid, 2));
  const size = encodeHex(encodeUint(content.length, 2));
  const commands = [`00E00000066304${size}${id}`, `00A4020C02${id}`];
  for (let offset = 0; offset < content.length; offset += CHUNK_BYTES) {
    const chunk = content.subarray(offset, offset + CHUNK_BYTES);
    const lc = encodeHex(encodeUint(chunk.length, 1));
    commands.push(`00D6${encodeHex(encodeUint(offset, 2))}${lc}${encodeHex(chunk)}`);
  }
  return commands;
}

export function putData(p1p2: string, data: Uint8Array): string {
  return `00DA${p1p2}${encodeHex(encodeUint(data.length, 1))}${encodeHex(data)}`;
}

/** Everything of the specimen up to the lock, in plain APDUs. */
export function specimenCommands(kind: ChipKind): readonly string[] {
  return [
    '00A4040C07A0000002471001',
    ...[...SPECIMEN_FILES].flatMap(([fid, content]) => fileCommands(fid, content)),
    putData('0062', mrzObject()),
    ...(kind === 'passport-applet-pace' ? [putData('0065', canObject()), '00DADEFE0100'] : []),
  ];
}

export function lockCommands(kind: ChipKind): readonly string[] {
  return kind === 'passport-applet-pace' ? ['00DADEAF', '00DADEAD'] : ['00DADEAD'];
}

/** @throws Error when the chip answers an error to one of them. */
export async function sendAll(terminal: TestTerminal, commands: readonly string[]): Promise<void> {
  for (const command of commands) {
    const response = decodeHex(await terminal.hex(command));
    const sw = encodeHex(response.subarray(-2));
    if (sw !== '9000') throw new Error(`${command.slice(0, 12)}…: ${sw}`);
  }
}
