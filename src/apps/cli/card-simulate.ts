import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { ProductionError } from '../../production/errors';
import { CHIP_KINDS, isChipKind, type ChipKind } from '../../simulation/chip/chip-kinds';
import { loadChipState, saveChipState } from '../../simulation/chip/chip-state-file';
import { VirtualCard } from '../../simulation/chip/virtual-card';
import { serveVirtualCard, type ServeEnd } from '../../simulation/vpcd/serve-virtual-card';
import type { CommandContext } from '../command-context';
import { EXIT } from '../report-error';
import { systemRandom } from '../system';
import { parseWholeNumber } from '../parse-options';

interface SimulateOptions {
  readonly chip: string;
  readonly port: number;
  readonly host: string;
  readonly state?: string;
}

const ENDS: Readonly<Record<ServeEnd, string>> = {
  stopped: 'taken out of the reader',
  'card-lost': 'the chip lost its power for good',
  'driver-gone': 'the reader went away',
};

/** `card simulate`: a virtual chip behind vpcd, for any PC/SC software, until it is interrupted. */
export function addSimulateCommand(card: Command, context: CommandContext): void {
  card
    .command('simulate')
    .description('Lays a virtual chip into the vpcd reader of pcscd; Ctrl-C takes it out.')
    .requiredOption('--chip <chip>', `one of ${Object.keys(CHIP_KINDS).join(', ')}`)
    .option('--port <number>', 'port of the vpcd driver', parseWholeNumber(1, 65_535), 35_963)
    .option('--host <address>', 'where the vpcd driver listens', '127.0.0.1')
    .option('--state <file>', 'keep the chip in a file: put in again what lies there, or a new one')
    .action((options: SimulateOptions) => simulate(context, options));
}

async function simulate(context: CommandContext, options: SimulateOptions): Promise<void> {
  const { port, host, state } = options;
  const card = await makeCard(kindOf(options.chip), state);
  const served = await serveVirtualCard({ card, port, host, signal: context.signal });
  context.terminal.note(
    `${options.chip} with serial ${card.identity.serialHex} lies in the reader at ${host}:${port}`,
  );
  const end = await served.ended;
  if (state !== undefined) await saveChipState(state, card.state);
  context.terminal.note(`${ENDS[end]} after ${card.apduCount} APDUs`);
  if (end !== 'stopped') context.exitStatus = EXIT.world;
}

function kindOf(name: string): ChipKind {
  if (isChipKind(name)) return name;
  throw new ProductionError('PROFILE_UNKNOWN', `chip "${name}"`, [
    `can be simulated: ${Object.keys(CHIP_KINDS).join(', ')}`,
  ]);
}

async function makeCard(kind: ChipKind, file: string | undefined): Promise<VirtualCard> {
  if (file === undefined || !existsSync(file))
    return new VirtualCard({ kind, random: systemRandom });
  const state = await loadChipState(file);
  if (state.kind !== kind) {
    throw new ProductionError('INPUT_MALFORMED', file, [
      `it holds a chip of the kind ${state.kind}`,
    ]);
  }
  return new VirtualCard({ kind, random: systemRandom, state });
}
