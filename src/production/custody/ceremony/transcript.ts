import { encodeHex } from '../../../standards/bytes/hex';
import { encodeUtf8 } from '../../../standards/bytes/text';
import { digestBytes } from '../../../standards/crypto/digest-algorithms';
import { parseCertificate } from '../../../standards/pki/certificate';
import { formatName } from '../../../standards/pki/distinguished-name';
import { readPrivateKeyUsagePeriod } from '../../../standards/pki/read-extensions';
import type { Transcript, TranscriptStep } from '../../document/custody/transcript';
import type { Hsm } from '../../ports';
import type { CeremonyStep } from './ceremony-plan';
import { describeCeremonyStep } from './ceremony-texts';
import { STEP_PURPOSES } from './perform-step';
import type { CeremonyRecord } from './run-ceremony';
import type { StepResult } from './steps/step-context';

/** What a ceremony leaves in writing, with every hash. */
export function buildTranscript(record: CeremonyRecord): Transcript {
  const { file, rehearsal, journal } = record;
  const { plan } = file;
  return {
    format: 'persoline-ceremony-transcript-2',
    ceremony: plan.ceremony,
    rehearsal,
    fileSha256: encodeHex(file.sha256),
    country: plan.country,
    state: plan.state,
    approval: record.approval,
    openedAt: journal[0]?.at ?? '',
    closedAt: journal.findLast(({ event }) => event === 'closed')?.at ?? '',
    interruptions: journal.flatMap((entry) =>
      entry.event === 'interrupted' ? [{ at: entry.at, decision: entry.decision }] : [],
    ),
    steps: plan.steps.map((step, index) => {
      const done = journal.find((entry) => entry.event === 'done' && entry.step === index);
      return describeStep(step, { result: record.results[index] ?? {}, at: done?.at ?? '' });
    }),
  };
}

/** The transcript as the bytes that are kept, and their signature by the audit key it tells of. */
export async function signTranscript(
  record: CeremonyRecord,
  transcript: Transcript,
  hsm: Hsm,
): Promise<{ readonly text: string; readonly signature: Uint8Array; readonly algorithm: string }> {
  const text = `${JSON.stringify(transcript, undefined, 2)}\n`;
  const { steps, auditKey } = record.file.plan;
  const key = steps.find((step) => step.do === 'make-audit-key') ?? auditKey;
  if (key === undefined) throw new Error('a ceremony names the key of its transcript');
  const { label, algorithm } = key;
  const signature = await hsm.sign({
    ...{ label, algorithm, purpose: 'audit-sign' },
    message: encodeUtf8(text),
  });
  return { text, signature, algorithm };
}

function describeStep(
  step: CeremonyStep,
  { result, at }: { readonly result: StepResult; readonly at: string },
): TranscriptStep {
  const { publicKey, certificate, link, request, revocationList } = result;
  const sha256 = (bytes: Uint8Array): string => encodeHex(digestBytes('sha256', bytes));
  const purpose = step.do === 'destroy-key' ? step.purpose : STEP_PURPOSES[step.do];
  return {
    at,
    does: step.do,
    text: describeCeremonyStep(step),
    ...('label' in step && { label: step.label }),
    ...(purpose !== undefined && { purpose }),
    ...('algorithm' in step && { algorithm: step.algorithm }),
    ...(publicKey !== undefined && { publicKeySha256: sha256(publicKey) }),
    ...(request !== undefined && { requestSha256: sha256(request) }),
    ...(revocationList !== undefined && { revocationListSha256: sha256(revocationList) }),
    certificates: [certificate, link].flatMap((one) =>
      one === undefined ? [] : [{ ...describeCertificate(one), sha256: sha256(one) }],
    ),
  };
}

function describeCertificate(bytes: Uint8Array) {
  const certificate = parseCertificate(bytes);
  const { from, until } = certificate.validity;
  const use = readPrivateKeyUsagePeriod(certificate);
  return {
    subject: formatName(certificate.subject),
    issuer: formatName(certificate.issuer),
    serialNumber: encodeHex(certificate.serialNumber),
    validFrom: from.toISOString(),
    validUntil: until.toISOString(),
    keyUsedUntil: use?.until?.toISOString() ?? until.toISOString(),
    lint: 'no finding before and after signing' as const,
  };
}
