import { planUnderCsca } from '../../production/custody/plan-under-csca';
import { addNextSigner } from '../../production/custody/rotation/add-next-signer';
import type { CustodyStore } from '../../production/document/custody/custody-store';
import type { SignerState } from '../../production/document/custody/signer-store';
import { readDocumentSigner } from '../../production/signing/read-document-signer';
import { systemClock, systemRandom } from '../system';
import type { OpenKeys } from '../wiring/keys';

/** After so many documents the first signer gives way, so that five cards show a cut-over. */
const FIRST_SIGNS = 3;

/** What a signer of the demo did. */
export interface SignerAccount {
  readonly number: number;
  readonly state: SignerState;
  /** Signatures counted before they were made. */
  readonly counted: number;
  /** Of these, in the ledger with their documents. */
  readonly recorded: number;
}

/**
 * Puts the demo's keys into the custody of its database, as on a real line: the first signer has a
 * limit, and the next one is made ahead and waits.
 */
export async function manageSigners(custody: CustodyStore, open: OpenKeys): Promise<void> {
  const { hsm, keys } = open;
  const at = systemClock.now();
  await custody.cscas.addCsca(keys.csca, at);
  for (const key of keys.signers) {
    await custody.signers.addSigner(readDocumentSigner(key), { maxSignatures: FIRST_SIGNS, at });
  }
  const { csca, state } = keys;
  const plan = planUnderCsca(csca.certificate, { state });
  const order = { csca, algorithm: csca.algorithm, from: at, at };
  await addNextSigner(plan, order, { hsm, random: systemRandom, custody });
}

export async function accountForSigners({
  signers,
}: Pick<CustodyStore, 'signers'>): Promise<readonly SignerAccount[]> {
  const recorded = await signers.countRecorded();
  return (await signers.listSigners()).map(({ number, state, reserved }) => ({
    ...{ number, state, counted: reserved },
    recorded: recorded.get(number) ?? 0,
  }));
}
