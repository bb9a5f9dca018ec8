import type { CardKeyImport, Doing } from '../../document/custody/card-key-store';
import type { Custodian } from '../../document/custody/four-eyes';
import { ProductionError } from '../../errors';
import { verifyCustodian } from '../four-eyes/custodian-key';
import { type CardKeyTools, keyOfOrder, recordsOf } from './card-key-tools';
import { componentMessage, groupOf } from './import-by-components';
import { unfitReason } from './site-card-keys';

/** How an import came out; with which words a person is told what had been interrupted. */
export type ImportOutcome =
  | { readonly state: 'waiting'; readonly missing: readonly string[] }
  | { readonly state: 'combined'; readonly kcv: Uint8Array; readonly resumed: boolean }
  | { readonly state: 'abandoned' };

/**
 * Brings an import as far as it can come: combines the key when all components are there, and ends
 * what an interruption left. It can be called again at any moment, and does nothing twice.
 *
 * A key that turns out wrong is rolled back: its components are forgotten and the import is over.
 *
 * @throws ProductionError `KEY_CHECK_VALUE_WRONG`, `KEYS_NOT_FOR_PRODUCTION` or `HSM_WRONG_USE` after
 * that; `FOUR_EYES_REFUSED` for a component that nobody signed; `HSM_KEY_MISSING` for a key that was
 * destroyed since; `STATE_CONFLICT`.
 */
export async function finishImport(
  tools: CardKeyTools & { readonly custodians: readonly Custodian[] },
  importId: number,
  doing: Doing,
): Promise<ImportOutcome> {
  const { vault, store } = tools;
  const found = await store.findImport(importId);
  if (found === undefined) {
    const reasons = ['there is no such import'];
    throw new ProductionError('STATE_CONFLICT', `import ${importId}`, reasons);
  }
  const group = groupOf(importId);
  if (found.end !== undefined) {
    const left = await vault.listComponents(group);
    await vault.discardComponents(group);
    if (found.end.ending === 'abandoned') return { state: 'abandoned' };
    const [label] = keyOfOrder(found).labels;
    const key = await vault.describeCardKey(label);
    if (key === undefined) {
      throw new ProductionError('HSM_KEY_MISSING', `key ${label}`, [
        'it was combined, and is gone',
      ]);
    }
    return { state: 'combined', kcv: key.kcv, resumed: left.length > 0 };
  }
  const inside = await vault.listComponents(group);
  const lost = found.given.filter(({ number }) => !inside.includes(number));
  const open = found.components - found.given.length;
  if (lost.length + open > 0) {
    return { state: 'waiting', missing: [...lost.map(sayLost), ...sayOpen(open)] };
  }
  requireSignatures(found, tools.custodians);
  const wasThere = (await vault.describeCardKey(keyOfOrder(found).labels[0])) !== undefined;
  try {
    const kcv = await combine(tools, found);
    await store.endImport(importId, { combined: recordsOf(found, 'components', kcv) }, doing);
    await vault.discardComponents(group);
    return { state: 'combined', kcv, resumed: wasThere };
  } catch (error) {
    if (!(error instanceof ProductionError) || !IS_WRONG.has(error.code)) throw error;
    await store.endImport(importId, 'abandoned', doing);
    await vault.discardComponents(group);
    const reasons = [...error.reasons, 'the import is rolled back: begin it again'];
    throw new ProductionError(error.code, error.place, reasons, { cause: error });
  }
}

/** What no further attempt with the same components would better. */
const IS_WRONG: ReadonlySet<string> = new Set([
  'KEY_CHECK_VALUE_WRONG',
  'KEYS_NOT_FOR_PRODUCTION',
  'CARD_KEYS_MIXED',
  'HSM_WRONG_USE',
]);

async function combine({ vault, site }: CardKeyTools, found: CardKeyImport): Promise<Uint8Array> {
  const wanted = keyOfOrder(found);
  const { kcv: expected, components: count, importId } = found;
  const kcv = await vault.combineComponents(wanted, {
    ...{ group: groupOf(importId), count },
    ...(expected && { kcv: expected }),
  });
  for (const label of wanted.labels) {
    const key = await vault.describeCardKey(label);
    const unfit = key && unfitReason(key, site);
    if (unfit === undefined) continue;
    for (const other of wanted.labels) await vault.destroyCardKey(other);
    throw unfit;
  }
  return kcv;
}

/** The rows alone prove nothing: each component was signed by its person. */
function requireSignatures(
  { importId, given }: CardKeyImport,
  custodians: readonly Custodian[],
): void {
  const reasons = given.flatMap((one) => {
    const person = custodians.find(({ name }) => name === one.custodian);
    const message = componentMessage({ ...one, importId });
    return person !== undefined && verifyCustodian(person.publicKey, message, one.signature)
      ? []
      : [`the signature of ${one.custodian} is wrong`];
  });
  const people = new Set(
    custodians
      .filter(({ name }) => given.some(({ custodian }) => custodian === name))
      .map(({ publicKey }) => Buffer.from(publicKey).toString('hex')),
  );
  if (people.size < given.length) reasons.push('somebody gave two components');
  if (reasons.length === 0) return;
  throw new ProductionError('FOUR_EYES_REFUSED', `import ${importId}`, reasons);
}

function sayLost({ number, custodian }: CardKeyImport['given'][number]): string {
  return `component ${number} is on record and not in the HSM: ${custodian} gives it again`;
}

function sayOpen(open: number): readonly string[] {
  if (open === 0) return [];
  return [open === 1 ? 'one component is missing' : `${open} components are missing`];
}
