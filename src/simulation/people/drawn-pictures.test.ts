import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { drawSignature } from './draw-signature';
import { inventCitizens } from './invent-citizens';
import { inventPassportHolders } from './invent-passport-holders';
import { drawPictures } from './invented-person';
import { drawPortrait } from './portrait/draw-portrait';

const today = new Date('2026-03-09T02:00:00Z');

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

test('portraits are large JPEGs, no two alike', async () => {
  const people = inventCitizens({ count: 8, seed: 8, today });
  const drawn = await Promise.all(people.map((person) => drawPictures(person)));
  const portraits = drawn.map(({ record, pictures }) => pictures.get(record.portrait)!);
  for (const portrait of portraits) {
    const { format, width, height } = await sharp(portrait).metadata();
    expect(format).toBe('jpeg');
    expect(width).toBeGreaterThanOrEqual(480);
    expect(height).toBe((width / 3) * 4);
  }
  expect(new Set(portraits.map(digest)).size).toBe(portraits.length);
}, 60_000);

test('the same seed draws the same face and signature', async () => {
  const subject = { seed: 5, woman: false, age: 40 };
  const options = { widthPx: 120 };
  expect(digest(await drawPortrait(subject, options))).toBe(
    digest(await drawPortrait(subject, options)),
  );
  const signer = { seed: 5, name: 'Erik Solberg' };
  expect(digest(await drawSignature(signer))).toBe(digest(await drawSignature(signer)));
});

test('a passport holder comes with a signature on a clear ground', async () => {
  const [holder] = inventPassportHolders({ count: 1, seed: 6, today });
  const { record, pictures } = await drawPictures(holder!);
  const signature = sharp(pictures.get(record.signature!));
  expect((await signature.metadata()).hasAlpha).toBe(true);
  const { channels } = await signature.stats();
  const alpha = channels[3]!;
  expect(alpha.min).toBe(0);
  expect(alpha.max).toBe(255);
}, 30_000);
