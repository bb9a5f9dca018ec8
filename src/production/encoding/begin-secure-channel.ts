import { encodeCommand } from '../../standards/apdu/command';
import { describeSw, SW } from '../../standards/apdu/status-words';
import {
  buildInitializeUpdate,
  type InitializeUpdateAnswer,
  parseInitializeUpdateAnswer,
} from '../../standards/gp/initialize-update';
import { SecureChannelError } from '../../standards/gp/secure-channel-error';
import type { CardKeyWish, SecureChannelWish } from '../document/perso-script';
import type { CardChannel, RandomSource } from '../ports';
import { exchange } from './exchange';
import { describeKeyVersions, readKeyVersions } from './read-card-data';
import {
  channelFailure,
  formatKeyVersion,
  OPEN_CHANNEL,
  wrongCardKeys,
} from './secure-channel-failure';

export interface BegunChannel {
  readonly keys: CardKeyWish;
  readonly hostChallenge: Uint8Array;
  readonly answer: InitializeUpdateAnswer;
}

/**
 * INITIALIZE UPDATE with the first of the keys that the card has.
 *
 * @throws ProductionError `CARD_KEYS_WRONG` when it has none of them, `CARD_CHANNEL_FAILED`;
 * SecureChannelError, MalformedError
 */
export async function beginSecureChannel(
  channel: CardChannel,
  { keys: candidates, protocol, macBytes }: SecureChannelWish,
  random: RandomSource,
): Promise<BegunChannel> {
  for (const keys of await chooseCandidates(channel, { candidates, protocol })) {
    const hostChallenge = random.bytes(macBytes);
    const command = buildInitializeUpdate(keys.keyVersion, hostChallenge);
    const { data, sw } = await exchange(channel, encodeCommand(command), OPEN_CHANNEL);
    if (sw === SW.referenceDataNotFound) continue;
    if (sw !== SW.ok)
      throw channelFailure(['INITIALIZE UPDATE', describeSw(sw), ...likelyCause(sw)]);
    const answer = parseInitializeUpdateAnswer(data);
    if (answer.protocol.toLowerCase() !== protocol) throw new SecureChannelError('other-protocol');
    if (answer.protocol === 'SCP03' && answer.options.macBytes !== macBytes) {
      throw channelFailure([
        `the card makes MACs of ${answer.options.macBytes} bytes, not ${macBytes}`,
      ]);
    }
    return { keys, hostChallenge, answer };
  }
  throw wrongCardKeys([
    `no key version ${listVersions(candidates)} for ${protocol}`,
    describeKeyVersions(await readKeyVersions(channel)),
  ]);
}

/**
 * Of several keys those that the card says it has: what it has not is not asked for. A single
 * wish, the shortest script, is asked for at once, and so are all where the card says nothing.
 */
async function chooseCandidates(
  channel: CardChannel,
  { candidates, protocol }: { candidates: SecureChannelWish['keys']; protocol: string },
): Promise<readonly CardKeyWish[]> {
  if (candidates.length === 1) return candidates;
  const versions = await readKeyVersions(channel);
  if ('silent' in versions) return candidates;
  return candidates.filter(
    ({ keyVersion }) =>
      keyVersion === 0 ||
      versions.known.some((one) => one.version === keyVersion && one.protocol === protocol),
  );
}

function listVersions(candidates: readonly CardKeyWish[]): string {
  return candidates.map(({ keyVersion }) => formatKeyVersion(keyVersion)).join(', ');
}

/** What a status word of INITIALIZE UPDATE most often comes from. */
function likelyCause(sw: number): readonly string[] {
  switch (sw) {
    case SW.wrongLength:
      return ['the card wants a challenge of another length: see macBytes in the chip profile'];
    case SW.authenticationBlocked:
      return ['the card has counted too many wrong channels and opens none any more'];
    case SW.conditionsNotSatisfied:
      return ['the counter of these keys is used up, or the card is terminated'];
    default:
      return [];
  }
}
