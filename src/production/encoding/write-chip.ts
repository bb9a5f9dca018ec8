import { parseCommand } from '../../standards/apdu/command';
import { describeSw } from '../../standards/apdu/status-words';
import { concatBytes } from '../../standards/bytes/concat';
import type {
  PersoPhase,
  PersoScript,
  PersoStep,
  SecureChannelWish,
} from '../document/perso-script';
import { ProductionError } from '../errors';
import type { CardChannel } from '../ports';
import { exchange } from './exchange';

export interface ChipWriting {
  readonly channel: CardChannel;
  readonly script: PersoScript;
  readonly phase: PersoPhase;
  /** Verbs that an earlier attempt is known to have done, see `probeAfterCrash`. */
  readonly without?: readonly string[];
  readonly onProgress?: (progress: WriteProgress) => void;
  /** Needed for chips that are written through a secure channel. */
  readonly openSecureChannel?: SecureChannelOpener;
}

/** How far a phase is, told before each step and at the end. */
export interface WriteProgress {
  readonly phase: PersoPhase;
  /** Commands that the chip has acknowledged, of all in this phase. */
  readonly done: number;
  readonly total: number;
  /** The step that begins; absent at the end. */
  readonly step?: Pick<PersoStep, 'verb' | 'title' | 'file'>;
}

/** Opens a GlobalPlatform secure channel over a plain one. */
export type SecureChannelOpener = (
  channel: CardChannel,
  wish: SecureChannelWish,
) => Promise<SecureCardChannel>;

/** Wraps what it is given, and encrypts keys under the key-encryption key. */
export interface SecureCardChannel extends CardChannel {
  encryptKeyData(plain: Uint8Array): Promise<Uint8Array>;
}

/**
 * Sends the commands of one phase, each once, and stops at the first answer that is not expected.
 *
 * @throws ProductionError `CARD_REFUSED` with step and status word, `CARD_LOST`, `CARD_MUTE`;
 * never with anything of a command's data.
 */
export async function writeChip(writing: ChipWriting): Promise<void> {
  const { script, phase, without = [], onProgress } = writing;
  const steps = script.steps.filter((step) => step.phase === phase && !without.includes(step.verb));
  const total = steps.reduce((sum, { commands }) => sum + commands.length, 0);
  let channel: CardChannel | SecureCardChannel = writing.channel;
  let done = 0;
  for (const step of steps) {
    const { verb, title, file } = step;
    onProgress?.({ phase, done, total, step: { verb, title, ...(file && { file }) } });
    if (step.channel) channel = await openChannel(writing, step.channel);
    for (const command of step.commands) {
      await send(channel, step, await encryptData(channel, step, command));
      done++;
    }
  }
  onProgress?.({ phase, done, total });
}

async function send(channel: CardChannel, step: PersoStep, command: Uint8Array): Promise<void> {
  const place = `${step.verb}${step.file === undefined ? '' : ` ${step.file}`}`;
  const { sw } = await exchange(channel, command, place);
  if (step.expectedSw.includes(sw)) return;
  throw new ProductionError('CARD_REFUSED', place, [step.title.en, describeSw(sw)]);
}

async function openChannel(
  { channel, openSecureChannel, script }: ChipWriting,
  wish: SecureChannelWish,
): Promise<SecureCardChannel> {
  if (openSecureChannel === undefined) {
    throw new Error(`${script.chip} is written through ${wish.protocol}, which nobody can open`);
  }
  return openSecureChannel(channel, wish);
}

async function encryptData(
  channel: CardChannel | SecureCardChannel,
  step: PersoStep,
  command: Uint8Array,
): Promise<Uint8Array> {
  if (step.encryptFrom === undefined) return command;
  if (!('encryptKeyData' in channel)) {
    throw new Error(`${step.verb} encrypts its data, and no secure channel is open`);
  }
  const { data = new Uint8Array() } = parseCommand(command);
  const start = command.length - data.length + step.encryptFrom;
  return concatBytes(
    command.subarray(0, start),
    await channel.encryptKeyData(command.subarray(start)),
  );
}
