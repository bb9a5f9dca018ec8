import type * as Pkcs11 from 'pkcs11js';
import { ProductionError } from '../../production/errors';
import { toProductionError } from './pkcs11-errors';

/** Constants and classes of the native binding. */
export type Pkcs11Binding = typeof Pkcs11;

/** A token's library, initialized for this process, and counted by those who use it. */
export interface Pkcs11Module {
  readonly binding: Pkcs11Binding;
  readonly functions: Pkcs11.PKCS11;
  /** Finalizes the library when nobody uses it any more. */
  readonly release: () => void;
}

interface LoadedLibrary {
  readonly functions: Pkcs11.PKCS11;
  users: number;
}

/** A library is initialized once in a process, whoever uses it [PKCS11 §5.4]. */
const loaded = new Map<string, LoadedLibrary>();

/**
 * Loads and initializes a PKCS #11 library. The binding is native and optional: it is looked for
 * when a token is first wanted.
 *
 * @param path of the shared object that the HSM's maker delivers
 * @throws ProductionError `HSM_FAILED` when the binding or the library cannot be loaded.
 */
export async function openPkcs11Module(path: string): Promise<Pkcs11Module> {
  const binding = await loadBinding();
  const library = loaded.get(path) ?? initialize(binding, path);
  library.users++;
  let released = false;
  const release = (): void => {
    if (released) return;
    released = true;
    library.users--;
    if (library.users > 0) return;
    loaded.delete(path);
    library.functions.C_Finalize();
    library.functions.close();
  };
  return { binding, functions: library.functions, release };
}

function initialize(binding: Pkcs11Binding, path: string): LoadedLibrary {
  const functions = new binding.PKCS11();
  try {
    functions.load(path);
    functions.C_Initialize({ flags: binding.CKF_OS_LOCKING_OK });
  } catch (error) {
    throw toProductionError(error, `PKCS #11 library ${path}`);
  }
  const library = { functions, users: 0 };
  loaded.set(path, library);
  return library;
}

async function loadBinding(): Promise<Pkcs11Binding> {
  try {
    // A CommonJS module comes as `default` from Node and as itself from a bundler.
    const found = (await import('pkcs11js')) as Pkcs11Binding & { default?: Pkcs11Binding };
    return found.default ?? found;
  } catch (cause) {
    const reason = 'the package pkcs11js is not installed or was not built for this Node';
    throw new ProductionError('HSM_FAILED', 'PKCS #11', [reason], { cause });
  }
}
