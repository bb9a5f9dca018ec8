import type { Command } from 'commander';
import { authorize, type Authorization } from '../../production/custody/rotation/authorize';
import type { ProposalKind } from '../../production/document/custody/four-eyes';
import { ProductionError } from '../../production/errors';
import type { CommandContext } from '../command-context';
import { parseWholeNumber } from '../parse-options';
import { systemClock } from '../system';
import { withCustody, type CustodySession } from './custody-session';
import { addForecastCommand } from './forecast-command';
import { nounOf } from './noun';
import { addRecallCommand } from './recall-command';
import { addRotateCommand } from './rotate-command';
import { addStatusCommand } from './signer-status';

const number = parseWholeNumber(1, 1_000_000);

/** `key status`, `forecast`, `rotate`, `cut-over`, `retire`, `revoke`, `recall`. */
export function addSignerCommands(program: Command, context: CommandContext): void {
  const key = nounOf(program, 'key', 'Signing keys and certificates.');
  addStatusCommand(key, context);
  addForecastCommand(key, context);
  addRotateCommand(key, context);
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
  addRecallCommand(key, context);
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
