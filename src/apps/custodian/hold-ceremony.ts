import { join } from 'node:path';
import { auditHsm } from '../../production/custody/audit/audited';
import { approveCeremony } from '../../production/custody/ceremony/approve-ceremony';
import { type CeremonyFile, isFounding } from '../../production/custody/ceremony/ceremony-file';
import { foundedKeys } from '../../production/custody/ceremony/founded-keys';
import { givenFiles } from '../../production/custody/ceremony/prepare-rehearsal';
import { runCeremony } from '../../production/custody/ceremony/run-ceremony';
import type { CommandContext } from '../command-context';
import { readKeyPlace } from '../key-place-options';
import { systemClock, systemRandom } from '../system';
import { type FoundingRoom, openFoundingRoom } from '../wiring/ceremony';
import { openKeys } from '../wiring/keys';
import type { CeremonyMeeting, CeremonyOptions } from './ceremony-options';
import { waitForPeople, writeTranscript } from './ceremony-room';
import { withCustody } from './custody-session';

/** Holds a ceremony on the keys that count; returns the folder of its transcript. */
export async function holdCeremony(
  file: CeremonyFile,
  { people, given, options }: CeremonyMeeting,
  context: CommandContext,
): Promise<string> {
  const { language } = options;
  const tell = (text: { readonly vi: string; readonly en: string }): void =>
    context.terminal.print(text[language]);
  const folder = join(`${options.keys}.ceremony`, file.plan.ceremony);
  await withCustody(async ({ custody, auditor, act }) => {
    const by = auditor.who;
    const held = { action: 'hold-ceremony', subject: `ceremony ${file.plan.ceremony}` };
    await act(held, async () => {
      const opened = await approveCeremony(file, people, {
        ...{ fourEyes: custody.fourEyes, ceremonies: custody.ceremonies, clock: systemClock },
        ...{ by, tell },
      });
      const journal = custody.ceremonies.journalOf(opened.proposalId);
      const isBegun = (await journal.read()).some(({ event }) => event === 'begun');
      const room = await openRoom(file, options, isBegun);
      const hsm = auditHsm(room.hsm, auditor);
      try {
        const order = { ...opened, rehearsal: false, by };
        const record = await runCeremony(file, order, {
          ...{ hsm, custody, journal, clock: systemClock, random: systemRandom, tell },
          given: givenFiles(given),
          proceed: () => waitForPeople(context, language),
        });
        await writeTranscript(folder, { record, hsm, language });
        if (isFounding(file.plan)) await room.finish(foundedKeys(record));
      } finally {
        await hsm.close();
      }
    });
  });
  return folder;
}

/** Where keys begin, a place is made for them; later they are opened where they are. */
async function openRoom(
  file: CeremonyFile,
  options: CeremonyOptions,
  isBegun: boolean,
): Promise<FoundingRoom> {
  const place = { directory: options.keys, ...readKeyPlace(options) };
  if (isFounding(file.plan)) {
    return openFoundingRoom(`${options.keys}.ceremony`, options.hsm, { ...place, isBegun });
  }
  const { hsm } = await openKeys(place);
  return { hsm, finish: () => Promise.resolve() };
}
