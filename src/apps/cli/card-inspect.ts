import type { Command } from 'commander';
import { ProductionError } from '../../production/errors';
import type { InspectionReport } from '../../production/document/inspection-report';
import { inspectChip } from '../../production/inspection/inspect-chip';
import { judgeFiles } from '../../production/inspection/judge-files';
import { renderReportText } from '../../production/inspection/render/render-report-text';
import { renderReportJson } from '../../production/inspection/render/render-report-json';
import { mrzSecretFromMrz, type MrzSecret } from '../../standards/mrz/mrz-information';
import type { CommandContext } from '../command-context';
import { readLdsFolder } from '../read-lds-folder';
import { readTrustFiles } from '../read-trust-files';
import { EXIT } from '../report-error';
import { inspectionArtefacts, type ReportForm } from '../inspection-artefacts';
import { systemClock, systemRandom } from '../system';
import { printJson } from '../terminal';
import { writeArtefacts } from '../write-artefacts';
import { collect, parseMoment, parseWholeNumber } from '../parse-options';
import { withCard } from './with-card';

interface InspectOptions {
  readonly reader?: string;
  readonly files?: string;
  readonly mrz?: string;
  readonly mrzKey?: string;
  readonly can?: string;
  readonly csca: readonly string[];
  readonly crl: readonly string[];
  readonly dsc: readonly string[];
  readonly at?: Date;
  readonly expect?: string;
  readonly out?: string;
  readonly report: ReportForm;
  readonly language: 'vi' | 'en';
  readonly verbose?: true;
  readonly json?: true;
  readonly wait: number;
}

/** `card inspect`: read a chip, or take files, and judge. */
export function addInspectCommand(card: Command, context: CommandContext): void {
  card
    .command('inspect')
    .description('Judges a chip in a reader, or the files of one in a folder. Exit status 1 is no.')
    .option('--reader <name>', 'PC/SC reader, or a part of its name')
    .option('--files <dir>', 'elementary files, EF.DG1.bin and so on, instead of a reader')
    .option('--mrz <text>', 'the whole MRZ, to open the chip')
    .option('--mrz-key <number,birth,expiry>', 'document number, YYMMDD, YYMMDD, to open the chip')
    .option('--can <number>', 'card access number, to open the chip')
    .option('--csca <path>', 'CSCA certificate, master list or folder of them', collect, [])
    .option('--crl <path>', 'revocation list, or folder of them', collect, [])
    .option('--dsc <path>', 'document signer that EF.SOD does not hold, or folder', collect, [])
    .option('--at <date>', 'judge as of this day', parseMoment)
    .option('--expect <dir>', 'files that were meant, to compare with')
    .option('--out <dir>', 'write the report and the files read there')
    .option('--report <html|junit>', 'form of the report in --out, beside inspection.json', 'html')
    .option('--language <vi|en>', 'language of the text', 'en')
    .option('--verbose', 'every check, not only those that need a person')
    .option('--json', 'for machines')
    .option('--wait <seconds>', 'how long to wait for a card', parseWholeNumber(0, 3600), 10)
    .action((options: InspectOptions) => inspect(context, options));
}

async function inspect(context: CommandContext, options: InspectOptions): Promise<void> {
  checkOptions(options);
  const report = await judge(options);
  if (options.out !== undefined) {
    await writeArtefacts(options.out, inspectionArtefacts(report, options.report));
  }
  const { terminal } = context;
  if (options.json === true) printJson(terminal, renderReportJson(report));
  else terminal.print(renderReportText(report, textOptions(options)).trimEnd());
  if (report.verdict === 'fail') context.exitStatus = EXIT.no;
}

async function judge(options: InspectOptions): Promise<InspectionReport> {
  const trust = {
    cscas: await readTrustFiles(options.csca, 'csca'),
    crls: await readTrustFiles(options.crl, 'crl'),
    documentSigners: await readTrustFiles(options.dsc, 'document-signer'),
  };
  const expected = options.expect === undefined ? undefined : await readLdsFolder(options.expect);
  const common = { trust, ...(expected && { expected }) };
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
  const access = accessOf(options);
  return withCard({ reader: reader ?? '', wait: options.wait }, (connection) =>
    inspectChip({
      ...common,
      ...(at && { at }),
      ...{ connection, access, clock: systemClock, random: systemRandom },
    }),
  );
}

function checkOptions({ reader, files, report, language, ...keys }: InspectOptions): void {
  const wrong: string[] = [];
  if ((reader === undefined) === (files === undefined)) {
    wrong.push('name either --reader or --files');
  }
  const given = [keys.mrz, keys.mrzKey, keys.can].filter((key) => key !== undefined).length;
  if (reader !== undefined && given === 0)
    wrong.push('a chip opens with --mrz, --mrz-key or --can');
  if (!['html', 'junit'].includes(report)) wrong.push('--report is html or junit');
  if (!['vi', 'en'].includes(language)) wrong.push('--language is vi or en');
  if (keys.can !== undefined && !/^\d{6}$/.test(keys.can)) wrong.push('a CAN has six digits');
  if (wrong.length > 0) throw new ProductionError('USAGE', 'card inspect', wrong);
}

function accessOf({ mrz, mrzKey, can }: InspectOptions) {
  const secret = mrz === undefined ? mrzKey && parseMrzKey(mrzKey) : mrzSecretFromMrz(mrz);
  return { ...(secret && { mrz: secret }), ...(can !== undefined && { can }) };
}

/** `NUMBER,YYMMDD,YYMMDD`; the text is a key to the holder's data, so no error quotes it. */
function parseMrzKey(text: string): MrzSecret {
  const match = /^([A-Z0-9<]{1,22}),([0-9<]{6}),([0-9<]{6})$/.exec(text.toUpperCase().trim());
  const [, documentNumber = '', dateOfBirth = '', dateOfExpiry = ''] = match ?? [];
  if (match === null) {
    throw new ProductionError('USAGE', '--mrz-key', [
      'it takes document number, date of birth and date of expiry: NUMBER,YYMMDD,YYMMDD',
    ]);
  }
  return { documentNumber: documentNumber.replace(/<+$/, ''), dateOfBirth, dateOfExpiry };
}

function textOptions({ language, verbose }: InspectOptions) {
  return { language, verbose: verbose === true };
}
