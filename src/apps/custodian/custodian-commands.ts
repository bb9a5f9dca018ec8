import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import {
  makeCustodianKey,
  readCustodianFile,
} from '../../production/custody/four-eyes/custodian-key';
import { requireMembers } from '../../production/custody/four-eyes/proposal-members';
import { ceremonySubject, parseCeremony } from '../../production/custody/ceremony/ceremony-file';
import { decide, propose } from '../../production/custody/four-eyes/propose';
import { authorize } from '../../production/custody/rotation/authorize';
import {
  PROPOSAL_KINDS,
  type Proposal,
  type ProposalKind,
  type ProposalSubject,
} from '../../production/document/custody/four-eyes';
import { ProductionError } from '../../production/errors';
import { encodeHex } from '../../standards/bytes/hex';
import type { CommandContext } from '../command-context';
import { collect, parseWholeNumber } from '../parse-options';
import { systemClock, systemRandom } from '../system';
import { printJson } from '../terminal';
import { withCustody } from './custody-session';
import {
  addCustodianOptions,
  openCustodian,
  readPassphrase,
  readText,
  type CustodianOptions,
} from './open-custodian';

const number = parseWholeNumber(1, Number.MAX_SAFE_INTEGER);

/** `custodian enroll`, `found`, `retire`, `list`, `propose`, `approve`, `refuse`, `proposals`. */
export function addCustodianCommands(program: Command, context: CommandContext): void {
  const custodian = program
    .command('custodian')
    .description('People who answer for keys, never one alone.');
  addMembership(custodian, context);
  addDecisions(custodian, context);
}

function addMembership(custodian: Command, context: CommandContext): void {
  custodian
    .command('enroll')
    .argument('<name>', 'lower-case letters, digits and hyphens')
    .description('Makes a personal key file under a passphrase and enrols its owner.')
    .requiredOption('--key-file <file>', 'the file to make; with a proposal, the one that was made')
    .option('--passphrase-file <file>', 'file with the passphrase; asked for by default')
    .option('--proposal <number>', 'the approval, once custodians have founded', number)
    .action((name: string, options: EnrollOptions) => enroll(context, name, options));
  custodian
    .command('make-key')
    .argument('<name>', 'lower-case letters, digits and hyphens')
    .description('Makes a personal key file for somebody whose enrolment is to be proposed.')
    .requiredOption('--key-file <file>', 'the file to make')
    .option('--passphrase-file <file>', 'file with the passphrase; asked for by default')
    .action(async (name: string, options: EnrollOptions) => {
      context.terminal.print(`${name}: ${keyText(await makeKeyFile(name, options))}`);
    });
  custodian
    .command('found')
    .description('Ends the founding: from now on everything takes so many approvals.')
    .option('--needed <number>', 'approvals beside the request', parseWholeNumber(2, 20), 2)
    .action(({ needed }: { readonly needed: number }) =>
      withCustody(async ({ custody, act }) => {
        const at = systemClock.now();
        await act({ action: 'found-quorum', subject: `quorum ${needed}` }, () =>
          custody.fourEyes.foundQuorum(needed, at),
        );
        context.terminal.print(`from now on ${needed} custodians approve what another requests`);
      }),
    );
  custodian
    .command('retire')
    .argument('<name>')
    .description('Ends the rights of a custodian.')
    .option('--proposal <number>', 'the approval', number)
    .action((name: string, { proposal }: { readonly proposal?: number }) =>
      withCustody(async ({ custody, auditor, act }) => {
        const intention = intend('retire-custodian', { name }, proposal, auditor.who);
        await act({ action: 'retire-custodian', subject: `custodian ${name}` }, async () => {
          const { subject, approval } = await authorize(custody.fourEyes, intention);
          if (approval === undefined || subject['name'] !== name) {
            throw new ProductionError('FOUR_EYES_REFUSED', name, ['nobody approved this']);
          }
          await custody.fourEyes.retireCustodian(name, approval);
        });
        context.terminal.print(`${name} is no custodian any more`);
      }),
    );
  custodian
    .command('list')
    .description('Names the custodians with the fingerprints of their keys.')
    .option('--json', 'for machines')
    .action(({ json }: { readonly json?: true }) =>
      withCustody(async ({ custody }) => {
        const people = await custody.fourEyes.listCustodians();
        if (json === true) {
          const shown = people.map(({ publicKey, ...rest }) => ({
            ...rest,
            key: keyText(publicKey),
          }));
          printJson(context.terminal, shown);
          return;
        }
        if (people.length === 0) context.terminal.note('nobody is enrolled');
        for (const { name, publicKey, retiredAt } of people) {
          const state = retiredAt === undefined ? '' : `, retired ${retiredAt.toISOString()}`;
          context.terminal.print(`${name}: ${keyText(publicKey)}${state}`);
        }
      }),
    );
}

interface EnrollOptions {
  readonly keyFile: string;
  readonly passphraseFile?: string;
  readonly proposal?: number;
}

async function enroll(
  { terminal }: CommandContext,
  name: string,
  options: EnrollOptions,
): Promise<void> {
  const { keyFile, proposal } = options;
  // What is approved is a person with a key; so the key is there before the proposal.
  const publicKey =
    proposal === undefined ? await makeKeyFile(name, options) : await readKeyFile(name, keyFile);
  await withCustody(async ({ custody, auditor, act }) => {
    await act({ action: 'enroll-custodian', subject: `custodian ${name}` }, async () => {
      const asked = { name, key: keyText(publicKey) };
      const intention = intend('enroll-custodian', asked, proposal, auditor.who);
      const { subject, approval } = await authorize(custody.fourEyes, intention);
      if (subject['name'] !== name || subject['key'] !== asked.key) {
        throw new ProductionError('FOUR_EYES_REFUSED', name, ['the proposal names another']);
      }
      const enrolledAt = systemClock.now();
      await custody.fourEyes.enrollCustodian({ name, publicKey, enrolledAt }, approval);
    });
  });
  terminal.print(`${name}: ${keyText(publicKey)}`);
  terminal.note(`${keyFile} is yours alone; without its passphrase it is worth nothing`);
}

async function makeKeyFile(
  name: string,
  { keyFile, passphraseFile }: EnrollOptions,
): Promise<Uint8Array> {
  const passphrase = await readPassphrase(keyFile, passphraseFile);
  const { text, publicKey } = await makeCustodianKey(name, passphrase, systemRandom);
  await writeFile(keyFile, text, { mode: 0o600, flag: 'wx' }).catch((cause: unknown) => {
    throw new ProductionError('OUTPUT_UNWRITABLE', keyFile, [], { cause });
  });
  return publicKey;
}

async function readKeyFile(name: string, keyFile: string): Promise<Uint8Array> {
  const found = readCustodianFile(await readText(keyFile), keyFile);
  if (found.name === name) return found.publicKey;
  throw new ProductionError('USAGE', keyFile, [`it is the key file of ${found.name}`]);
}

/** The 32 bytes of an Ed25519 key. */
function keyText(publicKey: Uint8Array): string {
  return encodeHex(publicKey.subarray(-32));
}

function addDecisions(custodian: Command, context: CommandContext): void {
  addCustodianOptions(
    custodian
      .command('propose')
      .argument('<kind>', PROPOSAL_KINDS.join(', '))
      .description('Requests something that nobody may do alone.')
      .option('--with <name=value>', 'what exactly; may be repeated', collect, [])
      .option('--ceremony <file>', 'the reviewed file, of hold-ceremony')
      .option('--hours <number>', 'how long it stands', parseWholeNumber(1, 720), 72),
  ).action((kind: string, options: ProposeOptions) => request(context, kind, options));
  for (const decision of ['approve', 'refuse'] as const) {
    addCustodianOptions(
      custodian
        .command(decision)
        .argument('<proposal>', 'its number', number)
        .description(`Signs that you ${decision} it.`)
        .option('--sha256 <hex>', 'the hash that you were told; the command stops at another'),
    ).action((proposalId: number, options: CustodianOptions & { readonly sha256?: string }) =>
      sign(context, { proposalId, decision, options }),
    );
  }
  custodian
    .command('proposals')
    .description('Shows what waits for approval.')
    .option('--json', 'for machines')
    .action(({ json }: { readonly json?: true }) =>
      withCustody(async ({ custody }) => {
        const open = await custody.fourEyes.listOpenProposals(systemClock.now());
        if (json === true) printJson(context.terminal, open);
        else for (const proposal of open) context.terminal.print(describe(proposal));
        if (open.length === 0) context.terminal.note('nothing waits for approval');
      }),
    );
}

interface ProposeOptions extends CustodianOptions {
  readonly with: readonly string[];
  readonly ceremony?: string;
  readonly hours: number;
}

async function request(
  { terminal }: CommandContext,
  kind: string,
  options: ProposeOptions,
): Promise<void> {
  if (!isKind(kind)) {
    throw new ProductionError('USAGE', kind, [`it is one of ${PROPOSAL_KINDS.join(', ')}`]);
  }
  const what = await readSubject(kind, options);
  requireMembers(what);
  const person = await openCustodian(options);
  await withCustody(async ({ custody, auditor, act }) => {
    const order = { ...what, at: auditor.clock.now(), lifeHours: options.hours };
    const reasons = [person.name, ...options.with];
    const { proposalId, sha256 } = await act({ action: 'propose', subject: kind, reasons }, () =>
      propose(custody.fourEyes, person, order),
    );
    terminal.print(`proposal ${proposalId}: ${encodeHex(sha256)}`);
  });
}

/** What exactly is requested: the members of the command line, or a ceremony as it was reviewed. */
async function readSubject(
  kind: ProposalKind,
  options: ProposeOptions,
): Promise<ProposalSubject & { readonly needed?: number }> {
  if (options.ceremony === undefined) {
    return { kind, subject: Object.fromEntries(options.with.map(parseMember)) };
  }
  const file = parseCeremony(await readText(options.ceremony), options.ceremony);
  if (kind !== 'hold-ceremony' || options.with.length > 0) {
    throw new ProductionError('USAGE', kind, ['a ceremony is proposed by its file alone']);
  }
  return { ...ceremonySubject(file), needed: file.plan.confirm.needed };
}

async function sign(
  { terminal }: CommandContext,
  order: {
    readonly proposalId: number;
    readonly decision: 'approve' | 'refuse';
    readonly options: CustodianOptions & { readonly sha256?: string };
  },
): Promise<void> {
  const { proposalId, decision, options } = order;
  const person = await openCustodian(options);
  await withCustody(async ({ custody, act }) => {
    const subject = `proposal ${proposalId}`;
    await act({ action: decision, subject, reasons: [person.name] }, async () => {
      const proposal = await custody.fourEyes.findProposal(proposalId);
      if (proposal === undefined) {
        throw new ProductionError('FOUR_EYES_REFUSED', subject, ['there is no such proposal']);
      }
      const hash = encodeHex(proposal.sha256);
      if (options.sha256 !== undefined && options.sha256.toUpperCase() !== hash) {
        throw new ProductionError('FOUR_EYES_REFUSED', subject, [`its hash is ${hash}`]);
      }
      terminal.note(describe(proposal));
      await decide(custody.fourEyes, person, { proposal, decision, at: systemClock.now() });
    });
    terminal.print(`${person.name}: ${decision} ${subject}`);
  });
}

function describe(proposal: Proposal): string {
  const { proposalId, kind, subject, requestedBy, expiresAt, needed, decisions } = proposal;
  const done = decisions.map(({ custodian, decision }) => `${custodian} ${decision}`).join(', ');
  return [
    `${proposalId}: ${kind} ${subject}`,
    `  ${encodeHex(proposal.sha256)}`,
    `  by ${requestedBy}, until ${expiresAt.toISOString()}, needs ${needed}: ${done || 'none yet'}`,
  ].join('\n');
}

function intend(
  kind: ProposalKind,
  subject: Readonly<Record<string, string | number>>,
  proposalId: number | undefined,
  by: string,
) {
  return {
    kind,
    subject,
    by,
    at: systemClock.now(),
    ...(proposalId !== undefined && { proposalId }),
  };
}

function isKind(kind: string): kind is ProposalKind {
  return PROPOSAL_KINDS.some((known) => known === kind);
}

/** `maxSignatures=50000`: whole numbers are numbers, everything else is text. */
function parseMember(text: string): readonly [string, string | number] {
  const [, name, value] = /^([A-Za-z][A-Za-z0-9]{0,39})=(.{1,200})$/.exec(text) ?? [];
  if (name === undefined || value === undefined) {
    throw new ProductionError('USAGE', text, ['it is no name=value']);
  }
  return [name, /^(0|[1-9]\d{0,14})$/.test(value) ? Number(value) : value];
}
