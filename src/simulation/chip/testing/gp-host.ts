import { type CommandApdu, encodeCommand } from '../../../standards/apdu/command';
import { parseResponse, type ResponseApdu } from '../../../standards/apdu/response';
import { decodeHex } from '../../../standards/bytes/hex';
import { encodeUint } from '../../../standards/bytes/integer';
import { padIso } from '../../../standards/crypto/iso-padding';
import {
  buildInitializeUpdate,
  parseInitializeUpdateAnswer,
} from '../../../standards/gp/initialize-update';
import { buildInstallForPersonalization } from '../../../standards/gp/install-commands';
import { openScp03, scp03Context } from '../../../standards/gp/open-scp03';
import { deriveScp03SessionKeys } from '../../../standards/gp/scp03-keys';
import type { Scp03Session } from '../../../standards/gp/scp03-session';
import { encryptForScp03 } from '../../../standards/gp/sensitive-data';
import {
  buildStoreData,
  encodeDataGrouping,
  planBlocks,
  STORE_DATA_P1,
} from '../../../standards/gp/store-data';
import type { StaticKeys } from '../../../standards/gp/static-keys';
import type { CardChannel } from '../../../production/ports';

const key = decodeHex('404142434445464748494A4B4C4D4E4F');
export const DELIVERY_KEYS: StaticKeys = { encryption: key, mac: key, dataEncryption: key };

/** The host's side of a GlobalPlatform card, for tests. */
export class GpHost {
  session: Scp03Session | undefined;

  constructor(
    readonly channel: CardChannel,
    private readonly blockBytes = 223,
  ) {}

  async send(command: CommandApdu): Promise<ResponseApdu> {
    const wire = this.session?.wrapCommand(command) ?? command;
    const response = parseResponse(await this.channel.transmit(encodeCommand(wire)));
    return this.session?.unwrapResponse(response) ?? response;
  }

  async expectOk(command: CommandApdu): Promise<Uint8Array> {
    const { data, sw } = await this.send(command);
    if (sw !== 0x9000) throw new Error(`INS ${command.ins.toString(16)}: ${sw.toString(16)}`);
    return data;
  }

  /** Selects the security domain, which ends an open channel. */
  async select(): Promise<void> {
    this.session = undefined;
    const data = decodeHex('A000000151000000');
    await this.expectOk({ cla: 0, ins: 0xa4, p1: 4, p2: 0, data, le: 256 });
  }

  async open(keys: StaticKeys, securityLevel: number, keyVersion = 0): Promise<void> {
    this.session = undefined;
    const hostChallenge = decodeHex('0102030405060708');
    const data = await this.expectOk(buildInitializeUpdate(keyVersion, hostChallenge));
    const answer = parseInitializeUpdateAnswer(data);
    if (answer.protocol !== 'SCP03') throw new Error('the card does not speak SCP03');
    const context = scp03Context(hostChallenge, answer.cardChallenge);
    const sessionKeys = deriveScp03SessionKeys(keys, context);
    const { externalAuthenticate, session } = openScp03({
      keys: sessionKeys,
      hostChallenge,
      answer,
      securityLevel,
    });
    await this.expectOk(externalAuthenticate);
    this.session = session;
  }

  installForPersonalization(): Promise<Uint8Array> {
    return this.expectOk(buildInstallForPersonalization(decodeHex('A0000002471001')));
  }

  /** One data grouping; with a key its value goes encrypted. */
  async store(dgi: number, value: Uint8Array, dataEncryption?: Uint8Array): Promise<void> {
    const content =
      dataEncryption === undefined ? value : encryptForScp03(dataEncryption, padIso(value, 16));
    const whole = encodeDataGrouping(encodeUint(dgi, 2), content);
    const p1 =
      STORE_DATA_P1.dgiFormat |
      (dataEncryption === undefined
        ? STORE_DATA_P1.noEncryptionInformation
        : STORE_DATA_P1.encrypted);
    for (const command of buildStoreData(planBlocks(whole, this.blockBytes), p1)) {
      await this.expectOk(command);
    }
  }
}
