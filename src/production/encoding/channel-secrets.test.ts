import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSoftwareHsm } from '../../../hsm-mock/software-hsm';
import { createToken } from '../../../hsm-mock/token';
import { SeededRandom } from '../../simulation/seeded-random';
import type { KeySet } from '../../simulation/chip/gp/key-sets';
import { decodeHex } from '../../standards/bytes/hex';
import { diversifyKeys } from '../../standards/gp/key-diversification';
import type { StaticKeys } from '../../standards/gp/static-keys';
import type { SecureChannelWish } from '../document/perso-script';
import type { CardKeyVault } from '../document/custody/card-key-vault';
import type { CardKeyHsm, Hsm } from '../ports';
import { createSecureChannelOpener } from './open-secure-channel';
import {
  importKeySet,
  makeKeys,
  SECURITY_DOMAIN,
  SecurityDomainCard,
} from './testing/security-domain-card';

const GET_STATUS = decodeHex('80F28002024F0000');
const VERSION = 0x20;
const SETS = {
  aes: { cipher: 'aes', keys: makeKeys(1, 16) },
  'aes-next': { cipher: 'aes', keys: makeKeys(60, 32) },
  des: { cipher: '3des', keys: makeKeys(80, 16) },
  'des-next': { cipher: '3des', keys: makeKeys(120, 16) },
} as const satisfies Record<string, Omit<KeySet, 'version'>>;

const SCHEMES = { kdf3: 'KDF3', emv: 'EMV' } as const;

let folder: string;
let hsm: Hsm & CardKeyHsm & CardKeyVault;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'persoline-secrets-'));
  await createToken({ directory: folder }, 'secrets');
  hsm = await openSoftwareHsm({ directory: folder, pin: 'secrets' });
  for (const [name, set] of Object.entries(SETS)) await importKeySet(hsm, name, set);
});
afterAll(async () => {
  await hsm.close();
  await rm(folder, { recursive: true, force: true });
});

/** An HSM that remembers what it gave out: what it was, and the very bytes. */
function watch() {
  const copies: Uint8Array[] = [];
  const sessionKeys: Uint8Array[] = [];
  const cardKeys: CardKeyHsm = {
    deriveCardSession: async (card, session) => {
      const keys = await hsm.deriveCardSession(card, session);
      sessionKeys.push(keys.encryption, keys.mac, keys.rMac);
      copies.push(...[keys.encryption, keys.mac, keys.rMac].map((key) => key.slice()));
      return keys;
    },
    encryptForCard: async (card, session, data) => {
      const encrypted = await hsm.encryptForCard(card, session, data);
      copies.push(encrypted.slice());
      return encrypted;
    },
    wrapCardKeys: async (card, session, next) => {
      const fields = await hsm.wrapCardKeys(card, session, next);
      copies.push(...fields.map((field) => field.slice()));
      return fields;
    },
  };
  return { cardKeys, copies, sessionKeys };
}

const listKeys = ({ encryption, mac, dataEncryption }: StaticKeys): readonly Uint8Array[] => [
  encryption,
  mac,
  dataEncryption,
];

describe.each([
  ['scp03', 'aes', 'aes-next', 'kdf3'],
  ['scp02', 'des', 'des-next', 'emv'],
] as const)('%s', (protocol, keySet, nextSet, diversification) => {
  const wish = {
    ...{ protocol, level: 'c-mac c-enc', macBytes: 8 },
    keys: [{ keySet, keyVersion: VERSION, diversification: 'none' }],
  } as const satisfies SecureChannelWish;

  const deliver = () =>
    SecurityDomainCard.deliver({ issuerKeys: [{ ...SETS[keySet], version: VERSION }] });
  const openWith = (card: SecurityDomainCard, cardKeys: CardKeyHsm) => {
    const random = new SeededRandom('host');
    return createSecureChannelOpener({ cardKeys, random })(card, wish, SECURITY_DOMAIN);
  };

  test('no master key and no key of a card comes out of the HSM', async () => {
    const { cardKeys, copies } = watch();
    const card = await deliver();
    const given = (await card.transmit(decodeHex('80CA00CF00'))).subarray(2, -2);
    const channel = await openWith(card, cardKeys);
    await channel.encryptKeyData(new Uint8Array(16));
    await channel.putKeys({ keySet: nextSet, keyVersion: 0x21, diversification });
    const inside = [
      ...listKeys(SETS[keySet].keys),
      ...listKeys(SETS[nextSet].keys),
      ...listKeys(diversifyKeys(SCHEMES[diversification], SETS[nextSet].keys, given)),
    ];
    expect(copies.length).toBeGreaterThan(6);
    for (const secret of inside) {
      for (const copy of copies) {
        // Half a key would be found too.
        expect(Buffer.from(copy).includes(Buffer.from(secret.subarray(0, 8)))).toBe(false);
      }
    }
  });

  test('the session keys that do are overwritten, also where the card has other keys', async () => {
    const { cardKeys, sessionKeys } = watch();
    const channel = await openWith(await deliver(), cardKeys);
    await channel.transmit(GET_STATUS);
    const other = await deliver();
    other.card.setFaults([{ kind: 'wrong-keys', atApdu: 1 }]);
    await expect(openWith(other, cardKeys)).rejects.toMatchObject({ code: 'CARD_KEYS_WRONG' });
    expect(sessionKeys.length).toBeGreaterThanOrEqual(3);
    for (const key of sessionKeys) expect(key).toEqual(new Uint8Array(key.length));
  });
});
