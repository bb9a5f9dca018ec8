import type { Handle } from 'pkcs11js';
import { ProductionError } from '../../production/errors';

/** How the pool opens and closes sessions with the token. */
export interface SessionSource {
  readonly open: () => Handle;
  readonly close: (session: Handle) => void;
}

export interface SessionPoolOptions {
  /** Sessions at the most; each has one operation in flight. */
  readonly size: number;
  /** An operation that takes longer is given up. */
  readonly timeoutMs: number;
}

/**
 * Sessions with a token, opened when they are first needed. A session serves one operation at a
 * time; who finds none free waits in line.
 */
export class SessionPool {
  private readonly free: Handle[] = [];
  private readonly waiting: Waiting[] = [];
  private open = 0;
  /** Operations that were given up and may still run inside the library. */
  private readonly abandoned = new Set<Promise<unknown>>();

  constructor(
    private readonly source: SessionSource,
    private readonly options: SessionPoolOptions,
  ) {}

  /**
   * Runs one operation in a session of its own. A session in which the library failed is not used
   * again: what it still has in hand is not known.
   *
   * @throws ProductionError `HSM_NO_ANSWER` when it takes too long.
   */
  async use<Result>(operation: (session: Handle) => Promise<Result>): Promise<Result> {
    const session = await this.take();
    // An operation that throws before it waits for anything leaves its session like one that rejects.
    const running = Promise.resolve(session).then(operation);
    try {
      const result = await this.withTimeout(running);
      this.giveBack(session);
      return result;
    } catch (error) {
      if (error instanceof TimeoutError) {
        this.abandon(session, running);
        throw error.reported;
      }
      if (error instanceof ProductionError) this.giveBack(session);
      else this.drop(session);
      throw error;
    }
  }

  /**
   * Closes every session, when the operations that were given up have ended.
   *
   * @returns whether all have ended; one that the token holds for longer is left behind.
   */
  async close(): Promise<boolean> {
    const ended = Promise.allSettled(this.abandoned);
    const isEnded = await this.withTimeout(ended).then(
      () => true,
      () => false,
    );
    for (const session of this.free.splice(0)) this.source.close(session);
    return isEnded;
  }

  /** Closes the sessions that nobody uses: where one was lost, the others mostly are too. */
  dropIdle(): void {
    const idle = this.free.splice(0);
    this.open -= idle.length;
    for (const session of idle) this.source.close(session);
  }

  private take(): Promise<Handle> {
    const free = this.free.pop();
    if (free !== undefined) return Promise.resolve(free);
    if (this.isStuck()) return Promise.reject(notBegun());
    if (this.open < this.options.size) {
      const session = this.source.open();
      this.open++;
      return Promise.resolve(session);
    }
    return new Promise((resolve, reject) => this.waiting.push({ resolve, reject }));
  }

  private giveBack(session: Handle): void {
    const next = this.waiting.shift();
    if (next === undefined) this.free.push(session);
    else next.resolve(session);
  }

  private drop(session: Handle): void {
    this.open--;
    this.source.close(session);
    this.serveNext();
  }

  private abandon(session: Handle, running: Promise<unknown>): void {
    const ended = running.then(
      () => this.source.close(session),
      () => this.source.close(session),
    );
    this.abandoned.add(ended);
    void ended.finally(() => this.abandoned.delete(ended));
    this.open--;
    this.serveNext();
  }

  /** Whoever waits gets a new session in place of one that is gone, or learns that there is none. */
  private serveNext(): void {
    const next = this.waiting.shift();
    if (next === undefined) return;
    if (this.isStuck()) {
      next.reject(notBegun());
      this.serveNext();
      return;
    }
    try {
      const session = this.source.open();
      this.open++;
      next.resolve(session);
    } catch (error) {
      next.reject(error);
      // With no session left nobody would ever serve the others.
      if (this.open === 0) this.serveNext();
    }
  }

  /** Operations that the token does not let go are not replaced by new ones for ever. */
  private isStuck(): boolean {
    return this.abandoned.size >= this.options.size;
  }

  private async withTimeout<Result>(running: Promise<Result>): Promise<Result> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new TimeoutError(this.options.timeoutMs)),
        this.options.timeoutMs,
      );
    });
    try {
      return await Promise.race([running, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}

interface Waiting {
  readonly resolve: (session: Handle) => void;
  readonly reject: (error: unknown) => void;
}

function notBegun(): ProductionError {
  const reason = 'it has not answered what it was asked before; this was not begun';
  return new ProductionError('HSM_NO_ANSWER', 'PKCS #11', [reason]);
}

class TimeoutError extends Error {
  readonly reported: ProductionError;

  constructor(timeoutMs: number) {
    super('no answer in time');
    this.reported = new ProductionError('HSM_NO_ANSWER', 'PKCS #11', [
      `no answer within ${timeoutMs} ms; whether it was done is not known`,
    ]);
  }
}
