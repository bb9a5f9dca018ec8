import type { Handle } from 'pkcs11js';
import type { CardKeyVault, NewCardKey } from '../../production/document/custody/card-key-vault';
import { checkCardKey, checkSameRealm } from '../../production/document/custody/check-card-key';
import { ProductionError } from '../../production/errors';
import { equalBytes } from '../../standards/bytes/compare';
import { cardKeyTemplate } from './card-key-objects';
import { checkBlockOf, createCardKey, keepCardKey } from './keep-card-key';
import type { TokenKey } from './key-objects';
import { isForeignData } from './pkcs11-errors';
import type { TokenAccess } from './token-access';

interface Arrival {
  readonly wanted: NewCardKey;
  readonly arrived: Parameters<CardKeyVault['unwrapCardKey']>[1];
}

const WRAP_OVERHEAD_BYTES = 8;

/**
 * Takes a key that arrived under a transport key. Under AES it is unwrapped and compared inside the
 * token. Under 3DES tokens unwrap nothing by ECB: the key is in memory until it is created.
 *
 * @throws ProductionError as `CardKeyVault.unwrapCardKey`.
 */
export async function unwrapInToken(
  access: TokenAccess,
  session: Handle,
  { wanted, arrived }: Arrival,
): Promise<void> {
  const transport = requireTransportKey(access, session, arrived.under);
  checkSameRealm(`key ${arrived.under}`, transport.card.realm, wanted.realm);
  const isAes = transport.card.cipher === 'aes';
  const expectedBytes = wanted.lengthBytes + (isAes ? WRAP_OVERHEAD_BYTES : 0);
  if (arrived.wrapped.length !== expectedBytes) {
    throw wrongUse(
      wanted.labels[0],
      `${arrived.wrapped.length} bytes arrived where it takes ${expectedBytes}`,
    );
  }
  const order = { wanted, arrived, transport: transport.handle };
  return isAes ? unwrapByAes(access, session, order) : decipher(access, session, order);
}

async function unwrapByAes(
  access: TokenAccess,
  session: Handle,
  { wanted, arrived, transport }: Arrival & { readonly transport: Handle },
): Promise<void> {
  const { binding, functions } = access.pkcs11;
  const made = unwrap(arrived.under, () =>
    functions.C_UnwrapKey(
      session,
      { mechanism: binding.CKM_AES_KEY_WRAP },
      transport,
      Buffer.from(arrived.wrapped),
      [...cardKeyTemplate(binding, wanted), { type: binding.CKA_TOKEN, value: false }],
    ),
  );
  const checkBlock = await checkBlockOf(access, session, { wanted, handle: made });
  if (!equalBytes(checkBlock.slice(0, 3), arrived.kcv)) {
    functions.C_DestroyObject(session, made);
    throw new ProductionError('KEY_CHECK_VALUE_WRONG', `key ${wanted.labels[0]}`);
  }
  await keepCardKey(access, session, { wanted, made });
}

async function decipher(
  access: TokenAccess,
  session: Handle,
  { wanted, arrived, transport }: Arrival & { readonly transport: Handle },
): Promise<void> {
  const { binding, functions } = access.pkcs11;
  functions.C_DecryptInit(session, { mechanism: binding.CKM_DES3_ECB }, transport);
  const output = Buffer.alloc(arrived.wrapped.length);
  const key = await functions.C_DecryptAsync(session, Buffer.from(arrived.wrapped), output);
  try {
    const { cipher, labels } = wanted;
    checkCardKey({ label: labels[0], cipher, key: new Uint8Array(key), kcv: arrived.kcv });
    await createCardKey(access, session, { wanted, key });
  } finally {
    for (const bytes of [key, output]) bytes.fill(0);
  }
}

/** What a token does not unwrap was wrapped under another key, or was changed on the way. */
function unwrap(under: string, work: () => Handle): Handle {
  try {
    return work();
  } catch (cause) {
    if (!isForeignData(cause)) throw cause;
    const reasons = ['it was wrapped under another key, or was changed'];
    throw new ProductionError('KEY_CHECK_VALUE_WRONG', `key ${under}`, reasons, { cause });
  }
}

function requireTransportKey(
  access: TokenAccess,
  session: Handle,
  label: string,
): Required<Pick<TokenKey, 'card' | 'handle'>> {
  const key = access.lookUp(session, label);
  if (key === undefined) throw new ProductionError('HSM_KEY_MISSING', `key ${label}`);
  if (key.purpose !== 'card-transport' || key.card === undefined) {
    throw wrongUse(label, `it is a ${key.purpose} key, not card-transport`);
  }
  return { card: key.card, handle: key.handle };
}

function wrongUse(label: string, reason: string): ProductionError {
  return new ProductionError('HSM_WRONG_USE', `key ${label}`, [reason]);
}
