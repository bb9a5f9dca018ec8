import { labelsOfSet } from '../../document/custody/card-key-set';
import type {
  CardKeyOrder,
  CardKeyStore,
  Doing,
  NewRecordedCardKey,
} from '../../document/custody/card-key-store';
import type { CardKeyVault, NewCardKey } from '../../document/custody/card-key-vault';
import type { Approval } from '../../document/custody/four-eyes';
import type { CardKeySite } from './site-card-keys';

/** What everything that is done with card keys works with. */
export interface CardKeyTools {
  readonly vault: CardKeyVault;
  readonly store: CardKeyStore;
  readonly site: CardKeySite;
}

/** Who does it now, and what approved it. */
export interface CardKeyDoing extends Doing {
  /** Absent before custodians have founded. */
  readonly approval?: Approval;
}

/** The key of an order, as an HSM is asked for it. */
export function keyOfOrder(order: CardKeyOrder): NewCardKey {
  const { name, part, cipher, lengthBytes, realm } = order;
  const isTransport = part === 'transport';
  const labels = (): NewCardKey['labels'] => {
    if (isTransport) return [name];
    return part === 'all' ? labelsOfSet(name) : [`${name}.${part}`];
  };
  return {
    purpose: isTransport ? 'card-transport' : 'card-master',
    ...{ cipher, lengthBytes, realm, labels: labels() },
  };
}

/** What is recorded of it. */
export function recordsOf(
  order: CardKeyOrder,
  origin: NewRecordedCardKey['origin'],
  kcv: Uint8Array,
): readonly NewRecordedCardKey[] {
  const { labels, ...kind } = keyOfOrder(order);
  const { maker, cardType, batch } = order;
  return labels.map((label) => ({
    ...{ ...kind, label, kcv, origin },
    ...(maker !== undefined && { maker }),
    ...(cardType !== undefined && { cardType }),
    ...(batch !== undefined && { batch }),
  }));
}
