import { MalformedError } from '../../../../standards/bytes/malformed';
import { computeAesCmac } from '../../../../standards/crypto/aes-cmac';
import { equalBytes } from '../../../../standards/bytes/compare';
import { Inputs, received } from '../inputs';
import { NotComputable } from '../not-computable';
import { Refused } from '../refusal';
import { hexFigure, type Topic } from '../topic';
import type { VectorEntry } from '../vector-file';

/** CMAC with AES, whole and as the 8 bytes that are sent. */
export const AES_CMAC: Topic = {
  name: 'AES-CMAC',
  figures: (entry) => ({
    mac: hexFigure(() => macOf(entry)),
    mac_8: hexFigure(() => macOf(entry).subarray(0, 8)),
    mac_16: hexFigure(() => macOf(entry)),
  }),
  accept: (entry) => {
    const mac = macOf(entry);
    const sent = received(entry, 'mac') ?? received(entry, 'mac_8');
    if (sent === undefined) throw new NotComputable('the entry has no mac_received');
    if (sent.length !== 16 && sent.length !== 8)
      throw new Refused('length', 'the MAC has a wrong length');
    if (!equalBytes(mac.subarray(0, sent.length), sent))
      throw new Refused('mac', 'the MAC is wrong');
  },
};

function macOf(entry: VectorEntry): Uint8Array {
  const inputs = Inputs.of(entry);
  const key = inputs.hex('key', 'K');
  if (![16, 24, 32].includes(key.length))
    throw new MalformedError('key', `has a length of ${key.length} bytes`);
  return computeAesCmac(key, inputs.hex('message', 'msg', 'data'));
}
