import { type CommandApdu, encodeCommand, parseCommand } from '../../apdu/command';
import type { ResponseApdu } from '../../apdu/response';
import { SecureChannelError } from '../secure-channel-error';

/** Either side of a secure channel of either protocol. */
export interface ChannelSide {
  wrapCommand(command: CommandApdu): CommandApdu;
  unwrapCommand(command: CommandApdu): CommandApdu;
  wrapResponse(response: ResponseApdu): ResponseApdu;
  unwrapResponse(response: ResponseApdu): ResponseApdu;
}

export interface ChannelPair {
  readonly host: ChannelSide;
  readonly card: ChannelSide;
}

/** Why something was refused; `none` when it was not. */
export function failureOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof SecureChannelError) return error.reason;
    throw error;
  }
  return 'none';
}

/** A command with so many bytes of data there, as bytes on the wire, and its response back. */
export function exchange(
  { host, card }: ChannelPair,
  lengthBytes: number,
  sw = 0x9000,
): { readonly sent: CommandApdu; readonly received: CommandApdu; readonly response: ResponseApdu } {
  const data = new Uint8Array(lengthBytes).fill(0xc3);
  const header = { cla: 0x80, ins: 0xe2, p1: 0x00, p2: 0x00, le: 256 };
  const sent = lengthBytes === 0 ? header : { ...header, data };
  const received = card.unwrapCommand(parseCommand(encodeCommand(host.wrapCommand(sent))));
  return { sent, received, response: host.unwrapResponse(card.wrapResponse({ data, sw })) };
}

/** The refusals of a card of one command with one bit flipped, and of the right one afterwards. */
export function refusalsOfFlippedBit({ host, card }: ChannelPair, position: number): string[] {
  const command = host.wrapCommand({
    ...{ cla: 0x80, ins: 0xe2, p1: 0x80, p2: 0 },
    data: new Uint8Array(20),
  });
  const data = (command.data ?? new Uint8Array()).slice();
  const bit = position % (data.length * 8);
  data[bit >> 3] = (data[bit >> 3] ?? 0) ^ (0x80 >> (bit % 8));
  return [
    failureOf(() => card.unwrapCommand({ ...command, data })),
    failureOf(() => card.unwrapCommand(command)),
  ];
}
