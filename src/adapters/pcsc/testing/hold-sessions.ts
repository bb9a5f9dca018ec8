import type { CardReader } from '../../../production/ports';
import { decodeHex, encodeHex } from '../../../standards/bytes/hex';

const SELECT = '00A4040C07A0000002471001';
const GET_SERIAL = '80CA9F7F00';
const COMMANDS = [GET_SERIAL, SELECT, SELECT].map((hex) => decodeHex(hex));

/**
 * Sessions one after the other on the card in a reader: taken hold of, talked to, let go with a
 * reset.
 *
 * @throws Error when a card answers anything but success
 */
export async function holdSessions(reader: CardReader, count: number): Promise<void> {
  for (let session = 0; session < count; session++) {
    const connection = await reader.connect({ timeoutMs: 60_000 });
    for (const command of COMMANDS) {
      const sw = encodeHex((await connection.transmit(command)).subarray(-2));
      if (sw !== '9000') throw new Error(`the card answered ${sw}`);
    }
    await connection.disconnect();
  }
}
