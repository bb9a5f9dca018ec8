import { createInterface } from 'node:readline/promises';
import type { CeremonyRecord } from '../../production/custody/ceremony/run-ceremony';
import { buildTranscript, signTranscript } from '../../production/custody/ceremony/transcript';
import type { Hsm } from '../../production/ports';
import type { CommandContext } from '../command-context';
import { openTranscripts } from '../wiring/ceremony';
import { writeArtefacts, type Artefact } from '../write-artefacts';

/** Writes everything that a ceremony leaves: certificates, requests, lists, and its transcript. */
export async function writeTranscript(
  folder: string,
  given: {
    readonly record: CeremonyRecord;
    readonly hsm: Hsm;
    readonly language: 'vi' | 'en';
  },
): Promise<void> {
  const { record, hsm, language } = given;
  const transcript = buildTranscript(record);
  const { text, signature, algorithm } = await signTranscript(record, transcript, hsm);
  await writeArtefacts(folder, [
    ...listMade(record),
    { path: 'transcript.json', content: text },
    { path: 'transcript.sig', content: signature },
    { path: 'transcript.sig.txt', content: `${algorithm}, the audit key\n` },
    { path: 'transcript.pdf', content: await openTranscripts().render(transcript, language) },
  ]);
}

/** At a keyboard people say when they are ready; elsewhere nobody is waited for. */
export async function waitForPeople(
  { signal }: CommandContext,
  language: 'vi' | 'en',
): Promise<void> {
  if (!process.stdin.isTTY) return;
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const question = language === 'vi' ? 'Nhấn Enter để tiếp tục' : 'Press Enter to go on';
    await lines.question(`${question} … `, { signal });
  } finally {
    lines.close();
  }
}

function listMade({ file, results }: CeremonyRecord): readonly Artefact[] {
  return file.plan.steps.flatMap((step, index) => {
    const { certificate, link, request, revocationList } = results[index] ?? {};
    const name = 'label' in step ? step.label : file.plan.state;
    const named = [
      [`${name}.cer`, certificate],
      [`${name}.link.cer`, link],
      [`${name}.p10`, request],
      [`${name}.crl`, revocationList],
    ] as const;
    return named.flatMap(([path, content]) => (content === undefined ? [] : [{ path, content }]));
  });
}
