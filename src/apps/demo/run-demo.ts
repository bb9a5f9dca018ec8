import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CardOutcome } from '../../production/line';
import { makeNextCard } from '../../production/line';
import type { Line, Station } from '../../production/line-parts';
import type { CustodyStore } from '../../production/document/custody/custody-store';
import { listMrzDoubts } from '../../production/datagroups/preview-mrz';
import { pullRecords } from '../../production/intake/pull-records';
import { ProductionError } from '../../production/errors';
import type { FaceRenderer } from '../../production/ports';
import type { CommandContext } from '../command-context';
import { readKeyPlace } from '../key-place-options';
import { loadProducts } from '../load-products';
import { EXIT } from '../report-error';
import { systemClock, systemRandom } from '../system';
import { checkOutputFolder } from '../write-artefacts';
import { openChipKeyPool } from '../wiring/chip-keys';
import { openCustodyAt } from '../wiring/custody';
import { openFaceRenderer } from '../wiring/faces';
import { initTrialKeys, openKeys, type OpenKeys } from '../wiring/keys';
import { openLineSigners } from '../wiring/line-signers';
import { openProfiles } from '../wiring/profiles';
import { openPictures, openSource } from '../wiring/records';
import { openStore, type OpenStore } from '../wiring/store';
import { writeCard, writeSummary } from './demo-artefacts';
import { DEMO_LOT, DemoMagazine } from './demo-magazine';
import type { DemoOptions, DemoResult } from './demo-result';
import { accountForSigners, manageSigners } from './demo-signers';
import { writeDemoSource } from './demo-source';
import { printClosing } from './closing-table';
import { createProgressDisplay } from './progress-bars';

const STATION = 'demo';
const PRODUCT = 'vn-cccd-2021';

/**
 * The whole line with everything of its own: a database, keys, invented records, a magazine of
 * virtual chips. One chip dies in mid-write, one record is wrong.
 */
export async function runDemo(context: CommandContext, options: DemoOptions): Promise<void> {
  const { terminal } = context;
  await checkOutputFolder(options.out);
  const folder = await mkdtemp(join(tmpdir(), 'persoline-demo-'));
  try {
    terminal.note('making trial keys and starting a database of its own');
    const place = { directory: join(folder, 'keys'), ...keyPlaceOf(options) };
    await initTrialKeys(place, { country: 'VN', state: 'VNM' }, options.hsm);
    const keys = await openKeys(place);
    const opened = await openStore({}, { hsm: keys.hsm, label: keys.keys.storageKeyLabel });
    const custody = await openCustodyAt(opened.databaseUrl);
    try {
      await manageSigners(custody, keys);
      const { directory } = place;
      const result = await work(context, options, { directory, keys, opened, custody });
      await writeSummary(options.out, result, keys);
      printClosing(terminal, result, options.out);
      if (!isAsPlanned(result, options)) context.exitStatus = EXIT.no;
    } finally {
      await custody.close();
      await opened.close();
      await keys.hsm.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** On the software HSM the demo draws a PIN of its own, whatever the environment says. */
function keyPlaceOf(options: DemoOptions): ReturnType<typeof readKeyPlace> {
  return options.hsm === 'pkcs11' ? readKeyPlace(options) : {};
}

async function work(
  { terminal, signal }: CommandContext,
  options: DemoOptions,
  given: {
    /** Where the keys of the line are. */
    readonly directory: string;
    readonly keys: OpenKeys;
    readonly opened: OpenStore;
    readonly custody: CustodyStore;
  },
): Promise<DemoResult> {
  const startedAt = systemClock.now();
  const { directory, keys, opened, custody } = given;
  const { store } = opened;
  const source = await writeDemoSource(options, startedAt);
  terminal.note(`invented ${options.cards} citizens in ${source}`);
  const profiles = openProfiles();
  const pictures = openPictures();
  const products = await loadProducts(profiles);
  const pulled = await pullRecords({
    ...{ source: await openSource(source), products, pictures, store },
    review: listMrzDoubts,
  });

  const magazine = await DemoMagazine.fill(store, {
    station: STATION,
    chip: products.get(PRODUCT)?.chips[0] ?? '',
    count: options.cards + 2,
    dying: options.cards >= 2 ? 1 : undefined,
  });
  const display = createProgressDisplay(terminal.interactive, terminal.note);
  const renderer = openFaceRenderer();
  const label = keys.keys.storageKeyLabel;
  const chipKeys = await openChipKeyPool({ directory, hsm: keys.hsm, label });
  const line: Line = {
    ...{ store, profiles, pictures, hsm: keys.hsm },
    signer: await openLineSigners(custody, keys.keys),
    ...{ cardKeys: keys.cardKeys, chipKeys, typesetter: renderer },
    ...{ clock: systemClock, random: systemRandom, onProgress: display.show },
  };
  const station: Station = { name: STATION, reader: magazine.reader, cardTimeoutMs: 0 };
  try {
    const outcomes = await makeAll({ line, station, magazine, renderer, signal }, options);
    const [balance, signers] = [await store.stockBalance(), await accountForSigners(custody)];
    const { warnings = [] } = (await store.findBatch(DEMO_LOT)) ?? {};
    return { startedAt, pulled, outcomes, balance, warnings, signers };
  } finally {
    display.stop();
    await chipKeys.close();
  }
}

async function makeAll(
  parts: {
    readonly line: Line;
    readonly station: Station;
    readonly magazine: DemoMagazine;
    readonly renderer: FaceRenderer;
    readonly signal: AbortSignal;
  },
  { cards, out }: DemoOptions,
): Promise<readonly CardOutcome[]> {
  const { line, station, magazine, renderer, signal } = parts;
  const outcomes: CardOutcome[] = [];
  // Every record costs one card, one of them two.
  for (let turn = 0; turn <= cards + 1; turn++) {
    signal.throwIfAborted();
    const outcome = await makeNextCard(line, station);
    if (outcome === undefined) break;
    outcomes.push(outcome);
    magazine.eject();
    if (outcome.outcome === 'returned') throw outcome.error;
    if (outcome.outcome === 'released') await writeCard(out, outcome, renderer);
  }
  return outcomes;
}

/** All records became cards but the wrong one, and every blank is accounted for. */
function isAsPlanned({ pulled, outcomes, balance }: DemoResult, { cards }: DemoOptions): boolean {
  const released = outcomes.filter(({ outcome }) => outcome === 'released').length;
  if (balance.discrepancies.length > 0) {
    throw new ProductionError('STATE_CONFLICT', 'stock', balance.discrepancies);
  }
  return released + pulled.refused.length === cards && pulled.held.length === 0;
}
