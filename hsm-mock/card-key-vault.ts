import { createSecretKey, randomBytes } from 'node:crypto';
import type {
  CardKeyFacts,
  CardKeyKind,
  CardKeyVault,
  NewCardKey,
} from '../src/production/document/custody/card-key-vault';
import {
  checkCardKey,
  checkKeyLength,
  checkSameRealm,
} from '../src/production/document/custody/check-card-key';
import { ProductionError } from '../src/production/errors';
import { decodeHex, encodeHex } from '../src/standards/bytes/hex';
import { MalformedError } from '../src/standards/bytes/malformed';
import { encryptAesEcb } from '../src/standards/crypto/aes';
import { unwrapAesKey } from '../src/standards/crypto/aes-key-wrap';
import { decryptTripleDesEcb, encryptTripleDesEcb } from '../src/standards/crypto/triple-des';
import { computeKcv, kcvBlock } from '../src/standards/gp/key-check-value';
import { combineKeyComponents } from '../src/standards/gp/key-components';
import { isPublishedKey } from '../src/standards/gp/published-keys';
import type { ComponentStore } from './component-store';
import type { KeyStore, StoredKey } from './key-store';

/** Operations of the vault, as a test can make them fail. */
export type VaultOperation =
  | 'import-secret-key'
  | 'generate-card-key'
  | 'put-component'
  | 'list-components'
  | 'combine-components'
  | 'discard-components'
  | 'unwrap-card-key'
  | 'describe-card-key'
  | 'destroy-card-key';

export interface VaultParts {
  readonly keys: KeyStore;
  readonly components: ComponentStore;
  readonly perform: <T>(operation: VaultOperation, work: () => Promise<T>) => Promise<T>;
}

/** The card keys of a software HSM. */
export function createCardKeyVault({ keys, components, perform }: VaultParts): CardKeyVault {
  const discard = async (group: string, only?: number): Promise<void> => {
    const numbers = only === undefined ? await components.list(group) : [only];
    for (const number of numbers) await components.remove(group, number);
  };
  return {
    importSecretKey: ({ label, purpose, cipher, key, kcv, realm = 'test' }) =>
      perform('import-secret-key', async () => {
        checkCardKey({ label, cipher, key, kcv });
        const kind = { purpose, cipher, lengthBytes: key.length, realm };
        await addKey(keys, { ...kind, label }, key);
      }),
    generateCardKey: (wanted) =>
      perform('generate-card-key', async () => {
        checkKeyLength(wanted.labels[0], wanted.cipher, wanted.lengthBytes);
        const key = new Uint8Array(randomBytes(wanted.lengthBytes));
        try {
          for (const label of wanted.labels) await addKey(keys, { ...wanted, label }, key);
          return computeKcv(wanted.cipher, key);
        } finally {
          key.fill(0);
        }
      }),
    putComponent: ({ group, number, cipher, component }) =>
      perform('put-component', async () => {
        checkKeyLength(`component ${number}`, cipher, component.length);
        await components.add(group, number, component);
        return computeKcv(cipher, component);
      }),
    listComponents: (group) => perform('list-components', () => components.list(group)),
    combineComponents: (wanted, given) =>
      perform('combine-components', () => combine({ keys, components }, wanted, given)),
    discardComponents: (group, number) =>
      perform('discard-components', () => discard(group, number)),
    unwrapCardKey: (wanted, arrived) =>
      perform('unwrap-card-key', async () => {
        const key = await unwrap(keys, wanted, arrived);
        try {
          const { cipher, labels } = wanted;
          checkWanted(wanted, key);
          checkCardKey({ label: labels[0], cipher, key, kcv: arrived.kcv });
          for (const label of labels) await addKey(keys, { ...wanted, label }, key);
        } finally {
          key.fill(0);
        }
      }),
    describeCardKey: (label) =>
      perform('describe-card-key', async () => {
        const stored = await keys.findNow(label);
        return stored && describe(stored);
      }),
    destroyCardKey: (label) => perform('destroy-card-key', () => destroy(keys, label)),
  };
}

/** The realm of a card key; one of which nobody said it is a test key. */
export function realmOf({ card }: Pick<StoredKey, 'card'>): CardKeyKind['realm'] {
  return card?.realm ?? 'test';
}

async function combine(
  { keys, components }: Pick<VaultParts, 'keys' | 'components'>,
  wanted: NewCardKey,
  { group, count, kcv }: Parameters<CardKeyVault['combineComponents']>[1],
): Promise<Uint8Array> {
  const { cipher, labels } = wanted;
  const parts: Uint8Array[] = [];
  for (let number = 1; number <= count; number++) parts.push(await components.read(group, number));
  const key = combineKeyComponents(parts);
  try {
    checkWanted(wanted, key);
    checkCardKey({ label: labels[0], cipher, key, ...(kcv && { kcv }) });
    for (const label of labels) {
      const there = await keys.findNow(label);
      const isIt = there?.key.equals(createSecretKey(key)) === true;
      if (!isIt) await addKey(keys, { ...wanted, label }, key);
    }
    return computeKcv(cipher, key);
  } finally {
    for (const bytes of [key, ...parts]) bytes.fill(0);
  }
}

async function unwrap(
  keys: KeyStore,
  { realm }: NewCardKey,
  { under, wrapped }: Parameters<CardKeyVault['unwrapCardKey']>[1],
): Promise<Uint8Array> {
  const transport = await keys.findNow(under);
  if (transport === undefined) throw new ProductionError('HSM_KEY_MISSING', `key ${under}`);
  if (transport.purpose !== 'card-transport') {
    throw wrongUse(under, `it is a ${transport.purpose} key, not card-transport`);
  }
  checkSameRealm(`key ${under}`, realmOf(transport), realm);
  const transportKey = new Uint8Array(transport.key.export());
  try {
    if (transport.card?.cipher !== '3des') return unwrapAesKey(transportKey, wrapped);
    if (wrapped.length % 8 !== 0) throw wrongUse(under, 'what arrived is not in whole blocks');
    return decryptTripleDesEcb(transportKey, wrapped);
  } catch (cause) {
    if (!(cause instanceof MalformedError)) throw cause;
    throw new ProductionError('KEY_CHECK_VALUE_WRONG', `key ${under}`, [cause.reason], { cause });
  } finally {
    transportKey.fill(0);
  }
}

async function addKey(
  keys: KeyStore,
  { label, purpose, cipher, realm }: CardKeyKind & { readonly label: string },
  key: Uint8Array,
): Promise<void> {
  const card = { cipher, realm, kcv: encodeHex(computeKcv(cipher, key)) };
  await keys.add({ label, purpose, card, key: createSecretKey(key) });
}

function describe({ label, purpose, key, card }: StoredKey): CardKeyFacts {
  if (purpose !== 'card-master' && purpose !== 'card-transport') {
    throw wrongUse(label, `it is a ${purpose} key`);
  }
  const cipher = card?.cipher ?? 'aes';
  const bytes = new Uint8Array(key.export());
  const encipher = cipher === 'aes' ? encryptAesEcb : encryptTripleDesEcb;
  const checkBlock = encipher(bytes, kcvBlock(cipher));
  const lengthBytes = bytes.length;
  bytes.fill(0);
  return {
    ...{ label, purpose, cipher, lengthBytes, realm: realmOf({ ...(card && { card }) }) },
    kcv: checkBlock.slice(0, 3),
    ...(card && { recordedKcv: decodeHex(card.kcv) }),
    isPublished: isPublishedKey(cipher, lengthBytes, checkBlock),
  };
}

async function destroy(keys: KeyStore, label: string): Promise<void> {
  const stored = await keys.findNow(label);
  if (stored === undefined) return;
  if (stored.purpose !== 'card-master' && stored.purpose !== 'card-transport') {
    throw wrongUse(label, `it is a ${stored.purpose} key`);
  }
  await keys.remove(label);
}

function checkWanted({ labels, lengthBytes }: NewCardKey, key: Uint8Array): void {
  if (key.length === lengthBytes) return;
  throw wrongUse(labels[0], `${key.length} bytes came where ${lengthBytes} were announced`);
}

function wrongUse(label: string, reason: string): ProductionError {
  return new ProductionError('HSM_WRONG_USE', `key ${label}`, [reason]);
}
