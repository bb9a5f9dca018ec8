import { open } from 'node:fs/promises';
import type { Command } from 'commander';
import { planUnderCsca } from '../../production/custody/plan-under-csca';
import { addNextSigner } from '../../production/custody/rotation/add-next-signer';
import { authorize, type Authorization } from '../../production/custody/rotation/authorize';
import type { ProposalKind } from '../../production/document/custody/four-eyes';
import type { CscaKey } from '../../production/document/key-set';
import { ProductionError } from '../../production/errors';
import { encodeHex } from '../../standards/bytes/hex';
import type { CommandContext } from '../command-context';
import { parseMoment, parseWholeNumber } from '../parse-options';
import { systemClock, systemRandom } from '../system';
import {
  addCustodyKeyOptions,
  withCustody,
  withKeys,
  type CustodyOptions,
  type CustodySession,
  type KeySession,
} from './custody-session';
import { nounOf } from './noun';
import { addStatusCommand } from './signer-status';

const number = parseWholeNumber(1, 1_000_000);

/** `key status`, `rotate`, `cut-over`, `retire`, `revoke`, `recall`. */
export function addSignerCommands(program: Command, context: CommandContext): void {
  const key = nounOf(program, 'key', 'Signing keys and certificates.');
  addStatusCommand(key, context);
  addCustodyKeyOptions(
    key
      .command('rotate')
      .description('Makes the next document signer ahead; it waits for its turn.')
      .option('--max-signatures <number>', 'rotation by count', parseWholeNumber(1, 1e12))
      .option('--max-days <number>', 'rotation by time', parseWholeNumber(1, 3650))
      .option('--algorithm <name>', 'that of the CSCA by default')
      .option('--from <date>', 'begin of its periods; now by default', parseMoment)
      .option('--document-years <number>', 'longest document', parseWholeNumber(1, 50))
      .option('--proposal <number>', 'the approval; it says all of the above', number),
  ).action((options: RotateOptions) => rotate(context, options));
  addMove(key, context, {
    ...{ verb: 'cut-over', kind: 'cut-over', done: 'is cut over' },
    what: 'Ends the use of a signer now; the next takes over between two cards.',
    work: (session, signer, { approval }) =>
      session.custody.signers.cutOver(signer, systemClock.now(), approval),
  });
  addMove(key, context, {
    ...{ verb: 'retire', kind: 'retire-signer', done: 'is retired' },
    what: 'Records that a signer will never sign again, so that its key can be destroyed.',
    work: (session, signer, { approval }) =>
      session.custody.signers.retireSigner(signer, systemClock.now(), approval),
  });
  addMove(key, context, {
    ...{ verb: 'revoke', kind: 'revoke-signer', done: 'is revoked; publish a revocation list' },
    what: 'Revokes the certificate of a signer and ends its use.',
    work: (session, signer, { approval }) =>
      session.custody.signers.revokeSigner(signer, systemClock.now(), approval),
  });
  key
    .command('recall')
    .argument('<signer>', 'number of the document signer', number)
    .description('Lists every document of a signer.')
    .requiredOption('--out <file>', 'CSV: document, time, station, SHA-256 of EF.SOD')
    .action((signer: number, { out }: { readonly out: string }) => recall(context, signer, out));
}

interface RotateOptions extends CustodyOptions {
  readonly maxSignatures?: number;
  readonly maxDays?: number;
  readonly algorithm?: string;
  readonly from?: Date;
  readonly documentYears?: number;
  readonly proposal?: number;
}

/** The newest CSCA of the database, else the one of the key directory. */
export async function newestCsca({ custody, keys }: KeySession): Promise<CscaKey> {
  return (await custody.cscas.listCscas()).at(-1) ?? keys.keys.csca;
}

async function rotate({ terminal }: CommandContext, options: RotateOptions): Promise<void> {
  const { maxSignatures, maxDays, algorithm, from, documentYears, proposal } = options;
  await withKeys(options, async (session) => {
    const { custody, keys, hsm, auditor, act } = session;
    const at = systemClock.now();
    const typed = {
      ...(maxSignatures !== undefined && { maxSignatures }),
      ...(maxDays !== undefined && { maxDays }),
      ...(algorithm !== undefined && { algorithm }),
      ...(from !== undefined && { from: from.toISOString() }),
      ...(documentYears !== undefined && { documentYears }),
    };
    const made = await act({ action: 'add-signer', subject: 'document signers' }, async () => {
      const { subject, approval } = await authorize(custody.fourEyes, {
        ...{ kind: 'add-signer', subject: typed, at, by: auditor.who },
        ...(proposal !== undefined && { proposalId: proposal }),
      });
      const csca = await newestCsca(session);
      const years = numberOf(subject, 'documentYears');
      const plan = planUnderCsca(csca.certificate, {
        state: keys.keys.state,
        ...(years !== undefined && { documentYears: years }),
      });
      const limits = {
        maxSignatures: numberOf(subject, 'maxSignatures'),
        maxDays: numberOf(subject, 'maxDays'),
      };
      const begin = subject['from'];
      const order = {
        ...{ csca, at, algorithm: String(subject['algorithm'] ?? csca.algorithm) },
        from: typeof begin === 'string' ? new Date(begin) : at,
        ...(limits.maxSignatures !== undefined && { maxSignatures: limits.maxSignatures }),
        ...(limits.maxDays !== undefined && { maxDays: limits.maxDays }),
        ...(approval !== undefined && { approval }),
      };
      return addNextSigner(plan, order, { hsm, random: systemRandom, custody });
    });
    terminal.print(`DSC ${made} is ready and waits for its turn`);
  });
}

interface Move {
  readonly verb: string;
  readonly kind: ProposalKind;
  readonly what: string;
  readonly done: string;
  readonly work: (
    session: CustodySession,
    signer: number,
    authorization: Authorization,
  ) => Promise<void>;
}

function addMove(key: Command, { terminal }: CommandContext, move: Move): void {
  key
    .command(move.verb)
    .argument('<signer>', 'number of the document signer', number)
    .description(move.what)
    .option('--proposal <number>', 'the approval, --with signer=NUMBER', number)
    .action((signer: number, { proposal }: { readonly proposal?: number }) =>
      withCustody(async (session) => {
        const act = { action: move.kind, subject: `signer ${signer}` };
        const by = await session.act(act, async () => {
          const authorization = await authorize(session.custody.fourEyes, {
            ...{ kind: move.kind, subject: { signer }, at: systemClock.now() },
            by: session.auditor.who,
            ...(proposal !== undefined && { proposalId: proposal }),
          });
          if (authorization.subject['signer'] !== signer) {
            throw new ProductionError('FOUR_EYES_REFUSED', `DSC ${signer}`, [
              'the proposal names another signer',
            ]);
          }
          await move.work(session, signer, authorization);
          return authorization.reasons;
        });
        terminal.print(`DSC ${signer} ${move.done}`);
        for (const reason of by) terminal.note(reason);
      }),
    );
}

async function recall({ terminal }: CommandContext, signer: number, out: string): Promise<void> {
  await withCustody(async ({ custody, act }) => {
    const file = await open(out, 'wx', 0o640).catch((cause: unknown) => {
      throw new ProductionError('OUTPUT_UNWRITABLE', out, [], { cause });
    });
    try {
      await file.write('document,signed_at,station,sod_sha256\n');
      const { documents } = await act({ action: 'recall', subject: `signer ${signer}` }, () =>
        custody.signers.recall(signer, async (page) => {
          const lines = page.map(({ documentId, signedAt, station, sodSha256 }) =>
            [
              documentId ?? '',
              signedAt.toISOString(),
              station,
              sodSha256 === undefined ? '' : encodeHex(sodSha256),
            ].join(','),
          );
          await file.write(`${lines.join('\n')}\n`);
        }),
      );
      terminal.print(`${out}: ${documents} documents of DSC ${signer}`);
    } finally {
      await file.close();
    }
  });
}

function numberOf(subject: Authorization['subject'], name: string): number | undefined {
  const value = subject[name];
  return typeof value === 'number' ? value : undefined;
}
