import type { CertificateStore } from '../../../document/custody/certificate-store';
import type { CscaStore } from '../../../document/custody/csca-store';
import type { DestructionStore } from '../../../document/custody/destruction-store';
import type { Approval } from '../../../document/custody/four-eyes';
import type { SignerStore } from '../../../document/custody/signer-store';
import type { CscaKey } from '../../../document/key-set';
import { ProductionError } from '../../../errors';
import type { Hsm, RandomSource } from '../../../ports';
import type { CeremonyPlan } from '../ceremony-plan';

/** What of custody a ceremony reads and writes; of a rehearsal it is in memory. */
export interface CeremonyCustody {
  readonly cscas: Pick<CscaStore, 'addCsca' | 'listCscas'>;
  readonly signers: Pick<
    SignerStore,
    | 'addSigner'
    | 'listSigners'
    | 'cutOver'
    | 'retireSigner'
    | 'revokeSigner'
    | 'addRevocationList'
    | 'latestRevocationList'
  >;
  readonly certificates: Pick<CertificateStore, 'addCertificate'>;
  readonly destructions: Pick<DestructionStore, 'begin' | 'finish' | 'listDestructions'>;
}

/** Certificates that came from outside, for steps that name them by their hash. */
export type GivenFiles = (sha256: string) => Uint8Array | undefined;

export interface StepContext {
  readonly plan: CeremonyPlan;
  readonly index: number;
  /** When the step was begun, however often it is begun again. */
  readonly at: Date;
  readonly hsm: Hsm;
  /** Gives the same bytes however often the step is begun again. */
  readonly random: RandomSource;
  readonly custody: CeremonyCustody;
  readonly given: GivenFiles;
  /** The approval of this step, before its end is written. */
  readonly approval: Approval;
}

/** What a step made, and how that is recorded together with the entry that ends the step. */
export interface StepOutcome {
  readonly result: StepResult;
  readonly record?: (approval: Approval) => Promise<unknown>;
}

export interface StepResult {
  /** DER SubjectPublicKeyInfo; absent for a secret key. */
  readonly publicKey?: Uint8Array;
  /** DER. */
  readonly certificate?: Uint8Array;
  /** DER of a link certificate. */
  readonly link?: Uint8Array;
  /** DER of a PKCS #10 request. */
  readonly request?: Uint8Array;
  /** DER. */
  readonly revocationList?: Uint8Array;
}

/** The CSCA that signs now. @throws ProductionError `CEREMONY_INVALID` when there is none. */
export async function newestCscaOf({ custody, index }: StepContext): Promise<CscaKey> {
  const newest = (await custody.cscas.listCscas()).at(-1);
  if (newest !== undefined) return newest;
  throw new ProductionError('CEREMONY_INVALID', `step ${index + 1}`, ['there is no CSCA yet']);
}

/** The public half of a key. @throws ProductionError `HSM_KEY_MISSING`. */
export async function publicKeyOf(hsm: Hsm, label: string): Promise<Uint8Array> {
  const key = await hsm.findKey(label);
  if (key?.publicKey === undefined) throw new ProductionError('HSM_KEY_MISSING', `key ${label}`);
  return key.publicKey;
}
