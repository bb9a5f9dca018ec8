import type { Hsm } from '../../src/production/ports';

/** What a test can have happen to a token. */
export interface HsmInTrouble {
  readonly open: () => Promise<Hsm>;
  /** The token is taken out; `end` puts it back. */
  readonly takeOut: () => Promise<void>;
  /** Signatures are made, and their answers are lost. */
  readonly loseAnswers: () => Promise<void>;
  readonly end: () => Promise<void>;
  /** How many signatures the token has made. */
  readonly signatures: () => Promise<number>;
  /** Opens it with one wrong PIN after the other until it is locked. */
  readonly lock: () => Promise<void>;
  readonly remove: () => Promise<void>;
}

/** What every implementation of the `Hsm` port does when the token is in trouble. */
export function describeHsmTroubleContract(
  name: string,
  makeToken: () => Promise<HsmInTrouble>,
): void {
  describe(`${name} in trouble`, () => {
    let token: HsmInTrouble;
    let hsm: Hsm;

    beforeEach(async () => {
      token = await makeToken();
      hsm = await token.open();
      await hsm.generateKeyPair(signer);
    }, 60_000);
    afterEach(async () => {
      await token.end();
      await hsm.close();
      await token.remove();
    });

    test('a token that is taken out is told as such, and signing goes on when it is back', async () => {
      await hsm.sign(request);
      await token.takeOut();
      await expect(hsm.sign(request)).rejects.toMatchObject({ code: 'HSM_REMOVED' });
      await expect(hsm.findKey('other')).rejects.toMatchObject({ code: 'HSM_REMOVED' });
      expect(await token.signatures()).toBe(1);
      await token.end();
      expect(await Promise.all([hsm.sign(request), hsm.sign(request)])).toHaveLength(2);
      expect(await token.signatures()).toBe(3);
    });

    test('a signature whose answer is lost is not asked for twice', async () => {
      await token.loseAnswers();
      await expect(hsm.sign(request)).rejects.toMatchObject({
        reasons: expect.arrayContaining([expect.stringContaining('not known')]) as string[],
      });
      expect(await token.signatures()).toBe(1);
    });

    test('a token that is locked is told as such', async () => {
      await hsm.close();
      await token.lock();
      await expect(token.open()).rejects.toMatchObject({ code: 'HSM_LOCKED' });
    });
  });
}

const signer = {
  label: 'signer',
  purpose: 'document-sign',
  algorithm: 'ecdsa-P-256-sha256',
} as const;
const request = { ...signer, message: Uint8Array.of(1, 2, 3) };
