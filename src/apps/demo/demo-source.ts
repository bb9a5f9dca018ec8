import { join } from 'node:path';
import { inventCitizens } from '../../simulation/people/invent-citizens';
import { drawPictures } from '../../simulation/people/invented-person';
import { writeArtefacts, type Artefact } from '../write-artefacts';
import type { DemoOptions } from './demo-result';

/** Index of the wrong record, where there are enough of them. */
const WRONG = 3;

/**
 * A folder as a register delivers it: one NDJSON file and pictures, with one record that is wrong
 * in three ways.
 */
export async function writeDemoSource(
  { cards, seed, out }: DemoOptions,
  today: Date,
): Promise<string> {
  const folder = join(out, 'source');
  const people = inventCitizens({ count: cards, seed, today });
  const drawn = await Promise.all(people.map((person) => drawPictures(person)));
  const lines = drawn.map(({ record }, index) =>
    JSON.stringify(
      index === WRONG
        ? { ...record, dateOfExpiry: '2020-02-30', personalNumber: '00012345678X', shoeSize: 42 }
        : record,
    ),
  );
  const pictures = drawn.flatMap((one): readonly Artefact[] =>
    [...one.pictures].map(([path, content]) => ({ path, content })),
  );
  const records = { path: 'records.ndjson', content: `${lines.join('\n')}\n` };
  await writeArtefacts(folder, [records, ...pictures]);
  return folder;
}
