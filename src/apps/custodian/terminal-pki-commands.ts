import { basename, join } from 'node:path';
import { type Command, Option } from 'commander';
import { authorize } from '../../production/custody/rotation/authorize';
import { cvKeyLabel, makeCvKey } from '../../production/custody/terminal/cv-key';
import {
  issueCvCertificate,
  type IssuedCvCertificate,
} from '../../production/custody/terminal/issue-cv-certificate';
import { ProductionError } from '../../production/errors';
import type { Hsm } from '../../production/ports';
import type { CvRole } from '../../standards/access/terminal-authentication/cv-authorization';
import type { CvCertificate } from '../../standards/access/terminal-authentication/cv-certificate';
import { encodeEfCvca } from '../../standards/access/terminal-authentication/ef-cvca';
import type { CommandContext } from '../command-context';
import { collect, parseMoment, parseWholeNumber } from '../parse-options';
import { readCvCertificateFile } from '../read-cv-certificate-file';
import { systemClock } from '../system';
import { checkOutputFolder } from '../write-artefacts';
import { addCustodyKeyOptions, withKeys, type CustodyOptions } from './custody-session';
import { checkOutputFile, writeOutputFile } from './write-output-file';

const ROLES: Readonly<Record<string, CvRole>> = {
  cvca: 'cvca',
  dv: 'domestic-dv',
  'foreign-dv': 'foreign-dv',
  terminal: 'terminal',
};
const DEFAULT_DAYS = { cvca: 3 * 365, 'domestic-dv': 90, 'foreign-dv': 90, terminal: 30 } as const;
const DEFAULT_ALGORITHM = 'ecdsa-brainpoolP256r1-sha256';
const DAY_MS = 86_400_000;

interface IssueOptions extends CustodyOptions {
  readonly role: string;
  readonly above: readonly string[];
  readonly algorithm: string;
  readonly signingAlgorithm?: string;
  readonly dg3?: true;
  readonly dg4?: true;
  readonly from?: Date;
  readonly days?: number;
  readonly out: string;
  readonly proposal?: number;
}

/** `terminal-pki issue`, `ef-cvca`: who may read fingers and irises. */
export function addTerminalPkiCommands(program: Command, context: CommandContext): void {
  const pki = program
    .command('terminal-pki')
    .description('Certificates of those who may read fingers and irises from our chips.');
  addCustodyKeyOptions(
    pki
      .command('issue')
      .argument('<name>', 'country, mnemonic and sequence number, VNCVCA00001')
      .description('Makes a key in the HSM and its card-verifiable certificate.'),
  )
    .addOption(
      new Option('--role <role>', 'what it is').choices(Object.keys(ROLES)).makeOptionMandatory(),
    )
    .option('--above <file>', 'from the CVCA down to who signs; may be repeated', collect, [])
    .option('--algorithm <name>', 'of the new key', DEFAULT_ALGORITHM)
    .option('--signing-algorithm <name>', 'of the key that signs, where it is another')
    .option('--dg3', 'right to read fingers')
    .option('--dg4', 'right to read irises')
    .option('--from <date>', 'first day; today by default', parseMoment)
    .option('--days <number>', '1095, 90 and 30 by default', parseWholeNumber(1, 3650))
    .option(
      '--proposal <number>',
      'the approval, which names every member',
      parseWholeNumber(1, 1_000_000),
    )
    .requiredOption('--out <dir>', 'folder for NAME.cvcert')
    .action((name: string, options: IssueOptions) => issue(context, name, options));
  pki
    .command('ef-cvca')
    .argument('<cvca...>', 'certificates of one or two CVCAs, the newest first')
    .description('Writes EF.CVCA for chips that trust these CVCAs.')
    .requiredOption('--out <file>', 'the file, EF.CVCA.bin')
    .action((files: readonly string[], { out }: { readonly out: string }) =>
      writeEfCvca(context, files, out),
    );
}

async function issue(
  { terminal }: CommandContext,
  reference: string,
  options: IssueOptions,
): Promise<void> {
  const { out, proposal } = options;
  const above = await Promise.all(options.above.map(readCvCertificateFile));
  const file = join(out, `${reference}.cvcert`);
  await checkOutputFolder(out);
  await checkOutputFile(file);
  await withKeys(options, async ({ custody, hsm, auditor, act }) => {
    const at = systemClock.now();
    const asked = describeOrder(reference, { options, above, at });
    const made = { action: 'issue-cv-certificate', subject: `key cv-${reference}` };
    const { bytes } = await act(made, async () => {
      const { subject, approval } = await authorize(custody.fourEyes, {
        ...{ kind: 'issue-cv-certificate', subject: asked, at, by: auditor.who },
        ...(proposal !== undefined && { proposalId: proposal }),
      });
      const others = Object.entries(asked).filter(([name, value]) => subject[name] !== value);
      if (others.length > 0) {
        const reasons = others.map(([name, value]) => `the proposal does not say ${name}=${value}`);
        throw new ProductionError('FOUR_EYES_REFUSED', reference, reasons);
      }
      const issued = await issueAsAsked(asked, { above, options }, hsm);
      await custody.certificates.addCertificate(
        {
          ...{ kind: 'issue-cv-certificate', keyLabel: cvKeyLabel(reference) },
          ...{ certificate: issued.bytes, subject: asked, issuedAt: at },
        },
        approval,
      );
      return issued;
    });
    await writeOutputFile(file, bytes);
    terminal.print(`${file}: ${options.role} ${reference}`);
  });
}

/** Everything that makes the certificate what it is, as it is approved. */
function describeOrder(
  name: string,
  given: {
    readonly options: IssueOptions;
    readonly above: readonly CvCertificate[];
    readonly at: Date;
  },
) {
  const { options, above, at } = given;
  const role = ROLES[options.role] ?? 'terminal';
  const rights = [...(options.dg3 ? ['dg3'] : []), ...(options.dg4 ? ['dg4'] : [])].join('+');
  return {
    ...{ name, role: options.role, rights: rights === '' ? 'none' : rights },
    above: above.at(-1)?.holderReference ?? 'itself',
    algorithm: options.algorithm,
    from: (options.from ?? at).toISOString().slice(0, 10),
    days: options.days ?? DEFAULT_DAYS[role],
  };
}

async function issueAsAsked(
  asked: ReturnType<typeof describeOrder>,
  given: { readonly above: readonly CvCertificate[]; readonly options: IssueOptions },
  hsm: Hsm,
): Promise<IssuedCvCertificate> {
  const { name: reference, algorithm, days } = asked;
  const { above, options } = given;
  const role = ROLES[asked.role] ?? 'terminal';
  const from = new Date(`${asked.from}T00:00:00Z`);
  const holder = await makeCvKey({ reference, role, algorithm }, hsm);
  return issueCvCertificate(
    {
      ...{ holder, above, from },
      signingAlgorithm: options.signingAlgorithm ?? algorithm,
      rights: { dg3: asked.rights.includes('dg3'), dg4: asked.rights.includes('dg4') },
      until: new Date(from.getTime() + (days - 1) * DAY_MS),
    },
    hsm,
  );
}

async function writeEfCvca(
  { terminal }: CommandContext,
  files: readonly string[],
  out: string,
): Promise<void> {
  if (files.length > 2) throw new ProductionError('USAGE', 'EF.CVCA', ['it names two at the most']);
  const certificates = await Promise.all(files.map(readCvCertificateFile));
  const names = certificates.map(({ holderReference }) => holderReference);
  await writeOutputFile(out, encodeEfCvca(names));
  terminal.print(`${basename(out)}: ${names.join(', ')}`);
}
