import type { Command } from 'commander';
import { rollOverCsca } from '../../production/custody/issue-csca';
import { planUnderCsca } from '../../production/custody/plan-under-csca';
import { authorize } from '../../production/custody/rotation/authorize';
import {
  askForRevocationList,
  publishRevocationList,
} from '../../production/custody/rotation/publish-revocation-list';
import {
  PUBLICATION_TASKS,
  type PublicationTask,
} from '../../production/document/custody/csca-store';
import { ProductionError } from '../../production/errors';
import type { CommandContext } from '../command-context';
import { parseMoment, parseWholeNumber } from '../parse-options';
import { systemClock, systemRandom } from '../system';
import { checkOutputFolder, writeArtefacts } from '../write-artefacts';
import {
  addCustodyKeyOptions,
  withCustody,
  withKeys,
  type CustodyOptions,
} from './custody-session';
import { nounOf } from './noun';
import { newestCsca } from './newest-csca';
import { checkOutputFile, writeOutputFile } from './write-output-file';

const number = parseWholeNumber(1, 1_000_000);

/** `key crl`, `key roll-over`, `key publication`. */
export function addCscaCommands(program: Command, context: CommandContext): void {
  const key = nounOf(program, 'key', 'Signing keys and certificates.');
  addCustodyKeyOptions(
    key
      .command('crl')
      .description('Issues the revocation list when one is due.')
      .requiredOption('--out <file>', 'the list, DER')
      .option('--now', 'also when none is due'),
  ).action((options: CrlOptions) => issueList(context, options));
  addCustodyKeyOptions(
    key
      .command('roll-over')
      .description('Makes the next CSCA and the link certificate from the old one.')
      .requiredOption('--out <dir>', 'folder for CSCA.cer and link.cer')
      .option('--from <date>', 'begin of its periods; now by default', parseMoment)
      .option('--proposal <number>', 'the approval', number),
  ).action((options: RollOverOptions) => rollOver(context, options));
  key
    .command('publication')
    .argument('<csca>', 'number of the CSCA', number)
    .argument('<task>', PUBLICATION_TASKS.join(', '))
    .description('Confirms that a new CSCA was made known.')
    .action((csca: number, task: string) => confirm(context, csca, task));
}

interface CrlOptions extends CustodyOptions {
  readonly out: string;
  readonly now?: true;
}

async function issueList({ terminal }: CommandContext, options: CrlOptions): Promise<void> {
  await checkOutputFile(options.out);
  await withKeys(options, async (session) => {
    const { custody, hsm, act } = session;
    const now = systemClock.now();
    const need = await askForRevocationList(custody, now);
    if (!need.due && options.now !== true) {
      terminal.print(`none is due before ${need.nextAt.toISOString()}`);
      return;
    }
    const csca = await newestCsca(session);
    const list = await act({ action: 'issue-revocation-list', subject: 'CRL' }, () =>
      publishRevocationList(custody, { csca, now }, hsm),
    );
    await writeOutputFile(options.out, list.der);
    terminal.print(`${options.out}: CRL ${list.number}, until ${list.nextUpdate.toISOString()}`);
  });
}

interface RollOverOptions extends CustodyOptions {
  readonly out: string;
  readonly from?: Date;
  readonly proposal?: number;
}

async function rollOver({ terminal }: CommandContext, options: RollOverOptions): Promise<void> {
  await checkOutputFolder(options.out);
  await withKeys(options, async (session) => {
    const { custody, keys, hsm, auditor, act } = session;
    const at = systemClock.now();
    const first = (await custody.cscas.listCscas()).length === 0;
    const done = await act({ action: 'roll-over-csca', subject: 'CSCA' }, async () => {
      if (first) {
        throw new ProductionError('STATE_CONFLICT', 'CSCA', [
          'no CSCA is recorded; `key adopt` records the one of the key directory',
        ]);
      }
      const { subject, approval } = await authorize(custody.fourEyes, {
        ...{ kind: 'roll-over-csca', at, by: auditor.who },
        subject: options.from === undefined ? {} : { from: options.from.toISOString() },
        ...(options.proposal !== undefined && { proposalId: options.proposal }),
      });
      const previous = await newestCsca(session);
      const plan = planUnderCsca(previous.certificate, { state: keys.keys.state });
      const { from: begin, algorithm } = subject;
      const order = {
        keyLabel: `csca-${(await custody.cscas.listCscas()).length + 1}`,
        algorithm: typeof algorithm === 'string' ? algorithm : previous.algorithm,
        from: typeof begin === 'string' ? new Date(begin) : at,
        ...(typeof subject['commonName'] === 'string' && { commonName: subject['commonName'] }),
      };
      const made = await rollOverCsca(plan, { previous, order }, { hsm, random: systemRandom });
      const number = await custody.cscas.addCsca({ ...made.csca, link: made.link }, at, approval);
      return { number, made };
    });
    await writeArtefacts(options.out, [
      { path: 'CSCA.cer', content: done.made.csca.certificate },
      { path: 'link.cer', content: done.made.link },
    ]);
    terminal.print(`CSCA ${done.number} signs from now on; see \`key status\` for its publication`);
  });
}

async function confirm({ terminal }: CommandContext, csca: number, task: string): Promise<void> {
  const known = PUBLICATION_TASKS.find((one): one is PublicationTask => one === task);
  if (known === undefined) {
    throw new ProductionError('USAGE', task, [`it is one of ${PUBLICATION_TASKS.join(', ')}`]);
  }
  await withCustody(async ({ custody, auditor, act }) => {
    await act({ action: 'confirm-publication', subject: `CSCA ${csca}`, reasons: [task] }, () =>
      custody.cscas.confirmPublication({
        ...{ csca, task: known, at: systemClock.now(), by: auditor.who },
      }),
    );
    terminal.print(`CSCA ${csca}: ${task} is confirmed`);
  });
}
