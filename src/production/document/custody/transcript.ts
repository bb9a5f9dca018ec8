/** What a key ceremony leaves in writing, with every hash. */
export interface Transcript {
  readonly format: 'persoline-ceremony-transcript-2';
  readonly ceremony: string;
  /** Made with throw-away keys: nothing in it is of any worth. */
  readonly rehearsal: boolean;
  readonly fileSha256: string;
  readonly country: string;
  readonly state: string;
  readonly approval: TranscriptApproval;
  readonly openedAt: string;
  readonly closedAt: string;
  readonly interruptions: readonly { readonly at: string; readonly decision: string }[];
  readonly steps: readonly TranscriptStep[];
}

/** Who asked for a ceremony, and who confirmed it. */
export interface TranscriptApproval {
  readonly requestedBy: string;
  readonly needed: number;
  /** What they signed: over the hash of the file and its steps in clear. */
  readonly sha256: string;
  /** Absent in a rehearsal, which nobody has to request. */
  readonly request?: { readonly at: string; readonly until: string; readonly signature: string };
  readonly confirmations: readonly TranscriptConfirmation[];
}

export interface TranscriptConfirmation {
  readonly custodian: string;
  readonly key: string;
  readonly at: string;
  readonly signature: string;
}

export interface TranscriptStep {
  readonly at: string;
  readonly does: string;
  /** In words. */
  readonly text: { readonly vi: string; readonly en: string };
  readonly label?: string;
  readonly purpose?: string;
  readonly algorithm?: string;
  readonly publicKeySha256?: string;
  readonly requestSha256?: string;
  readonly revocationListSha256?: string;
  readonly certificates: readonly TranscriptCertificate[];
}

export interface TranscriptCertificate {
  readonly subject: string;
  readonly issuer: string;
  readonly serialNumber: string;
  readonly validFrom: string;
  readonly validUntil: string;
  readonly keyUsedUntil: string;
  /** Against the profile of Doc 9303-12. */
  readonly lint: 'no finding before and after signing';
  readonly sha256: string;
}

/** Draws a transcript as pages to print and sign by hand. */
export interface TranscriptRenderer {
  render(transcript: Transcript, language: 'vi' | 'en'): Promise<Uint8Array>;
}
