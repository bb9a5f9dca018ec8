import { type Command, Option } from 'commander';
import { exportLdif } from '../../production/custody/export-ldif';
import { issueDeviationList } from '../../production/custody/issue-deviation-list';
import { issueListSigner } from '../../production/custody/issue-list-signer';
import { issueMasterList } from '../../production/custody/issue-master-list';
import { planUnderCsca } from '../../production/custody/plan-under-csca';
import { authorize } from '../../production/custody/rotation/authorize';
import type { SignerKey } from '../../production/document/key-set';
import { ProductionError } from '../../production/errors';
import { encodeCertificateBundle } from '../../standards/cms/certificate-bundle';
import { parseCertificate } from '../../standards/pki/certificate';
import { formatName } from '../../standards/pki/distinguished-name';
import type { CommandContext } from '../command-context';
import { collect, parseWholeNumber } from '../parse-options';
import { readBounded } from '../read-lds-folder';
import { systemClock, systemRandom } from '../system';
import { SECRET_PLACES } from '../wiring/secret';
import { makeTrustStore } from '../wiring/trust-store';
import {
  addCustodyKeyOptions,
  withKeys,
  type CustodyOptions,
  type KeySession,
} from './custody-session';
import { nounOf } from './noun';
import { readDeviations } from './read-deviations';
import { newestCsca } from './newest-csca';
import { checkOutputFile, writeOutputFile } from './write-output-file';

const KINDS = { 'master-list': 'masterList', 'deviation-list': 'deviationList' } as const;

interface SignerOptions extends CustodyOptions {
  readonly kind: keyof typeof KINDS;
  readonly label: string;
  readonly algorithm?: string;
  readonly out: string;
  readonly proposal?: number;
}

interface ListOptions extends CustodyOptions {
  readonly signer: string;
  readonly label: string;
  readonly algorithm?: string;
  readonly csca: readonly string[];
  readonly out: string;
}

interface LdifOptions extends CustodyOptions {
  readonly masterList?: string;
  readonly out: string;
}

interface CertificateOptions extends CustodyOptions {
  readonly format: 'p7b' | 'p12';
  readonly passwordFrom?: string;
  readonly out: string;
}

/** `key list-signer`, `master-list`, `deviation-list`, `ldif`, `certificates`. */
export function addPublicationCommands(program: Command, context: CommandContext): void {
  const key = nounOf(program, 'key', 'Signing keys and certificates.');
  const add = (name: string, what: string): Command =>
    addCustodyKeyOptions(key.command(name).description(what)).requiredOption('--out <file>', 'DER');
  add('list-signer', 'Makes a signer of master lists or deviation lists, and its certificate.')
    .addOption(new Option('--kind <kind>').choices(Object.keys(KINDS)).makeOptionMandatory())
    .requiredOption('--label <label>', 'name of its key, ml-1')
    .option('--algorithm <name>', 'that of the CSCA by default')
    .option('--proposal <number>', 'the approval', parseWholeNumber(1, 1_000_000))
    .action((options: SignerOptions) => makeListSigner(context, options));
  addListOptions(add('master-list', 'Signs a master list of all CSCAs, ours and those given.'))
    .option('--csca <file>', 'of another country; may be repeated', collect, [])
    .action((options: ListOptions) => signMasterList(context, options));
  addListOptions(
    add('deviation-list', 'Signs a deviation list.').argument('<file>', 'YAML'),
  ).action((file: string, options: ListOptions) => signDeviationList(context, file, options));
  add('ldif', 'Writes document signers and revocation list for the PKD of ICAO, as LDIF.')
    .option('--master-list <file>', 'goes along')
    .action((options: LdifOptions) => writeLdif(context, options));
  add('certificates', 'Writes our CSCA certificates for programs of other parties.')
    .addOption(new Option('--format <format>').choices(['p7b', 'p12']).default('p7b'))
    .option('--password-from <place>', `of a p12: ${SECRET_PLACES}`)
    .action((options: CertificateOptions) => writeCertificates(context, options));
}

function addListOptions(command: Command): Command {
  return command
    .requiredOption('--signer <file>', 'certificate of the list signer')
    .requiredOption('--label <label>', 'name of its key')
    .option('--algorithm <name>', 'that of the CSCA by default');
}

async function makeListSigner({ terminal }: CommandContext, options: SignerOptions): Promise<void> {
  const { kind, label: keyLabel, out, proposal } = options;
  await checkOutputFile(out);
  return withKeys(options, async (session) => {
    const { custody, keys, hsm, auditor, act } = session;
    const at = systemClock.now();
    const signer = await act(
      { action: 'issue-list-signer', subject: `key ${keyLabel}` },
      async () => {
        const csca = await newestCsca(session);
        const algorithm = options.algorithm ?? csca.algorithm;
        const asked = { kind, label: keyLabel, algorithm };
        const { subject, approval } = await authorize(custody.fourEyes, {
          ...{ kind: 'issue-list-signer', subject: asked, at, by: auditor.who },
          ...(proposal !== undefined && { proposalId: proposal }),
        });
        for (const name of ['kind', 'label', 'algorithm'] as const) {
          if (subject[name] === asked[name]) continue;
          const reason = `the proposal names another ${name}`;
          throw new ProductionError('FOUR_EYES_REFUSED', keyLabel, [reason]);
        }
        const plan = planUnderCsca(csca.certificate, { state: keys.keys.state });
        const order = { kind: KINDS[kind], keyLabel, algorithm, from: at, csca };
        const made = await issueListSigner(plan, order, { hsm, random: systemRandom });
        const { certificate } = made;
        await custody.certificates.addCertificate(
          { kind: 'issue-list-signer', keyLabel, certificate, subject: asked, issuedAt: at },
          approval,
        );
        return made;
      },
    );
    await writeOutputFile(out, signer.certificate);
    terminal.print(`${out}: ${kind} signer ${keyLabel}`);
  });
}

function signMasterList({ terminal }: CommandContext, options: ListOptions): Promise<void> {
  return withKeys(options, async (session) => {
    const signer = await openListSigner(session, options);
    const foreign = await Promise.all(options.csca.map(readBounded));
    const all = distinct([...(await ourCscas(session)), ...foreign]);
    const list = await session.act({ action: 'sign-master-list', subject: 'master list' }, () =>
      issueMasterList(all, { signer, signedAt: systemClock.now() }, session.hsm),
    );
    await writeOutputFile(options.out, list);
    terminal.print(`${options.out}: master list of ${all.length} certificates`);
  });
}

async function signDeviationList(
  { terminal }: CommandContext,
  file: string,
  options: ListOptions,
): Promise<void> {
  const deviations = await readDeviations(file);
  await withKeys(options, async (session) => {
    const signer = await openListSigner(session, options);
    const list = await session.act({ action: 'sign-deviation-list', subject: file }, () =>
      issueDeviationList(deviations, { signer, signedAt: systemClock.now() }, session.hsm),
    );
    await writeOutputFile(options.out, list);
    terminal.print(`${options.out}: deviation list of ${deviations.length} entries`);
  });
}

function writeLdif({ terminal }: CommandContext, options: LdifOptions): Promise<void> {
  return withKeys(options, async ({ custody, keys }) => {
    const managed = (await custody.signers.listSigners()).map(({ signer }) => signer.certificate);
    const inDirectory = keys.keys.signers.map(({ certificate }) => certificate);
    const documentSigners = distinct([...inDirectory, ...managed]);
    const revocationList = (await custody.signers.latestRevocationList())?.der;
    const masterList =
      options.masterList === undefined ? undefined : await readBounded(options.masterList);
    const ldif = exportLdif({
      ...{ country: keys.keys.country, documentSigners },
      ...(revocationList !== undefined && { revocationList }),
      ...(masterList !== undefined && { masterList }),
    });
    await writeOutputFile(options.out, Buffer.from(ldif));
    terminal.print(`${options.out}: ${documentSigners.length} document signers`);
  });
}

function writeCertificates(
  { terminal }: CommandContext,
  options: CertificateOptions,
): Promise<void> {
  return withKeys(options, async (session) => {
    const all = await ourCscas(session);
    if (options.format === 'p7b') await writeOutputFile(options.out, encodeCertificateBundle(all));
    else {
      const { passwordFrom } = options;
      if (passwordFrom === undefined) throw new ProductionError('USAGE', '--password-from');
      const named = all.map((certificate) => ({
        name: formatName(parseCertificate(certificate).subject),
        certificate,
      }));
      await writeOutputFile(options.out, await makeTrustStore(named, passwordFrom));
    }
    terminal.print(`${options.out}: ${all.length} certificates`);
  });
}

async function openListSigner(session: KeySession, options: ListOptions): Promise<SignerKey> {
  const certificate = await readBounded(options.signer);
  const csca = await newestCsca(session);
  const algorithm = options.algorithm ?? csca.algorithm;
  return { keyLabel: options.label, algorithm, certificate, csca: csca.certificate };
}

/** Roots and links, the oldest first; those of the key directory before any is recorded. */
async function ourCscas({ custody, keys }: KeySession): Promise<readonly Uint8Array[]> {
  const recorded = await custody.cscas.listCscas();
  const ours = recorded.flatMap(({ certificate, link }) => [
    certificate,
    ...(link === undefined ? [] : [link]),
  ]);
  return distinct([keys.keys.csca.certificate, ...ours]);
}

function distinct(all: readonly Uint8Array[]): readonly Uint8Array[] {
  return [...new Map(all.map((one) => [Buffer.from(one).toString('hex'), one])).values()];
}
