import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type Command, Option } from 'commander';
import { ProductionError } from '../../production/errors';
import { cscasAmong } from '../../production/inspection/lint-objects/lint-object';
import { unpackTrust } from '../../production/inspection/trust-containers';
import { type CertificateRole, EVERY_ROLE } from '../../standards/pki/lint/certificate-rule';
import type { CommandContext } from '../command-context';
import { nameLdsFile, nameLdsFileByTag } from '../name-lds-file';
import { collect, parseMoment } from '../parse-options';
import { readTrustFiles } from '../read-trust-files';
import { EXIT } from '../report-error';
import { systemClock } from '../system';
import { printJson } from '../terminal';
import { type GivenFile, lintGiven } from './lint/lint-given';
import { listRules } from './lint/list-rules';
import { countFindings, renderLint, renderRules } from './lint/render-lint';

interface LintOptions {
  readonly csca: readonly string[];
  readonly role?: CertificateRole;
  readonly at?: Date;
  readonly strict?: true;
  readonly rules?: true;
  readonly language: 'vi' | 'en';
  readonly json?: true;
}

const MAX_FILES = 5000;

/** `lint`: certificates, lists and elementary files against their profiles. */
export function addLintCommand(program: Command, context: CommandContext): void {
  program
    .command('lint')
    .description('Holds certificates, lists and files of the LDS against Doc 9303; 1 when wrong.')
    .argument('[files...]', 'DER, PEM, LDIF or ZIP, elementary files, or folders of them')
    .option('--csca <path>', 'who may have signed them, or folder', collect, [])
    .addOption(new Option('--role <role>', 'what certificates are for').choices(EVERY_ROLE))
    .option('--at <date>', 'judge elementary files as of this day', parseMoment)
    .option('--strict', 'a warning is a no as well')
    .option('--rules', 'names every rule with its clause instead')
    .addOption(new Option('--language <language>').choices(['vi', 'en']).default('en'))
    .option('--json', 'for machines')
    .action((files: readonly string[], options: LintOptions) => lint(context, files, options));
}

async function lint(
  context: CommandContext,
  paths: readonly string[],
  options: LintOptions,
): Promise<void> {
  const { terminal } = context;
  const { language, json } = options;
  if (options.rules === true) {
    const rules = listRules();
    if (json === true) printJson(terminal, rules);
    else for (const line of renderRules(rules, language)) terminal.print(line);
    return;
  }
  if (paths.length === 0) throw new ProductionError('USAGE', 'lint', ['name a file or a folder']);
  const given: GivenFile[] = [];
  // One after another: a folder may hold more files than a process may have open.
  for (const path of paths) {
    for (const file of await listFiles(path)) given.push(await readGiven(file));
  }
  const trusted = (await readTrustFiles(options.csca, 'csca')).flatMap((bytes) =>
    unpackTrust(bytes, 'csca'),
  );
  const among = given.flatMap((file) => (file.lds === undefined ? file.objects : []));
  const results = lintGiven(given, {
    cscas: cscasAmong([...trusted, ...among]),
    at: options.at ?? systemClock.now(),
    ...(options.role !== undefined && { role: options.role }),
  });
  const counts = countFindings(results);
  if (json === true) printJson(terminal, { format: 'persoline-lint-1', counts, results });
  else for (const line of renderLint(results, language)) terminal.print(line);
  const isWrong = counts.errors > 0 || (options.strict === true && counts.warnings > 0);
  if (isWrong) context.exitStatus = EXIT.no;
}

async function listFiles(path: string): Promise<readonly string[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [path];
    const entries = await readdir(path, { withFileTypes: true });
    const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
    const known = names.filter((name) => isOurs(name)).toSorted();
    if (known.length > 0 && known.length <= MAX_FILES) return known.map((name) => join(path, name));
    const reason =
      known.length === 0 ? 'it holds nothing that can be linted' : `over ${MAX_FILES} files`;
    throw new ProductionError('INPUT_UNREADABLE', path, [reason]);
  } catch (cause) {
    if (cause instanceof ProductionError) throw cause;
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown cause';
    throw new ProductionError('INPUT_UNREADABLE', path, [code], { cause });
  }
}

/** Of a folder: what is named like one of these; everything else in it is somebody else's. */
function isOurs(name: string): boolean {
  const isPublished = /\.(cer|crt|der|pem|crl|ml|mls|dl|ldif|zip|bin)$/i.test(name);
  return isPublished || nameLdsFile(name) !== undefined;
}

async function readGiven(path: string): Promise<GivenFile> {
  const [bytes = new Uint8Array()] = await readTrustFiles([path], 'csca');
  const kinds = ['csca', 'crl', 'document-signer'] as const;
  const objects = distinct(kinds.flatMap((kind) => unpackTrust(bytes, kind)));
  const isPlain = objects.length === 1 && objects[0] === bytes;
  // The first letter of an LDIF is the tag of a data group.
  const lds = nameLdsFile(basename(path)) ?? (isPlain ? nameLdsFileByTag(bytes) : undefined);
  if (lds !== undefined) return { path, bytes, lds, objects: [] };
  // A container with nothing in it is no object, and said to be none.
  return { path, bytes, lds, objects: objects.length === 0 ? [bytes] : objects };
}

function distinct(all: readonly Uint8Array[]): readonly Uint8Array[] {
  return [...new Map(all.map((one) => [Buffer.from(one).toString('latin1'), one])).values()];
}
