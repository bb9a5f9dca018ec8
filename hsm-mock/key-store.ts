import { createPrivateKey, createSecretKey, type KeyObject } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ProductionError } from '../src/production/errors';
import type { KeyRealm } from '../src/production/document/custody/card-key-vault';
import type { HsmPublicKey, KeyPurpose } from '../src/production/ports';
import type { CardKeyCipher } from '../src/standards/gp/key-check-value';
import { destroyFile, isFileError, isThere, writeNewFile } from './durable-file';
import { openBox, sealBox } from './sealed-box';

/** What was recorded with a card key when it came. */
export interface CardKeyRecord {
  readonly cipher: CardKeyCipher;
  readonly realm: KeyRealm;
  /** Hexadecimal. */
  readonly kcv: string;
}

/** A key in the memory of an open token. */
export interface StoredKey extends HsmPublicKey {
  /** Algorithm of a key pair, by name; absent for a secret key. */
  readonly algorithm?: string;
  readonly card?: CardKeyRecord;
  readonly key: KeyObject;
}

interface KeyFile {
  readonly format: 1;
  readonly label: string;
  readonly purpose: KeyPurpose;
  readonly algorithm?: string;
  readonly publicKey?: string;
  readonly card?: CardKeyRecord;
  /** PKCS #8 of a private key or the bytes of a secret one, sealed with all members above. */
  readonly sealedKey: string;
}

const LABEL = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** Keys of one slot, a file each, encrypted under the token's master key. */
export class KeyStore {
  private readonly cache = new Map<string, StoredKey>();

  constructor(
    private readonly folder: string,
    private readonly masterKey: Uint8Array,
  ) {}

  /** @throws ProductionError `HSM_WRONG_USE` when the label is taken or is no label. */
  async add(stored: StoredKey): Promise<void> {
    if (!LABEL.test(stored.label)) {
      throw new ProductionError('HSM_WRONG_USE', 'key label', [
        'a label is 1 to 64 letters, digits, dots, hyphens and underscores',
      ]);
    }
    const head = {
      format: 1,
      label: stored.label,
      purpose: stored.purpose,
      ...(stored.algorithm !== undefined && { algorithm: stored.algorithm }),
      ...(stored.publicKey && { publicKey: Buffer.from(stored.publicKey).toString('base64') }),
      ...(stored.card && { card: stored.card }),
    } as const;
    const sealedKey = sealBox(this.masterKey, exportKey(stored.key), JSON.stringify(head));
    const file: KeyFile = { ...head, sealedKey: Buffer.from(sealedKey).toString('base64') };
    if (!(await writeNewFile(this.path(stored.label), Buffer.from(JSON.stringify(file))))) {
      throw new ProductionError('HSM_WRONG_USE', `key ${stored.label}`, ['it exists already']);
    }
    this.cache.set(stored.label, stored);
  }

  /** The key, which another process may have made or destroyed since; undefined when there is none. */
  async find(label: string): Promise<StoredKey | undefined> {
    const known = this.cache.get(label);
    if (known === undefined) return this.load(label);
    if (isThere(this.path(label))) return known;
    this.cache.delete(label);
    return undefined;
  }

  /** Overwrites the file of a key and removes it: it is gone for every process. */
  async destroy(label: string): Promise<void> {
    this.cache.delete(label);
    await destroyFile(this.path(label));
  }

  /** As `find`, of a key that another process may have destroyed since. */
  async findNow(label: string): Promise<StoredKey | undefined> {
    this.cache.delete(label);
    return this.load(label);
  }

  async remove(label: string): Promise<void> {
    this.cache.delete(label);
    if (LABEL.test(label)) await rm(this.path(label), { force: true });
  }

  forget(): void {
    this.cache.clear();
    this.masterKey.fill(0);
  }

  private async load(label: string): Promise<StoredKey | undefined> {
    if (!LABEL.test(label)) return undefined;
    let text: string;
    try {
      text = await readFile(this.path(label), 'utf8');
    } catch (error) {
      if (isFileError(error, 'ENOENT')) return undefined;
      throw error;
    }
    const stored = this.unseal(label, text);
    this.cache.set(label, stored);
    return stored;
  }

  private unseal(label: string, text: string): StoredKey {
    const damaged = (): ProductionError =>
      new ProductionError('HSM_FAILED', `key ${label}`, ['its file is damaged']);
    let file: KeyFile;
    try {
      file = JSON.parse(text) as KeyFile;
    } catch {
      throw damaged();
    }
    const { sealedKey, ...head } = file;
    const bytes = openBox(this.masterKey, Buffer.from(sealedKey, 'base64'), JSON.stringify(head));
    if (bytes === undefined || head.label !== label) throw damaged();
    return {
      label,
      purpose: head.purpose,
      ...(head.algorithm !== undefined && { algorithm: head.algorithm }),
      ...(head.publicKey !== undefined && {
        publicKey: new Uint8Array(Buffer.from(head.publicKey, 'base64')),
      }),
      ...(head.card !== undefined && { card: head.card }),
      key: head.algorithm === undefined ? createSecretKey(bytes) : importPrivateKey(bytes),
    };
  }

  private path(label: string): string {
    return join(this.folder, `${label}.key.json`);
  }
}

function exportKey(key: KeyObject): Uint8Array {
  return key.type === 'secret' ? key.export() : key.export({ format: 'der', type: 'pkcs8' });
}

function importPrivateKey(bytes: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.from(bytes), format: 'der', type: 'pkcs8' });
}
