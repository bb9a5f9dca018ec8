import type { Handle } from 'pkcs11js';
import type {
  CardKeyFacts,
  CardKeyVault,
  NewCardKey,
} from '../../production/document/custody/card-key-vault';
import { checkCardKey, checkKeyLength } from '../../production/document/custody/check-card-key';
import { ProductionError } from '../../production/errors';
import { computeKcv } from '../../standards/gp/key-check-value';
import { combineKeyComponents } from '../../standards/gp/key-components';
import { isPublishedKey } from '../../standards/gp/published-keys';
import { cardKeyTemplate, isCardPurpose } from './card-key-objects';
import {
  findComponentObjects,
  listComponentObjects,
  putComponentObject,
  readComponentObject,
} from './component-objects';
import { findKeyHandles } from './key-objects';
import { checkBlockOf, createCardKey, keepCardKey } from './keep-card-key';
import type { TokenAccess } from './token-access';
import { unwrapInToken } from './unwrap-card-key';

/** The card keys of a token: how they come, what is known of them, how they end. */
export function createCardKeyVault(access: TokenAccess): CardKeyVault {
  const { perform } = access;
  const { binding, functions } = access.pkcs11;
  const viewOf = (session: Handle) => ({ binding, functions, session });
  return {
    importSecretKey: ({ label, purpose, cipher, key, kcv, realm = 'test' }) =>
      perform(`key ${label}`, async (session) => {
        checkCardKey({ label, cipher, key, kcv });
        const kind = { purpose, cipher, lengthBytes: key.length, realm };
        await createCardKey(access, session, { wanted: { ...kind, labels: [label] }, key });
      }),
    generateCardKey: (wanted) =>
      perform(`key ${wanted.labels[0]}`, async (session) => {
        const { cipher, lengthBytes, labels } = wanted;
        checkKeyLength(labels[0], cipher, lengthBytes);
        const made = await functions.C_GenerateKeyAsync(
          session,
          { mechanism: cipher === 'aes' ? binding.CKM_AES_KEY_GEN : binding.CKM_DES2_KEY_GEN },
          [
            ...cardKeyTemplate(binding, wanted),
            { type: binding.CKA_TOKEN, value: false },
            ...(cipher === 'aes' ? [{ type: binding.CKA_VALUE_LEN, value: lengthBytes }] : []),
          ],
        );
        return keepCardKey(access, session, { wanted, made });
      }),
    putComponent: ({ group, number, cipher, component }) =>
      perform(`component ${number}`, (session) => {
        checkKeyLength(`component ${number}`, cipher, component.length);
        putComponentObject(viewOf(session), { group, number, component });
        return Promise.resolve(computeKcv(cipher, component));
      }),
    listComponents: (group) =>
      perform('components', (session) =>
        Promise.resolve(listComponentObjects(viewOf(session), group)),
      ),
    combineComponents: (wanted, given) =>
      perform(`key ${wanted.labels[0]}`, (session) => combine(access, session, { wanted, given })),
    discardComponents: (group, number) =>
      perform('components', (session) => {
        const name = { group, ...(number !== undefined && { number }) };
        for (const handle of findComponentObjects(viewOf(session), name)) {
          functions.C_DestroyObject(session, handle);
        }
        return Promise.resolve();
      }),
    unwrapCardKey: (wanted, arrived) =>
      perform(`key ${wanted.labels[0]}`, (session) =>
        unwrapInToken(access, session, { wanted, arrived }),
      ),
    describeCardKey: (label) =>
      perform(`key ${label}`, (session) => describe(access, session, label)),
    destroyCardKey: (label) =>
      perform(`key ${label}`, async (session) => {
        if ((await describe(access, session, label)) === undefined) return;
        for (const handle of findKeyHandles(viewOf(session), label)) {
          functions.C_DestroyObject(session, handle);
        }
        access.forget(label);
      }),
  };
}

async function combine(
  access: TokenAccess,
  session: Handle,
  order: {
    readonly wanted: NewCardKey;
    readonly given: Parameters<CardKeyVault['combineComponents']>[1];
  },
): Promise<Uint8Array> {
  const { wanted, given } = order;
  const { cipher, labels, lengthBytes } = wanted;
  const { group, count, kcv } = given;
  const { binding, functions } = access.pkcs11;
  const parts: Uint8Array[] = [];
  let key: Uint8Array = new Uint8Array();
  try {
    for (let number = 1; number <= count; number++) {
      parts.push(readComponentObject({ binding, functions, session }, { group, number }));
    }
    key = combineKeyComponents(parts);
    if (key.length !== lengthBytes) {
      throw wrongUse(labels[0], `${key.length} bytes came where ${lengthBytes} were announced`);
    }
    checkCardKey({ label: labels[0], cipher, key, ...(kcv && { kcv }) });
    return await createCardKey(access, session, { wanted, key, isRepeated: true });
  } finally {
    for (const bytes of [key, ...parts]) bytes.fill(0);
  }
}

async function describe(
  access: TokenAccess,
  session: Handle,
  label: string,
): Promise<CardKeyFacts | undefined> {
  access.forget(label);
  const key = access.lookUp(session, label);
  if (key === undefined) return undefined;
  const { purpose, card, handle } = key;
  if (!isCardPurpose(purpose) || card === undefined) {
    throw wrongUse(label, `it is a ${purpose} key`);
  }
  const checkBlock = await checkBlockOf(access, session, { wanted: card, handle });
  return {
    ...{ ...card, label, purpose, kcv: checkBlock.slice(0, 3) },
    isPublished: isPublishedKey(card.cipher, card.lengthBytes, checkBlock),
  };
}

function wrongUse(label: string, reason: string): ProductionError {
  return new ProductionError('HSM_WRONG_USE', `key ${label}`, [reason]);
}
