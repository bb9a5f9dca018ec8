import type { PictureWish } from '../../production/ports';
import { inventCitizens } from '../../simulation/people/invent-citizens';
import { drawPictures } from '../../simulation/people/invented-person';
import type { PortraitBench } from '../wiring/portrait-bench';

export interface PortraitBenchRequest {
  readonly seconds: number;
  readonly wish: PictureWish & { readonly format: 'jpeg' | 'jpeg2000' };
  readonly today: Date;
  readonly open: (source: Uint8Array, wish: PictureWish) => Promise<PortraitBench>;
}

/** Rates in portraits a second of one core's time, which other programs cannot slow down. */
export interface PortraitBenchResult {
  readonly format: 'jpeg' | 'jpeg2000';
  readonly maxBytes: number;
  /** From the file of enrolment to the bytes for the chip. */
  readonly whole: number;
  /** The search for the best quality that fits. */
  readonly search: number;
  /** One encoding by the bare codec at the quality that was found. */
  readonly reference: number;
  /** On the average. */
  readonly encodings: number;
  /** On the average, of the bytes that were allowed. */
  readonly filled: number;
}

const PORTRAITS = 6;

/** Measures portraits of different invented people, each kind of work in turn. */
export async function runPortraitBench(
  request: PortraitBenchRequest,
): Promise<PortraitBenchResult> {
  const { seconds, wish } = request;
  const benches = await openBenches(request);
  const found = await Promise.all(benches.map((bench) => bench.search()));
  const measure = (work: (bench: PortraitBench) => Promise<unknown>): Promise<number> =>
    coreRate((seconds * 1000) / 3, (index) =>
      work(benches[index % benches.length] as PortraitBench),
    );
  return {
    ...{ format: wish.format, maxBytes: wish.maxBytes },
    whole: await measure((bench) => bench.prepare()),
    search: await measure((bench) => bench.search()),
    reference: await measure((bench) => bench.encodeOnce()),
    encodings: average(found.map(({ encodings }) => encodings)),
    filled: average(found.map(({ bytes }) => bytes / wish.maxBytes)),
  };
}

/** The result in one line. */
export function renderPortraitBench(result: PortraitBenchResult): string {
  const { format, maxBytes, whole, search, reference, encodings, filled } = result;
  return (
    `portrait ${format}, at most ${maxBytes} bytes: ${whole.toFixed(1)} a second of one core; ` +
    `the search ${search.toFixed(1)} beside ${reference.toFixed(1)} single encodings by the codec, ` +
    `ratio ${(search / reference).toFixed(2)}; ${encodings.toFixed(1)} encodings a portrait, ` +
    `${Math.round(filled * 100)} % of the bytes used`
  );
}

async function openBenches({ wish, today, open }: PortraitBenchRequest) {
  const people = inventCitizens({ count: PORTRAITS, seed: 7, today });
  return Promise.all(
    people.map(async (person) => {
      const { pictures } = await drawPictures(person);
      const bytes = pictures.get(person.record.portrait);
      if (bytes === undefined) throw new Error('no portrait was drawn');
      return open(bytes, wish);
    }),
  );
}

/** How often the work is done in a second of this process's core time. */
async function coreRate(ms: number, work: (index: number) => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  const coreTime = process.cpuUsage();
  let count = 0;
  while (performance.now() - begin < ms || count === 0) await work(count++);
  const { user, system } = process.cpuUsage(coreTime);
  return count / ((user + system) / 1e6);
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
