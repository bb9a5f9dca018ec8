import type { Handle } from 'pkcs11js';
import {
  CARD_KEY_PARTS,
  DIVERSIFICATION_SCHEMES,
} from '../../production/document/custody/card-key-set';
import type { KeyRealm } from '../../production/document/custody/card-key-vault';
import {
  checkDiversification,
  checkKeyChange,
  checkProtocol,
  checkSameRealm,
} from '../../production/document/custody/check-card-key';
import { ProductionError } from '../../production/errors';
import type { CardKeyHsm, CardKeys } from '../../production/ports';
import { concatBytes } from '../../standards/bytes/concat';
import type { CardKeyCipher } from '../../standards/gp/key-check-value';
import { buildDiversification } from '../../standards/gp/key-diversification';
import type { StaticKeys } from '../../standards/gp/static-keys';
import { type CardKeyWork, workInMemory, workInToken } from './card-key-work';
import { buildKeyFields, deriveSession, encryptSensitive, type WorkingSet } from './card-session';
import type { TokenAccess } from './token-access';

/** The master keys of a set, all of one cipher and realm. */
interface MasterSet {
  readonly cipher: CardKeyCipher;
  readonly realm: KeyRealm;
  readonly keys: WorkingSet;
}

/**
 * Card keys of a token. Master keys never leave it: CMAC or 3DES over the card's data is computed
 * inside, and what comes out is the key of that one card, which is in memory for one operation and
 * overwritten. Keys that are not diversified do everything inside.
 */
export function createCardKeys(access: TokenAccess): CardKeyHsm {
  return {
    deriveCardSession: (card, session) =>
      access.perform(`keys ${card.keySet}`, async (handle) => {
        const set = findMasters(access, handle, card);
        checkProtocol(card.keySet, session.protocol, set.cipher);
        return withCardKeys(set, card, (keys) => deriveSession(keys, session));
      }),
    encryptForCard: (card, session, data) =>
      access.perform(`keys ${card.keySet}`, async (handle) => {
        const set = findMasters(access, handle, card);
        checkProtocol(card.keySet, session.protocol, set.cipher);
        return withCardKeys(set, card, (keys) => encryptSensitive(keys, session, data));
      }),
    wrapCardKeys: (card, session, next) =>
      access.perform(`keys ${next.keySet}`, async (handle) => {
        const present = findMasters(access, handle, card);
        const coming = findMasters(access, handle, next);
        checkProtocol(card.keySet, session.protocol, present.cipher);
        checkProtocol(next.keySet, session.protocol, coming.cipher);
        checkKeyChange(present, { ...next, realm: coming.realm });
        if (next.diversification === 'none') throw staysInside(next.keySet);
        const bytes = await deriveKeys(coming, next);
        try {
          return await withCardKeys(present, card, (keys) => buildKeyFields(keys, session, bytes));
        } finally {
          wipe(bytes);
        }
      }),
  };
}

/** @throws ProductionError `HSM_KEY_MISSING`, `HSM_WRONG_USE`, `CARD_KEYS_MIXED`. */
function findMasters(access: TokenAccess, session: Handle, card: CardKeys): MasterSet {
  const { keySet, diversification } = card;
  const { binding, functions } = access.pkcs11;
  const find = (part: keyof StaticKeys) => {
    const label = `${keySet}.${CARD_KEY_PARTS[part]}`;
    const key = access.lookUp(session, label);
    if (key === undefined) throw new ProductionError('HSM_KEY_MISSING', `key ${label}`);
    if (key.purpose !== 'card-master' || key.card === undefined) {
      throw wrongUse(label, `it is a ${key.purpose} key, not card-master`);
    }
    checkDiversification(keySet, diversification, key.card.cipher);
    const work = workInToken({ binding, functions, session }, key.handle, key.card);
    return { ...key.card, work };
  };
  const parts = {
    encryption: find('encryption'),
    mac: find('mac'),
    dataEncryption: find('dataEncryption'),
  };
  const { cipher, realm } = parts.encryption;
  for (const other of [parts.mac, parts.dataEncryption]) {
    checkSameRealm(`keys ${keySet}`, realm, other.realm);
    if (other.cipher !== cipher) throw wrongUse(keySet, 'its keys are of two ciphers');
  }
  const keys = {
    encryption: parts.encryption.work,
    mac: parts.mac.work,
    dataEncryption: parts.dataEncryption.work,
  };
  return { cipher, realm, keys };
}

/** The keys of the card, for as long as the work takes. */
async function withCardKeys<T>(
  set: MasterSet,
  card: CardKeys,
  work: (keys: WorkingSet) => Promise<T>,
): Promise<T> {
  if (card.diversification === 'none') return work(set.keys);
  const bytes = await deriveKeys(set, card);
  try {
    const [encryption, mac, dataEncryption] = bytes;
    return await work({
      encryption: workInMemory(set.cipher, encryption),
      mac: workInMemory(set.cipher, mac),
      dataEncryption: workInMemory(set.cipher, dataEncryption),
    });
  } finally {
    wipe(bytes);
  }
}

/** The card's own keys, which whoever gets them overwrites: for encryption, MAC, data encryption. */
async function deriveKeys(
  { keys }: MasterSet,
  card: CardKeys,
): Promise<readonly [Uint8Array, Uint8Array, Uint8Array]> {
  return [
    await deriveKey(keys, 'encryption', card),
    await deriveKey(keys, 'mac', card),
    await deriveKey(keys, 'dataEncryption', card),
  ];
}

async function deriveKey(
  keys: WorkingSet,
  part: keyof StaticKeys,
  { keySet, diversification, diversificationData }: CardKeys,
): Promise<Uint8Array> {
  if (diversification === 'none') throw staysInside(keySet);
  const master: CardKeyWork = keys[part];
  const { lengthBytes } = master;
  const scheme = DIVERSIFICATION_SCHEMES[diversification];
  const blocks: Uint8Array[] = [];
  for (const block of buildDiversification(scheme, part, { lengthBytes, diversificationData })) {
    blocks.push(
      scheme === 'KDF3' ? await master.computeCmac(block) : await master.encryptEcb(block),
    );
  }
  const joined = concatBytes(...blocks);
  const key = joined.slice(0, lengthBytes);
  wipe([joined, ...blocks]);
  return key;
}

function wipe(secrets: readonly Uint8Array[]): void {
  for (const secret of secrets) secret.fill(0);
}

function staysInside(keySet: string): ProductionError {
  return wrongUse(keySet, 'the token lets no master key out, into a card neither: diversify it');
}

function wrongUse(label: string, reason: string): ProductionError {
  return new ProductionError('HSM_WRONG_USE', `key ${label}`, [reason]);
}
