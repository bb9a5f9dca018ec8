import type { MrzSecret } from '../../mrz/mrz-information';
import { AccessError } from '../access-error';
import { buildExternalAuthenticate, buildGetChallenge } from '../bac/bac-commands';
import { deriveBacKeys } from '../bac/bac-keys';
import { buildBacCryptogram, verifyBacResponse } from '../bac/bac-session';
import { type ApduChannel, PlainChannel, type RandomBytes } from './apdu-channel';
import { expectOk } from './expect-ok';
import { SecureChannel } from './secure-channel';

/**
 * Runs Basic Access Control; the eMRTD application must be selected [9303-11 §4.3].
 *
 * @throws AccessError `wrong-secret` when the chip does not accept the MRZ, `wrong-proof` when the
 * chip cannot prove that it knows it.
 */
export async function openByBac(
  channel: ApduChannel,
  mrz: MrzSecret,
  random: RandomBytes,
): Promise<SecureChannel> {
  const plain = new PlainChannel(channel);
  const keys = deriveBacKeys(mrz);
  const challenge = expectOk('BAC, get challenge', await plain.send(buildGetChallenge()));
  const input = {
    keys,
    rndIc: challenge.data,
    rndIfd: random.bytes(8),
    kIfd: random.bytes(16),
  };
  const cryptogram = buildBacCryptogram(input);
  const step = 'BAC, mutual authenticate';
  const answer = await plain.send(buildExternalAuthenticate(cryptogram));
  // Chips answer a wrong MAC with 6300, 6982, 6985 or 6988: at this command it is the MRZ.
  if (answer.sw === 0x6985 || answer.sw === 0x6988) {
    throw new AccessError(step, 'wrong-secret', 'the chip does not accept the MRZ', {
      sw: answer.sw,
    });
  }
  const response = expectOk(step, answer, true);
  return new SecureChannel(channel, verifyBacResponse(input, response.data));
}
