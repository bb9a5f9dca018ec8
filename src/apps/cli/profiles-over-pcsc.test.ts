import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ReaderRow, type WithCard } from '../../adapters/pcsc/testing/reader-row';
import type { InspectionReport } from '../../production/document/inspection-report';
import { openTrialCardKeys } from '../../production/encoding/testing/trial-card-keys';
import { inspectChip } from '../../production/inspection/inspect-chip';
import { completeChip, FROM_THE_START } from '../../production/make-chip';
import { compileScript } from '../../production/personalization/compile-script';
import type { CardConnection, CardKeyHsm } from '../../production/ports';
import {
  shippedChip,
  shippedPairs,
  shippedProduct,
} from '../../production/profile/testing/shipped-profiles';
import { isChipKind } from '../../simulation/chip/chip-kinds';
import { type DocumentFolder, readDocumentFolder } from '../document-folder';
import { systemClock, systemRandom } from '../system';
import { runPersoline } from '../testing/run-persoline';
import { inventSpecimen, writeSpecimen } from '../testing/specimen-source';

/**
 * Every shipped product on each of its chips, behind a real pcscd: built as `document build` does,
 * written and locked as `card encode` does, and then opened by whoever holds it, with the MRZ and
 * with the CAN.
 */
const READERS = 8;
const STATES = { VN: 'VNM', UT: 'UTO' } as const;

interface MadeCard {
  readonly byMrz: InspectionReport;
  readonly byCan?: InspectionReport;
  readonly hasCan: boolean;
}
type Pair = readonly [product: string, chip: string];

const pairs = shippedPairs();
const made = new Map<string, MadeCard>();
let folder: string;
let row: ReaderRow;
let trial: Awaited<ReturnType<typeof openTrialCardKeys>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'persoline-profiles-'));
  [row, trial] = await Promise.all([ReaderRow.start(READERS), openTrialCardKeys()]);
  for (const [country, state] of Object.entries(STATES)) {
    const keys = ['--keys', join(folder, country), '--country', country, '--state', state];
    expect((await runPersoline('key', 'init', ...keys)).status).toBe(0);
  }
  await row.forEach(pairs, make);
}, 300_000);
afterAll(async () => {
  await row.stop();
  await trial.remove();
  await rm(folder, { recursive: true, force: true });
});

async function make(pair: Pair, withCard: WithCard): Promise<void> {
  const [, chip] = pair;
  if (!isChipKind(chip)) throw new Error(`${chip} cannot be simulated`);
  const built = await build(pair);
  const card = await withCard({ kind: chip }, (connection) =>
    makeAndOpen(connection, { pair, built, cardKeys: trial.hsm }),
  );
  made.set(pair.join(' on '), card);
}

async function build([product, chip]: Pair): Promise<DocumentFolder> {
  const place = join(folder, `${product}-${chip}`);
  const record = await writeSpecimen(`${place}-record`, inventSpecimen(product), {
    profile: product,
    ...withoutForeign(product),
    // Asked by one product, and said by no invented citizen.
    ...(product === 'vn-cancuoc-2024' && { placeOfBirth: 'Thành phố Hà Nội' }),
  });
  const keys = join(folder, product.startsWith('vn-') ? 'VN' : 'UT');
  const what = ['--record', record, '--profile', product, '--chip', chip, '--keys', keys];
  const { status, err } = await runPersoline('document', 'build', ...what, '--out', place);
  expect([status, err]).toEqual([0, err]);
  return readDocumentFolder(place);
}

/** An invented person has more to say than some products ask. */
function withoutForeign(product: string): Readonly<Record<string, undefined>> {
  const { required, allowed } = shippedProduct(product).record;
  const known: ReadonlySet<string> = new Set([...required, ...allowed]);
  const optional = pairs.flatMap(([name]) => {
    const other = shippedProduct(name).record;
    return [...other.required, ...other.allowed];
  });
  return Object.fromEntries(
    optional.filter((field) => !known.has(field)).map((field) => [field, undefined]),
  );
}

async function makeAndOpen(
  connection: CardConnection,
  given: { readonly pair: Pair; readonly built: DocumentFolder; readonly cardKeys: CardKeyHsm },
): Promise<MadeCard> {
  const { pair, built, cardKeys } = given;
  const { document, csca } = built;
  const [product, chip] = [shippedProduct(pair[0]), shippedChip(pair[1])];
  const script = compileScript({ document, product, chip });
  const tools = { clock: systemClock, random: systemRandom };
  await completeChip(
    { ...tools, store: UNACCOUNTED, cardKeys },
    { attemptId: 0, documentId: 0, chipSerial: 'trial', chip, document, csca, script },
    { connection, start: FROM_THE_START, verified: { before: false } },
  );
  const inspect = async (access: Parameters<typeof inspectChip>[0]['access']) => {
    await connection.reset();
    return inspectChip({
      ...{ connection, access, ...tools, trust: { cscas: [csca] }, expected: document.files },
    });
  };
  const { mrz, can } = document.access;
  const hasCan = chip.access.pace.length > 0;
  return {
    byMrz: await inspect({ mrz }),
    ...(hasCan && can !== undefined && { byCan: await inspect({ can }) }),
    hasCan,
  };
}

const UNACCOUNTED = {
  recordInspection: () => Promise.resolve(),
  recordEncoded: () => Promise.resolve(),
  release: () => Promise.resolve(),
};

test.each(pairs)('%s on %s', (product, chip) => {
  const card = made.get(`${product} on ${chip}`);
  if (card === undefined) throw new Error('the card was not made');
  expect(card.byMrz).toMatchObject({ verdict: 'pass' });
  if (chip === 'training-card') {
    const access = { id: 'ICAO3:ISO7816/access', outcome: 'warning' };
    expect(card.byMrz.checks).toContainEqual(expect.objectContaining(access));
  }
  expect(card.byCan?.verdict).toBe(card.hasCan ? 'pass' : undefined);
});
