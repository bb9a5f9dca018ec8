import { type Command, Option } from 'commander';
import { destroyKey } from '../../production/custody/destroy-key';
import { authorize } from '../../production/custody/rotation/authorize';
import type { CustodyStore } from '../../production/document/custody/custody-store';
import type { Approval } from '../../production/document/custody/four-eyes';
import { ProductionError } from '../../production/errors';
import type { KeyPurpose } from '../../production/ports';
import type { CommandContext } from '../command-context';
import { parseWholeNumber } from '../parse-options';
import { systemClock } from '../system';
import { addCustodyKeyOptions, withKeys, type CustodyOptions } from './custody-session';
import { nounOf } from './noun';

interface DestroyOptions extends CustodyOptions {
  readonly purpose: KeyPurpose;
  readonly proposal?: number;
}

const PURPOSES = [
  ...(['csca-sign', 'document-sign', 'master-list-sign', 'card-master', 'storage-wrap'] as const),
  ...(['audit-sign', 'cvca-sign', 'dv-sign', 'terminal-sign'] as const),
] satisfies readonly KeyPurpose[];

/** `key destroy`. */
export function addDestroyCommand(program: Command, context: CommandContext): void {
  addCustodyKeyOptions(
    nounOf(program, 'key', 'Signing keys and certificates.')
      .command('destroy')
      .argument('<label>', 'name of the key')
      .description('Destroys a key in the HSM for good; what it signed and its certificate stay.')
      .addOption(
        new Option('--purpose <purpose>', 'what it was for, so that no other is meant')
          .choices(PURPOSES)
          .makeOptionMandatory(),
      )
      .option('--proposal <number>', 'the approval', parseWholeNumber(1, 1e9)),
  ).action((label: string, options: DestroyOptions) => destroy(context, label, options));
}

async function destroy(
  { terminal }: CommandContext,
  label: string,
  options: DestroyOptions,
): Promise<void> {
  const { purpose, proposal } = options;
  await withKeys(options, async ({ custody, hsm, auditor, act }) => {
    const at = systemClock.now();
    const by = auditor.who;
    const resumed = await act({ action: 'end-key', subject: `key ${label}` }, async () => {
      const begun = (await custody.destructions.listDestructions()).find(
        (one) => one.label === label && one.destroyedAt === undefined,
      );
      // What was approved and begun is brought to its end without another approval.
      const approval =
        begun === undefined
          ? await approve(custody, { label, purpose, proposal, at, by })
          : undefined;
      const tools = { hsm, custody, at, by, ...(approval !== undefined && { approval }) };
      const ended = await destroyKey({ label, purpose }, tools);
      await ended.finish(systemClock.now());
      return begun !== undefined;
    });
    if (resumed) terminal.print('resumed a destruction that was interrupted');
    terminal.print(`key ${label} is destroyed; its certificate and what it signed stay on record`);
  });
}

async function approve(
  { fourEyes }: Pick<CustodyStore, 'fourEyes'>,
  order: {
    readonly label: string;
    readonly purpose: KeyPurpose;
    readonly proposal: number | undefined;
    readonly at: Date;
    readonly by: string;
  },
): Promise<Approval | undefined> {
  const { label, purpose, proposal, at, by } = order;
  const { subject, approval } = await authorize(fourEyes, {
    ...{ kind: 'destroy-key', subject: { label, purpose }, at, by },
    ...(proposal !== undefined && { proposalId: proposal }),
  });
  if (subject['label'] === label && subject['purpose'] === purpose) return approval;
  throw new ProductionError('FOUR_EYES_REFUSED', label, ['the proposal names another key']);
}
