import type { Command } from 'commander';
import { ProductionError } from '../../production/errors';
import type { InspectionReport } from '../../production/document/inspection-report';
import { inspectChip } from '../../production/inspection/inspect-chip';
import { judgeFiles } from '../../production/inspection/judge-files';
import { renderReportText } from '../../production/inspection/render/render-report-text';
import { renderReportJson } from '../../production/inspection/render/render-report-json';
import type { CommandContext } from '../command-context';
import { readLdsFolder } from '../read-lds-folder';
import { readTrustFiles } from '../read-trust-files';
import { EXIT } from '../report-error';
import { inspectionArtefacts, type ReportForm } from '../inspection-artefacts';
import { systemClock, systemRandom } from '../system';
import { printJson } from '../terminal';
import { checkOutputFolder, writeArtefacts } from '../write-artefacts';
import { collect, parseMoment, parseWholeNumber } from '../parse-options';
import {
  type AccessOptions,
  accessFaults,
  accessPolicyOf,
  addAccessOptions,
  chipSecretsOf,
  readReferredSecrets,
} from '../inspect-access';
import { addTerminalOptions, withTerminalRights, type TerminalOptions } from './terminal-rights';
import { withCard } from '../with-card';

interface InspectOptions extends AccessOptions, TerminalOptions {
  readonly reader?: string;
  readonly files?: string;
  readonly csca: readonly string[];
  readonly crl: readonly string[];
  readonly dsc: readonly string[];
  readonly at?: Date;
  readonly expect?: string;
  readonly unmasked?: true;
  readonly out?: string;
  readonly report: ReportForm;
  readonly language: 'vi' | 'en';
  readonly verbose?: true;
  readonly json?: true;
  readonly wait: number;
}

/** `card inspect`: read a chip, or take files, and judge. */
export function addInspectCommand(card: Command, context: CommandContext): void {
  const inspectCommand = card
    .command('inspect')
    .description('Judges a chip in a reader, or the files of one in a folder. Exit status 1 is no.')
    .option('--reader <name>', 'PC/SC reader, or a part of its name')
    .option('--files <dir>', 'elementary files, EF.DG1.bin and so on, instead of a reader');
  addTerminalOptions(addAccessOptions(inspectCommand))
    .option('--csca <path>', 'CSCA certificate, master list or folder of them', collect, [])
    .option('--crl <path>', 'revocation list, or folder of them', collect, [])
    .option('--dsc <path>', 'document signer that EF.SOD does not hold, or folder', collect, [])
    .option('--at <date>', 'judge as of this day', parseMoment)
    .option('--expect <dir>', 'files that were meant, to compare with')
    .option('--unmasked', 'holder data of fields that differ in clear; by default its length alone')
    .option('--out <dir>', 'write the report and the files read there')
    .option('--report <html|junit>', 'form of the report in --out, beside inspection.json', 'html')
    .option('--language <vi|en>', 'language of the text', 'en')
    .option('--verbose', 'every check, not only those that need a person')
    .option('--json', 'for machines')
    .option('--wait <seconds>', 'how long to wait for a card', parseWholeNumber(0, 3600), 10)
    .action((options: InspectOptions) => inspect(context, options));
}

async function inspect(context: CommandContext, given: InspectOptions): Promise<void> {
  const options = { ...given, ...(await readReferredSecrets(given)) };
  checkOptions(options);
  if (options.out !== undefined) await checkOutputFolder(options.out);
  const report = await judge(options, context);
  if (options.out !== undefined) {
    await writeArtefacts(options.out, await inspectionArtefacts(report, options.report));
  }
  const { terminal } = context;
  if (options.json === true) printJson(terminal, renderReportJson(report));
  else terminal.print(renderReportText(report, textOptions(options)).trimEnd());
  if (report.verdict === 'fail') context.exitStatus = EXIT.no;
}

async function judge(
  options: InspectOptions,
  { terminal: { note: tell }, signal }: CommandContext,
): Promise<InspectionReport> {
  const trust = {
    cscas: await readTrustFiles(options.csca, 'csca', tell),
    crls: await readTrustFiles(options.crl, 'crl', tell),
    documentSigners: await readTrustFiles(options.dsc, 'document-signer', tell),
  };
  const expected = options.expect === undefined ? undefined : await readLdsFolder(options.expect);
  const common = {
    trust,
    ...(expected && { expected }),
    ...(options.unmasked === true && { showPersonalData: true }),
  };
  const { reader, files, at } = options;
  if (files !== undefined) {
    const now = systemClock.now();
    return judgeFiles({
      ...common,
      files: await readLdsFolder(files),
      at: at ?? now,
      inspectedAt: now,
    });
  }
  const access = chipSecretsOf(options);
  const policy = accessPolicyOf(options);
  return withTerminalRights(options, (terminal) =>
    withCard({ reader: reader ?? '', wait: options.wait }, signal, (connection) =>
      inspectChip({
        ...common,
        ...(at && { at }),
        ...(terminal && { terminal }),
        ...{ connection, access, policy, clock: systemClock, random: systemRandom },
      }),
    ),
  );
}

function checkOptions({ reader, files, report, language, ...access }: InspectOptions): void {
  const wrong: string[] = [];
  if ((reader === undefined) === (files === undefined)) {
    wrong.push('name either --reader or --files');
  }
  if (reader !== undefined) wrong.push(...accessFaults(access));
  if (!['html', 'junit'].includes(report)) wrong.push('--report is html or junit');
  if (!['vi', 'en'].includes(language)) wrong.push('--language is vi or en');
  if (files !== undefined && access.can !== undefined && !/^\d{6}$/.test(access.can)) {
    wrong.push('a CAN has six digits');
  }
  if (wrong.length > 0) throw new ProductionError('USAGE', 'card inspect', wrong);
}

function textOptions({ language, verbose }: InspectOptions) {
  return { language, verbose: verbose === true };
}
