import { parseCommand } from '../../standards/apdu/command';
import type { ResponseApdu } from '../../standards/apdu/response';
import { describeSw } from '../../standards/apdu/status-words';
import { concatBytes } from '../../standards/bytes/concat';
import type { PersoStep } from '../document/perso-script';
import { ProductionError } from '../errors';
import type { CardChannel } from '../ports';
import { exchange } from './exchange';
import type { SecureCardChannel, SecureChannelOpener } from './secure-channel';

export interface ScriptPlace {
  readonly channel: CardChannel;
  /** Name of the chip, for messages. */
  readonly chip: string;
  /** Needed for chips that are written through a secure channel. */
  readonly openSecureChannel?: SecureChannelOpener;
}

const SELECT = { ins: 0xa4, byName: 0x04 } as const;

/** Does the steps of a script one after the other, through the secure channel once one is open. */
export class ScriptRunner {
  #secure: SecureCardChannel | undefined;
  #selected: Uint8Array = new Uint8Array();

  constructor(private readonly place: ScriptPlace) {}

  /**
   * Sends the commands of one step, each once, and stops at the first answer that is not expected.
   *
   * @param onCommand told after each command that the chip acknowledged
   * @returns the last answer; undefined for a step without commands
   * @throws ProductionError `CARD_REFUSED` with step and status word, `CARD_CHANNEL_FAILED`,
   * `CARD_LOST`, `CARD_MUTE`; never with anything of a command's data.
   */
  async run(step: PersoStep, onCommand?: () => void): Promise<ResponseApdu | undefined> {
    // Whoever selects speaks in plain, and the card ends the channel.
    if (step.verb === 'select') this.close();
    if (step.channel) this.#secure = await this.#open(step.channel);
    if (step.putKeys) await this.#requireSecure(step).putKeys(step.putKeys);
    let answer: ResponseApdu | undefined;
    for (const command of step.commands) {
      this.#noteSelection(command);
      answer = await this.#send(step, await this.#encryptData(step, command));
      onCommand?.();
    }
    return answer;
  }

  /** Ends the secure channel, if one is open, and overwrites its keys. */
  close(): void {
    this.#secure?.close();
    this.#secure = undefined;
  }

  async #send(step: PersoStep, command: Uint8Array): Promise<ResponseApdu> {
    const place = `${step.verb}${step.file === undefined ? '' : ` ${step.file}`}`;
    const answer = await exchange(this.#secure ?? this.place.channel, command, place);
    if (step.expectedSw.includes(answer.sw)) return answer;
    throw new ProductionError('CARD_REFUSED', place, [step.title.en, describeSw(answer.sw)]);
  }

  #open(wish: NonNullable<PersoStep['channel']>): Promise<SecureCardChannel> {
    const { channel, chip, openSecureChannel } = this.place;
    if (openSecureChannel === undefined) {
      const [{ keySet }] = wish.keys;
      const reason = `${chip} is written through ${wish.protocol}, and no HSM at hand keeps card keys`;
      throw new ProductionError('HSM_KEY_MISSING', `keys ${keySet}`, [reason]);
    }
    this.close();
    return openSecureChannel(channel, wish, this.#selected);
  }

  #noteSelection(command: Uint8Array): void {
    if (command[1] !== SELECT.ins || command[2] !== SELECT.byName) return;
    this.#selected = parseCommand(command).data ?? new Uint8Array();
  }

  async #encryptData(step: PersoStep, command: Uint8Array): Promise<Uint8Array> {
    if (step.encryptFrom === undefined) return command;
    const secure = this.#requireSecure(step);
    const { data = new Uint8Array() } = parseCommand(command);
    const start = command.length - data.length + step.encryptFrom;
    return concatBytes(
      command.subarray(0, start),
      await secure.encryptKeyData(command.subarray(start)),
    );
  }

  #requireSecure({ verb }: PersoStep): SecureCardChannel {
    if (this.#secure !== undefined) return this.#secure;
    throw new Error(`${verb} sends keys, and no secure channel is open`);
  }
}
