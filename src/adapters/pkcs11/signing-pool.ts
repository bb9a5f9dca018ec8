import { ProductionError } from '../../production/errors';
import { isLostHandle, isLostSession, isRemoved, toProductionError } from './pkcs11-errors';
import type { SigningAnswer, SigningJob } from './signing-batch';
import type { SigningThread } from './signing-thread';

export interface SigningPoolOptions {
  /** Threads at the most, each with one session and one signature in hand. */
  readonly size: number;
  /** A thread that is silent for longer is given up, and what it had in hand with it. */
  readonly timeoutMs: number;
}

/** The token was out, or had lost session or key, before it began: the signature was not made. */
export class NothingSigned extends Error {}

interface Waiting {
  readonly job: SigningJob;
  readonly resolve: (signature: Uint8Array) => void;
  readonly reject: (error: Error) => void;
}

interface Lane {
  readonly thread: SigningThread;
  readonly batches: (readonly Waiting[])[];
  /** Grows in steps; a thread that never answered counts as slow. */
  msPerSignature: number;
  lastAnswerAt: number;
  timer?: NodeJS.Timeout;
}

/** What a token signs within this time goes to its thread in batches, and the next one ahead. */
const QUICK_MS = 0.5;
const QUICK_BATCH = 32;
/** The one that is signed, and the one that waits. */
const BATCHES_AHEAD = 2;
/** By so much at the most a thread is slower after one batch: a busy machine holds up single ones. */
const SLOWER = 1.2;

/**
 * Signatures over several threads. A quick token gets them in batches, spread evenly, and at each
 * thread one batch waits while the one before is signed: it never stands idle while an answer is on
 * its way. A slow token gets signature by signature, so that none waits behind another while a
 * thread is free.
 */
export class SigningPool {
  private readonly lanes = new Set<Lane>();
  private readonly leaving = new Set<Promise<void>>();
  /** Threads that were given up and are still inside the token. */
  private stuck = 0;
  private waiting: Waiting[] = [];
  private isScheduled = false;

  constructor(
    private readonly openThread: () => SigningThread,
    private readonly options: SigningPoolOptions,
  ) {}

  /**
   * What the token returns for one job, which is given to it at most once.
   *
   * @throws NothingSigned when it can be given to it again; ProductionError `HSM_NO_ANSWER` when it
   * may have been signed, or as the token said.
   */
  sign(job: SigningJob): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ job, resolve, reject });
      this.schedule();
    });
  }

  /** Takes no thread again that there is: where one session was lost, the others mostly are too. */
  dropThreads(): void {
    for (const lane of this.lanes) void this.drop(lane);
  }

  /**
   * Ends the threads when they have finished what they have in hand.
   *
   * @returns whether all have ended; one that the token holds for longer is left behind.
   */
  async close(): Promise<boolean> {
    this.dropThreads();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), this.options.timeoutMs);
    });
    const ended = Promise.allSettled(this.leaving).then(() => true);
    return Promise.race([ended, late]).finally(() => clearTimeout(timer));
  }

  /** What comes in one turn of the event loop goes out together. */
  private schedule(): void {
    if (this.isScheduled) return;
    this.isScheduled = true;
    queueMicrotask(() => {
      this.isScheduled = false;
      this.dispatch();
    });
  }

  private dispatch(): void {
    while (this.waiting.length > 0) {
      const lane = this.findLane();
      if (lane === undefined) return;
      this.hand(lane, this.waiting.splice(0, this.batchSize(lane)));
    }
  }

  /** What waits is shared out over all places that are free. */
  private batchSize(lane: Lane): number {
    if (!isQuick(lane)) return 1;
    const unopened = this.options.size - this.lanes.size;
    const taken = [...this.lanes].reduce((sum, { batches }) => sum + batches.length, 0);
    const places = (this.lanes.size + unopened) * BATCHES_AHEAD - taken;
    return Math.min(QUICK_BATCH, Math.ceil(this.waiting.length / places));
  }

  /** A thread with nothing to do, a new one, or a quick one that takes another batch ahead. */
  private findLane(): Lane | undefined {
    const lanes = [...this.lanes];
    const idle = lanes.find(({ batches }) => batches.length === 0);
    if (idle !== undefined) return idle;
    // Threads that the token does not let go are not replaced for ever.
    if (lanes.length < this.options.size && this.stuck < this.options.size) return this.openLane();
    if (lanes.length === 0) this.refuseWaiting();
    return lanes.find((lane) => isQuick(lane) && lane.batches.length < BATCHES_AHEAD);
  }

  /** Every thread is inside the token, which answers none: nothing was asked of it. */
  private refuseWaiting(): void {
    const reasons = ['it has not answered what it was asked before; this was not begun'];
    for (const { reject } of this.waiting.splice(0)) {
      reject(new ProductionError('HSM_NO_ANSWER', 'PKCS #11', reasons));
    }
  }

  private openLane(): Lane | undefined {
    try {
      const thread = this.openThread();
      const lane = { thread, batches: [], msPerSignature: Infinity, lastAnswerAt: 0 };
      this.lanes.add(lane);
      return lane;
    } catch (error) {
      // Those who have a thread go on; with none nobody would ever be served.
      if (this.lanes.size > 0) return undefined;
      const failure = toProductionError(error, 'session');
      for (const { reject } of this.waiting.splice(0)) reject(failure);
      return undefined;
    }
  }

  private hand(lane: Lane, batch: readonly Waiting[]): void {
    const sentAt = performance.now();
    lane.batches.push(batch);
    this.watch(lane);
    lane.thread.sign(batch.map(({ job }) => job)).then(
      (answers) => this.take(lane, { batch, answers, sentAt }),
      () => this.giveUp(lane, 'the thread that signs has ended'),
    );
  }

  private take(
    lane: Lane,
    given: {
      readonly batch: readonly Waiting[];
      readonly answers: readonly SigningAnswer[];
      readonly sentAt: number;
    },
  ): void {
    // What was given up has been answered already.
    if (!lane.batches.includes(given.batch)) return;
    const now = performance.now();
    const begunAt = Math.max(given.sentAt, lane.lastAnswerAt);
    const found = (now - begunAt) / given.batch.length;
    lane.msPerSignature = Math.min(found, lane.msPerSignature * SLOWER);
    lane.lastAnswerAt = now;
    lane.batches.shift();
    this.watch(lane);
    let isLost = false;
    for (const [index, { resolve, reject }] of given.batch.entries()) {
      const answer = given.answers[index];
      if (answer !== undefined && 'signature' in answer) resolve(answer.signature);
      else isLost = rejectWith(reject, answer) || isLost;
    }
    if (isLost) void this.drop(lane);
    this.schedule();
  }

  /** Every answer starts the time anew. */
  private watch(lane: Lane): void {
    clearTimeout(lane.timer);
    delete lane.timer;
    if (lane.batches.length === 0) return;
    const { timeoutMs } = this.options;
    lane.timer = setTimeout(() => this.giveUp(lane, `no answer within ${timeoutMs} ms`), timeoutMs);
  }

  private giveUp(lane: Lane, reason: string): void {
    const reasons = [`${reason}; whether it was done is not known`];
    for (const { reject } of lane.batches.splice(0).flat()) {
      reject(new ProductionError('HSM_NO_ANSWER', 'PKCS #11', reasons));
    }
    this.watch(lane);
    this.stuck++;
    void this.drop(lane).finally(() => {
      this.stuck--;
      this.schedule();
    });
    this.schedule();
  }

  /** No job goes to this thread any more; it ends when the library lets it. */
  private drop(lane: Lane): Promise<void> {
    if (!this.lanes.delete(lane)) return Promise.resolve();
    const leaving = lane.thread.close().catch(() => undefined);
    this.leaving.add(leaving);
    return leaving.finally(() => this.leaving.delete(leaving)).then(() => undefined);
  }
}

function isQuick(lane: Lane): boolean {
  return lane.msPerSignature < QUICK_MS;
}

/** @returns whether the session of the thread is gone. */
function rejectWith(reject: (error: Error) => void, answer: SigningAnswer | undefined): boolean {
  const failure = answer !== undefined && 'failure' in answer ? answer.failure : 'no answer';
  const error = new Error(failure);
  const isLost = isLostSession(error) || isLostHandle(error) || isRemoved(error);
  const isBegun = answer === undefined || !('begun' in answer) || answer.begun;
  if (isLost && !isBegun) reject(new NothingSigned(failure));
  else reject(isLost ? unknownOutcome(error) : toProductionError(error, 'signature'));
  return isLost;
}

/** The token went away in the middle: it may have signed and counted. */
function unknownOutcome(error: Error): ProductionError {
  const { code, place, reasons } = toProductionError(error, 'signature');
  const told = [...reasons, 'whether it was signed is not known'];
  return new ProductionError(code, place, told, { cause: error });
}
