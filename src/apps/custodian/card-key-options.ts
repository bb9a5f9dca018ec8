import { type Command, Option } from 'commander';
import type { CardKeyDoing, CardKeyTools } from '../../production/custody/card-keys/card-key-tools';
import { authorize } from '../../production/custody/rotation/authorize';
import type { ProposalSubject } from '../../production/document/custody/four-eyes';
import type { ProposalKind } from '../../production/document/custody/four-eyes';
import { ProductionError } from '../../production/errors';
import { parseWholeNumber } from '../parse-options';
import { systemClock } from '../system';
import { cardKeySite } from '../wiring/keys';
import type { CustodyOptions, KeySession } from './custody-session';

/** Options that describe a key which is to come; once custodians have founded the proposal does. */
export interface CardKeyOptions extends CustodyOptions {
  readonly part?: string;
  readonly cipher?: string;
  readonly bits?: number;
  readonly realm?: string;
  readonly kcv?: string;
  readonly maker?: string;
  readonly cardType?: string;
  readonly batch?: string;
  readonly proposal?: number;
}

export const proposalNumber = parseWholeNumber(1, Number.MAX_SAFE_INTEGER);

export function addCardKeyOptions(command: Command, parts: readonly string[]): Command {
  if (parts.length > 0) {
    command.addOption(
      new Option('--part <part>', 'part of the set; all: one key for all three').choices(parts),
    );
  }
  return command
    .addOption(new Option('--cipher <cipher>', 'aes by default').choices(['aes', '3des']))
    .option('--bits <number>', 'length of the key; 128 by default', parseWholeNumber(112, 256))
    .addOption(
      new Option('--realm <realm>', 'live in production mode, else test').choices(['test', 'live']),
    )
    .option('--maker <name>', 'who made the chips')
    .option('--card-type <name>', 'for which cards')
    .option('--batch <name>', 'for which batch of them; the set is NAME.BATCH then')
    .option('--proposal <number>', 'the approval; it says all of the above', proposalNumber);
}

/** What was typed, as a proposal would say it. */
export function typedSubject(
  name: string,
  options: CardKeyOptions,
  more: ProposalSubject['subject'] = {},
): ProposalSubject['subject'] {
  const { part, cipher, bits, realm, kcv, maker, cardType, batch } = options;
  const members = { part, cipher, bits, realm, kcv, maker, cardType, batch, ...more };
  const given = Object.entries(members).filter(
    (entry): entry is [string, string | number] => entry[1] !== undefined,
  );
  return { name, ...Object.fromEntries(given) };
}

/** What card keys are worked on with in a session. */
export function toolsOf({ keys, custody }: KeySession): CardKeyTools {
  return { vault: keys.vault, store: custody.cardKeys, site: cardKeySite() };
}

/**
 * What may be done, exactly as it was approved, and the approval.
 *
 * @throws ProductionError `FOUR_EYES_REFUSED`, also when the proposal is about another name.
 */
export async function authorizeCardKey(
  { custody, auditor }: Pick<KeySession, 'custody' | 'auditor'>,
  intention: {
    readonly kind: ProposalKind;
    readonly typed: ProposalSubject['subject'];
    readonly proposal: number | undefined;
  },
): Promise<{ readonly subject: ProposalSubject['subject']; readonly doing: CardKeyDoing }> {
  const { kind, typed, proposal } = intention;
  const doing = { at: systemClock.now(), by: auditor.who };
  const { subject, approval } = await authorize(custody.fourEyes, {
    ...{ kind, subject: typed, ...doing },
    ...(proposal !== undefined && { proposalId: proposal }),
  });
  const { name } = typed;
  if (subject['name'] !== name) {
    const reasons = ['the proposal names another key'];
    throw new ProductionError('FOUR_EYES_REFUSED', typeof name === 'string' ? name : kind, reasons);
  }
  return { subject, doing: { ...doing, ...(approval !== undefined && { approval }) } };
}
