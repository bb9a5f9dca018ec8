import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { decodeHex, encodeHex } from '../../../standards/bytes/hex';
import { type ErrorCode, ProductionError } from '../../../production/errors';
import type { CardConnection, CardReader } from '../../../production/ports';
import type { ChipKind } from '../../../simulation/chip/chip-kinds';
import type { ChipState } from '../../../simulation/chip/chip-state';
import type { Fault } from '../../../simulation/chip/fault-script';
import type { AgentCall, AgentReply } from './agent-messages';
import type { Hold } from './measure-hold';
import type { CompiledSources } from './compile-for-node';
import type { PcscdSandbox } from '../sandbox/pcscd-sandbox';

/** A machine that is busy is no fault: a test that wants a watchdog to bark says when. */
const BUSY_MACHINE_MS = 60_000;

/** A virtual card that lies in a reader of the sandbox. */
export interface RemoteCard {
  setFaults(faults: readonly Fault[]): Promise<void>;
  pull(): Promise<void>;
  /** Why it came to lie outside. */
  ended(): Promise<unknown>;
}

/** The test's hand inside the sandbox: the adapter's readers and virtual cards, by remote call. */
export class RemoteAgent {
  readonly #waiting = new Map<number, (reply: AgentReply | 'ended') => void>();
  #calls = 0;

  private constructor(private readonly process: ChildProcess) {
    if (process.stdout === null) throw new Error('the agent has no output');
    createInterface({ input: process.stdout }).on('line', (line) => {
      const reply = JSON.parse(line) as AgentReply;
      this.#waiting.get(reply.id)?.(reply);
      this.#waiting.delete(reply.id);
    });
    process.once('exit', () => {
      for (const settle of this.#waiting.values()) settle('ended');
    });
    process.stderr?.on('data', (chunk: Buffer) => globalThis.process.stderr.write(chunk));
  }

  static start(
    sandbox: PcscdSandbox,
    sources: CompiledSources,
    options: {
      readonly transmitTimeoutMs?: number;
      readonly serviceTimeoutMs?: number;
      readonly nodeOptions?: string;
    } = {},
  ): RemoteAgent {
    const program = sources.path('src/adapters/pcsc/testing/sandbox-agent.ts');
    const { transmitTimeoutMs, serviceTimeoutMs, nodeOptions = '' } = options;
    const assignments = [
      `TRANSMIT_TIMEOUT_MS=${transmitTimeoutMs ?? BUSY_MACHINE_MS}`,
      `SERVICE_TIMEOUT_MS=${serviceTimeoutMs ?? BUSY_MACHINE_MS}`,
      `NODE_OPTIONS=${nodeOptions}`,
    ];
    return new RemoteAgent(sandbox.start('env', [...assignments, process.execPath, program]));
  }

  async listReaders(): Promise<readonly string[]> {
    return (await this.#call({ do: 'list' })) as readonly string[];
  }

  reader(name: string): CardReader {
    return {
      name,
      connect: async ({ timeoutMs }) => {
        const answer = await this.#call({ do: 'connect', reader: name, timeoutMs });
        const { handle, atr } = answer as { readonly handle: number; readonly atr: string };
        return this.#connection(handle, decodeHex(atr));
      },
    };
  }

  async insert(card: {
    readonly kind: ChipKind;
    readonly port: number;
    readonly seed?: string;
    readonly faults?: readonly Fault[];
    /** A chip that was made before; a blank one without it. */
    readonly state?: ChipState;
  }): Promise<RemoteCard> {
    const { kind, port, seed = 'remote card', faults = [], state } = card;
    const order = { kind, port, seed, faults, ...(state && { state }) };
    const handle = (await this.#call({ do: 'insert', ...order })) as number;
    return {
      setFaults: (next) => this.#act({ do: 'faults', card: handle, faults: next }),
      pull: () => this.#act({ do: 'pull', card: handle }),
      ended: () => this.#call({ do: 'ended', card: handle }),
    };
  }

  /** Card sessions one after the other on the card in a reader, in the agent itself. */
  async holdSessions(reader: string, count: number): Promise<void> {
    await this.#act({ do: 'sessions', reader, count });
  }

  async measure(): Promise<Hold> {
    return (await this.#call({ do: 'measure' })) as Hold;
  }

  /** Closes its PC/SC service and takes its input away; resolves when it has ended by itself. */
  async finish(): Promise<number | null> {
    await this.#call({ do: 'close' });
    return this.leave();
  }

  /** Takes its input away without closing anything. */
  async leave(): Promise<number | null> {
    const exited = once(this.process, 'exit');
    this.process.stdin?.end();
    const [status] = (await exited) as [number | null];
    return status;
  }

  #connection(handle: number, atr: Uint8Array): CardConnection {
    return {
      atr,
      transmit: async (command) => {
        const hex = await this.#call({ do: 'transmit', handle, hex: encodeHex(command) });
        return decodeHex(hex as string);
      },
      reset: () => this.#act({ do: 'reset', handle }),
      disconnect: () => this.#act({ do: 'disconnect', handle }),
    };
  }

  async #act(call: AgentCall): Promise<void> {
    await this.#call(call);
  }

  async #call(call: AgentCall): Promise<unknown> {
    this.#calls += 1;
    const id = this.#calls;
    const reply = await new Promise<AgentReply | 'ended'>((resolve) => {
      this.#waiting.set(id, resolve);
      this.process.stdin?.write(`${JSON.stringify({ id, call })}\n`);
    });
    if (reply === 'ended') throw new Error('the agent has ended');
    if (reply.failure === undefined) return reply.result;
    const { code, place, reasons } = reply.failure;
    throw new ProductionError(code as ErrorCode, place, reasons);
  }
}
