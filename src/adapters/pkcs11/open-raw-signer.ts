import { Worker } from 'node:worker_threads';
import type { Handle, Mechanism, PKCS11 } from 'pkcs11js';
import { ProductionError } from '../../production/errors';
import { parseSignatureAlgorithmName } from '../../standards/crypto/signature-algorithms';
import { findTokenKey } from './key-objects';
import { signingMethod } from './mechanisms';
import type { Pkcs11HsmOptions } from './pkcs11-hsm';
import { openPkcs11Module } from './pkcs11-module';
import { findTokenSlot, openLoggedInSession } from './token-login';

/** Bare signatures of a token, as fast as it makes them. */
export interface RawSigner {
  /** Signatures a second of all threads together, over so many milliseconds. */
  readonly rateOver: (ms: number) => Promise<number>;
  readonly close: () => Promise<void>;
}

interface RawThreadData {
  readonly binding: string;
  readonly modulePath: string;
  readonly slot: Handle;
  readonly mechanism: Mechanism;
  readonly key: Handle;
  readonly input: Uint8Array;
}

interface RawThread {
  readonly worker: Worker;
  readonly ended: Promise<void>;
}

/**
 * The reference of a benchmark: what the token does when nothing stands between it and the caller.
 * So many threads with a session each sign the same input again and again; there is no pool, no
 * check of purposes, no way of a message to the thread and of its signature back.
 *
 * @throws ProductionError `HSM_KEY_MISSING`, or as `openPkcs11Hsm`.
 */
export async function openRawSigner(
  options: Pkcs11HsmOptions,
  order: { readonly label: string; readonly message: Uint8Array; readonly threads: number },
): Promise<RawSigner> {
  const pkcs11 = await openPkcs11Module(options.modulePath);
  const { binding, functions } = pkcs11;
  const { modulePath, pin } = options;
  const slot = findTokenSlot(pkcs11, options.tokenLabel);
  // It stays open as long as the threads sign: with the last session the login would end.
  const session = openLoggedInSession({ pkcs11, modulePath, slot, pin });
  const key = findTokenKey({ binding, functions, session }, order.label);
  if (key?.algorithm === undefined) {
    throw new ProductionError('HSM_KEY_MISSING', `key ${order.label}`);
  }
  const { signature } = parseSignatureAlgorithmName(key.algorithm);
  const { mechanism, prepare } = signingMethod(binding, signature);
  const input = prepare(order.message);
  const workerData: RawThreadData = {
    ...{ binding: require.resolve('pkcs11js'), modulePath, slot, mechanism },
    ...{ key: key.handle, input },
  };
  const threads = Array.from({ length: order.threads }, () => startThread(workerData));
  return {
    rateOver: async (ms) => {
      const rates = await Promise.all(threads.map(({ worker }) => askRate(worker, ms)));
      return rates.reduce((sum, rate) => sum + rate, 0);
    },
    close: async () => {
      await Promise.all(threads.map(endThread));
      functions.C_CloseSession(session);
      pkcs11.release();
    },
  };
}

function askRate(thread: Worker, ms: number): Promise<number> {
  return new Promise((resolve, reject) => {
    thread.once('error', reject);
    thread.once('message', (rate: number) => {
      thread.off('error', reject);
      resolve(rate);
    });
    thread.postMessage(ms);
  });
}

function startThread(workerData: RawThreadData): RawThread {
  const worker = new Worker(`(${runRawThread.toString()})()`, { eval: true, workerData });
  // Kept from the beginning: a thread that died has left before anybody ends it.
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  return { worker, ended };
}

function endThread({ worker, ended }: RawThread): Promise<void> {
  worker.postMessage('end');
  return ended;
}

/** The thread, started from its source as the one of `startSigningThread` is. */
function runRawThread(): void {
  const { createRequire } = process.getBuiltinModule('node:module');
  const threads = process.getBuiltinModule('node:worker_threads');
  const { parentPort } = threads;
  const { binding, modulePath, slot, mechanism, key, input } = threads.workerData as RawThreadData;
  const { PKCS11 } = createRequire(binding)(binding) as { readonly PKCS11: new () => PKCS11 };
  const functions = new PKCS11();
  functions.load(modulePath);
  const toBuffer = (bytes: Uint8Array): Buffer =>
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [handle, data, output] = [toBuffer(key), toBuffer(input), Buffer.alloc(1024)];
  const session = functions.C_OpenSession(toBuffer(slot), 4);
  parentPort?.on('message', (message: number | 'end') => {
    if (message === 'end') {
      functions.C_CloseSession(session);
      functions.close();
      parentPort.close();
      return;
    }
    const begin = performance.now();
    let count = 0;
    while (performance.now() - begin < message) {
      functions.C_SignInit(session, mechanism, handle);
      functions.C_Sign(session, data, output);
      count++;
    }
    parentPort.postMessage((count * 1000) / (performance.now() - begin));
  });
}
