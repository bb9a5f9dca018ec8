import { issueTrialKeys } from '../../production/custody/issue-trial-keys';
import { chooseSigner } from '../../production/custody/choose-signer';
import { completeChip, FROM_THE_START, type ChipWork } from '../../production/make-chip';
import { compileScript } from '../../production/personalization/compile-script';
import type { CardConnection, Hsm } from '../../production/ports';
import { prepareDocument } from '../../production/prepare-document';
import type { ChipKind } from '../../simulation/chip/chip-kinds';
import { inventCitizens } from '../../simulation/people/invent-citizens';
import { drawPictures } from '../../simulation/people/invented-person';
import { systemClock, systemRandom } from '../system';
import { openChipKeyMaker } from '../wiring/chip-keys';
import { openFaceRenderer } from '../wiring/faces';
import { openProfiles } from '../wiring/profiles';
import { openPictures } from '../wiring/records';
import { parseChipKind } from './parse-chip-kind';

const PRODUCT = 'vn-cccd-2021';

/** One document of an invented person, which a bench makes again and again on fresh chips. */
export interface BenchCard {
  readonly kind: ChipKind;
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly csca: Uint8Array;
  /** Writes a blank chip, reads it back, locks it and reads it back again, as the line does. */
  readonly make: (connection: CardConnection) => Promise<void>;
}

/** Prepares it with trial keys. @throws ProductionError `PROFILE_UNKNOWN` */
export async function prepareBenchCard(hsm: Hsm, chipName: string): Promise<BenchCard> {
  const kind = parseChipKind(chipName);
  const tools = { hsm, clock: systemClock, random: systemRandom };
  const keys = await issueTrialKeys({ country: 'VN', state: 'VNM' }, tools);
  const [person] = inventCitizens({ count: 1, seed: 7, today: systemClock.now() });
  if (person === undefined) throw new Error('nobody was invented');
  const { product, chip, document } = await prepareDocument(
    { record: await drawPictures(person), product: PRODUCT, chip: kind },
    {
      ...{ ...tools, profiles: openProfiles(), pictures: openPictures() },
      ...{ chipKeys: openChipKeyMaker(hsm), typesetter: openFaceRenderer() },
      signer: chooseSigner(keys, systemClock.now()),
    },
  );
  const { csca } = document.signer;
  const work: ChipWork = {
    ...{ attemptId: 0, documentId: 0, chipSerial: 'bench', chip, document, csca },
    script: compileScript({ document, product, chip }),
  };
  return {
    ...{ kind, files: document.files, csca },
    make: async (connection) => {
      const given = { connection, start: FROM_THE_START, verified: { before: false } };
      await completeChip({ ...tools, store: UNACCOUNTED }, work, given);
    },
  };
}

/** A bench keeps no account of its cards. */
const UNACCOUNTED = {
  recordInspection: () => Promise.resolve(),
  recordEncoded: () => Promise.resolve(),
  release: () => Promise.resolve(),
};
