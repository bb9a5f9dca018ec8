import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chooseSigner } from '../../production/custody/choose-signer';
import { issueTrialKeys } from '../../production/custody/issue-trial-keys';
import type { RecordWithPictures } from '../../production/document/approved-record';
import type { LineStore } from '../../production/document/line-store';
import type { Line } from '../../production/line-parts';
import { inventCitizens } from '../../simulation/people/invent-citizens';
import { drawPictures } from '../../simulation/people/invented-person';
import { systemClock, systemRandom } from '../system';
import { openChipKeyPool } from '../wiring/chip-keys';
import { openFaceRenderer } from '../wiring/faces';
import { withThrowawayHsm } from '../wiring/keys';
import { openProfiles } from '../wiring/profiles';
import { openPictures } from '../wiring/records';
import { openStore } from '../wiring/store';

export const BENCH_PRODUCT = 'vn-cccd-2021';

/** A line with everything of its own, thrown away afterwards. */
export interface BenchLine {
  readonly line: Line;
  readonly databaseUrl: string;
  /** Registers so many documents of one invented person, each under a number of its own. */
  readonly register: (count: number) => Promise<void>;
}

/** A real PostgreSQL, the software HSM and trial keys, for as long as the work takes. */
export function withBenchLine<T>(work: (bench: BenchLine) => Promise<T>): Promise<T> {
  return withThrowawayHsm(async (hsm) => {
    const tools = { hsm, clock: systemClock, random: systemRandom };
    const keys = await issueTrialKeys({ country: 'VN', state: 'VNM' }, tools);
    const opened = await openStore({}, { hsm, label: keys.storageKeyLabel });
    const directory = await mkdtemp(join(tmpdir(), 'persoline-bench-'));
    const chipKeys = await openChipKeyPool({ directory, hsm, label: keys.storageKeyLabel });
    try {
      const { store, databaseUrl } = opened;
      const line: Line = {
        ...{ ...tools, store, profiles: openProfiles(), pictures: openPictures(), chipKeys },
        signer: chooseSigner(keys, systemClock.now()),
        typesetter: openFaceRenderer(),
      };
      const content = await inventContent();
      return await work({ line, databaseUrl, register: registerIn(store, content) });
    } finally {
      await chipKeys.close();
      await opened.close();
      await rm(directory, { recursive: true, force: true });
    }
  });
}

async function inventContent(): Promise<RecordWithPictures> {
  const [person] = inventCitizens({ count: 1, seed: 7, today: systemClock.now() });
  if (person === undefined) throw new Error('nobody was invented');
  return drawPictures(person);
}

function registerIn(store: LineStore, content: RecordWithPictures) {
  let registered = 0;
  return async (count: number): Promise<void> => {
    for (let index = 0; index < count; index++) {
      registered += 1;
      const recordId = `bench-${registered}`;
      await store.registerRecord({
        record: { ...content, record: { ...content.record, recordId } },
        ...{ source: 'bench', place: recordId },
        sha256: createHash('sha256').update(recordId).digest(),
      });
    }
  };
}
