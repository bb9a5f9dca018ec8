import type { AuditLog } from './audit-log';
import type { CardKeyStore } from './card-key-store';
import type { CeremonyStore } from './ceremony-store';
import type { CertificateStore } from './certificate-store';
import type { CscaStore } from './csca-store';
import type { DestructionStore } from './destruction-store';
import type { FourEyesStore } from './four-eyes';
import type { SignerStore } from './signer-store';

/** Everything that is kept about keys and those who answer for them. */
export interface CustodyStore {
  readonly audit: AuditLog;
  readonly fourEyes: FourEyesStore;
  readonly signers: SignerStore;
  readonly cscas: CscaStore;
  readonly cardKeys: CardKeyStore;
  readonly certificates: CertificateStore;
  readonly destructions: DestructionStore;
  readonly ceremonies: CeremonyStore;
  close(): Promise<void>;
}
