import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSoftwareHsm } from '../../../hsm-mock/software-hsm';
import { createToken } from '../../../hsm-mock/token';
import { chipKeyMaker } from '../../adapters/chip-keys/chip-key-maker';
import { PdfFaceRenderer } from '../../adapters/pdf/pdf-face-renderer';
import { createPictureProcessor } from '../../adapters/pictures/picture-processor';
import { openPostgresLineStore } from '../../adapters/postgres/line-store';
import { createAesSealer } from '../../adapters/postgres/testing/aes-sealer';
import type { TestDatabases } from '../../adapters/postgres/testing/test-databases';
import { openProfileFolder } from '../../adapters/profiles/profile-folder';
import type { ChipKind } from '../../simulation/chip/chip-kinds';
import { VirtualCard } from '../../simulation/chip/virtual-card';
import { VirtualReader } from '../../simulation/chip/virtual-reader';
import { inventCitizens } from '../../simulation/people/invent-citizens';
import { drawPictures } from '../../simulation/people/invented-person';
import { SeededRandom } from '../../simulation/seeded-random';
import { chooseSigner } from '../custody/choose-signer';
import { issueTrialCardKeys } from '../custody/issue-trial-card-keys';
import { issueTrialKeys } from '../custody/issue-trial-keys';
import type { RecordWithPictures } from '../document/approved-record';
import type { KeySet } from '../document/key-set';
import type { LineStore } from '../document/line-store';
import { identifyChip } from '../encoding/identify-chip';
import { makeNextCard, type CardOutcome } from '../line';
import type { Line, Station } from '../line-parts';
import type { CardKeyHsm, Hsm } from '../ports';
import { NEVER, type KillSwitch } from './kill-switch';

export const STATION = 'station-1';
const clock = { now: () => new Date() };

/** What is the same for every world of a test file: keys and the people in the records. */
export interface WorldParts {
  readonly hsm: Hsm & CardKeyHsm;
  readonly keys: KeySet;
  readonly records: readonly RecordWithPictures[];
  close(): Promise<void>;
}

export async function prepareWorldParts(records: number): Promise<WorldParts> {
  const directory = await mkdtemp(join(tmpdir(), 'persoline-world-'));
  await createToken({ directory }, 'world');
  const hsm = await openSoftwareHsm({ directory, pin: 'world' });
  const random = new SeededRandom('world keys');
  const request = { country: 'VN', state: 'VNM', algorithm: 'ecdsa-P-256-sha256' };
  const keys = await issueTrialKeys(request, { hsm, clock, random });
  await issueTrialCardKeys(hsm);
  const people = inventCitizens({ count: records, seed: 11, today: clock.now() });
  return {
    hsm,
    keys,
    records: await Promise.all(people.map((person) => drawPictures(person))),
    close: async () => {
      await hsm.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** A database, blanks in stock, approved records, and a reader: everything but the program. */
export class LineWorld {
  readonly pile: VirtualCard[] = [];
  readonly reader: VirtualReader;
  readonly #blanks: VirtualCard[];

  private constructor(
    private readonly parts: WorldParts,
    readonly store: LineStore,
    /** Every card of the world by its serial. */
    readonly cards: ReadonlyMap<string, VirtualCard>,
  ) {
    this.#blanks = [...cards.values()];
    this.reader = new VirtualReader('reader', () => this.#blanks.shift());
  }

  static async create(
    parts: WorldParts,
    databases: TestDatabases,
    order: { readonly chip: ChipKind; readonly cards: number; readonly seed: string },
  ): Promise<LineWorld> {
    const store = await openPostgresLineStore({
      connectionString: await databases.create(),
      sealer: createAesSealer(),
    });
    const random = new SeededRandom(order.seed);
    const cards = Array.from(
      { length: order.cards },
      () => new VirtualCard({ kind: order.chip, random }),
    );
    const chipSerials = await Promise.all(cards.map(serialOf));
    const movement = { chipSerials, by: 'tester' };
    await store.receiveCards({ ...movement, lot: 'lot-1', chip: order.chip });
    await store.storeCards(movement);
    await store.issueCards({ ...movement, station: STATION });
    for (const [index, record] of parts.records.entries()) {
      const sha256 = new Uint8Array(32).fill(index);
      await store.registerRecord({ record, source: 'test', place: `${index}`, sha256 });
    }
    return new LineWorld(
      parts,
      store,
      new Map(chipSerials.map((serial, index) => [serial, cards[index]!])),
    );
  }

  /** A program that runs until the switch kills it. */
  start(kill: KillSwitch = NEVER): { readonly line: Line; readonly station: Station } {
    const { hsm, keys } = this.parts;
    return {
      line: {
        ...{ hsm, cardKeys: hsm, clock, chipKeys: chipKeyMaker },
        store: kill.guardStore(this.store),
        signer: chooseSigner(keys, clock.now()),
        profiles: openProfileFolder(join(__dirname, '../../../card-profiles')),
        pictures: createPictureProcessor(),
        typesetter: typesetter(),
        random: new SeededRandom('terminal'),
      },
      station: {
        name: STATION,
        reader: kill.guardReader(this.reader),
        chip: [...this.cards.values()][0]!.kind,
        cardTimeoutMs: 0,
      },
    };
  }

  /** The rest of a shift, until no document waits or every blank was taken. */
  async finish(kill?: KillSwitch): Promise<readonly CardOutcome[]> {
    const { line, station } = this.start(kill);
    const outcomes: CardOutcome[] = [];
    for (let turn = 0; turn < this.cards.size; turn++) {
      const outcome = await makeNextCard(line, station);
      if (outcome === undefined) break;
      outcomes.push(outcome);
      this.eject();
    }
    return outcomes;
  }

  /** The card in the reader goes to the finished ones. */
  eject(): void {
    const card = this.reader.remove();
    if (card !== undefined) this.pile.push(card);
  }

  close(): Promise<void> {
    return this.store.close();
  }
}

async function serialOf(card: VirtualCard): Promise<string> {
  const desk = new VirtualReader('desk');
  desk.insert(card);
  const connection = await desk.connect({ timeoutMs: 0 });
  const { serial } = await identifyChip(connection);
  desk.remove();
  return serial;
}

let renderer: PdfFaceRenderer | undefined;

/** Loading the fonts takes its time: once a process. */
function typesetter(): PdfFaceRenderer {
  renderer ??= new PdfFaceRenderer();
  return renderer;
}
