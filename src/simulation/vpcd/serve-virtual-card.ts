import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { ProductionError } from '../../production/errors';
import type { VirtualCard } from '../chip/virtual-card';
import { encodeVpcdFrame, VPCD_CONTROL, VpcdFrameReader } from './vpcd-frames';

export interface ServeOptions {
  readonly card: VirtualCard;
  readonly port: number;
  readonly host?: string;
  /** Takes the card out of the reader. */
  readonly signal?: AbortSignal;
  /** How long to look for the driver, at first and after it went away. */
  readonly connectTimeoutMs?: number;
}

/** Why a card no longer lies in the reader. */
export type ServeEnd = 'stopped' | 'card-lost' | 'driver-gone';

export interface ServedCard {
  /** Settles when the driver first spoke to the card: a slot that has one takes no second. */
  readonly noticed: Promise<void>;
  /** Settles when the card is out of the reader for good. */
  readonly ended: Promise<ServeEnd>;
  /** Takes the card out of the reader. */
  stop(): Promise<void>;
}

const CONNECT_TIMEOUT_MS = 10_000;
const RETRY_MS = 50;

/**
 * Lays a virtual card into the vpcd reader of a running pcscd: connects to the driver's port and
 * answers what the reader sends. When pcscd starts anew the card is laid in again.
 *
 * @returns once the driver has accepted the connection
 * @throws ProductionError `READER_UNAVAILABLE` when nothing listens on the port in time.
 */
export async function serveVirtualCard(options: ServeOptions): Promise<ServedCard> {
  const { card, host = '127.0.0.1', port, connectTimeoutMs = CONNECT_TIMEOUT_MS } = options;
  const stopper = new AbortController();
  const { signal } = stopper;
  const stopFromOutside = () => stopper.abort();
  options.signal?.addEventListener('abort', stopFromOutside, { once: true });
  if (options.signal?.aborted === true) stopper.abort();

  const find = () => connectInTime({ host, port, timeoutMs: connectTimeoutMs, signal });
  const first = await find();
  if (first === undefined && !signal.aborted) {
    throw new ProductionError('READER_UNAVAILABLE', `${host}:${port}`, [
      'no vpcd driver listens there; is pcscd running with vsmartcard-vpcd?',
    ]);
  }
  const { promise: noticed, resolve: onNotice } = withResolvers();
  const ended = (async (): Promise<ServeEnd> => {
    try {
      for (let socket = first; socket !== undefined; socket = await find()) {
        socket.once('data', onNotice);
        if ((await answerDriver(card, socket, signal)) === 'card-lost') return 'card-lost';
      }
      return signal.aborted ? 'stopped' : 'driver-gone';
    } finally {
      card.powerOff();
      options.signal?.removeEventListener('abort', stopFromOutside);
    }
  })();
  return {
    noticed,
    ended,
    stop: async () => {
      stopper.abort();
      await ended;
    },
  };
}

function withResolvers() {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((settle) => (resolve = settle));
  return { promise, resolve };
}

interface ConnectWish {
  readonly host: string;
  readonly port: number;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** Tries again until something listens; undefined when the time is over or somebody stopped. */
async function connectInTime(wish: ConnectWish): Promise<Socket | undefined> {
  const attempts = Math.max(1, Math.ceil(wish.timeoutMs / RETRY_MS));
  for (let attempt = 0; attempt < attempts && !wish.signal.aborted; attempt++) {
    const socket = await tryConnect(wish);
    if (socket !== undefined) return socket;
    await delay(RETRY_MS, undefined, { signal: wish.signal }).catch(() => undefined);
  }
  return undefined;
}

function tryConnect({ host, port }: ConnectWish): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, noDelay: true });
    const fail = () => {
      socket.destroy();
      resolve(undefined);
    };
    socket.once('error', fail);
    socket.once('connect', () => {
      socket.off('error', fail);
      resolve(socket);
    });
  });
}

/** Answers one connection of the driver until it ends; a chip that lost its power leaves. */
function answerDriver(
  card: VirtualCard,
  socket: Socket,
  signal: AbortSignal,
): Promise<'card-lost' | 'closed'> {
  return new Promise((resolve) => {
    const frames = new VpcdFrameReader();
    let outcome: 'card-lost' | 'closed' = 'closed';
    let turn: Promise<void> = Promise.resolve();
    const leave = () => socket.destroy();
    const answer = async (frame: Uint8Array): Promise<void> => {
      const bytes = await answerFrame(card, frame);
      if (bytes === 'lost') {
        outcome = 'card-lost';
        leave();
      } else if (bytes !== undefined && !socket.destroyed) {
        socket.write(encodeVpcdFrame(bytes));
      }
    };
    signal.addEventListener('abort', leave, { once: true });
    if (signal.aborted) leave();
    socket.on('data', (chunk: Buffer) => {
      for (const frame of frames.push(chunk)) turn = turn.then(() => answer(frame));
    });
    // A broken connection ends as an orderly one does.
    socket.on('error', leave);
    socket.on('close', () => {
      signal.removeEventListener('abort', leave);
      void turn.finally(() => {
        card.powerOff();
        resolve(outcome);
      });
    });
  });
}

async function answerFrame(
  card: VirtualCard,
  frame: Uint8Array,
): Promise<Uint8Array | 'lost' | undefined> {
  if (frame.length === 1) {
    if (frame[0] === VPCD_CONTROL.powerOff) card.powerOff();
    if (frame[0] === VPCD_CONTROL.powerOn) card.powerOn();
    if (frame[0] === VPCD_CONTROL.reset) card.reset();
    return frame[0] === VPCD_CONTROL.askAtr ? card.atr : undefined;
  }
  const answer = await card.transmit(frame);
  if (answer.kind === 'response') return answer.bytes;
  return answer.kind === 'lost' ? 'lost' : undefined;
}
