import type { Command } from 'commander';
import { identifyChip } from '../../production/encoding/identify-chip';
import { observeLife, type ChipLife } from '../../production/encoding/observe-life';
import { ProductionError } from '../../production/errors';
import type { CardConnection } from '../../production/ports';
import type { ChipProfile } from '../../production/profile/chip';
import { loadChip } from '../../production/profile/load-profiles';
import { encodeHex } from '../../standards/bytes/hex';
import type { CommandContext } from '../command-context';
import { printJson } from '../terminal';
import { openProfiles } from '../wiring/profiles';
import { parseWholeNumber } from '../parse-options';
import { withCard, type ReaderOptions } from '../with-card';

interface Identity {
  readonly atrHex: string;
  readonly serial: string | undefined;
  readonly serialFrom: string | undefined;
  /** For each chip profile, what the card looks like through it. */
  readonly chips: readonly { readonly chip: string; readonly life: ChipLife }[];
}

/** `card identify`: what is this card? Nothing on it is changed. */
export function addIdentifyCommand(card: Command, context: CommandContext): void {
  card
    .command('identify')
    .description('Tells what a card is: answer to reset, serial, chip types that fit, life.')
    .requiredOption('--reader <name>', 'PC/SC reader, or a part of its name')
    .option('--wait <seconds>', 'how long to wait for a card', parseWholeNumber(0, 3600), 10)
    .option('--json', 'for machines')
    .action(async (options: ReaderOptions & { readonly json?: true }) => {
      const identity = await withCard(options, context.signal, identify);
      if (options.json === true) printJson(context.terminal, identity);
      else for (const line of describe(identity)) context.terminal.print(line);
    });
}

async function identify(connection: CardConnection): Promise<Identity> {
  const atrHex = encodeHex(connection.atr);
  const chip = await identifyChip(connection).catch((error: unknown) => {
    if (error instanceof ProductionError && error.code === 'CARD_WITHOUT_SERIAL') return undefined;
    throw error;
  });
  const chips: { chip: string; life: ChipLife }[] = [];
  for (const profile of await loadChips()) {
    await connection.reset();
    chips.push({ chip: profile.name, life: await observeLife(connection, profile) });
  }
  return { atrHex, serial: chip?.serial, serialFrom: chip?.from, chips };
}

async function loadChips(): Promise<readonly ChipProfile[]> {
  const source = openProfiles();
  const names = await source.listProfiles('chips');
  return Promise.all(names.map((name) => loadChip(source, name)));
}

function describe({ atrHex, serial, serialFrom, chips }: Identity): readonly string[] {
  const fitting = chips.filter(({ life }) => life.sign !== 'foreign');
  return [
    `answer to reset  ${atrHex}`,
    `serial           ${serial === undefined ? 'unknown' : `${serial} (${String(serialFrom)})`}`,
    ...fitting.flatMap(({ chip, life }) => [
      `chip type        ${chip}: ${life.sign}`,
      ...life.evidence.map(({ en }) => `                 ${en}`),
    ]),
    ...(fitting.length === 0 ? ['chip type        none of the profiles fits'] : []),
  ];
}
