import type { Command } from 'commander';
import { explainScript, type Language } from '../../production/personalization/explain-script';
import { compileScript } from '../../production/personalization/compile-script';
import { renderScripts } from '../../production/personalization/render-scripts';
import { buildSampleDocument } from '../../production/personalization/sample-document';
import { ProductionError } from '../../production/errors';
import { checkProfiles } from '../../production/profile/check-profiles';
import { loadPair, type ProfilePair } from '../../production/profile/load-profiles';
import { formatProblem } from '../../production/profile/profile-problem';
import type { CommandContext } from '../command-context';
import { EXIT } from '../report-error';
import { printJson } from '../terminal';
import { openProfiles } from '../wiring/profiles';

interface PairOptions {
  readonly profile: string;
  readonly chip?: string;
}

/** `profile list`, `check`, `explain`, `compile`. */
export function addProfileCommands(program: Command, context: CommandContext): void {
  const profile = program.command('profile').description('Cards as data: products and chips.');
  profile
    .command('list')
    .description('Names every product and chip.')
    .option('--json', 'for machines')
    .action((options: { readonly json?: true }) => listProfiles(context, options.json === true));
  profile
    .command('check')
    .description('Reports every error of a product or chip, and of each product on each chip.')
    .action(() => check(context));
  addPairOptions(profile.command('explain').description('Tells in words how a card is made.'))
    .option('--language <vi|en>', 'language of the words', 'vi')
    .action((options: PairOptions & { readonly language: string }) => explain(context, options));
  addPairOptions(
    profile.command('compile').description('Prints the APDUs for a sample holder, a nobody.'),
  ).action((options: PairOptions) => compile(context, options));
}

function addPairOptions(command: Command): Command {
  return command
    .requiredOption('--profile <product>', 'what is on the card')
    .option('--chip <chip>', 'what it is made on; the first chip of the product by default');
}

async function listProfiles({ terminal }: CommandContext, json: boolean): Promise<void> {
  const source = openProfiles();
  const [products, chips] = [
    await source.listProfiles('products'),
    await source.listProfiles('chips'),
  ];
  if (json) {
    printJson(terminal, { products, chips });
    return;
  }
  for (const name of products) terminal.print(`product ${name}`);
  for (const name of chips) terminal.print(`chip    ${name}`);
}

async function check(context: CommandContext): Promise<void> {
  const { products, chips, pairs, problems } = await checkProfiles(openProfiles());
  for (const problem of problems) context.terminal.print(formatProblem(problem));
  if (problems.length > 0) context.exitStatus = EXIT.no;
  else {
    const counts = `${products.length} products, ${chips.length} chips, ${pairs} pairs`;
    context.terminal.print(`every profile is right: ${counts}`);
  }
}

async function explain(
  { terminal }: CommandContext,
  options: PairOptions & { readonly language: string },
): Promise<void> {
  const { language } = options;
  if (language !== 'vi' && language !== 'en') {
    throw new ProductionError('USAGE', '--language', [`"${language}" is neither vi nor en`]);
  }
  for (const line of explainScript(await compileSample(options), language satisfies Language)) {
    terminal.print(line);
  }
}

async function compile({ terminal }: CommandContext, options: PairOptions): Promise<void> {
  const pair = await loadNamedPair(options);
  const document = buildSampleDocument(pair.product, pair.chip);
  terminal.print(renderScripts({ document, ...pair }, 'shown').trimEnd());
}

async function compileSample(options: PairOptions): Promise<ReturnType<typeof compileScript>> {
  const pair = await loadNamedPair(options);
  const document = buildSampleDocument(pair.product, pair.chip);
  return compileScript({ document, ...pair });
}

function loadNamedPair({ profile, chip }: PairOptions): Promise<ProfilePair> {
  return loadPair(openProfiles(), { product: profile, ...(chip !== undefined && { chip }) });
}
