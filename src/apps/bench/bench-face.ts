import { prepareHolder } from '../../production/datagroups/prepare-holder';
import type { Holder } from '../../production/document/holder';
import { composeFace } from '../../production/face/compose-face';
import type { FaceLayout } from '../../production/face/face-layout';
import type { FaceRenderer, PictureProcessor } from '../../production/ports';
import type { ProductProfile } from '../../production/profile/product';
import { inventCitizens } from '../../simulation/people/invent-citizens';
import { drawPictures } from '../../simulation/people/invented-person';

export interface FaceBenchRequest {
  readonly seconds: number;
  /** The product and layout of the Vietnamese card, whose records the bench can invent. */
  readonly product: ProductProfile;
  readonly layout: FaceLayout;
  readonly renderer: FaceRenderer;
  readonly pictures: PictureProcessor;
  readonly today: Date;
}

export interface FaceBenchResult {
  readonly cards: number;
  readonly sides: number;
  /** Both sides of a card composed and written as PDF, in a second of wall time. */
  readonly cardsPerSecond: number;
  /** The same in a second of one core's time, which other programs cannot slow down. */
  readonly cardsPerCoreSecond: number;
}

/** The least rate of the design: two-sided cards a second a core. */
const FACE_BENCH_TARGET = 60;

const HOLDERS = 8;
const WARM_UP_CARDS = 24;

/** Measures how many cards of different people are composed and rendered on one thread. */
export async function runFaceBench(request: FaceBenchRequest): Promise<FaceBenchResult> {
  const { renderer, layout, product, today } = request;
  const holders = await inventHolders(request);
  let cards = 0;
  let sides = 0;
  const renderNext = async (): Promise<void> => {
    const holder = holders[cards % holders.length];
    if (holder === undefined) throw new Error('nobody was invented');
    const face = composeFace({ holder, layout, product, typesetter: renderer });
    sides += (await renderer.render(face, { createdAt: today })).length;
    cards += 1;
  };
  while (cards < WARM_UP_CARDS) await renderNext();

  [cards, sides] = [0, 0];
  const begin = performance.now();
  const coreTime = process.cpuUsage();
  while (performance.now() - begin < request.seconds * 1000) await renderNext();
  const wallSeconds = (performance.now() - begin) / 1000;
  const { user, system } = process.cpuUsage(coreTime);
  const cardsPerCoreSecond = cards / ((user + system) / 1e6);
  return { cards, sides, cardsPerSecond: cards / wallSeconds, cardsPerCoreSecond };
}

/** The result in one line, with its target. */
export function renderFaceBench(result: FaceBenchResult): string {
  const { cardsPerSecond, cardsPerCoreSecond, cards } = result;
  const verdict = cardsPerCoreSecond >= FACE_BENCH_TARGET ? 'met' : 'missed';
  return (
    `face: ${cardsPerCoreSecond.toFixed(1)} two-sided cards a second of one core ` +
    `(${cardsPerSecond.toFixed(1)} a second of wall time, ${cards} cards), ` +
    `at least ${FACE_BENCH_TARGET} wanted: ${verdict}`
  );
}

async function inventHolders(request: FaceBenchRequest): Promise<readonly Holder[]> {
  const { product, pictures, today } = request;
  const people = inventCitizens({ count: HOLDERS, seed: 7, today });
  return await Promise.all(
    people.map(async (person) => {
      const drawn = await drawPictures(person);
      const bytes = drawn.pictures.get(person.record.portrait);
      if (bytes === undefined) throw new Error('no portrait was drawn');
      const portrait = await pictures.prepare(bytes, product.portrait);
      return prepareHolder(person.record, product, { portrait }).holder;
    }),
  );
}
