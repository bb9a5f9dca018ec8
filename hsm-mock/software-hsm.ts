import { createSecretKey, generateKeyPair, type KeyObject, randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { KEY_KINDS } from '../src/production/document/key-kinds';
import { servesUse } from '../src/production/document/key-uses';
import { CARD_KEY_PARTS } from '../src/production/document/custody/card-key-set';
import type { CardKeyVault, KeyRealm } from '../src/production/document/custody/card-key-vault';
import {
  checkDiversification,
  checkKeyChange,
  checkProtocol,
} from '../src/production/document/custody/check-card-key';
import { ProductionError } from '../src/production/errors';
import type {
  CardKeyHsm,
  CardKeys,
  CardSession,
  CardSessionKeys,
  Hsm,
  HsmPublicKey,
  KeyUse,
} from '../src/production/ports';
import { CURVES } from '../src/standards/crypto/curve-parameters';
import { signMessage } from '../src/standards/crypto/sign-verify';
import {
  type NamedSignatureAlgorithm,
  parseSignatureAlgorithmName,
} from '../src/standards/crypto/signature-algorithms';
import type { CardKeyCipher } from '../src/standards/gp/key-check-value';
import type { StaticKeys } from '../src/standards/gp/static-keys';
import { convertToExplicitParameters } from '../src/standards/pki/subject-public-key-info';
import {
  buildKeyFields,
  deriveCardKeys,
  deriveSession,
  encryptSensitive,
  wipeKeys,
} from './card-keys';
import { createCardKeyVault, realmOf, type VaultOperation } from './card-key-vault';
import { ComponentStore } from './component-store';
import { KeyStore, type StoredKey } from './key-store';
import { openBox, sealBox } from './sealed-box';
import { openToken, slotFolder, type TokenPlace } from './token';

export type HsmOperation =
  | VaultOperation
  | 'generate-key-pair'
  | 'generate-secret-key'
  | 'find-key'
  | 'sign'
  | 'seal'
  | 'open'
  | 'destroy-key'
  | 'derive-card-session'
  | 'encrypt-for-card'
  | 'wrap-card-keys';

/** How a test makes the HSM misbehave. */
export interface HsmTroubles {
  /** Waited before every operation. */
  readonly latencyMs?: number;
  /**
   * Asked before every operation: `fail` refuses it, `removed` too, as when the token was taken
   * out; `lose-answer` does it and fails then, as when a network HSM answers too late.
   */
  readonly fault?: (operation: HsmOperation) => 'fail' | 'removed' | 'lose-answer' | undefined;
}

export interface SoftwareHsmOptions extends TokenPlace, HsmTroubles {
  readonly pin: string;
}

/** What is the same for all keys of a set. */
interface SetKind {
  readonly realm: KeyRealm;
  readonly cipher: CardKeyCipher;
}

const generate = promisify(generateKeyPair);
const SECRET_KEY_BYTES = 32;

/**
 * A software HSM for development, trials and tests. Keys stand encrypted in files and there is no
 * export call, but they are in this process's memory: never a production key.
 *
 * @throws ProductionError `HSM_PIN_WRONG`, `HSM_LOCKED`, `HSM_FAILED`.
 */
export async function openSoftwareHsm(
  options: SoftwareHsmOptions,
): Promise<Hsm & CardKeyHsm & CardKeyVault> {
  const masterKey = await openToken(options, options.pin);
  const folder = slotFolder(options);
  const keys = new KeyStore(folder, masterKey);
  const hsm = new SoftwareHsm(keys, options);
  const components = new ComponentStore(folder, masterKey);
  const vault = createCardKeyVault({
    ...{ keys, components },
    perform: (operation, work) => hsm.perform(operation, work),
  });
  return Object.assign(hsm, vault);
}

class SoftwareHsm implements Hsm, CardKeyHsm {
  private closed = false;

  constructor(
    private readonly keys: KeyStore,
    private readonly troubles: HsmTroubles,
  ) {}

  async generateKeyPair(request: Parameters<Hsm['generateKeyPair']>[0]): Promise<HsmPublicKey> {
    const { label, purpose, algorithm } = request;
    refuse(KEY_KINDS[purpose] !== 'pair', label, `a key pair is not for ${purpose}`);
    const named = parseSignatureAlgorithmName(algorithm);
    return this.perform('generate-key-pair', async () => {
      const pair = await generatePair(named);
      const publicKey = encodePublicKey(pair.publicKey);
      await this.keys.add({ label, purpose, algorithm, publicKey, key: pair.privateKey });
      return { label, purpose, publicKey };
    });
  }

  async generateSecretKey(request: Parameters<Hsm['generateSecretKey']>[0]): Promise<HsmPublicKey> {
    const { label, purpose } = request;
    refuse(KEY_KINDS[purpose] !== 'secret', label, `a secret key is not for ${purpose}`);
    return this.perform('generate-secret-key', async () => {
      const key = createSecretKey(randomBytes(SECRET_KEY_BYTES));
      await this.keys.add({ label, purpose, key });
      return { label, purpose };
    });
  }

  findKey(label: string): Promise<HsmPublicKey | undefined> {
    return this.perform('find-key', async () => {
      const stored = await this.keys.find(label);
      if (stored === undefined) return undefined;
      const { purpose, publicKey } = stored;
      return { label, purpose, ...(publicKey && { publicKey }) };
    });
  }

  sign(request: Parameters<Hsm['sign']>[0]): Promise<Uint8Array> {
    const { label, purpose, algorithm, message } = request;
    return this.perform('sign', async () => {
      const stored = await this.requireKey(label, purpose);
      refuse(stored.key.type !== 'private', label, 'a secret key does not sign');
      refuse(stored.algorithm !== algorithm, label, 'the key has another algorithm');
      return signMessage(parseSignatureAlgorithmName(algorithm).signature, stored.key, message);
    });
  }

  seal(label: string, plaintext: Uint8Array, context: string): Promise<Uint8Array> {
    return this.perform('seal', async () => {
      const { key } = await this.requireKey(label, 'storage-wrap');
      return sealBox(key.export(), plaintext, `${label}\0${context}`);
    });
  }

  open(label: string, sealed: Uint8Array, context: string): Promise<Uint8Array> {
    return this.perform('open', async () => {
      const { key } = await this.requireKey(label, 'storage-wrap');
      const plaintext = openBox(key.export(), sealed, `${label}\0${context}`);
      if (plaintext === undefined) {
        throw new ProductionError('INPUT_MALFORMED', 'sealed data', [
          'it does not open with this key and context',
        ]);
      }
      return plaintext;
    });
  }

  destroyKey({ label, purpose }: Parameters<Hsm['destroyKey']>[0]): Promise<void> {
    return this.perform('destroy-key', async () => {
      const stored = await this.keys.find(label);
      if (stored === undefined) throw new ProductionError('HSM_KEY_MISSING', `key ${label}`);
      refuse(stored.purpose !== purpose, label, `it is a ${stored.purpose} key, not ${purpose}`);
      await this.keys.destroy(label);
    });
  }

  deriveCardSession(card: CardKeys, session: CardSession): Promise<CardSessionKeys> {
    return this.perform('derive-card-session', () =>
      this.withCardKeys(card, (keys, { cipher }) => {
        checkProtocol(card.keySet, session.protocol, cipher);
        return deriveSession(keys, session);
      }),
    );
  }

  encryptForCard(card: CardKeys, session: CardSession, data: Uint8Array): Promise<Uint8Array> {
    return this.perform('encrypt-for-card', () =>
      this.withCardKeys(card, (keys, { cipher }) => {
        checkProtocol(card.keySet, session.protocol, cipher);
        return encryptSensitive(keys, session, data);
      }),
    );
  }

  wrapCardKeys(
    card: CardKeys,
    session: CardSession,
    next: CardKeys,
  ): Promise<readonly Uint8Array[]> {
    return this.perform('wrap-card-keys', () =>
      this.withCardKeys(card, (keys, present) =>
        this.withCardKeys(next, (others, { realm, cipher }) => {
          checkProtocol(card.keySet, session.protocol, present.cipher);
          checkProtocol(next.keySet, session.protocol, cipher);
          checkKeyChange(present, { ...next, realm });
          return buildKeyFields(keys, session, others);
        }),
      ),
    );
  }

  close(): Promise<void> {
    this.closed = true;
    this.keys.forget();
    return Promise.resolve();
  }

  /** Derives the card's keys for as long as the work takes. */
  private async withCardKeys<T>(
    card: CardKeys,
    work: (keys: StaticKeys, set: SetKind) => T | Promise<T>,
  ): Promise<T> {
    const realms = new Set<KeyRealm>();
    let cipher: CardKeyCipher = 'aes';
    const master = async (name: string): Promise<Uint8Array> => {
      const stored = await this.requireKey(`${card.keySet}.${name}`, 'card-master');
      cipher = stored.card?.cipher ?? 'aes';
      checkDiversification(card.keySet, card.diversification, cipher);
      realms.add(realmOf(stored));
      return new Uint8Array(stored.key.export());
    };
    const masters = {
      encryption: await master(CARD_KEY_PARTS.encryption),
      mac: await master(CARD_KEY_PARTS.mac),
      dataEncryption: await master(CARD_KEY_PARTS.dataEncryption),
    };
    const keys = deriveCardKeys(masters, card);
    wipeKeys(masters);
    try {
      return await work(keys, { cipher, realm: oneRealm(card.keySet, realms) });
    } finally {
      wipeKeys(keys);
    }
  }

  private async requireKey(label: string, use: KeyUse): Promise<StoredKey> {
    const stored = await this.keys.find(label);
    if (stored === undefined) throw new ProductionError('HSM_KEY_MISSING', `key ${label}`);
    const { purpose } = stored;
    refuse(!servesUse(purpose, use), label, `it is a ${purpose} key, not ${use}`);
    return stored;
  }

  /** One operation, with the troubles that a test has ordered. */
  async perform<Result>(operation: HsmOperation, work: () => Promise<Result>): Promise<Result> {
    if (this.closed) throw new ProductionError('HSM_FAILED', operation, ['the HSM is closed']);
    if (this.troubles.latencyMs !== undefined) await delay(this.troubles.latencyMs);
    const fault = this.troubles.fault?.(operation);
    if (fault === 'fail') throw new ProductionError('HSM_FAILED', operation, ['it did not begin']);
    if (fault === 'removed') throw new ProductionError('HSM_REMOVED', operation);
    const result = await work();
    if (fault === 'lose-answer') {
      const reason = 'its answer was lost; whether it was done is not known';
      throw new ProductionError('HSM_NO_ANSWER', operation, [reason]);
    }
    return result;
  }
}

function generatePair({
  key,
}: NamedSignatureAlgorithm): Promise<{ publicKey: KeyObject; privateKey: KeyObject }> {
  return key.type === 'rsa'
    ? generate('rsa', { modulusLength: key.modulusBits })
    : generate('ec', { namedCurve: CURVES[key.curve].opensslName });
}

/** Curves with explicit parameters, as Doc 9303 demands [9303-12 §4.1.6.3]. */
function encodePublicKey(publicKey: KeyObject): Uint8Array {
  const spki = new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }));
  return convertToExplicitParameters(spki);
}

/** @throws ProductionError `CARD_KEYS_MIXED` for a set of keys of both. */
function oneRealm(keySet: string, realms: ReadonlySet<KeyRealm>): KeyRealm {
  if (realms.size > 1) throw new ProductionError('CARD_KEYS_MIXED', `keys ${keySet}`);
  return realms.has('live') ? 'live' : 'test';
}

function refuse(wrong: boolean, label: string, reason: string): void {
  if (wrong) throw new ProductionError('HSM_WRONG_USE', `key ${label}`, [reason]);
}
