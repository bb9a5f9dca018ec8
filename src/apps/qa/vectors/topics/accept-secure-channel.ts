import { parseCommand } from '../../../../standards/apdu/command';
import { equalBytes } from '../../../../standards/bytes/compare';
import { verifyScp03CardChallenge } from '../../../../standards/gp/open-scp03';
import { SecureChannelError } from '../../../../standards/gp/secure-channel-error';
import { Inputs, received } from '../inputs';
import { NotComputable } from '../not-computable';
import { Refused } from '../refusal';
import type { VectorEntry } from '../vector-file';
import { computeKcv } from './global-platform-keys';
import { handshakeOf, staticKeysOf } from './secure-channel-handshake';
import { responsesOf } from './secure-channel-responses';

/** A negative entry: what came from card or host is judged by the other side. */
export function acceptChannel(entry: VectorEntry): void {
  const inputs = Inputs.of(entry);
  const kcv = received(entry, 'kcv');
  if (kcv !== undefined) {
    const key = inputs.hex('new_key', 'key');
    if (!equalBytes(computeKcv(inputs, key), kcv)) {
      throw new Refused('key-check', 'the key check value is wrong');
    }
    return;
  }
  if (!inputs.has('K_ENC')) throw new NotComputable('the entry has nothing that could be refused');
  acceptOpening(entry);
  acceptCommands(entry);
}

function acceptOpening(entry: VectorEntry): void {
  const inputs = Inputs.of(entry);
  const handshake = handshakeOf(entry);
  const cryptogram = received(entry, 'card_cryptogram');
  if (cryptogram !== undefined && !equalBytes(cryptogram, handshake.cardCryptogram)) {
    throw new SecureChannelError('card-cryptogram');
  }
  const challenge = received(entry, 'card_challenge');
  const { answer } = handshake;
  if (answer.protocol === 'SCP03' && answer.sequenceCounter !== undefined && inputs.has('sd_aid')) {
    const cardChallenge = challenge ?? answer.cardChallenge;
    verifyScp03CardChallenge(
      staticKeysOf(inputs),
      { ...answer, cardChallenge },
      inputs.hex('sd_aid'),
    );
  }
  handshake.openSession();
  const external =
    received(entry, 'external_authenticate') ?? inputs.optionalHex('external_authenticate');
  if (external !== undefined) handshake.acceptOnCard(parseCommand(external));
}

/** Commands as they came to the card, and responses as they came to the host. */
function acceptCommands(entry: VectorEntry): void {
  const inputs = new Inputs({ ...entry.expected, ...entry.inputs });
  const names = [
    'wrapped_apdus_received',
    'wrapped_apdu_received',
    'wrapped_apdus',
    'wrapped_apdu',
  ];
  const handshake = handshakeOf(entry);
  if (inputs.has(...names)) {
    const card = handshake.acceptOnCard(handshake.externalAuthenticate);
    for (const apdu of inputs.texts(...names)) {
      card.unwrapCommand(parseCommand(new Inputs({ wrapped_apdu: apdu }).hex('wrapped_apdu')));
    }
  }
  const answers = responsesOf(inputs);
  if (answers.length === 0) return;
  const host = handshake.openSession();
  for (const [index, apdu] of inputs.texts('plain_apdus', 'plain_apdu').entries()) {
    host.wrapCommand(parseCommand(new Inputs({ plain_apdu: apdu }).hex('plain_apdu')));
    const answer = answers[index];
    if (answer !== undefined) host.unwrapResponse(answer);
  }
}
