import type { Command } from 'commander';
import { planUnderCsca } from '../../production/custody/plan-under-csca';
import { addNextSigner } from '../../production/custody/rotation/add-next-signer';
import { authorize, type Authorization } from '../../production/custody/rotation/authorize';
import { findApproved } from '../../production/custody/rotation/find-approved';
import { limitsIn } from '../../production/custody/rotation/limits-in';
import type { CommandContext } from '../command-context';
import { parseMoment, parseWholeNumber } from '../parse-options';
import { systemClock, systemRandom } from '../system';
import {
  addCustodyKeyOptions,
  withKeys,
  type CustodyOptions,
  type KeySession,
} from './custody-session';
import { addForecastOptions, type ForecastOptions, readForecast } from './forecast-options';
import { newestCsca } from './newest-csca';

interface RotateOptions extends CustodyOptions, ForecastOptions {
  readonly maxSignatures?: number;
  readonly maxDays?: number;
  readonly algorithm?: string;
  readonly from?: Date;
  readonly documentYears?: number;
  readonly proposal?: number;
  readonly ifDue?: true;
}

/** `key rotate`: the next signer, made ahead of its time; with `--if-due` by a timer. */
export function addRotateCommand(key: Command, context: CommandContext): void {
  const command = key
    .command('rotate')
    .description('Makes the next document signer ahead; it waits for its turn.')
    .option('--max-signatures <number>', 'rotation by count', parseWholeNumber(1, 1e12))
    .option('--max-days <number>', 'rotation by time', parseWholeNumber(1, 3650))
    .option('--algorithm <name>', 'that of the CSCA by default')
    .option('--from <date>', 'begin of its periods; now by default', parseMoment)
    .option('--document-years <number>', 'longest document', parseWholeNumber(1, 50))
    .option(
      '--proposal <number>',
      'the approval; it says all of the above',
      parseWholeNumber(1, 1_000_000),
    )
    .option('--if-due', 'only when the forecast says so, under an approval that waits; for timers');
  addForecastOptions(addCustodyKeyOptions(command)).action((options: RotateOptions) =>
    rotate(context, options),
  );
}

async function rotate({ terminal }: CommandContext, options: RotateOptions): Promise<void> {
  await withKeys(options, async (session) => {
    const at = systemClock.now();
    if (options.ifDue === true) {
      const signers = await session.custody.signers.listSigners();
      const { forecast } = await readForecast(signers, options, at);
      if (!forecast.due) {
        const day = forecast.addBy?.toISOString().slice(0, 10) ?? 'later';
        terminal.print(`no signer is due; the next is to be made by ${day}`);
        return;
      }
    }
    const made = await session.act({ action: 'add-signer', subject: 'document signers' }, () =>
      addSigner(session, options, at),
    );
    terminal.print(`DSC ${made} is ready and waits for its turn`);
  });
}

async function addSigner(session: KeySession, options: RotateOptions, at: Date): Promise<number> {
  const { custody, keys, hsm, auditor } = session;
  const { maxSignatures, maxDays, algorithm, from, documentYears } = options;
  const typed = {
    ...(maxSignatures !== undefined && { maxSignatures }),
    ...(maxDays !== undefined && { maxDays }),
    ...(algorithm !== undefined && { algorithm }),
    ...(from !== undefined && { from: from.toISOString() }),
    ...(documentYears !== undefined && { documentYears }),
  };
  const wish = { kind: 'add-signer', at, by: auditor.who } as const;
  const proposalId = options.proposal ?? (await waitingApproval(session, options, wish));
  const { subject, approval } = await authorize(custody.fourEyes, {
    ...{ ...wish, subject: typed },
    ...(proposalId !== undefined && { proposalId }),
  });
  const csca = await newestCsca(session);
  const years = numberOf(subject, 'documentYears');
  const plan = planUnderCsca(csca.certificate, {
    state: keys.keys.state,
    ...(years !== undefined && { documentYears: years }),
  });
  const { from: begin, algorithm: named } = subject;
  const order = {
    ...{ csca, at, algorithm: typeof named === 'string' ? named : csca.algorithm },
    from: typeof begin === 'string' ? new Date(begin) : at,
    ...limitsIn(subject),
    ...(approval !== undefined && { approval }),
  };
  return addNextSigner(plan, order, { hsm, random: systemRandom, custody });
}

/** A timer knows no number: custodians approved ahead what it is to do when the time has come. */
async function waitingApproval(
  { custody: { fourEyes } }: KeySession,
  { ifDue }: RotateOptions,
  wish: Parameters<typeof findApproved>[1],
): Promise<number | undefined> {
  if (ifDue !== true || (await fourEyes.quorum()) === undefined) return undefined;
  return findApproved(fourEyes, wish);
}

function numberOf(subject: Authorization['subject'], name: string): number | undefined {
  const value = subject[name];
  return typeof value === 'number' ? value : undefined;
}
