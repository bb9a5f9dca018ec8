import { join } from 'node:path';
import { rehearseApproval } from '../../production/custody/ceremony/approve-ceremony';
import { type CeremonyFile, isFounding } from '../../production/custody/ceremony/ceremony-file';
import { prepareRehearsal } from '../../production/custody/ceremony/prepare-rehearsal';
import {
  createRehearsalCustody,
  type RehearsalBegin,
} from '../../production/custody/ceremony/rehearsal-custody';
import { runCeremony } from '../../production/custody/ceremony/run-ceremony';
import { encodeHex } from '../../standards/bytes/hex';
import type { CommandContext } from '../command-context';
import { systemClock, systemRandom } from '../system';
import { withThrowawayHsm } from '../wiring/keys';
import { waitForPeople, writeTranscript } from './ceremony-room';
import { withCustody } from './custody-session';
import type { CeremonyMeeting } from './ceremony-options';

/** Holds a ceremony on throw-away keys; returns the folder of its transcript. */
export async function rehearseCeremony(
  file: CeremonyFile,
  { people, options }: CeremonyMeeting,
  context: CommandContext,
): Promise<string> {
  const { language } = options;
  const tell = (text: { readonly vi: string; readonly en: string }): void =>
    context.terminal.print(text[language]);
  const folder = join(`${options.keys}.ceremony`, `${file.plan.ceremony}.rehearsal`);
  const real = isFounding(file.plan) ? { cscas: [], signers: [] } : await readWorld();
  await withThrowawayHsm(async (hsm) => {
    const tools = { hsm, random: systemRandom, clock: systemClock };
    const { given, ...world } = await prepareRehearsal(file.plan, real, tools);
    const { journal, ...custody } = createRehearsalCustody(world);
    const approval = rehearseApproval(file, people, { clock: systemClock, tell });
    const at = systemClock.now().toISOString();
    const sha256 = encodeHex(file.sha256);
    await journal.append({ event: 'opened', at, sha256, rehearsal: true });
    const order = { rehearsal: true, proposalId: 0, approval, resumes: false, by: 'rehearsal' };
    const record = await runCeremony(file, order, {
      ...{ ...tools, journal, custody, given, tell },
      proceed: () => waitForPeople(context, language),
    });
    await writeTranscript(folder, { record, hsm, language });
  });
  return folder;
}

/** What there is now, for stand-ins to be made of. */
function readWorld(): Promise<RehearsalBegin> {
  return withCustody(async ({ custody }) => {
    const revocationList = await custody.signers.latestRevocationList();
    return {
      cscas: await custody.cscas.listCscas(),
      signers: await custody.signers.listSigners(),
      ...(revocationList !== undefined && { revocationList }),
    };
  });
}
