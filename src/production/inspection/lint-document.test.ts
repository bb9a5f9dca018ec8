import { readDocumentSigner } from '../signing/read-document-signer';
import { signDocument } from '../signing/sign-document';
import { makeTrialSigner, TRIAL_FROM } from '../signing/testing/trial-signer';
import type { LdsFileName } from '../document/lds-files';
import type { Hsm } from '../ports';
import { lintDocument } from './lint-document';
import { dg1WithWrongCheckDigit } from './testing/specimen-faults';
import { makeSpecimen, SPECIMEN_MRZ } from './testing/specimen-set';
import { encodeDg1 } from '../../standards/lds/dg1';
import { encodeMrz } from '../../standards/mrz/encode-mrz';

const trial = makeTrialSigner('ecdsa-P-256-sha256');
afterAll(async () => (await trial).remove());

/** Signs the specimen's files with one of them changed, and counts what the real key signs. */
async function signWith(change?: readonly [LdsFileName, Uint8Array]) {
  const { hsm, keys } = await trial;
  const { files } = await makeSpecimen();
  if (change !== undefined) files.set(...change);
  let signatures = 0;
  const counting: Pick<Hsm, 'sign'> = {
    sign: (request) => {
      signatures++;
      return hsm.sign(request);
    },
  };
  const order = {
    ...{ files, chipKeys: {}, signer: readDocumentSigner(keys.signers[0]!) },
    rules: {
      lds: { version: '1.8', unicodeVersion: '4.0.0' },
      signing: { securityObjectVersion: 1, digest: 'sha256' },
    } as Parameters<typeof signDocument>[0]['rules'],
    access: { mrz: SPECIMEN_MRZ },
  };
  const tools = { hsm: { ...hsm, ...counting }, clock: { now: () => TRIAL_FROM } };
  const outcome = await signDocument(order, { ...tools, lint: lintDocument }).then(
    (document) => document,
    (error: unknown) => error,
  );
  return { outcome, signatures };
}

test('a document that is right is signed once, after its draft', async () => {
  const { outcome, signatures } = await signWith();
  expect(outcome).toMatchObject({ signedAt: TRIAL_FROM });
  expect(signatures).toBe(1);
});

test('an error stops the document before the real key signs', async () => {
  const { outcome, signatures } = await signWith(['EF.DG1', dg1WithWrongCheckDigit()]);
  expect(outcome).toMatchObject({
    code: 'DOCUMENT_FAULTY',
    consequence: 'return-record',
    reasons: expect.arrayContaining([
      'ICAO3:LDS_B/check-digits: The check digit of the document number in the MRZ is wrong.',
    ]) as string[],
  });
  expect(signatures).toBe(0);
});

test('a warning goes with the document', async () => {
  const born = encodeDg1(encodeMrz({ ...SPECIMEN_MRZ, dateOfBirth: '900318' }));
  const { outcome, signatures } = await signWith(['EF.DG1', born]);
  expect(outcome).toMatchObject({
    warnings: [{ check: 'persoline:LDS/holder-agrees', severity: 'warning', file: 'EF.DG11' }],
  });
  expect(signatures).toBe(1);
});
