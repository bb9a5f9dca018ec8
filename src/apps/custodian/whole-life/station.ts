import { join } from 'node:path';
import { rotatingSigners } from '../../../production/custody/rotating-signers';
import { encodePreparedContent } from '../../../production/document/prepared-content';
import { hashFiles, prepareDocument, signatureOf } from '../../../production/prepare-document';
import type { Clock } from '../../../production/ports';
import { documentArtefacts } from '../../document-folder';
import { systemClock, systemRandom } from '../../system';
import { openChipKeyPool } from '../../wiring/chip-keys';
import { openCustodyAt } from '../../wiring/custody';
import { openFaceRenderer } from '../../wiring/faces';
import { openKeys, type KeyPlace } from '../../wiring/keys';
import { openLineSigners } from '../../wiring/line-signers';
import { openProfiles } from '../../wiring/profiles';
import { openPictures } from '../../wiring/records';
import { openStore } from '../../wiring/store';
import { writeArtefacts } from '../../write-artefacts';

export interface StationOrder {
  readonly databaseUrl: string;
  readonly place: KeyPlace;
  readonly name: string;
  /** In a rehearsal, the moment at which it works. */
  readonly at?: Date;
  /** Folder for the files of each document, by its number. */
  readonly out: string;
}

/** Signs every document that waits, as a process of its own; returns how many. */
export async function runStation(order: StationOrder): Promise<number> {
  const { databaseUrl, name, at, out } = order;
  const clock: Clock = at === undefined ? systemClock : { now: () => at };
  const { hsm, keys } = await openKeys(order.place);
  const custody = await openCustodyAt(databaseUrl);
  const opened = await openStore({ databaseUrl }, { hsm, label: keys.storageKeyLabel });
  const { store } = opened;
  const { directory } = order.place;
  const chipKeys = await openChipKeyPool({ directory, hsm, label: keys.storageKeyLabel });
  const line = {
    ...{ hsm, clock, random: systemRandom, profiles: openProfiles(), pictures: openPictures() },
    ...{ chipKeys, typesetter: openFaceRenderer() },
    signer:
      at === undefined
        ? await openLineSigners(custody, keys)
        : rotatingSigners(custody.signers, clock),
  };
  try {
    for (let count = 0; ; count++) {
      const claimed = await store.claimDocument({ station: name });
      if (claimed === undefined) return count;
      const { documentId, record, product } = claimed;
      const turn = { station: name, documentId };
      const prepared = await prepareDocument({ record, product, turn }, line);
      await store.recordPrepared({
        ...{ documentId, station: name, signer: prepared.document.signer },
        signature: signatureOf(prepared),
        fileHashes: hashFiles(prepared.document.files),
        ...(prepared.document.warnings && { warnings: prepared.document.warnings }),
        content: encodePreparedContent({
          ...{ product, chip: prepared.chip.name, document: prepared.document },
        }),
      });
      await writeArtefacts(join(out, String(documentId)), documentArtefacts(prepared.document));
    }
  } finally {
    await chipKeys.close();
    await opened.close();
    await custody.close();
    await hsm.close();
  }
}
