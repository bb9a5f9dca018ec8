import type { Command } from 'commander';
import { explainScript, type Language } from '../../production/personalization/explain-script';
import { compileScript } from '../../production/personalization/compile-script';
import { renderScripts } from '../../production/personalization/render-scripts';
import { buildSampleDocument } from '../../production/personalization/sample-document';
import { ProductionError } from '../../production/errors';
import { readFaceLayout } from '../../production/face/parse-face-layout';
import type { ProfileSource } from '../../production/ports';
import { checkProfiles } from '../../production/profile/check-profiles';
import { loadPair, type ProfilePair } from '../../production/profile/load-profiles';
import { formatProblem, type ProfileProblem } from '../../production/profile/profile-problem';
import type { CommandContext } from '../command-context';
import { EXIT } from '../report-error';
import { printJson } from '../terminal';
import { openProfiles, openProfilesWith } from '../wiring/profiles';

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
    .description(
      'Reports every error of each product, chip and face, and of each product on each chip.',
    )
    .argument('[files...]', 'profiles to check beside, or in place of, those that are there')
    .action((files: readonly string[]) => check(context, files));
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

async function check(context: CommandContext, files: readonly string[]): Promise<void> {
  const source = await openProfilesWith(files);
  const { products, chips, pairs, problems: found } = await checkProfiles(source);
  const problems = [...found, ...(await checkFaces(source))];
  for (const problem of problems) context.terminal.print(formatProblem(problem));
  if (problems.length > 0) context.exitStatus = EXIT.no;
  else {
    const counts = `${products.length} products, ${chips.length} chips, ${pairs} pairs`;
    context.terminal.print(`every profile is right: ${counts}`);
  }
}

/** Faces stand in a later stage than profiles, which know no more than their names. */
async function checkFaces(source: ProfileSource): Promise<readonly ProfileProblem[]> {
  const names = await source.listProfiles('faces');
  const readings = await Promise.all(
    names.map(async (name) => readFaceLayout(await source.readProfile('faces', name))),
  );
  return readings.flatMap(({ problems }) => problems);
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
