import { derInteger, derOctetString, derSequence } from '../../standards/asn1/der';
import type { Hsm } from '../ports';
import { makeTrialSigner, type TrialSigner } from '../signing/testing/trial-signer';
import { signAfterDraft, type WorkToSign } from './sign-after-draft';

const algorithm = 'ecdsa-P-256-sha256';
let trial: TrialSigner;
beforeAll(async () => {
  trial = await makeTrialSigner(algorithm);
});
afterAll(() => trial.remove());

/** Signs with the trial signer's key and counts how often; the work is a number and a signature. */
async function run(changes: Partial<WorkToSign> & { readonly numbers?: readonly number[] } = {}) {
  let signatures = 0;
  let runs = 0;
  const { hsm } = trial;
  const counting: Hsm = {
    ...hsm,
    sign: (request) => {
      signatures++;
      return hsm.sign(request);
    },
  };
  const { numbers = [7, 7], ...rest } = changes;
  const { keyLabel } = trial.keys.signers[0]!;
  const work: WorkToSign = {
    ...{ what: 'dsc certificate', faulty: 'CERTIFICATE_FAULTY', signatureAt: [1] },
    key: { keyLabel, algorithm, publicKey: Uint8Array.of(1) },
    sign: async (signer) => {
      const message = derInteger(numbers[runs++] ?? 0);
      const request = { label: keyLabel, algorithm, message, purpose: 'document-sign' } as const;
      return derSequence(message, derOctetString(await signer.sign(request)));
    },
    faults: () => [],
    mismatch: () => undefined,
    ...rest,
  };
  const outcome = await signAfterDraft(work, counting).catch((error: unknown) => error);
  return { outcome, signatures };
}

test('the real key signs once, after the draft', async () => {
  expect(await run()).toEqual({ outcome: expect.any(Uint8Array) as Uint8Array, signatures: 1 });
});

test('a fault in the draft costs no signature', async () => {
  const { outcome, signatures } = await run({ faults: () => ['key-usage: it has none'] });
  expect(outcome).toMatchObject({
    code: 'CERTIFICATE_FAULTY',
    reasons: ['key-usage: it has none'],
  });
  expect(signatures).toBe(0);
});

test('a fault that only what was signed has is caught', async () => {
  const answers = [[], ['serial-number: it is another']];
  const { outcome, signatures } = await run({ faults: () => answers.shift() ?? [] });
  expect(outcome).toMatchObject({ code: 'CERTIFICATE_FAULTY' });
  expect(signatures).toBe(1);
});

test('one byte that is not as in the draft is caught, and where', async () => {
  const { outcome } = await run({ numbers: [7, 8] });
  expect(outcome).toMatchObject({
    code: 'SIGNATURE_WRONG',
    reasons: ['the dsc certificate is not the draft at 0'],
  });
});

test('a draft that its own key did not sign costs no signature', async () => {
  const { outcome, signatures } = await run({ mismatch: () => 'the signature does not fit' });
  expect(outcome).toMatchObject({
    code: 'SIGNATURE_WRONG',
    reasons: ['the signature does not fit'],
  });
  expect(signatures).toBe(0);
});

test('a signature of another key than the one that was meant is caught', async () => {
  const { outcome, signatures } = await run({
    mismatch: (_, publicKey) => (publicKey.length === 1 ? 'another key' : undefined),
  });
  expect(outcome).toMatchObject({ code: 'SIGNATURE_WRONG', reasons: ['another key'] });
  expect(signatures).toBe(1);
});
