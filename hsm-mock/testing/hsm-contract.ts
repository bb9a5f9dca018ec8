import { ERRORS, type ErrorCode, ProductionError } from '../../src/production/errors';
import type { Hsm } from '../../src/production/ports';
import { importPublicKey, verifySignature } from '../../src/standards/crypto/sign-verify';
import { parseSignatureAlgorithmName } from '../../src/standards/crypto/signature-algorithms';
import { parsePublicKeyInfo } from '../../src/standards/pki/subject-public-key-info';

/** One token, as the contract needs it: a place of its own, opened as often as a test likes. */
export interface HsmUnderTest {
  /** Opens a session of its own with the right PIN. */
  readonly open: () => Promise<Hsm>;
  readonly openWithWrongPin: () => Promise<Hsm>;
  /** Removes the token and everything that was opened. */
  readonly remove: () => Promise<void>;
}

/** What every implementation of the `Hsm` port does, whatever stands behind it. */
export function describeHsmContract(
  name: string,
  makeToken: () => Promise<HsmUnderTest>,
  algorithms: readonly string[],
): void {
  describe(`${name} keeps the contract of an HSM`, () => {
    let token: HsmUnderTest;
    let hsm: Hsm;
    const message = new TextEncoder().encode('what is signed');

    beforeAll(async () => {
      token = await makeToken();
      hsm = await token.open();
      await hsm.generateKeyPair({ ...signer, label: 'signer' });
      await hsm.generateSecretKey({ label: 'wrap', purpose: 'storage-wrap' });
    }, 60_000);
    afterAll(async () => {
      await hsm.close();
      await token.remove();
    });

    test.each(algorithms)(
      'signs with %s so that others can verify it',
      async (algorithm) => {
        const request = { label: `key-${algorithm}`, purpose: 'csca-sign', algorithm } as const;
        const { publicKey } = await hsm.generateKeyPair(request);
        const signature = await hsm.sign({ ...request, message });
        const verdict = verifySignature({
          algorithm: parseSignatureAlgorithmName(algorithm).signature,
          publicKey: importPublicKey(publicKey!),
          message,
          signature,
        });
        expect(verdict).toBe(true);
        const info = parsePublicKeyInfo(publicKey!);
        if (info.type === 'ec') {
          expect(info).toMatchObject({ parameters: 'explicit', hasCofactor: true });
        }
      },
      60_000,
    );

    test('finds a key by its label, in this session and in another', async () => {
      const found = await hsm.findKey('signer');
      expect(found).toMatchObject({ label: 'signer', purpose: 'document-sign' });
      const other = await token.open();
      expect(await other.findKey('signer')).toEqual(found);
      expect(await other.findKey('nobody')).toBeUndefined();
      await other.close();
    });

    test('finds a key that another session made after it was opened', async () => {
      const other = await token.open();
      const made = await other.generateKeyPair({ ...signer, label: 'made-elsewhere' });
      await other.close();
      expect(await hsm.findKey('made-elsewhere')).toEqual(made);
    });

    test('refuses a purpose that is not the purpose of the key', async () => {
      await expectCode('HSM_WRONG_USE', hsm.sign({ ...signer, purpose: 'csca-sign', message }));
      await expectCode('HSM_WRONG_USE', hsm.seal('signer', message, ''));
      await expectCode('HSM_WRONG_USE', hsm.sign({ ...signer, label: 'wrap', message }));
      await expectCode(
        'HSM_WRONG_USE',
        hsm.generateSecretKey({ label: 'secret-signer', purpose: 'document-sign' }),
      );
      await expectCode(
        'HSM_WRONG_USE',
        hsm.generateKeyPair({ ...signer, label: 'wrap-pair', purpose: 'storage-wrap' }),
      );
    });

    test.each(PAIR_PURPOSES)('a %s key serves its uses and no other', async (purpose) => {
      const { algorithm } = signer;
      const label = `only-${purpose}`;
      expect(await hsm.generateKeyPair({ label, purpose, algorithm })).toMatchObject({ purpose });
      const served = [];
      for (const use of USES) {
        const signing = hsm.sign({ label, purpose: use, algorithm, message });
        if (use !== purpose && !(purpose === 'csca-sign' && use === 'crl-sign')) {
          await expectCode('HSM_WRONG_USE', signing);
          continue;
        }
        expect(await signing).toBeInstanceOf(Uint8Array);
        served.push(use);
      }
      expect(served).toEqual(purpose === 'csca-sign' ? ['csca-sign', 'crl-sign'] : [purpose]);
      const secret = { label: `secret-${purpose}`, purpose };
      await expectCode('HSM_WRONG_USE', hsm.generateSecretKey(secret));
    });

    test.each(SECRET_PURPOSES)('a %s key signs nothing and is no key pair', async (purpose) => {
      const label = `only-${purpose}`;
      await hsm.generateSecretKey({ label, purpose });
      const { algorithm } = signer;
      for (const asked of USES) {
        await expectCode('HSM_WRONG_USE', hsm.sign({ label, purpose: asked, algorithm, message }));
      }
      const pair = { label: `pair-${purpose}`, purpose, algorithm };
      await expectCode('HSM_WRONG_USE', hsm.generateKeyPair(pair));
      if (purpose !== 'storage-wrap') {
        await expectCode('HSM_WRONG_USE', hsm.seal(label, message, ''));
        await expectCode('HSM_WRONG_USE', hsm.open(label, new Uint8Array(64), ''));
      }
    });

    test('refuses another algorithm than the key was made for', async () => {
      const algorithm = 'ecdsa-P-256-sha384';
      await expectCode('HSM_WRONG_USE', hsm.sign({ ...signer, algorithm, message }));
    });

    test('never replaces a key', async () => {
      const before = await hsm.findKey('signer');
      await expectCode('HSM_WRONG_USE', hsm.generateKeyPair({ ...signer, label: 'signer' }));
      await expectCode(
        'HSM_WRONG_USE',
        hsm.generateSecretKey({ label: 'wrap', purpose: 'storage-wrap' }),
      );
      expect(await hsm.findKey('signer')).toEqual(before);
    });

    test('says that a key is missing', async () => {
      await expectCode('HSM_KEY_MISSING', hsm.sign({ ...signer, label: 'nobody', message }));
      await expectCode('HSM_KEY_MISSING', hsm.seal('nobody', message, ''));
      await expectCode('HSM_KEY_MISSING', hsm.open('nobody', message, ''));
    });

    test('opens what it sealed, in any session', async () => {
      const sealed = await hsm.seal('wrap', message, 'document 7');
      expect(Buffer.from(sealed).includes(Buffer.from(message))).toBe(false);
      expect(await hsm.seal('wrap', message, 'document 7')).not.toEqual(sealed);
      const other = await token.open();
      expect(await other.open('wrap', sealed, 'document 7')).toEqual(message);
      await other.close();
    });

    test('opens nothing that was changed or sealed for another purpose', async () => {
      const sealed = await hsm.seal('wrap', message, 'document 7');
      await expectCode('INPUT_MALFORMED', hsm.open('wrap', sealed, 'document 8'));
      await expectCode('INPUT_MALFORMED', hsm.open('wrap', sealed.subarray(0, 20), 'document 7'));
      for (const at of [0, 5, 15, sealed.length - 1]) {
        const changed = sealed.map((byte, index) => (index === at ? byte ^ 1 : byte));
        await expectCode('INPUT_MALFORMED', hsm.open('wrap', changed, 'document 7'));
      }
    });

    test('signs many messages at the same time, each its own', async () => {
      const { publicKey } = (await hsm.findKey('signer'))!;
      const messages = Array.from({ length: 40 }, (_, index) => Uint8Array.of(index));
      const signatures = await Promise.all(
        messages.map((one) => hsm.sign({ ...signer, message: one })),
      );
      const { signature: algorithm } = parseSignatureAlgorithmName(signer.algorithm);
      const key = importPublicKey(publicKey!);
      for (const [index, signature] of signatures.entries()) {
        const given = { algorithm, publicKey: key, message: messages[index]!, signature };
        expect(verifySignature(given)).toBe(true);
      }
    });

    test('refuses a wrong PIN and takes the right one afterwards', async () => {
      await expectCode('HSM_PIN_WRONG', token.openWithWrongPin());
      const other = await token.open();
      expect(await other.findKey('signer')).toBeDefined();
      await other.close();
    });

    test('destroys a key for every session, and only the one that is meant', async () => {
      const { purpose } = signer;
      const doomed = { ...signer, label: 'doomed' };
      await hsm.generateKeyPair(doomed);
      const other = await token.open();
      await other.sign({ ...doomed, message });
      await hsm.sign({ ...doomed, message });
      await expectCode(
        'HSM_WRONG_USE',
        other.destroyKey({ label: 'doomed', purpose: 'csca-sign' }),
      );
      await other.sign({ ...doomed, message });
      await other.destroyKey({ label: 'doomed', purpose });
      for (const session of [other, hsm]) {
        await expectCode('HSM_KEY_MISSING', session.sign({ ...doomed, message }));
        expect(await session.findKey('doomed')).toBeUndefined();
        await expectCode('HSM_KEY_MISSING', session.destroyKey({ label: 'doomed', purpose }));
      }
      expect(await hsm.findKey('signer')).toBeDefined();
      await hsm.generateSecretKey({ label: 'doomed-wrap', purpose: 'storage-wrap' });
      const sealed = await hsm.seal('doomed-wrap', message, '');
      await other.open('doomed-wrap', sealed, '');
      await hsm.destroyKey({ label: 'doomed-wrap', purpose: 'storage-wrap' });
      for (const session of [other, hsm]) {
        await expectCode('HSM_KEY_MISSING', session.open('doomed-wrap', sealed, ''));
      }
      await other.close();
    });

    test('does nothing after it was closed', async () => {
      const other = await token.open();
      await other.close();
      await expectCode('HSM_FAILED', other.sign({ ...signer, message }));
      await expectCode('HSM_FAILED', other.findKey('signer'));
    });
  });
}

const PAIR_PURPOSES = [
  'csca-sign',
  'document-sign',
  'master-list-sign',
  'audit-sign',
  'cvca-sign',
  'dv-sign',
  'terminal-sign',
] as const;
const SECRET_PURPOSES = ['card-master', 'card-transport', 'storage-wrap'] as const;
const USES = [...PAIR_PURPOSES, 'crl-sign', ...SECRET_PURPOSES] as const;

const signer = {
  label: 'signer',
  purpose: 'document-sign',
  algorithm: 'ecdsa-P-256-sha256',
} as const;

async function expectCode(code: ErrorCode, attempt: Promise<unknown>): Promise<void> {
  expect(Object.keys(ERRORS)).toContain(code);
  await attempt.then(
    () => {
      throw new Error(`expected ${code}, but it succeeded`);
    },
    (error: unknown) => {
      expect(error).toBeInstanceOf(ProductionError);
      expect((error as ProductionError).code).toBe(code);
    },
  );
}
