import { describeHsmTroubleContract } from '../../../hsm-mock/testing/hsm-trouble-contract';
import type { Hsm } from '../../production/ports';
import { openPkcs11Hsm } from './pkcs11-hsm';
import { openPkcs11Module } from './pkcs11-module';
import { type FaultyToken, makeFaultyToken } from './testing/faulty-token';
import { findTokenSlot } from './token-login';

const signer = {
  label: 'signer',
  purpose: 'document-sign',
  algorithm: 'ecdsa-P-256-sha256',
} as const;
const request = { ...signer, message: Uint8Array.of(1, 2, 3) };

describeHsmTroubleContract('SoftHSM2 behind PKCS #11', async () => {
  const faulty = await makeFaultyToken();
  const gone = 'CKR_DEVICE_REMOVED';
  return {
    open: () => openPkcs11Hsm({ ...faulty, sessions: 2 }),
    takeOut: () =>
      faulty.setTroubles({ at: 'C_SignInit', answer: gone }, { at: 'C_OpenSession', answer: gone }),
    loseAnswers: () =>
      faulty.setTroubles({ at: 'C_Sign', after: true, answer: 'CKR_SESSION_HANDLE_INVALID' }),
    end: () => faulty.setTroubles(),
    signatures: faulty.signatures,
    lock: () => faulty.setTroubles({ at: 'C_Login', answer: 'CKR_PIN_LOCKED' }),
    remove: faulty.remove,
  };
});

describe('a token that misbehaves', () => {
  let token: FaultyToken;
  let hsm: Hsm;

  beforeEach(async () => {
    token = await makeFaultyToken();
    hsm = await openPkcs11Hsm({ ...token, sessions: 2 });
    await hsm.generateKeyPair(signer);
  }, 60_000);
  afterEach(async () => {
    await token.setTroubles();
    await token.release();
    await hsm.close();
    await token.remove();
  });

  test('taken out in the middle of a signature, it is not asked for it twice', async () => {
    const answer = 'CKR_DEVICE_REMOVED';
    await token.setTroubles({ at: 'C_Sign', after: true, answer });
    await expect(hsm.sign(request)).rejects.toMatchObject({
      code: 'HSM_REMOVED',
      reasons: [expect.anything(), 'whether it was signed is not known'],
    });
    expect(await token.signatures()).toBe(1);
  });

  test('a token that vanished with its keys is not taken for one that lacks a key', async () => {
    await hsm.sign(request);
    await token.vanish();
    await expect(hsm.sign(request)).rejects.toMatchObject({ code: 'HSM_REMOVED' });
    await expect(hsm.findKey('other')).rejects.toMatchObject({ code: 'HSM_REMOVED' });
  });

  test('sessions that somebody else closed are opened anew, each signature made once', async () => {
    await Promise.all(Array.from({ length: 20 }, () => hsm.sign(request)));
    const module = await openPkcs11Module(token.modulePath);
    module.functions.C_CloseAllSessions(findTokenSlot(module, token.tokenLabel));
    module.release();
    await Promise.all(Array.from({ length: 40 }, () => hsm.sign(request)));
    expect(await token.signatures()).toBe(60);
  });

  test('while the token works at a signature everything else goes on', async () => {
    await token.hold();
    const signed = hsm.sign(request);
    // The token lets go only when this program has taken turns meanwhile: a program that waits inside
    // the token would wait for ever.
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setTimeout(resolve, 1));
    expect(await hsm.findKey('signer')).toBeDefined();
    expect(await token.signatures()).toBe(0);
    await token.release();
    expect((await signed).length).toBeGreaterThan(60);
  });

  test('a token that does not answer is given up, and asked for nothing twice', async () => {
    const quick = await openPkcs11Hsm({ ...token, sessions: 1, timeoutMs: 100 });
    await token.hold();
    const code = 'HSM_NO_ANSWER';
    await expect(quick.sign(request)).rejects.toMatchObject({
      ...{ code, reasons: [expect.stringContaining('whether it was done is not known')] },
    });
    await expect(quick.sign(request)).rejects.toMatchObject({
      ...{ code, reasons: [expect.stringContaining('not begun')] },
    });
    await token.release();
    // The one that was given up is made all the same; the one that was not begun never is.
    while ((await token.signatures()) === 0) await new Promise((go) => setTimeout(go, 5));
    await quick.close();
    await hsm.sign(request);
    expect(await token.signatures()).toBe(2);
  });

  describe('a PIN', () => {
    beforeEach(() => hsm.close());

    const open = () => openPkcs11Hsm({ ...token, pin: '999999' });

    test('that the token refused is not tried again, or it would lock', async () => {
      const before = await token.logins();
      for (let attempt = 0; attempt < 12; attempt++) {
        await expect(open()).rejects.toMatchObject({ code: 'HSM_PIN_WRONG' });
      }
      expect((await token.logins()) - before).toBe(1);
      await (await openPkcs11Hsm(token)).close();
    });
  });

  test('a PIN that was changed by another hand is tried once, not with each signature', async () => {
    const module = await openPkcs11Module(token.modulePath);
    module.functions.C_CloseAllSessions(findTokenSlot(module, token.tokenLabel));
    module.release();
    await token.setTroubles({ at: 'C_Login', answer: 'CKR_PIN_INCORRECT' });
    const before = await token.logins();
    for (let attempt = 0; attempt < 8; attempt++) {
      await expect(hsm.sign(request)).rejects.toMatchObject({ code: 'HSM_PIN_WRONG' });
    }
    expect((await token.logins()) - before).toBe(1);
  });
});
