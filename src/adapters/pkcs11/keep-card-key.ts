import type { Handle } from 'pkcs11js';
import type { NewCardKey } from '../../production/document/custody/card-key-vault';
import { ProductionError } from '../../production/errors';
import { equalBytes } from '../../standards/bytes/compare';
import { kcvBlock } from '../../standards/gp/key-check-value';
import { cardKeyTemplate, encodeCardKeyId } from './card-key-objects';
import { workInToken } from './card-key-work';
import { findKeyHandles } from './key-objects';
import type { TokenAccess } from './token-access';

const LABEL = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** A card key that is there for this session alone so far. */
export interface MadeCardKey {
  readonly wanted: NewCardKey;
  readonly made: Handle;
  /** A label that has this very key already is no reason to refuse. */
  readonly isRepeated?: boolean;
}

/**
 * Gives a key of this session its labels for good, with its check value beside its purpose: it is in
 * the token with all of that or not at all. The key of the session ends in any case.
 *
 * @returns the check value
 * @throws ProductionError `HSM_WRONG_USE` when a label is none or is taken.
 */
export async function keepCardKey(
  access: TokenAccess,
  session: Handle,
  { wanted, made, isRepeated = false }: MadeCardKey,
): Promise<Uint8Array> {
  const { binding, functions } = access.pkcs11;
  try {
    const checkBlock = await checkBlockOf(access, session, { wanted, handle: made });
    const free: string[] = [];
    for (const label of wanted.labels) {
      const [there] = labelled(access, session, label);
      if (there === undefined) free.push(label);
      else if (!isRepeated || !(await isSame(access, session, { wanted, there, checkBlock }))) {
        throw wrongUse(label, 'it exists already');
      }
    }
    const kcv = checkBlock.slice(0, 3);
    for (const label of free) {
      const kept = functions.C_CopyObject(session, made, [
        { type: binding.CKA_TOKEN, value: true },
        { type: binding.CKA_LABEL, value: label },
        { type: binding.CKA_ID, value: encodeCardKeyId(wanted, kcv) },
      ]);
      access.forget(label);
      if (labelled(access, session, label).length === 1) continue;
      functions.C_DestroyObject(session, kept);
      throw wrongUse(label, 'another process made it at the same moment');
    }
    return kcv;
  } finally {
    functions.C_DestroyObject(session, made);
  }
}

/** A key of which the bytes are in hand. @throws ProductionError `HSM_WRONG_USE` */
export function createCardKey(
  access: TokenAccess,
  session: Handle,
  order: { readonly wanted: NewCardKey; readonly key: Uint8Array; readonly isRepeated?: boolean },
): Promise<Uint8Array> {
  const { binding, functions } = access.pkcs11;
  const { wanted, key, isRepeated = false } = order;
  const value = Buffer.from(key);
  try {
    const made = functions.C_CreateObject(session, [
      ...cardKeyTemplate(binding, wanted),
      { type: binding.CKA_TOKEN, value: false },
      { type: binding.CKA_VALUE, value },
    ]);
    return keepCardKey(access, session, { wanted, made, isRepeated });
  } finally {
    value.fill(0);
  }
}

/** The block whose beginning is the check value, made by the token. */
export function checkBlockOf(
  { pkcs11: { binding, functions } }: TokenAccess,
  session: Handle,
  {
    wanted,
    handle,
  }: { readonly wanted: Pick<NewCardKey, 'cipher' | 'lengthBytes'>; readonly handle: Handle },
): Promise<Uint8Array> {
  const work = workInToken({ binding, functions, session }, handle, wanted);
  return work.encryptEcb(kcvBlock(wanted.cipher));
}

async function isSame(
  access: TokenAccess,
  session: Handle,
  given: {
    readonly wanted: NewCardKey;
    readonly there: Handle;
    readonly checkBlock: Uint8Array;
  },
): Promise<boolean> {
  const { wanted, there, checkBlock } = given;
  return equalBytes(await checkBlockOf(access, session, { wanted, handle: there }), checkBlock);
}

function labelled(
  { pkcs11: { binding, functions } }: TokenAccess,
  session: Handle,
  label: string,
): readonly Handle[] {
  if (!LABEL.test(label)) throw wrongUse('label', 'it is 1 to 64 letters, digits, dots, hyphens');
  return findKeyHandles({ binding, functions, session }, label);
}

function wrongUse(label: string, reason: string): ProductionError {
  return new ProductionError('HSM_WRONG_USE', `key ${label}`, [reason]);
}
