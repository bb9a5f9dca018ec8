import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ApprovedRecord } from '../../production/document/approved-record';
import { inventCitizens } from '../../simulation/people/invent-citizens';
import { inventPassportHolders } from '../../simulation/people/invent-passport-holders';
import { drawPictures, type InventedPerson } from '../../simulation/people/invented-person';
import { writeArtefacts } from '../write-artefacts';

/** An invented person of a product with pictures drawn. */
export function inventSpecimen(product: string): InventedPerson {
  const order = { count: 1, seed: 5, today: new Date() };
  const invented = product.startsWith('vn-') ? inventCitizens(order) : inventPassportHolders(order);
  const [person] = invented;
  if (person === undefined) throw new Error('nobody was invented');
  return person;
}

/** A record file with its pictures beside it, changed as a test wishes; the path of the file. */
export async function writeSpecimen(
  folder: string,
  person: InventedPerson,
  change: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const { pictures } = await drawPictures(person);
  await writeArtefacts(
    folder,
    [...pictures].map(([path, content]) => ({ path, content })),
  );
  const file = join(folder, 'record.json');
  await writeFile(
    file,
    JSON.stringify({ ...person.record, ...change } satisfies Partial<ApprovedRecord>),
  );
  return file;
}
