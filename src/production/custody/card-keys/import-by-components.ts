import { equalBytes } from '../../../standards/bytes/compare';
import { encodeHex } from '../../../standards/bytes/hex';
import { encodeUtf8 } from '../../../standards/bytes/text';
import { computeKcv } from '../../../standards/gp/key-check-value';
import type {
  CardKeyImport,
  CardKeyOrder,
  Doing,
  GivenComponent,
} from '../../document/custody/card-key-store';
import { checkKeyLength } from '../../document/custody/check-card-key';
import { ProductionError } from '../../errors';
import type { PresentCustodian } from '../four-eyes/custodian-key';
import { type CardKeyDoing, type CardKeyTools, keyOfOrder } from './card-key-tools';

/** Where an import stands after somebody gave a component. */
export interface ComponentReceipt {
  readonly number: number;
  readonly kcv: Uint8Array;
  /** The component was on record and not in the HSM: a call that was interrupted is finished. */
  readonly resumed: boolean;
  /** How many are missing still; at 0 the key can be combined. */
  readonly missing: number;
}

/**
 * Begins the import of a key of which several people bring a component each.
 *
 * @throws ProductionError `HSM_WRONG_USE` when there is such a key, `STATE_CONFLICT` when it is being
 * imported already, `FOUR_EYES_REFUSED`.
 */
export async function beginImport(
  { vault, store }: CardKeyTools,
  order: CardKeyOrder & { readonly components: number },
  { approval, ...doing }: CardKeyDoing,
): Promise<number> {
  for (const label of keyOfOrder(order).labels) {
    if ((await vault.describeCardKey(label)) === undefined) continue;
    throw new ProductionError('HSM_WRONG_USE', `key ${label}`, ['it exists already']);
  }
  const importId = await store.beginImport(order, doing, approval);
  // An import of this number that another database has known left nothing behind.
  await vault.discardComponents(groupOf(importId));
  return importId;
}

/**
 * Takes the component of one person: on record first, signed, then into the HSM. Whoever was
 * interrupted in between gives it again.
 *
 * @throws ProductionError `KEY_CHECK_VALUE_WRONG` when it is not what the person's paper says, and
 * nothing was kept; `FOUR_EYES_REFUSED` for a second component of one person; `STATE_CONFLICT`.
 */
export async function giveComponent(
  { vault, store }: CardKeyTools,
  person: PresentCustodian,
  given: {
    readonly importId: number;
    readonly component: Uint8Array;
    /** What the paper says. */
    readonly expectedKcv?: Uint8Array;
    readonly at: Date;
  },
): Promise<ComponentReceipt> {
  const { importId, component, expectedKcv, at } = given;
  const found = await requireOpenImport(store, importId);
  const place = `component of import ${importId}`;
  checkKeyLength(place, found.cipher, component.length);
  if (component.length !== found.lengthBytes) {
    const reason = `it has ${component.length} bytes and the key has ${found.lengthBytes}`;
    throw new ProductionError('HSM_WRONG_USE', place, [reason]);
  }
  if (component.every((byte) => byte === component[0])) {
    throw new ProductionError('HSM_WRONG_USE', place, ['it is one byte again and again']);
  }
  const kcv = computeKcv(found.cipher, component);
  if (expectedKcv !== undefined && !equalBytes(expectedKcv, kcv)) {
    throw new ProductionError('KEY_CHECK_VALUE_WRONG', place, [`it is ${encodeHex(kcv)}`]);
  }
  const group = groupOf(importId);
  const inside = await vault.listComponents(group);
  const before = found.given.find(({ custodian }) => custodian === person.name);
  const resumed = before !== undefined && !inside.includes(before.number);
  if (resumed && !equalBytes(before.kcv, kcv)) {
    const reasons = [`${person.name} gave ${encodeHex(before.kcv)} before`];
    throw new ProductionError('KEY_CHECK_VALUE_WRONG', place, reasons);
  }
  const number = resumed ? before.number : found.given.length + 1;
  if (!resumed) {
    const signature = person.sign(componentMessage({ importId, number, kcv, givenAt: at }));
    const row = { number, custodian: person.name, kcv, givenAt: at, signature };
    await store.giveComponent(importId, row);
  }
  await vault.putComponent({ group, number, cipher: found.cipher, component });
  const after = new Set([...inside, number]);
  return { number, kcv, resumed, missing: found.components - after.size };
}

/** Forgets an import and what was given to it. @throws ProductionError `STATE_CONFLICT` */
export async function abandonImport(
  { vault, store }: CardKeyTools,
  importId: number,
  doing: Doing,
): Promise<void> {
  await requireOpenImport(store, importId);
  await store.endImport(importId, 'abandoned', doing);
  await vault.discardComponents(groupOf(importId));
}

/** What a custodian signs who gives a component. */
export function componentMessage({
  importId,
  number,
  kcv,
  givenAt,
}: Pick<GivenComponent, 'number' | 'kcv' | 'givenAt'> & { readonly importId: number }): Uint8Array {
  const lines = ['persoline component 1', importId, number, encodeHex(kcv), givenAt.toISOString()];
  return encodeUtf8(lines.join('\n'));
}

/** Name of an import's components in the HSM. */
export function groupOf(importId: number): string {
  return `import-${importId}`;
}

/** @throws ProductionError `STATE_CONFLICT` */
export async function requireOpenImport(
  store: CardKeyTools['store'],
  importId: number,
): Promise<CardKeyImport> {
  const found = await store.findImport(importId);
  if (found !== undefined && found.end === undefined) return found;
  throw new ProductionError('STATE_CONFLICT', `import ${importId}`, [
    found?.end === undefined ? 'there is no such import' : `it is ${found.end.ending}`,
  ]);
}
