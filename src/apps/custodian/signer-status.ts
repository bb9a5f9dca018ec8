import type { Command } from 'commander';
import {
  describeForecast,
  forecastSigners,
} from '../../production/custody/rotation/forecast-signers';
import { askForRevocationList } from '../../production/custody/rotation/publish-revocation-list';
import type { ManagedSigner } from '../../production/document/custody/signer-store';
import type { CommandContext } from '../command-context';
import { parseWholeNumber } from '../parse-options';
import { EXIT } from '../report-error';
import { systemClock } from '../system';
import { printJson } from '../terminal';
import { withCustody } from './custody-session';

interface StatusOptions {
  readonly perDay: number;
  readonly language: string;
  readonly json?: true;
}

/** `key status`: signers, forecast, what is due. */
export function addStatusCommand(key: Command, context: CommandContext): void {
  key
    .command('status')
    .description('Says which signers there are, when they end, and what is due.')
    .option('--per-day <number>', 'signatures planned a day', parseWholeNumber(0, 10_000_000), 0)
    .option('--language <vi|en>', 'language of the forecast', 'en')
    .option('--json', 'for machines')
    .action((options: StatusOptions) => status(context, options));
}

async function status(context: CommandContext, options: StatusOptions): Promise<void> {
  const { terminal } = context;
  await withCustody(async ({ custody }) => {
    const now = systemClock.now();
    const signers = await custody.signers.listSigners();
    const forecast = forecastSigners(signers, { now, perDay: options.perDay });
    const revocationList = await askForRevocationList(custody, now);
    const publications = (await custody.cscas.listPublications()).filter(
      ({ confirmedAt }) => confirmedAt === undefined,
    );
    if (forecast.verdict !== 'ready' || revocationList.due) context.exitStatus = EXIT.no;
    if (options.json === true) {
      const shown = signers.map(({ signer, ...rest }) => ({ ...rest, keyLabel: signer.keyLabel }));
      printJson(terminal, { signers: shown, forecast, revocationList, publications });
      return;
    }
    for (const signer of signers) terminal.print(describeSigner(signer));
    terminal.print(describeForecast(forecast)[options.language === 'vi' ? 'vi' : 'en']);
    terminal.print(
      revocationList.due
        ? `a revocation list is due: ${revocationList.reason}`
        : `the next revocation list is due on ${dayOf(revocationList.nextAt)}`,
    );
    for (const { csca, task } of publications) {
      terminal.print(`CSCA ${csca}: publication to ${task} is not confirmed`);
    }
  });
}

function describeSigner(one: ManagedSigner): string {
  const { number, state, reserved, maxSignatures, maxDays, signer } = one;
  const parts = [
    `DSC ${number}: ${one.revokedAt === undefined ? state : `revoked (${state})`}`,
    `${reserved}${maxSignatures === undefined ? '' : ` of ${maxSignatures}`} signatures`,
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
