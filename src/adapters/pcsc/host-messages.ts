import type { ErrorCode } from '../../production/errors';

/** What the service asks of its PC/SC process, one call after the other or several at once. */
export type HostCall =
  | { readonly call: 'list' }
  | { readonly call: 'connect'; readonly reader: string; readonly timeoutMs: number }
  | {
      readonly call: 'transmit';
      readonly reader: string;
      readonly cardId: string;
      readonly command: Uint8Array;
    }
  | {
      readonly call: 'reset' | 'disconnect';
      readonly reader: string;
      readonly cardId: string;
    };

export interface HostRequest {
  readonly id: number;
  readonly call: HostCall;
}

export interface ConnectedCard {
  /** Tells this connection from every other, also of a process that is no more. */
  readonly cardId: string;
  readonly atr: Uint8Array;
}

/** What each call answers. */
export interface HostResults {
  readonly list: readonly string[];
  readonly connect: ConnectedCard;
  readonly transmit: Uint8Array;
  readonly reset: undefined;
  readonly disconnect: undefined;
}

export interface HostFailure {
  readonly code: ErrorCode;
  readonly place: string;
  readonly reasons: readonly string[];
}

export type HostAnswer =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly failure: HostFailure };
