import type { Command } from 'commander';
import {
  type AddedKeys,
  makeCardKeys,
  receiveCardKey,
} from '../../production/custody/card-keys/add-card-keys';
import {
  destroyCardKeys,
  planDestruction,
} from '../../production/custody/card-keys/destroy-card-keys';
import type { CardKeyDoing } from '../../production/custody/card-keys/card-key-tools';
import { parseCardKeyOrder } from '../../production/custody/card-keys/parse-card-key-order';
import { nameSetOfBatch } from '../../production/document/custody/card-key-set';
import type { RecordedCardKey } from '../../production/document/custody/card-key-store';
import { ProductionError } from '../../production/errors';
import { encodeHex } from '../../standards/bytes/hex';
import type { CommandContext } from '../command-context';
import { systemClock } from '../system';
import { printJson } from '../terminal';
import {
  addCardKeyOptions,
  authorizeCardKey,
  type CardKeyOptions,
  proposalNumber,
  toolsOf,
  typedSubject,
} from './card-key-options';
import {
  addCustodyKeyOptions,
  withCustody,
  withKeys,
  type CustodyOptions,
  type KeySession,
} from './custody-session';
import { readSecretHex } from './read-secret-hex';

/** `key card receive`, `make`, `destroy`, `list`. */
export function addCardKeyLifeCommands(card: Command, context: CommandContext): void {
  const receive = card
    .command('receive')
    .argument('<name>', 'name of the set')
    .description('Takes a key that its maker wrapped under a transport key.')
    .option('--under <name>', 'the transport key')
    .option('--kcv <hex>', 'check value that came with it')
    .requiredOption('--wrapped-from <place>', 'file:PATH or stdin: the wrapped key, hexadecimal');
  addCustodyKeyOptions(addCardKeyOptions(receive, ['enc', 'mac', 'dek', 'all'])).action(
    (name: string, options: ReceiveOptions) => receives(context, name, options),
  );
  const make = card
    .command('make')
    .argument('<name>', 'name of the set')
    .description('Makes the three master keys of a set in the HSM; nobody has seen them.');
  addCustodyKeyOptions(addCardKeyOptions(make, [])).action(
    (name: string, options: CardKeyOptions) => makes(context, name, options),
  );
  addCustodyKeyOptions(
    card
      .command('destroy')
      .argument('<name>', 'name of the set, or of the transport key')
      .description('Ends card keys for ever, and records it.')
      .option('--batch <name>', 'the set of this batch alone')
      .option(
        '--proposal <number>',
        'the approval, --with name=NAME or NAME.BATCH',
        proposalNumber,
      ),
  ).action((name: string, options: DestroyOptions) => destroys(context, name, options));
  card
    .command('list')
    .description('Shows the card keys on record with their check values.')
    .option('--json', 'for machines')
    .action(({ json }: { readonly json?: true }) =>
      withCustody(async ({ custody }) => {
        const keys = await custody.cardKeys.listKeys();
        const imports = await custody.cardKeys.listOpenImports();
        if (json === true) {
          printJson(context.terminal, { keys, imports });
          return;
        }
        for (const key of keys) context.terminal.print(describe(key));
        for (const { importId, name, components, given } of imports) {
          const progress = `${given.length} of ${components} components`;
          context.terminal.print(`import ${importId}: ${name}, ${progress}`);
        }
        if (keys.length + imports.length === 0) context.terminal.note('no card key is on record');
      }),
    );
}

interface ReceiveOptions extends CardKeyOptions {
  readonly under?: string;
  readonly wrappedFrom: string;
}

async function receives(
  context: CommandContext,
  name: string,
  options: ReceiveOptions,
): Promise<void> {
  const wrapped = await readSecretHex(options.wrappedFrom, {
    ...{ what: 'wrapped key', question: 'the wrapped key, hexadecimal' },
  });
  await withKeys(options, async (session) => {
    const tools = toolsOf(session);
    const { under } = options;
    const typed = typedSubject(name, options, { ...(under !== undefined && { under }) });
    const subject = `keys ${name}`;
    const added = await session.act({ action: 'receive-card-key', subject }, async () => {
      const { subject: approved, doing } = await authorizeCardKey(session, {
        ...{ kind: 'import-card-key', typed, proposal: options.proposal },
      });
      const order = parseCardKeyOrder(approved, tools.site, ['under']);
      const { kcv } = order;
      const { under } = approved;
      if (kcv === undefined || under === undefined || typeof under === 'object') {
        const reasons = ['a wrapped key comes with its check value, --kcv, and --under what'];
        throw new ProductionError('USAGE', `keys ${name}`, reasons);
      }
      const arrived = { order: { ...order, kcv }, under: String(under), wrapped };
      return receiveCardKey(tools, arrived, doing);
    });
    say(context, added);
  });
}

async function makes(
  context: CommandContext,
  name: string,
  options: CardKeyOptions,
): Promise<void> {
  await withKeys(options, async (session) => {
    const tools = toolsOf(session);
    const typed = typedSubject(name, options);
    const subject = `keys ${name}`;
    const added = await session.act({ action: 'make-card-key', subject }, async () => {
      const { subject: approved, doing } = await authorizeCardKey(session, {
        ...{ kind: 'make-card-key', typed, proposal: options.proposal },
      });
      return makeCardKeys(tools, parseCardKeyOrder(approved, tools.site), doing);
    });
    say(context, added);
  });
}

interface DestroyOptions extends CustodyOptions {
  readonly batch?: string;
  readonly proposal?: number;
}

async function destroys(
  { terminal }: CommandContext,
  name: string,
  options: DestroyOptions,
): Promise<void> {
  const { batch, proposal } = options;
  const fullName = batch === undefined ? name : nameSetOfBatch(name, batch);
  if (fullName === undefined) {
    throw new ProductionError('USAGE', '--batch', ['it is 1 to 24 letters, digits and hyphens']);
  }
  await withKeys(options, async (session) => {
    const tools = toolsOf(session);
    const plan = await session.act(
      { action: 'destroy-card-key', subject: `keys ${fullName}` },
      async () => {
        const found = await planDestruction(tools, fullName);
        const doing = found.resumed
          ? { at: systemClock.now(), by: session.auditor.who }
          : await approveDestruction(session, fullName, proposal);
        await destroyCardKeys(tools, found, doing);
        return found;
      },
    );
    if (plan.resumed) terminal.note('resumed: it was on record and not yet done');
    for (const label of plan.labels) terminal.print(`${label} is destroyed`);
  });
}

/** What was approved is this set and no part of it: its batch stands in its name. */
async function approveDestruction(
  session: KeySession,
  name: string,
  proposal: number | undefined,
): Promise<CardKeyDoing> {
  const { subject, doing } = await authorizeCardKey(session, {
    ...{ kind: 'destroy-card-key', typed: { name }, proposal },
  });
  if (Object.keys(subject).length === 1) return doing;
  throw new ProductionError('FOUR_EYES_REFUSED', `keys ${name}`, [
    'the proposal says more than a name; the keys of a batch are name=NAME.BATCH',
  ]);
}

function say({ terminal }: CommandContext, { keys, resumed }: AddedKeys): void {
  if (resumed) terminal.note('resumed: the HSM had it already, and nobody had recorded it');
  for (const { label, kcv, realm } of keys) {
    terminal.print(`${label}: check value ${encodeHex(kcv)}, ${realm}`);
  }
}

function describe(key: RecordedCardKey): string {
  const { label, cipher, lengthBytes, realm, kcv, origin, addedAt, destroyedAt } = key;
  const cards = [key.maker, key.cardType, key.batch].filter((one) => one !== undefined);
  return [
    `${label}: ${encodeHex(kcv)}, ${cipher} ${lengthBytes * 8}, ${realm}, ${origin}`,
    ...(cards.length === 0 ? [] : [`for ${cards.join(' ')}`]),
    `since ${addedAt.toISOString()}`,
    ...(destroyedAt === undefined ? [] : [`destroyed ${destroyedAt.toISOString()}`]),
  ].join(', ');
}
