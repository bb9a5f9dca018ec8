import { describeCardKeyContract } from '../../../hsm-mock/testing/card-key-contract';
import { describeCardKeyVaultContract } from '../../../hsm-mock/testing/card-key-vault-contract';
import { describeHsmContract } from '../../../hsm-mock/testing/hsm-contract';
import { computeKcv } from '../../standards/gp/key-check-value';
import { openPkcs11Hsm } from './pkcs11-hsm';
import { openPkcs11Module } from './pkcs11-module';
import { makeSoftHsmToken, type SoftHsmToken } from './testing/soft-hsm-token';
import { findTokenSlot } from './token-login';

const signer = {
  label: 'signer',
  purpose: 'document-sign',
  algorithm: 'ecdsa-P-256-sha256',
} as const;
const message = Uint8Array.of(1, 2, 3);

describeHsmContract(
  'SoftHSM2 behind PKCS #11',
  async () => {
    const token = await makeSoftHsmToken();
    return {
      open: () => openPkcs11Hsm(token),
      openWithWrongPin: () => openPkcs11Hsm({ ...token, pin: '999999' }),
      remove: token.remove,
    };
  },
  [
    'ecdsa-P-256-sha256',
    'ecdsa-P-521-sha512',
    'ecdsa-brainpoolP256r1-sha256',
    'ecdsa-brainpoolP384r1-sha384',
    'rsa-2048-pkcs1-sha256',
    'rsa-3072-pss-sha256',
  ],
);

describeCardKeyContract('SoftHSM2 behind PKCS #11', openVault);
describeCardKeyVaultContract('SoftHSM2 behind PKCS #11', openVault);

async function openVault() {
  const token = await makeSoftHsmToken();
  const openAgain = () => openPkcs11Hsm(token);
  return { hsm: await openAgain(), openAgain, remove: token.remove };
}

describe('a token of SoftHSM2', () => {
  let token: SoftHsmToken;
  beforeEach(async () => {
    token = await makeSoftHsmToken();
  });
  afterEach(() => token.remove());

  test('refuses a wrong PIN when nobody is logged in', async () => {
    await expect(openPkcs11Hsm({ ...token, pin: '999999' })).rejects.toMatchObject({
      code: 'HSM_PIN_WRONG',
    });
  });

  test('says that there is no such token, and no such library', async () => {
    await expect(openPkcs11Hsm({ ...token, tokenLabel: 'other' })).rejects.toMatchObject({
      code: 'HSM_FAILED',
      reasons: ['there is no such token'],
    });
    await expect(openPkcs11Hsm({ ...token, modulePath: '/nowhere/lib.so' })).rejects.toMatchObject({
      code: 'HSM_FAILED',
    });
  });

  test('keeps its keys when everybody has gone and comes back', async () => {
    const first = await openPkcs11Hsm(token);
    const made = await first.generateKeyPair(signer);
    await first.close();
    const second = await openPkcs11Hsm(token);
    expect(await second.findKey('signer')).toEqual(made);
    await second.sign({ ...signer, message });
    await second.close();
  });

  test('makes keys that are sensitive, never leave it and only sign', async () => {
    const hsm = await openPkcs11Hsm(token);
    await hsm.generateKeyPair(signer);
    await hsm.generateSecretKey({ label: 'wrap', purpose: 'storage-wrap' });
    const { binding, functions, release } = await openPkcs11Module(token.modulePath);
    const slot = findTokenSlot({ binding, functions, release }, token.tokenLabel);
    const session = functions.C_OpenSession(slot, binding.CKF_SERIAL_SESSION);
    const flagsOf = (label: string, keyClass: number, types: number[]): boolean[] => {
      functions.C_FindObjectsInit(session, [
        { type: binding.CKA_CLASS, value: keyClass },
        { type: binding.CKA_LABEL, value: label },
      ]);
      const [handle] = functions.C_FindObjects(session, 1);
      functions.C_FindObjectsFinal(session);
      const template = types.map((type) => ({ type }));
      return functions
        .C_GetAttributeValue(session, handle!, template)
        .map(({ value }) => value[0] === 1);
    };
    const { CKA_SENSITIVE, CKA_EXTRACTABLE, CKA_LOCAL, CKA_SIGN, CKA_DECRYPT } = binding;
    const types = [CKA_SENSITIVE, CKA_EXTRACTABLE, CKA_LOCAL, CKA_SIGN, CKA_DECRYPT];
    expect(flagsOf('signer', binding.CKO_PRIVATE_KEY, types)).toEqual([
      true,
      false,
      true,
      true,
      false,
    ]);
    expect(flagsOf('wrap', binding.CKO_SECRET_KEY, [CKA_SENSITIVE, CKA_EXTRACTABLE])).toEqual([
      true,
      false,
    ]);
    // A card master is never seen, wrapped or copied out, and neither is what came in by hand.
    const master = { cipher: 'aes', lengthBytes: 32, realm: 'live' } as const;
    await hsm.generateCardKey({ ...master, purpose: 'card-master', labels: ['made'] });
    const key = Uint8Array.from({ length: 16 }, (_, index) => index * 7 + 1);
    const given = { cipher: 'aes', key, kcv: computeKcv('aes', key), realm: 'live' } as const;
    await hsm.importSecretKey({ ...given, label: 'came', purpose: 'card-master' });
    await hsm.importSecretKey({ ...given, label: 'transport', purpose: 'card-transport' });
    const { CKA_DERIVE, CKA_WRAP, CKA_UNWRAP, CKO_SECRET_KEY } = binding;
    const secret = [CKA_SENSITIVE, CKA_EXTRACTABLE, CKA_DECRYPT, CKA_WRAP, CKA_DERIVE, CKA_UNWRAP];
    const closed = [true, false, false, false, false];
    expect(flagsOf('made', CKO_SECRET_KEY, secret)).toEqual([...closed, false]);
    expect(flagsOf('came', CKO_SECRET_KEY, secret)).toEqual([...closed, false]);
    expect(flagsOf('transport', CKO_SECRET_KEY, secret)).toEqual([...closed, true]);
    functions.C_CloseSession(session);
    release();
    await hsm.close();
  });

  test('takes a new session when the token has closed all of them', async () => {
    const hsm = await openPkcs11Hsm({ ...token, sessions: 2 });
    await hsm.generateKeyPair(signer);
    await Promise.all([hsm.sign({ ...signer, message }), hsm.sign({ ...signer, message })]);
    const { functions, release, binding } = await openPkcs11Module(token.modulePath);
    functions.C_CloseAllSessions(findTokenSlot({ binding, functions, release }, token.tokenLabel));
    release();
    expect((await hsm.sign({ ...signer, message })).length).toBeGreaterThan(60);
    expect((await hsm.sign({ ...signer, message })).length).toBeGreaterThan(60);
    await hsm.close();
  });

  test('of two processes’ worth of callers that make one key at most one has it', async () => {
    const [first, second] = await Promise.all([openPkcs11Hsm(token), openPkcs11Hsm(token)]);
    const outcomes = await Promise.allSettled([
      first.generateKeyPair(signer),
      second.generateKeyPair(signer),
    ]);
    const winners = outcomes.filter(({ status }) => status === 'fulfilled');
    expect(winners.length).toBeLessThanOrEqual(1);
    expect((await first.findKey('signer')) !== undefined).toBe(winners.length === 1);
    await Promise.all([first.close(), second.close()]);
  });

  test('refuses labels that are none', async () => {
    const hsm = await openPkcs11Hsm(token);
    await expect(hsm.generateKeyPair({ ...signer, label: 'a b' })).rejects.toMatchObject({
      code: 'HSM_WRONG_USE',
    });
    await hsm.close();
  });
});
