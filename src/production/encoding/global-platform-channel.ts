import { encodeCommand, parseCommand } from '../../standards/apdu/command';
import { encodeResponse, type ResponseApdu } from '../../standards/apdu/response';
import { describeSw, SW } from '../../standards/apdu/status-words';
import { buildPutKey, verifyPutKeyAnswer } from '../../standards/gp/put-key';
import type { Scp02Session } from '../../standards/gp/scp02-session';
import type { Scp03Session } from '../../standards/gp/scp03-session';
import type { CardKeyWish } from '../document/perso-script';
import { ProductionError } from '../errors';
import type { CardChannel, CardKeyHsm, CardKeys, CardSession } from '../ports';
import { exchange } from './exchange';
import type { SecureCardChannel } from './secure-channel';
import { asChannelFailure } from './secure-channel-failure';

const FIRST_KEY_ID = 0x01;

export interface ChannelKeys {
  readonly card: CardKeys;
  readonly session: CardSession;
  readonly cardKeys: CardKeyHsm;
  readonly keySet: string;
  readonly keyVersion: number;
}

/** A channel that was opened: wraps what it is given, and changes the keys of its card. */
export class GlobalPlatformChannel implements SecureCardChannel {
  constructor(
    private readonly channel: CardChannel,
    private readonly wrapping: Scp03Session | Scp02Session,
    private readonly keys: ChannelKeys,
  ) {}

  async transmit(command: Uint8Array): Promise<Uint8Array> {
    return encodeResponse(await this.#exchange(parseCommand(command)));
  }

  encryptKeyData(plain: Uint8Array): Promise<Uint8Array> {
    const { card, session, cardKeys } = this.keys;
    return cardKeys.encryptForCard(card, session, plain);
  }

  async putKeys(next: CardKeyWish): Promise<void> {
    const { card, session, cardKeys, keySet, keyVersion } = this.keys;
    // A chip that was begun before has them already: it has just proved so.
    if (next.keySet === keySet && next.keyVersion === keyVersion) return;
    const { diversificationData } = card;
    const fields = await cardKeys.wrapCardKeys(card, session, { ...next, diversificationData });
    const put = {
      ...{ replacedVersion: 0, newVersion: next.keyVersion, firstKeyId: FIRST_KEY_ID, fields },
    };
    const { data, sw } = await this.#exchange(buildPutKey(put));
    if (sw !== SW.ok) throw new ProductionError('CARD_REFUSED', 'put-key', [describeSw(sw)]);
    if (!verifyPutKeyAnswer(put, data)) {
      throw new ProductionError('CARD_CHANNEL_FAILED', 'put-key', [
        'the card answers other check values than those of its new keys',
      ]);
    }
  }

  close(): void {
    this.wrapping.close();
  }

  #exchange(command: ReturnType<typeof parseCommand>): Promise<ResponseApdu> {
    return asChannelFailure(async () => {
      const wrapped = encodeCommand(this.wrapping.wrapCommand(command));
      return this.wrapping.unwrapResponse(await exchange(this.channel, wrapped, 'secure channel'));
    });
  }
}
