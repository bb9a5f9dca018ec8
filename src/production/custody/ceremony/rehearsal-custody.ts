import type { CeremonyJournal, JournalEntry } from '../../document/custody/ceremony-journal';
import type { RecordedCsca } from '../../document/custody/csca-store';
import type { KeyDestruction } from '../../document/custody/destruction-store';
import type { Approval } from '../../document/custody/four-eyes';
import type { ManagedSigner, StoredRevocationList } from '../../document/custody/signer-store';
import { ProductionError } from '../../errors';
import type { CeremonyCustody } from './steps/step-context';

/** Custody in memory, for a rehearsal: it knows what there is and forgets what is done. */
export interface RehearsalCustody extends CeremonyCustody {
  readonly journal: CeremonyJournal;
}

/** What a rehearsal begins with. */
export interface RehearsalBegin {
  readonly cscas: readonly RecordedCsca[];
  readonly signers: readonly ManagedSigner[];
  readonly revocationList?: StoredRevocationList;
}

/** Does to values in memory what the database does to rows. */
export function createRehearsalCustody(begin: RehearsalBegin): RehearsalCustody {
  const entries: JournalEntry[] = [];
  const cscas = [...begin.cscas];
  const lists = begin.revocationList === undefined ? [] : [begin.revocationList];
  const destructions = new Map<string, KeyDestruction>();
  const end = (approval?: Approval): void => {
    if (approval?.step?.done !== undefined) entries.push(approval.step.done);
  };
  return {
    journal: {
      read: () => Promise.resolve([...entries]),
      append: (entry) => Promise.resolve(void entries.push(entry)),
    },
    cscas: {
      listCscas: () => Promise.resolve([...cscas]),
      addCsca: (csca, addedAt, approval) => {
        end(approval);
        return Promise.resolve(cscas.push({ ...csca, number: cscas.length + 1, addedAt }));
      },
    },
    signers: {
      ...rehearsedSigners([...begin.signers], end),
      addRevocationList: (list) => Promise.resolve(void lists.push(list)),
      latestRevocationList: () => Promise.resolve(lists.at(-1)),
    },
    certificates: {
      addCertificate: (_, approval) => {
        end(approval);
        return Promise.resolve();
      },
    },
    destructions: {
      begin: (key) => Promise.resolve(void destructions.set(key.label, key)),
      listDestructions: () => Promise.resolve([...destructions.values()]),
      finish: (label, destroyedAt, done) => {
        const key = destructions.get(label);
        if (key !== undefined) destructions.set(label, { ...key, destroyedAt });
        if (done !== undefined) entries.push(done.entry);
        return Promise.resolve();
      },
    },
  };
}

type SignerActs = Pick<
  CeremonyCustody['signers'],
  'addSigner' | 'listSigners' | 'cutOver' | 'retireSigner' | 'revokeSigner'
>;

function rehearsedSigners(
  signers: ManagedSigner[],
  end: (approval?: Approval) => void,
): SignerActs {
  const change =
    (
      allowed: readonly ManagedSigner['state'][],
      turn: (one: ManagedSigner, at: Date) => ManagedSigner,
    ) =>
    (number: number, at: Date, approval?: Approval): Promise<void> => {
      const index = signers.findIndex((one) => one.number === number);
      const one = signers[index];
      if (one === undefined || !allowed.includes(one.state)) {
        const reasons = [one === undefined ? 'there is no such signer' : `it is ${one.state}`];
        return Promise.reject(new ProductionError('STATE_CONFLICT', `DSC ${number}`, reasons));
      }
      signers[index] = turn(one, at);
      end(approval);
      return Promise.resolve();
    };
  return {
    listSigners: () => Promise.resolve([...signers]),
    addSigner: (signer, { at, ...limits }, approval) => {
      const number = signers.length + 1;
      signers.push({ ...limits, number, signer, state: 'waiting', reserved: 0, addedAt: at });
      end(approval);
      return Promise.resolve(number);
    },
    cutOver: change(['in-use'], (one, at) => ({ ...one, state: 'cut-over', cutOverAt: at })),
    retireSigner: change(['waiting', 'cut-over'], (one, at) => ({
      ...{ ...one, state: 'retired', retiredAt: at },
    })),
    revokeSigner: change(['waiting', 'in-use', 'cut-over', 'retired'], (one, at) => ({
      ...{ ...one, revokedAt: at },
      ...(one.state === 'in-use' && { state: 'cut-over', cutOverAt: at }),
    })),
  };
}
