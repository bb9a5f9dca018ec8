import { type Command, Option } from 'commander';
import { describeForecast } from '../../production/custody/rotation/describe-forecast';
import { askForRevocationList } from '../../production/custody/rotation/publish-revocation-list';
import type { ManagedSigner } from '../../production/document/custody/signer-store';
import { dueOfCscas } from '../../production/custody/rotation/due-of-cscas';
import type { CommandContext } from '../command-context';
import { EXIT } from '../report-error';
import { systemClock } from '../system';
import { printJson } from '../terminal';
import { withCustody } from './custody-session';
import { addForecastOptions, type ForecastOptions, readForecast } from './forecast-options';

const HOUR_MS = 3_600_000;

interface StatusOptions extends ForecastOptions {
  readonly language: 'vi' | 'en';
  readonly json?: true;
}

/** `key status`: signers, forecast, what is due. */
export function addStatusCommand(key: Command, context: CommandContext): void {
  addForecastOptions(
    key
      .command('status')
      .description('Says which signers there are, when they end, and what is due.'),
  )
    .addOption(
      new Option('--language <language>', 'of the forecast').choices(['vi', 'en']).default('en'),
    )
    .option('--json', 'for machines')
    .action((options: StatusOptions) => status(context, options));
}

async function status(context: CommandContext, options: StatusOptions): Promise<void> {
  const { terminal } = context;
  await withCustody(async ({ custody }) => {
    const now = systemClock.now();
    const signers = await custody.signers.listSigners();
    const recorded = await custody.signers.countRecorded();
    const { forecast, plan } = await readForecast(signers, options, now);
    const revocationList = await askForRevocationList(custody, now);
    const publications = (await custody.cscas.listPublications()).filter(
      ({ confirmedAt }) => confirmedAt === undefined,
    );
    const cscas = dueOfCscas(await custody.cscas.listCscas(), now);
    const endings = (await custody.destructions.listDestructions()).filter(
      ({ destroyedAt }) => destroyedAt === undefined,
    );
    const due = forecast.due || revocationList.due || cscas.length + endings.length > 0;
    // A roll-over is not over before everybody was told of it.
    if (due || publications.length > 0) context.exitStatus = EXIT.no;
    if (options.json === true) {
      const shown = signers.map(({ signer, ...rest }) => ({
        ...{ ...rest, keyLabel: signer.keyLabel, recorded: recorded.get(rest.number) ?? 0 },
      }));
      printJson(terminal, {
        ...{ signers: shown, forecast, revocationList, publications, cscas },
        unfinishedDestructions: endings.map(({ label }) => label),
      });
      return;
    }
    for (const signer of signers) {
      terminal.print(describeSigner(signer, recorded.get(signer.number) ?? 0));
    }
    const sentences = describeForecast(forecast, plan);
    for (const one of sentences[options.language]) terminal.print(one);
    terminal.print(
      revocationList.due
        ? `a revocation list is due: ${revocationList.reason}${describeLate(revocationList.lateBy)}`
        : `the next revocation list is due on ${dayOf(revocationList.nextAt)}`,
    );
    for (const { csca, task } of publications) {
      terminal.print(`CSCA ${csca}: publication to ${task} is not confirmed`);
    }
    for (const sentence of cscas) terminal.print(sentence);
    for (const { label } of endings) {
      terminal.print(`key ${label}: its destruction was interrupted; \`key destroy\` goes on`);
    }
  });
}

function describeLate(lateBy: number | undefined): string {
  return lateBy === undefined ? '' : `, ${Math.ceil(lateBy / HOUR_MS)} hours late`;
}

function describeSigner(one: ManagedSigner, recorded: number): string {
  const { number, state, reserved, maxSignatures, maxDays, signer } = one;
  const parts = [
    `DSC ${number}: ${one.revokedAt === undefined ? state : `revoked (${state})`}`,
    `${reserved}${maxSignatures === undefined ? '' : ` of ${maxSignatures}`} signatures`,
    // Signed beside the line, or interrupted between signature and record: used up all the same.
    ...(recorded === reserved ? [] : [`${reserved - recorded} of them not in the ledger`]),
    ...(one.inUseAt === undefined ? [] : [`in use from ${one.inUseAt.toISOString()}`]),
    ...(one.cutOverAt === undefined ? [] : [`cut over ${one.cutOverAt.toISOString()}`]),
    ...(maxDays === undefined ? [] : [`at most ${maxDays} days`]),
    `key period to ${dayOf(signer.keyUse.until)}`,
    `key ${signer.keyLabel}`,
  ];
  return parts.join(', ');
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}
