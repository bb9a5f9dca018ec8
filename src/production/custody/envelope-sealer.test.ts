import { encodeUtf8 } from '../../standards/bytes/text';
import { makeTrialSigner, systemRandom, type TrialSigner } from '../signing/testing/trial-signer';
import type { Hsm } from '../ports';
import { createEnvelopeSealer, type EnvelopeSealer } from './envelope-sealer';

let trial: TrialSigner;
let wrapped: number;
let opened: number;
let hsm: Hsm;
beforeAll(async () => {
  trial = await makeTrialSigner('ecdsa-P-256-sha256');
});
beforeEach(() => {
  [wrapped, opened] = [0, 0];
  hsm = Object.assign(Object.create(trial.hsm) as Hsm, {
    seal: (label: string, plaintext: Uint8Array, context: string) => {
      wrapped++;
      expect(plaintext.length).toBe(32);
      return trial.hsm.seal(label, plaintext, context);
    },
    open: (label: string, sealed: Uint8Array, context: string) => {
      opened++;
      return trial.hsm.open(label, sealed, context);
    },
  });
});
afterAll(() => trial.remove());

const portrait = encodeUtf8('a portrait that nobody reads '.repeat(500));
const sealer = (options: { readonly sealsPerKey?: number } = {}): EnvelopeSealer =>
  createEnvelopeSealer({
    ...{ hsm, label: trial.keys.storageKeyLabel, random: systemRandom },
    ...options,
  });

it('gives the HSM one data key and no data, however many rows are sealed at once', async () => {
  const first = sealer();
  const rows = await Promise.all([1, 2, 3].map((row) => first.seal(portrait, `row ${row}`)));
  expect(wrapped).toBe(1);
  expect(rows[0]!.length).toBeLessThan(portrait.length + 120);
  expect(Buffer.from(rows[0]!).includes('portrait')).toBe(false);
  const other = sealer();
  for (const [index, row] of rows.entries()) {
    expect(await other.open(row, `row ${index + 1}`)).toEqual(portrait);
  }
  expect(opened).toBe(1);
});

it('opens nothing that was changed, moved to another row, or is cut off', async () => {
  const one = sealer();
  const row = await one.seal(portrait, 'row 1');
  const refusal = { code: 'INPUT_MALFORMED' };
  await expect(one.open(row, 'row 2')).rejects.toMatchObject(refusal);
  for (const at of [1, 2, 3, 40, 70, 90, row.length - 1]) {
    const changed = row.map((byte, index) => (index === at ? byte ^ 1 : byte));
    await expect(one.open(changed, 'row 1')).rejects.toMatchObject(refusal);
  }
  for (const length of [0, 1, 3, 80, row.length - 1]) {
    await expect(one.open(row.subarray(0, length), 'row 1')).rejects.toMatchObject(refusal);
  }
  expect(await one.open(row, 'row 1')).toEqual(portrait);
});

it('opens what the HSM sealed by itself', async () => {
  const sealed = await trial.hsm.seal(trial.keys.storageKeyLabel, portrait, 'row 1');
  expect(await sealer().open(sealed, 'row 1')).toEqual(portrait);
});

it('draws another data key when one has sealed enough', async () => {
  const one = sealer({ sealsPerKey: 2 });
  const rows = await Promise.all([1, 2, 3, 4, 5].map(() => one.seal(portrait, 'row')));
  expect(wrapped).toBe(3);
  for (const row of rows) expect(await one.open(row, 'row')).toEqual(portrait);
});

it('recovers when the HSM failed once', async () => {
  const failing = Object.create(hsm) as Hsm;
  failing.seal = () => Promise.reject(new Error('no answer'));
  const parts = { label: trial.keys.storageKeyLabel, random: systemRandom };
  const broken = createEnvelopeSealer({ ...parts, hsm: failing });
  await expect(broken.seal(portrait, 'row')).rejects.toThrow('no answer');
  failing.seal = trial.hsm.seal.bind(trial.hsm);
  expect(await broken.open(await broken.seal(portrait, 'row'), 'row')).toEqual(portrait);
});

it('keeps no data key when it is closed, and begins anew', async () => {
  const one = sealer();
  const row = await one.seal(portrait, 'row');
  one.close();
  expect(await one.open(row, 'row')).toEqual(portrait);
  expect(opened).toBe(1);
});
