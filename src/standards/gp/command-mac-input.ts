import { type CommandApdu, encodeCommand } from '../apdu/command';

const NO_DATA = new Uint8Array();

/** CLA with the bit for secure messaging, on every logical channel [GPC-C §11.1.4]. */
export function protectedClass(cla: number): number {
  return (cla & 0x40) === 0 ? cla | 0x04 : cla | 0x20;
}

/** CLA without the bit for secure messaging [GPC-C §11.1.4]. */
export function plainClass(cla: number): number {
  return (cla & 0x40) === 0 ? cla & ~0x04 : cla & ~0x20;
}

/** Whether CLA says that a command is protected as GlobalPlatform does it [GPC-C §11.1.4]. */
export function isProtectedClass(cla: number): boolean {
  return (cla & 0x40) === 0 ? (cla & 0x0c) === 0x04 : (cla & 0x20) !== 0;
}

/**
 * Header, Lc and data of a command as its MAC covers them: the class as on the basic channel, and
 * Lc with the MAC counted, in the long form where the command will be sent with it
 * [GPC-D §6.2.4, GPC-C §E.4.4].
 */
export function encodeMacInput(command: CommandApdu, macBytes: number): Uint8Array {
  const data = command.data ?? NO_DATA;
  const { ins, p1, p2, le } = command;
  const cla = (command.cla & 0x80) | 0x04;
  const place = new Uint8Array(macBytes);
  const whole = encodeCommand({ cla, ins, p1, p2, data: joinData(data, place), ...withLe(le) });
  const extended = data.length + macBytes > 0xff || (le ?? 0) > 0x100;
  return whole.subarray(0, (extended ? 7 : 5) + data.length);
}

/** The command with its MAC behind its data; Le stays as it is [GPC-D §6.2.4]. */
export function appendMac(command: CommandApdu, mac: Uint8Array): CommandApdu {
  return { ...command, data: joinData(command.data ?? NO_DATA, mac) };
}

/** Header, data and Le of a command; empty data is left away. */
export function withData(command: CommandApdu, data: Uint8Array): CommandApdu {
  const { cla, ins, p1, p2, le } = command;
  return { cla, ins, p1, p2, ...(data.length === 0 ? {} : { data }), ...withLe(le) };
}

function withLe(le: number | undefined): { le?: number } {
  return le === undefined ? {} : { le };
}

function joinData(data: Uint8Array, mac: Uint8Array): Uint8Array {
  const joined = new Uint8Array(data.length + mac.length);
  joined.set(data);
  joined.set(mac, data.length);
  return joined;
}
