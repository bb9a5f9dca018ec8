import { digestBytes } from '../../standards/crypto/digest-algorithms';
import type { DestructionStore } from '../document/custody/destruction-store';
import type { Approval } from '../document/custody/four-eyes';
import type { JournalEntry } from '../document/custody/ceremony-journal';
import { ProductionError } from '../errors';
import type { Hsm, KeyPurpose } from '../ports';

export interface DestructionTools {
  readonly hsm: Hsm;
  readonly custody: { readonly destructions: DestructionStore };
  readonly approval?: Approval;
  readonly at: Date;
  /** Who does it, where no approval says so. */
  readonly by?: string;
}

/** A key that the HSM has destroyed, and what is left to write. */
export interface EndedKey {
  /** The HSM had done it before, and an interruption kept that from being written. */
  readonly resumed: boolean;
  readonly finish: (
    at: Date,
    done?: { readonly proposalId: number; readonly entry: JournalEntry },
  ) => Promise<void>;
}

/**
 * Destroys a key in a recorded way: that it is going to happen is written first and uses the approval
 * up, then the HSM does it, then it is written that it has. Interrupted, the next call goes on; the
 * approval is needed at the beginning alone.
 *
 * @throws ProductionError `FOUR_EYES_REFUSED`, `HSM_KEY_MISSING` for a key that never was,
 * `HSM_WRONG_USE`, `STATE_CONFLICT` when it was destroyed before.
 */
export async function destroyKey(
  key: { readonly label: string; readonly purpose: KeyPurpose },
  { hsm, custody, approval, at, by = 'a program' }: DestructionTools,
): Promise<EndedKey> {
  const { label, purpose } = key;
  const { destructions } = custody;
  const found = await hsm.findKey(label);
  const begun = (await destructions.listDestructions()).find((one) => one.label === label);
  if (begun?.destroyedAt !== undefined) {
    throw new ProductionError('STATE_CONFLICT', `key ${label}`, ['it was destroyed before']);
  }
  if (begun === undefined) {
    if (found === undefined) throw new ProductionError('HSM_KEY_MISSING', `key ${label}`);
    if (found.purpose !== purpose) {
      throw new ProductionError('HSM_WRONG_USE', `key ${label}`, [`it is a ${found.purpose} key`]);
    }
    const { publicKey } = found;
    await destructions.begin(
      {
        ...{ label, purpose, begunAt: at, by: approval?.by ?? by },
        ...(publicKey && { publicKeySha256: digestBytes('sha256', publicKey) }),
      },
      approval,
    );
  }
  if (found !== undefined) await hsm.destroyKey({ label, purpose: begun?.purpose ?? purpose });
  return {
    resumed: found === undefined,
    finish: (when, done) => destructions.finish(label, when, done),
  };
}
