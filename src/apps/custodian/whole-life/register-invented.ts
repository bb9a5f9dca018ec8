import { createHash } from 'node:crypto';
import { inventPassportHolders } from '../../../simulation/people/invent-passport-holders';
import { drawPictures } from '../../../simulation/people/invented-person';
import { type Life, PRODUCT } from './life';

/** Approved records of invented people, for passports of Utopia. */
export async function registerInvented(
  { store, clock }: Pick<Life, 'store'> & { readonly clock: { readonly now: () => Date } },
  { from, count }: { readonly from: number; readonly count: number },
): Promise<void> {
  const order = { count, seed: from, today: clock.now() };
  for (const [index, person] of inventPassportHolders(order).entries()) {
    const drawn = await drawPictures(person);
    const record = {
      ...drawn.record,
      ...{ recordId: `life-${from + index}`, profile: PRODUCT, issuingState: 'UTO' },
    };
    await store.registerRecord({
      record: { record, pictures: drawn.pictures },
      source: 'invented',
      place: String(from + index),
      sha256: new Uint8Array(createHash('sha256').update(JSON.stringify(record)).digest()),
    });
  }
}
