/** What is used of a reader object of pcsclite. */
export interface NativeReader {
  readonly name: string;
  /** Set by the library, and not taken back when disconnecting fails. */
  connected: boolean;
  readonly SCARD_SHARE_EXCLUSIVE: number;
  readonly SCARD_PROTOCOL_T0: number;
  readonly SCARD_PROTOCOL_T1: number;
  readonly SCARD_STATE_PRESENT: number;
  readonly SCARD_STATE_MUTE: number;
  readonly SCARD_RESET_CARD: number;
  on(event: 'error', listener: (error: unknown) => void): unknown;
  on(event: 'end', listener: () => void): unknown;
  on(
    event: 'status',
    listener: (status: { readonly state: number; readonly atr?: Buffer }) => void,
  ): unknown;
  connect(
    options: { readonly share_mode: number; readonly protocol: number },
    done: (error: unknown, protocol: number) => void,
  ): void;
  disconnect(disposition: number, done: (error: unknown) => void): void;
  transmit(
    command: Buffer,
    maxResponseBytes: number,
    protocol: number,
    done: (error: unknown, response: Buffer) => void,
  ): void;
}

export function connectNative(native: NativeReader): Promise<number> {
  const options = {
    share_mode: native.SCARD_SHARE_EXCLUSIVE,
    protocol: native.SCARD_PROTOCOL_T0 | native.SCARD_PROTOCOL_T1,
  };
  return settle((done) => native.connect(options, done));
}

export function disconnectNative(native: NativeReader): Promise<void> {
  return settle((done) => native.disconnect(native.SCARD_RESET_CARD, (error) => done(error)));
}

export function transmitNative(
  native: NativeReader,
  exchange: {
    readonly command: Uint8Array;
    readonly protocol: number;
    readonly maxResponseBytes: number;
  },
): Promise<Buffer> {
  const { command, maxResponseBytes, protocol } = exchange;
  return settle((done) => native.transmit(Buffer.from(command), maxResponseBytes, protocol, done));
}

/** A promise for a Node callback; the library calls it with null or undefined when all is well. */
function settle<T>(start: (done: (error: unknown, value?: T) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    start((error, value) => {
      if (error === null || error === undefined) resolve(value as T);
      else reject(error instanceof Error ? error : new Error('PC/SC failed'));
    });
  });
}
