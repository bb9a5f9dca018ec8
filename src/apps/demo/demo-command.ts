import { type Command, Option } from 'commander';
import type { CommandContext } from '../command-context';
import { addKeyPlaceOptions } from '../key-place-options';
import { parseWholeNumber } from '../parse-options';
import type { DemoOptions } from './demo-result';
import { runDemo } from './run-demo';

/** `demo`: everything embedded, from invented record to released card. */
export function addDemoCommand(program: Command, context: CommandContext): void {
  const demo = program
    .command('demo')
    .description('Makes invented cards on embedded defaults: database, keys, chips, faces.')
    .addOption(
      new Option('--cards <number>', 'how many records')
        .argParser(parseWholeNumber(1, 500))
        .default(5),
    )
    .option('--out <dir>', 'where everything is left', 'out/demo')
    .option('--seed <number>', 'other people', parseWholeNumber(0, 2 ** 31), 2026)
    .addOption(
      new Option('--hsm <kind>', 'its keys on a software HSM, or in an empty PKCS #11 token')
        .choices(['mock', 'pkcs11'])
        .default('mock'),
    );
  addKeyPlaceOptions(demo).action((options: DemoOptions) => runDemo(context, options));
}
