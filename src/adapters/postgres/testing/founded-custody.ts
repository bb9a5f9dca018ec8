import { createHash } from 'node:crypto';
import type { CeremonyStore } from '../../../production/document/custody/ceremony-store';
import type { CertificateStore } from '../../../production/document/custody/certificate-store';
import type { CscaStore } from '../../../production/document/custody/csca-store';
import type { DestructionStore } from '../../../production/document/custody/destruction-store';
import type { SignerStore } from '../../../production/document/custody/signer-store';
import type {
  Approval,
  FourEyesStore,
  ProposalKind,
  ProposalSubject,
} from '../../../production/document/custody/four-eyes';
import { createCertificateStore } from '../custody-certificates';
import { createCeremonyStore } from '../custody-ceremonies';
import { createCscaStore } from '../custody-cscas';
import { createDestructionStore } from '../custody-destructions';
import { createFourEyesStore } from '../custody-four-eyes';
import { createSignerStore } from '../custody-signers';
import { type Database, openDatabase } from '../database';

const HOUR_MS = 3_600_000;
const signature = Uint8Array.of(1);

/** The stores of one database, in which four invented people have founded and time is handed in. */
export class FoundedCustody {
  readonly at = new Date('2026-03-02T08:00:00Z');
  readonly fourEyes: FourEyesStore;
  readonly signers: SignerStore;
  readonly cscas: CscaStore;
  readonly certificates: CertificateStore;
  readonly destructions: DestructionStore;
  readonly ceremonies: CeremonyStore;

  private constructor(private readonly database: Database) {
    this.fourEyes = createFourEyesStore(database);
    this.signers = createSignerStore(database);
    this.cscas = createCscaStore(database);
    this.certificates = createCertificateStore(database);
    this.destructions = createDestructionStore(database);
    this.ceremonies = createCeremonyStore(database);
  }

  static async found(address: string): Promise<FoundedCustody> {
    const custody = new FoundedCustody(openDatabase(address));
    await custody.signers.declareRehearsal();
    for (const name of ['an', 'binh', 'chi', 'dung']) {
      const publicKey = new Uint8Array(Buffer.from(name.padEnd(32)));
      await custody.fourEyes.enrollCustodian({ name, publicKey, enrolledAt: custody.at });
    }
    await custody.fourEyes.foundQuorum(2, custody.at);
    return custody;
  }

  later(hours: number): Date {
    return new Date(this.at.getTime() + hours * HOUR_MS);
  }

  async propose(
    kind: ProposalKind,
    subject: ProposalSubject['subject'],
    by = 'an',
  ): Promise<number> {
    const text = JSON.stringify(subject);
    const sha256 = new Uint8Array(createHash('sha256').update(`${kind}\n${text}`).digest());
    return this.fourEyes.propose({
      ...{ kind, subject: text, sha256, requestedBy: by, requestedAt: this.at, signature },
      expiresAt: this.later(72),
    });
  }

  async approve(proposalId: number, ...names: readonly string[]): Promise<void> {
    for (const custodian of names) {
      const decision = { custodian, decision: 'approve', decidedAt: this.later(1) } as const;
      await this.fourEyes.decide(proposalId, { ...decision, signature });
    }
  }

  /** A proposal with its approvals, to be used now. */
  async approved(kind: ProposalKind, subject: ProposalSubject['subject']): Promise<Approval> {
    const proposalId = await this.propose(kind, subject);
    await this.approve(proposalId, 'binh', 'chi');
    return { proposalId, at: this.later(2), by: 'an' };
  }

  close(): Promise<void> {
    return this.database.close();
  }
}
