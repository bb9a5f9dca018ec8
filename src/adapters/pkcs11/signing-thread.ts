import type { Handle, PKCS11 } from 'pkcs11js';
import { Worker } from 'node:worker_threads';
import {
  packJobs,
  type PackedAnswers,
  type PackedJobs,
  type SigningAnswer,
  type SigningJob,
  unpackAnswers,
} from './signing-batch';

/** A thread with one session of its own, which makes signatures one after the other. */
export interface SigningThread {
  /** Answers in the order of the jobs. Rejects when the thread died; nothing is known then. */
  readonly sign: (jobs: readonly SigningJob[]) => Promise<readonly SigningAnswer[]>;
  /** Ends the thread when it has finished what it has in hand. */
  readonly close: () => Promise<void>;
}

interface ThreadData {
  /** File of the native binding. */
  readonly binding: string;
  readonly modulePath: string;
  readonly slot: Handle;
}

interface Batch {
  readonly resolve: (answers: readonly SigningAnswer[]) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Starts a thread that signs in a session which it opens when the first job comes, so that not even
 * that keeps anybody else waiting; the process must be logged in to the token. Jobs go to it in
 * batches: a journey between threads costs as much as a signature on a fast token, and so it is
 * shared. The library must stay initialized until the thread is closed.
 */
export function startSigningThread(modulePath: string, slot: Handle): SigningThread {
  const workerData: ThreadData = { binding: require.resolve('pkcs11js'), modulePath, slot };
  // The source of one function, so that the thread needs no file that a bundler or a test lacks.
  const worker = new Worker(`(${runThread.toString()})()`, { eval: true, workerData });
  // A thread with nothing to do keeps no program from ending; one at work, or leaving, does.
  worker.unref();
  const batches: Batch[] = [];
  const fail = (error: Error): void => {
    for (const { reject } of batches.splice(0)) reject(error);
  };
  worker.on('message', (answers: PackedAnswers) => {
    batches.shift()?.resolve(unpackAnswers(answers));
    if (batches.length === 0) worker.unref();
  });
  worker.on('error', fail);
  const ended = new Promise<void>((resolve) => {
    worker.once('exit', () => {
      fail(new Error('the signing thread ended'));
      resolve();
    });
  });
  return {
    sign: (jobs) =>
      new Promise((resolve, reject) => {
        batches.push({ resolve, reject });
        worker.ref();
        const packed = packJobs(jobs);
        worker.postMessage(packed, [packed.inputs.buffer as ArrayBuffer]);
      }),
    close: () => {
      worker.ref();
      worker.postMessage('end');
      return ended;
    },
  };
}

/**
 * The thread. It is started from its source: it uses nothing of this file, and every module by
 * `process`.
 */
function runThread(): void {
  const { createRequire } = process.getBuiltinModule('node:module');
  const threads = process.getBuiltinModule('node:worker_threads');
  const { parentPort } = threads;
  const { binding, modulePath, slot } = threads.workerData as ThreadData;
  const CKF_SERIAL_SESSION = 4;
  const { PKCS11 } = createRequire(binding)(binding) as { readonly PKCS11: new () => PKCS11 };
  const functions = new PKCS11();
  // The library is the one that this process has initialized already.
  functions.load(modulePath);
  const toBuffer = (bytes: Uint8Array): Buffer =>
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let session: Buffer | undefined;
  const answer = ({ kinds, shapes, inputs, placeBytes }: PackedJobs): PackedAnswers => {
    const count = shapes.length / 2;
    const signatures = new Uint8Array(count * placeBytes);
    const lengths = new Uint32Array(count);
    const failures: PackedAnswers['failures'][number][] = [];
    const places = toBuffer(signatures);
    const contents = toBuffer(inputs);
    const ways = kinds.map(({ mechanism, key }) => ({ mechanism, key: toBuffer(key) }));
    let at = 0;
    for (let index = 0; index < count; index++) {
      const way = ways[shapes[index * 2] ?? 0];
      const begin = at;
      at += shapes[index * 2 + 1] ?? 0;
      let begun = false;
      try {
        if (way === undefined) throw new Error('a job of no kind');
        session ??= functions.C_OpenSession(toBuffer(slot), CKF_SERIAL_SESSION);
        functions.C_SignInit(session, way.mechanism, way.key);
        begun = true;
        const place = places.subarray(index * placeBytes, (index + 1) * placeBytes);
        lengths[index] = functions.C_Sign(session, contents.subarray(begin, at), place).length;
      } catch (error) {
        const failure = error instanceof Error ? error.message : String(error);
        failures.push({ index, failure, begun });
      }
    }
    return { signatures, placeBytes, lengths, failures };
  };
  const closeSession = (): void => {
    try {
      if (session !== undefined) functions.C_CloseSession(session);
    } catch {
      // A session that is already gone needs no closing.
    }
  };
  parentPort?.on('message', (message: PackedJobs | 'end') => {
    if (message === 'end') {
      closeSession();
      functions.close();
      parentPort.close();
    } else {
      const answers = answer(message);
      parentPort.postMessage(answers, [answers.signatures.buffer as ArrayBuffer]);
    }
  });
}
