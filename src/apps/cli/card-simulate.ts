import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import { ProductionError } from '../../production/errors';
import { CHIP_KINDS, isChipKind, type ChipKind } from '../../simulation/chip/chip-kinds';
import { loadChipState, saveChipState } from '../../simulation/chip/chip-state-file';
import { TYPICAL_TIMING } from '../../simulation/chip/chip-timing';
import type { Fault } from '../../simulation/chip/fault-script';
import { VirtualCard } from '../../simulation/chip/virtual-card';
import {
  type ServedCard,
  serveVirtualCard,
  type ServeEnd,
} from '../../simulation/vpcd/serve-virtual-card';
import type { CommandContext } from '../command-context';
import { collect } from '../parse-options';
import { EXIT } from '../report-error';
import { systemRandom } from '../system';
import { parseFault } from './parse-fault';

interface SimulateOptions {
  readonly chip: readonly string[];
  readonly port: readonly string[];
  readonly host: string;
  readonly state: readonly string[];
  readonly fault: readonly string[];
  readonly timing?: true;
}

/** One virtual chip: what it is, where it lies, and where it is kept. */
interface Place {
  readonly kind: ChipKind;
  readonly port: number;
  readonly state: string | undefined;
}

const DEFAULT_PORT = 35_963;
/** pcscd looks for cards every 400 ms. */
const NOTICE_TIMEOUT_MS = 5_000;

const ENDS: Readonly<Record<ServeEnd, string>> = {
  stopped: 'taken out of the reader',
  'card-lost': 'lost its power for good',
  'driver-gone': 'has no reader any more',
};

/** `card simulate`: virtual chips behind vpcd, for any PC/SC software, until it is interrupted. */
export function addSimulateCommand(card: Command, context: CommandContext): void {
  card
    .command('simulate')
    .description('Lays virtual chips into vpcd readers of pcscd; Ctrl-C takes them out.')
    .option(
      '--chip <chip>',
      `one of ${Object.keys(CHIP_KINDS).join(', ')}; repeated, several chips at once`,
      collect,
      [],
    )
    .option(
      '--port <number>',
      `port of the vpcd driver, one a chip; ${DEFAULT_PORT} and those after it by default`,
      collect,
      [],
    )
    .option('--host <address>', 'where the vpcd driver listens', '127.0.0.1')
    .option(
      '--state <file>',
      'keep the chip in a file, one a chip; put in what lies there',
      collect,
      [],
    )
    .option(
      '--fault <fault>',
      'what goes wrong at which APDU: tear-off@60, mute@60, dead@60, status@60:6581, slow@60:500, wrong-keys@1',
      collect,
      [],
    )
    .option('--timing', 'take the time of a real chip: bits on the wire, memory, cryptography')
    .action((options: SimulateOptions) => simulate(context, options));
}

async function simulate(context: CommandContext, options: SimulateOptions): Promise<void> {
  const faults = options.fault.flatMap(parseFault);
  const places = placesOf(options);
  const keyless = places.find(({ kind }) => !CHIP_KINDS[kind].securityDomain);
  if (keyless !== undefined && faults.some(({ kind }) => kind === 'wrong-keys')) {
    throw new ProductionError('USAGE', '--fault', [`${keyless.kind} has no keys of its owner`]);
  }
  const failed = new AbortController();
  const signal = AbortSignal.any([context.signal, failed.signal]);
  const serving = places.map((place) =>
    serve({ ...context, signal }, { ...options, place, faults }).catch((error: unknown) => {
      failed.abort();
      throw error;
    }),
  );
  // Where one chip cannot lie, the others are taken out too, each kept in its file, before it ends.
  await Promise.allSettled(serving);
  const ends = await Promise.all(serving);
  if (ends.some((end) => end !== 'stopped')) context.exitStatus = EXIT.world;
}

async function serve(
  { terminal, signal }: CommandContext,
  given: SimulateOptions & { readonly place: Place; readonly faults: readonly Fault[] },
): Promise<ServeEnd> {
  const { place, host, faults, timing } = given;
  const { kind, port, state } = place;
  const card = await makeCard(place, timing === true);
  card.setFaults(faults);
  // A file that cannot be written is known before the chip has something to lose.
  if (state !== undefined) await saveChipState(state, card.state);
  const served = await serveVirtualCard({ card, port, host, signal });
  const what = `${kind} with serial ${card.identity.serialHex}`;
  if (!(await isNoticed(served))) {
    await served.stop();
    throw new ProductionError('READER_BUSY', `${host}:${port}`, [
      'its driver does not speak to the chip: another one lies in this slot',
    ]);
  }
  terminal.note(`${what} lies in the reader at ${host}:${port}`);
  const end = await served.ended;
  if (state !== undefined) await saveChipState(state, card.state);
  terminal.note(`${what} ${ENDS[end]} after ${card.apduCount} APDUs`);
  return end;
}

/** Of a chip that was taken out, too: nobody waits for it any more. */
function isNoticed({ noticed, ended }: ServedCard): Promise<boolean> {
  return Promise.race([
    noticed.then(() => true),
    ended.then(() => true),
    sleep(NOTICE_TIMEOUT_MS, false, { ref: false }),
  ]);
}

function placesOf({ chip, port, state }: SimulateOptions): readonly Place[] {
  if (port.length > chip.length || state.length > chip.length) {
    throw new ProductionError('USAGE', 'card simulate', ['more ports or states than chips']);
  }
  if (chip.length === 0) throw new ProductionError('USAGE', '--chip', ['no chip is named']);
  const places = chip.map((name, index) => ({
    kind: kindOf(name),
    port: portOf(port[index], index),
    state: state[index],
  }));
  requireDifferent(
    '--port',
    places.map((place) => place.port),
  );
  requireDifferent('--state', state);
  return places;
}

function requireDifferent(option: string, values: readonly (string | number)[]): void {
  const twice = values.find((value, index) => values.indexOf(value) !== index);
  if (twice === undefined) return;
  throw new ProductionError('USAGE', option, [`${twice} is given to two chips`]);
}

function portOf(text: string | undefined, index: number): number {
  if (text === undefined) return DEFAULT_PORT + index;
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new ProductionError('USAGE', '--port', [`"${text}" is no port`]);
}

function kindOf(name: string): ChipKind {
  if (isChipKind(name)) return name;
  throw new ProductionError('PROFILE_UNKNOWN', `chip "${name}"`, [
    `can be simulated: ${Object.keys(CHIP_KINDS).join(', ')}`,
  ]);
}

async function makeCard({ kind, state: file }: Place, timed: boolean): Promise<VirtualCard> {
  const pace = timed ? { timing: TYPICAL_TIMING, sleep: (ms: number) => sleep(ms) } : {};
  const order = { kind, random: systemRandom, ...pace };
  if (file === undefined || !existsSync(file)) return new VirtualCard(order);
  const state = await loadChipState(file);
  if (state.kind !== kind) {
    throw new ProductionError('INPUT_MALFORMED', file, [
      `it holds a chip of the kind ${state.kind}`,
    ]);
  }
  return new VirtualCard({ ...order, state });
}
