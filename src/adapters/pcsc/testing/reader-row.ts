import { setTimeout as delay } from 'node:timers/promises';
import type { CardConnection } from '../../../production/ports';
import type { ChipKind } from '../../../simulation/chip/chip-kinds';
import type { ChipState } from '../../../simulation/chip/chip-state';
import { CARD_CHANGE_MS, type PcscdSandbox, startPcscdSandbox } from '../sandbox/pcscd-sandbox';
import { type CompiledSources, compileForNode } from './compile-for-node';
import { RemoteAgent } from './remote-agent';

/** Does something with a card in a reader; afterwards the reader is free for the next. */
export type WithCard = <Result>(
  card: { readonly kind: ChipKind; readonly state?: ChipState },
  use: (connection: CardConnection) => Promise<Result>,
) => Promise<Result>;

/** Readers side by side behind a real pcscd, for tests that go through many cards. */
export class ReaderRow {
  private constructor(
    private readonly sandbox: PcscdSandbox,
    private readonly sources: CompiledSources,
    private readonly agent: RemoteAgent,
  ) {}

  static async start(readers: number): Promise<ReaderRow> {
    const [sandbox, sources] = await Promise.all([
      startPcscdSandbox({ readers }),
      compileForNode(),
    ]);
    return new ReaderRow(sandbox, sources, RemoteAgent.start(sandbox, sources));
  }

  /** One reader takes case after case until none is left. */
  async forEach<Case>(
    cases: readonly Case[],
    work: (one: Case, withCard: WithCard) => Promise<void>,
  ): Promise<void> {
    const waiting = [...cases];
    await Promise.all(
      this.sandbox.readers.map(async (reader) => {
        const withCard: WithCard = (card, use) => this.#withCard(reader, card, use);
        for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
          await work(one, withCard);
        }
      }),
    );
  }

  async stop(): Promise<void> {
    await this.agent.finish();
    await this.sandbox.stop();
    await this.sources.remove();
  }

  async #withCard<Result>(
    { name, port }: PcscdSandbox['readers'][number],
    order: Parameters<WithCard>[0],
    use: (connection: CardConnection) => Promise<Result>,
  ): Promise<Result> {
    const card = await this.agent.insert({ ...order, port });
    const connection = await this.agent.reader(name).connect({ timeoutMs: 60_000 });
    const result = await use(connection);
    await connection.disconnect();
    await card.pull();
    await delay(CARD_CHANGE_MS);
    return result;
  }
}
