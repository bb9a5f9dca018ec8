import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { type ErrorCode, ProductionError } from '../../production/errors';
import type { CardReader } from '../../production/ports';
import type { HostAnswer, HostCall, HostResults } from './host-messages';
import { PcscCardReader } from './pcsc-card-reader';

export interface PcscOptions {
  /** How long a chip may take for one command before it counts as mute. */
  readonly transmitTimeoutMs?: number;
  /** How long everything else may take before the PC/SC process counts as stopped. */
  readonly serviceTimeoutMs?: number;
}

/** A chip that makes an RSA key takes the longest. */
const TRANSMIT_TIMEOUT_MS = 30_000;
/** For everything that does not wait for a chip. */
const SERVICE_TIMEOUT_MS = 10_000;
/** One thread a reader and some for the library itself; pcscd has 16 readers at most. */
const HOST_THREADS = '24';

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: ProductionError) => void;
  readonly watchdog: NodeJS.Timeout;
}

interface Watch {
  readonly timeoutMs: number;
  readonly code: ErrorCode;
  readonly place: string;
}

/**
 * The readers of this machine, through pcscd. The native library works in a process of its own,
 * which is started with the first call and again after pcscd was restarted; nothing of it keeps
 * this process alive.
 */
export class PcscService {
  readonly #waiting = new Map<number, Waiting>();
  readonly #transmitTimeoutMs: number;
  readonly #serviceTimeoutMs: number;
  #host: ChildProcess | undefined;
  #calls = 0;
  #closed = false;

  constructor(options: PcscOptions = {}) {
    this.#transmitTimeoutMs = options.transmitTimeoutMs ?? TRANSMIT_TIMEOUT_MS;
    this.#serviceTimeoutMs = options.serviceTimeoutMs ?? SERVICE_TIMEOUT_MS;
  }

  /**
   * Names of the readers that pcscd has now.
   *
   * @throws ProductionError `READER_UNAVAILABLE` when pcscd or the library is not there.
   */
  listReaders(): Promise<readonly string[]> {
    return this.call({ call: 'list' });
  }

  /** A reader by its name; whether it is there is known when a card is waited for. */
  reader(name: string): CardReader {
    return new PcscCardReader(this, name);
  }

  /** Ends the PC/SC process; calls that are under way fail. */
  async close(): Promise<void> {
    this.#closed = true;
    const host = this.#host;
    if (host === undefined) return;
    const ended = new Promise((resolve) => host.once('exit', resolve));
    host.ref();
    host.kill('SIGKILL');
    await ended;
  }

  /** One call to the PC/SC process; for the readers of this service. */
  async call<Call extends HostCall>(call: Call): Promise<HostResults[Call['call']]> {
    if (this.#closed) {
      throw new ProductionError('READER_UNAVAILABLE', 'PC/SC', ['the service was closed']);
    }
    this.#host ??= this.#startHost();
    const host = this.#host;
    this.#calls += 1;
    const id = this.#calls;
    const answer = new Promise<unknown>((resolve, reject) => {
      const watchdog = this.#startWatchdog(id, call);
      this.#waiting.set(id, { resolve, reject, watchdog });
    });
    host.send({ id, call });
    return (await answer) as HostResults[Call['call']];
  }

  #startHost(): ChildProcess {
    const host = fork(join(__dirname, 'pcsc-host.js'), {
      execArgv: [],
      env: { ...process.env, UV_THREADPOOL_SIZE: HOST_THREADS },
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    host.unref();
    host.channel?.unref();
    host.on('message', (answer: HostAnswer) => this.#settle(answer));
    host.on('error', () => this.#lose(host));
    host.on('exit', () => this.#lose(host));
    return host;
  }

  #settle(answer: HostAnswer): void {
    const waiting = this.#take(answer.id);
    if (waiting === undefined) return;
    if ('result' in answer) {
      waiting.resolve(answer.result);
      return;
    }
    const { code, place, reasons } = answer.failure;
    waiting.reject(new ProductionError(code, place, reasons));
  }

  #startWatchdog(id: number, call: HostCall): NodeJS.Timeout {
    const { timeoutMs, code, place } = this.#watchOf(call);
    return setTimeout(() => {
      const reason = `no answer in ${timeoutMs} ms`;
      this.#take(id)?.reject(new ProductionError(code, place, [reason]));
      this.#lookAfterHost(call);
    }, timeoutMs);
  }

  /**
   * One card may be silent. But the library can stop the event loop of its process over it, and
   * then every other reader is silent too: a process that does not even list its readers is ended.
   */
  #lookAfterHost(unanswered: HostCall): void {
    if (unanswered.call === 'list') this.#host?.kill('SIGKILL');
    else void this.listReaders().catch(() => undefined);
  }

  #watchOf(call: HostCall): Watch {
    if (call.call === 'list') {
      return { timeoutMs: this.#serviceTimeoutMs, code: 'READER_UNAVAILABLE', place: 'PC/SC' };
    }
    const place = call.reader;
    if (call.call === 'transmit') {
      return { timeoutMs: this.#transmitTimeoutMs, code: 'CARD_MUTE', place };
    }
    const waitMs = call.call === 'connect' ? call.timeoutMs : 0;
    return { timeoutMs: this.#serviceTimeoutMs + waitMs, code: 'CARD_MUTE', place };
  }

  #lose(host: ChildProcess): void {
    if (this.#host !== host) return;
    this.#host = undefined;
    for (const id of [...this.#waiting.keys()]) {
      this.#take(id)?.reject(
        new ProductionError('READER_UNAVAILABLE', 'PC/SC', ['pcscd was stopped or started anew']),
      );
    }
  }

  #take(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    clearTimeout(waiting?.watchdog);
    this.#waiting.delete(id);
    return waiting;
  }
}
