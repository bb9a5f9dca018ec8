import type { Handle } from 'pkcs11js';
import { ProductionError } from '../../production/errors';
import { findObjects, type ObjectView, readAttribute } from './object-view';

const GROUP = /^[A-Za-z0-9][A-Za-z0-9-]{0,39}$/;

/**
 * Key components that wait in the token for the others, each a private data object. They are no
 * keys, because no mechanism of PKCS #11 adds two keys up: the sum is made in memory at the end.
 */
export function putComponentObject(
  view: ObjectView,
  { group, number, component }: Required<ComponentName> & { readonly component: Uint8Array },
): void {
  const { binding, functions, session } = view;
  if (findComponentObjects(view, { group, number }).length > 0) {
    throw new ProductionError('HSM_WRONG_USE', `component ${number}`, ['it is there already']);
  }
  functions.C_CreateObject(session, [
    { type: binding.CKA_CLASS, value: binding.CKO_DATA },
    { type: binding.CKA_TOKEN, value: true },
    { type: binding.CKA_PRIVATE, value: true },
    { type: binding.CKA_APPLICATION, value: applicationOf(group) },
    { type: binding.CKA_LABEL, value: String(number) },
    { type: binding.CKA_VALUE, value: Buffer.from(component) },
  ]);
}

/** Numbers of the components of a group, ascending. */
export function listComponentObjects(view: ObjectView, group: string): readonly number[] {
  return findComponentObjects(view, { group })
    .map((handle) => Number(readAttribute(view, handle, view.binding.CKA_LABEL).toString('ascii')))
    .sort((one, two) => one - two);
}

/** @throws ProductionError `HSM_KEY_MISSING` */
export function readComponentObject(view: ObjectView, name: Required<ComponentName>): Uint8Array {
  const [handle] = findComponentObjects(view, name);
  if (handle === undefined) {
    throw new ProductionError('HSM_KEY_MISSING', `component ${name.number}`, ['it is not there']);
  }
  return new Uint8Array(readAttribute(view, handle, view.binding.CKA_VALUE));
}

/** Handles of one component, or of all of a group. */
export function findComponentObjects(view: ObjectView, name: ComponentName): readonly Handle[] {
  const { binding } = view;
  return findObjects(view, [
    { type: binding.CKA_CLASS, value: binding.CKO_DATA },
    { type: binding.CKA_APPLICATION, value: applicationOf(name.group) },
    ...(name.number === undefined ? [] : [{ type: binding.CKA_LABEL, value: String(name.number) }]),
  ]);
}

export interface ComponentName {
  readonly group: string;
  readonly number?: number;
}

function applicationOf(group: string): string {
  if (GROUP.test(group)) return `persoline component of ${group}`;
  throw new ProductionError('HSM_WRONG_USE', 'key component', ['its import has no such name']);
}
