import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { type Command, Option } from 'commander';
import { parseCeremony } from '../../production/custody/ceremony/ceremony-file';
import { runCeremony, type CeremonyRecord } from '../../production/custody/ceremony/run-ceremony';
import { buildTranscript, signTranscript } from '../../production/custody/ceremony/transcript';
import type { PresentCustodian } from '../../production/custody/four-eyes/custodian-key';
import { ProductionError } from '../../production/errors';
import type { CommandContext } from '../command-context';
import { addKeyPlaceOptions, readKeyPlace, type KeyPlaceOptions } from '../key-place-options';
import { collect } from '../parse-options';
import { systemClock, systemRandom } from '../system';
import { openCeremonyRoom, type CeremonyRoom } from '../wiring/ceremony';
import type { HsmKind } from '../wiring/keys';
import { writeArtefacts } from '../write-artefacts';
import { nounOf } from './noun';
import { openCustodian, readText } from './open-custodian';

interface CeremonyOptions extends KeyPlaceOptions {
  readonly keys: string;
  readonly hsm: HsmKind;
  readonly rehearse?: true;
  readonly confirm: readonly string[];
  readonly passphraseFile?: string;
  readonly language: 'vi' | 'en';
}

/** `key ceremony FILE`. */
export function addCeremonyCommand(program: Command, context: CommandContext): void {
  addKeyPlaceOptions(
    nounOf(program, 'key', 'Signing keys and certificates.')
      .command('ceremony')
      .argument('<file>', 'the reviewed ceremony file')
      .description('Makes the keys of a country in a witnessed ceremony.')
      .requiredOption('--keys <dir>', 'key directory to make; the transcript goes to DIR.ceremony')
      .option('--confirm <file>', 'key file of a custodian in the room; repeat it', collect, [])
      .option('--passphrase-file <file>', 'passphrase of all key files, for rehearsals and tests')
      .option('--rehearse', 'everything on throw-away keys; only the transcript stays')
      .addOption(
        new Option('--hsm <kind>', 'where the keys are made')
          .choices(['mock', 'pkcs11'])
          .default('pkcs11'),
      )
      .addOption(
        new Option('--language <language>', 'what the room is told in')
          .choices(['vi', 'en'])
          .default('vi'),
      ),
  ).action((file: string, options: CeremonyOptions) => hold(context, file, options));
}

async function hold(
  context: CommandContext,
  file: string,
  options: CeremonyOptions,
): Promise<void> {
  const ceremony = parseCeremony(await readText(file), file);
  const rehearsal = options.rehearse === true;
  if (!rehearsal && existsSync(options.keys)) {
    throw new ProductionError('OUTPUT_UNWRITABLE', options.keys, ['it exists']);
  }
  const throwAway = rehearsal ? await mkdtemp(join(tmpdir(), 'persoline-rehearsal-')) : undefined;
  const folder = throwAway ?? `${options.keys}.ceremony`;
  try {
    const place = { directory: options.keys, ...(rehearsal ? {} : readKeyPlace(options)) };
    const room = await openCeremonyRoom(folder, rehearsal ? 'mock' : options.hsm, place);
    try {
      const order = { rehearsal, custodians: await openCustodians(options) };
      const record = await runCeremony(ceremony, order, {
        ...{ hsm: room.hsm, journal: room.journal, clock: systemClock, random: systemRandom },
        tell: (text) => context.terminal.print(text[options.language]),
        proceed: () => waitForPeople(context, options.language),
      });
      await writeTranscript(`${options.keys}.ceremony`, { record, room, options });
      if (!rehearsal) await room.finish(record.keys);
    } finally {
      await room.hsm.close();
    }
  } finally {
    if (throwAway !== undefined) await rm(throwAway, { recursive: true, force: true });
  }
  context.terminal.print(`${options.keys}.ceremony: transcript.json, transcript.pdf`);
}

async function openCustodians(options: CeremonyOptions): Promise<readonly PresentCustodian[]> {
  const present: PresentCustodian[] = [];
  const { passphraseFile } = options;
  for (const as of options.confirm) {
    present.push(
      await openCustodian({ as, ...(passphraseFile !== undefined && { passphraseFile }) }),
    );
  }
  return present;
}

async function writeTranscript(
  folder: string,
  given: {
    readonly record: CeremonyRecord;
    readonly room: CeremonyRoom;
    readonly options: CeremonyOptions;
  },
): Promise<void> {
  const { record, room, options } = given;
  const transcript = buildTranscript(record);
  const { text, signature, algorithm } = await signTranscript(record, transcript, room.hsm);
  const names = record.file.plan.steps.flatMap(({ label }, index) => {
    const content = record.results[index]?.certificate;
    return content === undefined ? [] : [{ path: `${label}.cer`, content }];
  });
  await writeArtefacts(folder, [
    ...names,
    { path: 'transcript.json', content: text },
    { path: 'transcript.sig', content: signature },
    { path: 'transcript.sig.txt', content: `${algorithm}, key of the step audit-key\n` },
    {
      path: 'transcript.pdf',
      content: await room.transcripts.render(transcript, options.language),
    },
  ]);
}

/** At a keyboard people say when they are ready; elsewhere nobody is waited for. */
async function waitForPeople({ signal }: CommandContext, language: 'vi' | 'en'): Promise<void> {
  if (!process.stdin.isTTY) return;
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const question = language === 'vi' ? 'Nhấn Enter để tiếp tục' : 'Press Enter to go on';
    await lines.question(`${question} … `, { signal });
  } finally {
    lines.close();
  }
}
