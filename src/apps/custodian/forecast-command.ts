import { type Command, Option } from 'commander';
import { describeForecast } from '../../production/custody/rotation/describe-forecast';
import type { CommandContext } from '../command-context';
import { EXIT } from '../report-error';
import { systemClock } from '../system';
import { printJson } from '../terminal';
import { withCustody } from './custody-session';
import { addForecastOptions, type ForecastOptions, readForecast } from './forecast-options';

/** `key forecast`: when the signers end by the plan of production, and whether the next is ready. */
export function addForecastCommand(key: Command, context: CommandContext): void {
  addForecastOptions(
    key
      .command('forecast')
      .description('Says when the signers end by the plan; 1 when another is to be made now.'),
  )
    .addOption(
      new Option('--language <language>', 'of the sentences; both by default').choices([
        'vi',
        'en',
      ]),
    )
    .option('--json', 'for machines')
    .action((options: ForecastOptions & Output) => tell(context, options));
}

interface Output {
  readonly language?: string;
  readonly json?: true;
}

async function tell(context: CommandContext, options: ForecastOptions & Output): Promise<void> {
  const { terminal } = context;
  await withCustody(async ({ custody }) => {
    const signers = await custody.signers.listSigners();
    const { forecast, plan } = await readForecast(signers, options, systemClock.now());
    if (forecast.due) context.exitStatus = EXIT.no;
    if (options.json === true) {
      printJson(terminal, forecast);
      return;
    }
    const text = describeForecast(forecast, plan);
    for (const language of ['vi', 'en'] as const) {
      if ((options.language ?? language) !== language) continue;
      for (const sentence of text[language]) terminal.print(sentence);
    }
  });
}
