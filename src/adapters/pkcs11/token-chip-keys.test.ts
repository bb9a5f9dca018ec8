import { createPublicKey } from 'node:crypto';
import { derivePublicKey } from '../../standards/crypto/agreement-group';
import { CURVES } from '../../standards/crypto/curve-parameters';
import { ecGroup } from '../../standards/crypto/ec-group';
import { decodeBigUint } from '../../standards/bytes/integer';
import { applyRsa } from '../../standards/crypto/rsa';
import { parsePublicKeyInfo } from '../../standards/pki/subject-public-key-info';
import { findObjects } from './object-view';
import { openPkcs11Hsm } from './pkcs11-hsm';
import { openPkcs11Module } from './pkcs11-module';
import { makeSoftHsmToken, type SoftHsmToken } from './testing/soft-hsm-token';
import { findTokenSlot, openLoggedInSession } from './token-login';

type TokenHsm = Awaited<ReturnType<typeof openPkcs11Hsm>>;

let token: SoftHsmToken;
let hsm: TokenHsm;

beforeEach(async () => {
  token = await makeSoftHsmToken();
  hsm = await openPkcs11Hsm(token);
});
afterEach(async () => {
  await hsm.close();
  await token.remove();
});

/** How many objects a session of this process can see. */
async function countObjects(): Promise<number> {
  const pkcs11 = await openPkcs11Module(token.modulePath);
  try {
    const slot = findTokenSlot(pkcs11, token.tokenLabel);
    const { modulePath, pin } = token;
    const session = openLoggedInSession({ pkcs11, modulePath, slot, pin });
    const { binding, functions } = pkcs11;
    const found = findObjects({ binding, functions, session }, []).length;
    functions.C_CloseSession(session);
    return found;
  } finally {
    pkcs11.release();
  }
}

test.each(['brainpoolP256r1', 'P-384'] as const)(
  'a key on %s comes out whole, and nothing of it stays in the token',
  async (name) => {
    const curve = CURVES[name];
    const { publicKey, privateScalar } = await hsm.makeEc(name);
    expect(privateScalar).toHaveLength(curve.orderBytes);
    const info = parsePublicKeyInfo(publicKey);
    expect(info).toMatchObject({
      type: 'ec',
      point: derivePublicKey(ecGroup(curve), privateScalar),
    });
    expect((await hsm.makeEc(name)).privateScalar).not.toEqual(privateScalar);
    expect(await countObjects()).toBe(0);
  },
);

test('an RSA key comes out whole, and nothing of it stays in the token', async () => {
  const { publicKey, modulus, privateExponent } = await hsm.makeRsa(1024);
  expect([modulus.length, privateExponent.length]).toEqual([128, 128]);
  const key = createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });
  expect(key.asymmetricKeyDetails).toMatchObject({ modulusLength: 1024, publicExponent: 65_537n });
  const message = new Uint8Array(128).fill(0x5a, 1);
  const signed = applyRsa(modulus, decodeBigUint(privateExponent), message);
  expect(applyRsa(modulus, 65_537n, signed)).toEqual(message);
  expect(await countObjects()).toBe(0);
});

test('a curve that nobody knows is the fault of the profile', async () => {
  await expect(hsm.makeEc('P-1')).rejects.toMatchObject({ code: 'PROFILE_INVALID' });
});
