import type { LineStore } from '../document/line-store';
import type { CardConnection, CardReader } from '../ports';

/** What a killed program would have done next never happens. */
export class Killed extends Error {
  override readonly name = 'Killed';
}

/**
 * Kills a program before the n-th thing that it does to the world or hears from it: every call of
 * the store and every APDU counts twice, going out and coming back. A killed program does nothing
 * more, not even in its error handlers.
 */
export class KillSwitch {
  /** Names of what was done, in order: for choosing where to kill. */
  readonly moments: string[] = [];

  constructor(private readonly at: number) {}

  guardStore(store: LineStore): LineStore {
    return new Proxy(store, {
      get: (target, name) => {
        const method = Reflect.get(target, name) as (...given: unknown[]) => Promise<unknown>;
        return (...given: unknown[]) =>
          this.around(`store ${String(name)}`, () => method.apply(target, given));
      },
    });
  }

  guardReader(reader: CardReader): CardReader {
    return {
      name: reader.name,
      connect: (options) =>
        this.around('connect', async () => this.guardConnection(await reader.connect(options))),
    };
  }

  private guardConnection(connection: CardConnection): CardConnection {
    return {
      atr: connection.atr,
      transmit: (command) => this.around('apdu', () => connection.transmit(command)),
      reset: () => this.around('reset', () => connection.reset()),
      disconnect: () => connection.disconnect(),
    };
  }

  private async around<T>(name: string, work: () => Promise<T>): Promise<T> {
    this.tick(`before ${name}`);
    const result = await work();
    this.tick(`after ${name}`);
    return result;
  }

  private tick(moment: string): void {
    this.moments.push(moment);
    if (this.moments.length > this.at) throw new Killed(moment);
  }
}

export const NEVER = new KillSwitch(Number.POSITIVE_INFINITY);
