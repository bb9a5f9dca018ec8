import type { Handle, PKCS11, Template } from 'pkcs11js';
import type { Pkcs11Binding } from './pkcs11-module';

/** A session in which objects are looked at. */
export interface ObjectView {
  readonly binding: Pkcs11Binding;
  readonly functions: PKCS11;
  readonly session: Handle;
}

const MAX_FOUND = 100;

/** Handles of the objects that a template describes. */
export function findObjects({ functions, session }: ObjectView, template: Template): Handle[] {
  functions.C_FindObjectsInit(session, template);
  try {
    return functions.C_FindObjects(session, MAX_FOUND);
  } finally {
    functions.C_FindObjectsFinal(session);
  }
}

/** Handles of the objects of a class with a label. */
export function findLabelled(view: ObjectView, label: string, objectClass: number): Handle[] {
  return findObjects(view, [
    { type: view.binding.CKA_CLASS, value: objectClass },
    { type: view.binding.CKA_LABEL, value: label },
  ]);
}

/** The value of an attribute; empty where it has none. */
export function readAttribute(
  { functions, session }: ObjectView,
  handle: Handle,
  type: number,
): Buffer {
  const [attribute] = functions.C_GetAttributeValue(session, handle, [{ type }]);
  return Buffer.isBuffer(attribute?.value) ? attribute.value : Buffer.alloc(0);
}

/** What every key of ours is: seen by nobody, taken out by nobody. */
export function secrecy(binding: Pkcs11Binding): Template {
  return [
    { type: binding.CKA_PRIVATE, value: true },
    { type: binding.CKA_SENSITIVE, value: true },
    { type: binding.CKA_EXTRACTABLE, value: false },
  ];
}
