import type { Handle } from 'pkcs11js';
import type { TokenKey } from './key-objects';
import type { Pkcs11Module } from './pkcs11-module';

/** What the parts of an HSM behind PKCS #11 share: its sessions, and the keys that it knows. */
export interface TokenAccess {
  readonly pkcs11: Pkcs11Module;
  /** One operation in a session; once more in another where the first was lost before it began. */
  readonly perform: <T>(place: string, work: (session: Handle) => Promise<T>) => Promise<T>;
  readonly lookUp: (session: Handle, label: string) => TokenKey | undefined;
  /** The label means another key from now on, or none. */
  readonly forget: (label: string) => void;
}
