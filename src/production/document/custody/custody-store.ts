import type { AuditLog } from './audit-log';
import type { CardKeyStore } from './card-key-store';
import type { CscaStore } from './csca-store';
import type { FourEyesStore } from './four-eyes';
import type { SignerStore } from './signer-store';

/** Everything that is kept about keys and those who answer for them. */
export interface CustodyStore {
  readonly audit: AuditLog;
  readonly fourEyes: FourEyesStore;
  readonly signers: SignerStore;
  readonly cscas: CscaStore;
  readonly cardKeys: CardKeyStore;
  close(): Promise<void>;
}
