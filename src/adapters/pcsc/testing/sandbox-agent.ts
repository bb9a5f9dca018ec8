import { createInterface } from 'node:readline';
import { decodeHex, encodeHex } from '../../../standards/bytes/hex';
import { ProductionError } from '../../../production/errors';
import type { CardConnection } from '../../../production/ports';
import { VirtualCard } from '../../../simulation/chip/virtual-card';
import { SeededRandom } from '../../../simulation/seeded-random';
import { type ServedCard, serveVirtualCard } from '../../../simulation/vpcd/serve-virtual-card';
import { PcscService } from '../pcsc-service';
import { holdSessions } from './hold-sessions';
import { measureHold } from './measure-hold';
import type { AgentCall, AgentReply, AgentRequest } from './agent-messages';

/**
 * A program that runs inside the sandbox, where pcscd is reached: it does with the adapter and
 * with virtual cards what the test outside says. It ends with its standard input, and by itself:
 * a service that kept it alive would show.
 */
const service = new PcscService({
  transmitTimeoutMs: Number(process.env['TRANSMIT_TIMEOUT_MS']),
  serviceTimeoutMs: Number(process.env['SERVICE_TIMEOUT_MS']),
});
const connections = new Map<number, CardConnection>();
const cards = new Map<number, { readonly card: VirtualCard; readonly served: ServedCard }>();
let handles = 0;

const orders = createInterface({ input: process.stdin });
orders.on('line', (line) => {
  const { id, call } = JSON.parse(line) as AgentRequest;
  void reply(id, call);
});
orders.on('close', () => {
  for (const { served } of cards.values()) void served.stop();
});

async function reply(id: number, call: AgentCall): Promise<void> {
  const answer: AgentReply = await run(call).then(
    (result) => ({ id, result }),
    (error: unknown) => {
      if (!(error instanceof ProductionError)) throw error;
      const { code, place, reasons } = error;
      return { id, failure: { code, place, reasons } };
    },
  );
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

async function run(call: AgentCall): Promise<unknown> {
  switch (call.do) {
    case 'list':
      return service.listReaders();
    case 'connect': {
      const connection = await service.reader(call.reader).connect(call);
      handles += 1;
      connections.set(handles, connection);
      return { handle: handles, atr: encodeHex(connection.atr) };
    }
    case 'transmit':
      return encodeHex(await connectionOf(call.handle).transmit(decodeHex(call.hex)));
    case 'reset':
      return connectionOf(call.handle).reset();
    case 'disconnect':
      return connectionOf(call.handle).disconnect();
    case 'sessions':
      return holdSessions(service.reader(call.reader), call.count);
    case 'measure':
      return measureHold();
    case 'close':
      return service.close();
    case 'insert': {
      const { kind, port, seed, faults, state } = call;
      const chip = { kind, random: new SeededRandom(seed), faults };
      const card = new VirtualCard({ ...chip, ...(state && { state }) });
      const served = await serveVirtualCard({ card, port });
      handles += 1;
      cards.set(handles, { card, served });
      return handles;
    }
    case 'pull':
      return cardOf(call.card).served.stop();
    case 'faults':
      cardOf(call.card).card.setFaults(call.faults);
      return undefined;
    case 'ended':
      return cardOf(call.card).served.ended;
  }
}

function connectionOf(handle: number): CardConnection {
  const connection = connections.get(handle);
  if (connection === undefined) throw new RangeError('there is no such connection');
  return connection;
}

function cardOf(handle: number) {
  const card = cards.get(handle);
  if (card === undefined) throw new RangeError('there is no such card');
  return card;
}
