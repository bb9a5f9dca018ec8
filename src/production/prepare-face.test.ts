import { basename } from 'node:path';
import { readFileSync } from 'node:fs';
import type { ProductionError } from './errors';
import { sampleTraveller, shippedProduct } from './face/testing/sample-face';
import { squareType } from './face/testing/square-type';
import { prepareFace } from './prepare-face';

const product = shippedProduct('icao-td3-passport');
const holder = sampleTraveller(product.name);
const profiles = {
  readProfile: (folder: string, name: string) => {
    const file = `card-profiles/${folder}/${name}.yaml`;
    return Promise.resolve({ file: basename(file), text: readFileSync(file, 'utf8') });
  },
  listProfiles: () => Promise.resolve([]),
  readPackage: () => Promise.reject(new Error('a face has no package')),
};
const unprintable = { ...squareType, canPrint: () => false };

test('what a font cannot print stops a document that is to be printed', async () => {
  const order = prepareFace({ holder, product }, { profiles, typesetter: unprintable });
  await expect(order).rejects.toMatchObject({ code: 'FACE_UNPRINTABLE' });
});

test('and is told where nothing is printed', async () => {
  const told: ProductionError[] = [];
  const tellFace = (fault: ProductionError): void => void told.push(fault);
  const line = { profiles, tellFace };
  const face = await prepareFace({ holder, product }, { ...line, typesetter: unprintable });
  expect(told).toMatchObject([{ code: 'FACE_UNPRINTABLE' }]);
  expect(face).toEqual({ widthMm: 125, heightMm: 88, cornerRadiusMm: 3.18, sides: [] });
});

test('a layout for another form is no fault of the texts', async () => {
  const other = { ...product, face: 'icao-td1-id' };
  const tellFace = (): void => undefined;
  await expect(
    prepareFace({ holder, product: other }, { profiles, typesetter: squareType, tellFace }),
  ).rejects.toMatchObject({ code: 'PROFILE_INVALID' });
});
