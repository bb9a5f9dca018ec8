import type { Certificate } from '../../standards/pki/certificate';
import type { CertificateChain } from './certificate-chain';
import type { ChipFacts } from './chip-facts';
import type { LdsContents } from './lds-contents';
import type { Parsed } from './parsed';
import type { SodReading } from './sod-reading';
import type { TrustStore } from './trust-store';

/** Everything that the checks look at; prepared once, nothing in it ever changes. */
export interface Subject {
  /** The files as read, by name, every byte of them. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** The moment for which validity is judged. */
  readonly at: Date;
  readonly contents: LdsContents;
  readonly sod: Parsed<SodReading>;
  readonly dsc: Parsed<Certificate>;
  readonly trust: TrustStore;
  readonly chain: CertificateChain;
  /** What the chip itself showed; absent when only files were given. */
  readonly chip?: ChipFacts;
  /** The files that were meant to be written. */
  readonly expected?: ReadonlyMap<string, Uint8Array>;
  /** Shows holder data in evidence, or only its shape. */
  readonly showPersonal: (value: string) => string;
}
