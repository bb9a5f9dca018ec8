import type { Command } from 'commander';
import { finishImport, type ImportOutcome } from '../../production/custody/card-keys/finish-import';
import {
  abandonImport,
  beginImport,
  giveComponent,
  requireOpenImport,
} from '../../production/custody/card-keys/import-by-components';
import { parseCardKeyOrder } from '../../production/custody/card-keys/parse-card-key-order';
import { encodeHex } from '../../standards/bytes/hex';
import { computeKcv } from '../../standards/gp/key-check-value';
import { askSecret } from '../ask-secret';
import type { CommandContext } from '../command-context';
import { parseWholeNumber } from '../parse-options';
import { systemClock } from '../system';
import { SECRET_PLACES } from '../wiring/secret';
import {
  addCardKeyOptions,
  authorizeCardKey,
  type CardKeyOptions,
  toolsOf,
  typedSubject,
} from './card-key-options';
import { parseKcv } from './parse-kcv';
import {
  addCustodyKeyOptions,
  withKeys,
  type CustodyOptions,
  type KeySession,
} from './custody-session';
import { addCustodianOptions, openCustodian, type CustodianOptions } from './open-custodian';
import { readSecretHex } from './read-secret-hex';

const number = parseWholeNumber(1, Number.MAX_SAFE_INTEGER);
const DEFAULT_COMPONENTS = 3;

/** `key card import`, `component`, `resume`, `abandon`. */
export function addImportCommands(card: Command, context: CommandContext): void {
  const begin = card
    .command('import')
    .argument('<name>', 'name of the set, or of the transport key')
    .description('Begins the import of a key of which several custodians bring a component each.')
    .option('--components <number>', 'how many; 3 by default', parseWholeNumber(2, 9))
    .option('--kcv <hex>', 'check value of the whole key, where it is known');
  addCustodyKeyOptions(addCardKeyOptions(begin, ['enc', 'mac', 'dek', 'all', 'transport'])).action(
    (name: string, options: ImportOptions) => begins(context, name, options),
  );
  addCustodyKeyOptions(
    addCustodianOptions(
      card
        .command('component')
        .argument('<import>', 'its number', number)
        .description('Takes your component, and makes the key when it is the last.')
        .option('--component-from <place>', `${SECRET_PLACES}; prompt by default`, 'prompt')
        .option('--kcv <hex>', 'the check value on your paper; asked for at a terminal'),
    ),
  ).action((importId: number, options: ComponentOptions) => gives(context, importId, options));
  addCustodyKeyOptions(
    card
      .command('resume')
      .argument('<import>', 'its number', number)
      .description('Finishes what was interrupted, and says what it was.'),
  ).action((importId: number, options: CustodyOptions) =>
    withKeys(options, async (session) => say(context, await finish(session, importId), importId)),
  );
  addCustodyKeyOptions(
    card
      .command('abandon')
      .argument('<import>', 'its number', number)
      .description('Ends an import and forgets its components.'),
  ).action((importId: number, options: CustodyOptions) =>
    withKeys(options, async (session) => {
      const { act, auditor } = session;
      const doing = { at: systemClock.now(), by: auditor.who };
      await act({ action: 'abandon-key-import', subject: `import ${importId}` }, () =>
        abandonImport(toolsOf(session), importId, doing),
      );
      context.terminal.print(`import ${importId} is rolled back; its components are forgotten`);
    }),
  );
}

interface ImportOptions extends CardKeyOptions {
  readonly components?: number;
}

async function begins(
  { terminal }: CommandContext,
  name: string,
  options: ImportOptions,
): Promise<void> {
  await withKeys(options, async (session) => {
    const tools = toolsOf(session);
    const components = options.components ?? DEFAULT_COMPONENTS;
    const typed = typedSubject(name, options, { components });
    const subject = `keys ${name}`;
    const begun = await session.act({ action: 'begin-key-import', subject }, async () => {
      const kind = 'import-card-key';
      const { subject: approved, doing } = await authorizeCardKey(session, {
        ...{ kind, typed, proposal: options.proposal },
      });
      const order = {
        ...parseCardKeyOrder(approved, tools.site, ['components']),
        components: Number(approved['components'] ?? DEFAULT_COMPONENTS),
      };
      return { order, importId: await beginImport(tools, order, doing) };
    });
    const { order, importId } = begun;
    terminal.print(
      `import ${importId}: ${order.name}, ${order.part}, ${order.cipher} ${order.lengthBytes * 8}, ${order.realm}, ${order.components} components`,
    );
  });
}

interface ComponentOptions extends CustodyOptions, CustodianOptions {
  readonly componentFrom: string;
  readonly kcv?: string;
}

async function gives(
  context: CommandContext,
  importId: number,
  options: ComponentOptions,
): Promise<void> {
  const { terminal } = context;
  const person = await openCustodian(options);
  await withKeys(options, async (session) => {
    const tools = toolsOf(session);
    const { cipher } = await requireOpenImport(tools.store, importId);
    const question = `component of ${person.name}, hexadecimal`;
    const component = await readSecretHex(options.componentFrom, { what: 'component', question });
    try {
      const kcv = computeKcv(cipher, component);
      terminal.note(`check value of the component of ${person.name}: ${encodeHex(kcv)}`);
      const expectedKcv = await expectedValue(options);
      const subject = `import ${importId}`;
      const reasons = [person.name, `check value ${encodeHex(kcv)}`];
      const receipt = await session.act({ action: 'give-key-component', subject, reasons }, () =>
        giveComponent(tools, person, {
          ...{ importId, component, at: systemClock.now() },
          ...(expectedKcv && { expectedKcv }),
        }),
      );
      if (receipt.resumed) terminal.note(`resumed: component ${receipt.number} was on record only`);
      terminal.print(`component ${receipt.number}: check value ${encodeHex(receipt.kcv)}`);
      say(context, await finish(session, importId), importId);
    } finally {
      component.fill(0);
    }
  });
}

/** What the paper says: typed as an option, else at the keyboard where there is one. */
async function expectedValue(options: ComponentOptions): Promise<Uint8Array | undefined> {
  if (options.kcv !== undefined) return parseKcv(options.kcv);
  if (options.componentFrom !== 'prompt') return undefined;
  return parseKcv(await askSecret('check value on your paper'));
}

async function finish(session: KeySession, importId: number): Promise<ImportOutcome> {
  const { custody, act, auditor } = session;
  const tools = { ...toolsOf(session), custodians: await custody.fourEyes.listCustodians() };
  const doing = { at: systemClock.now(), by: auditor.who };
  return act({ action: 'finish-key-import', subject: `import ${importId}` }, () =>
    finishImport(tools, importId, doing),
  );
}

function say({ terminal }: CommandContext, outcome: ImportOutcome, importId: number): void {
  if (outcome.state === 'waiting') {
    for (const reason of outcome.missing) terminal.print(`import ${importId} waits: ${reason}`);
  } else if (outcome.state === 'abandoned') {
    terminal.print(`import ${importId} was rolled back; its components are forgotten`);
  } else {
    if (outcome.resumed) terminal.note('resumed: the HSM had combined the key before');
    terminal.print(`import ${importId}: the key is there, check value ${encodeHex(outcome.kcv)}`);
  }
}
