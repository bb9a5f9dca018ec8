import type { ChipKind } from '../../../simulation/chip/chip-kinds';
import type { ChipState } from '../../../simulation/chip/chip-state';
import type { Fault } from '../../../simulation/chip/fault-script';

/** What a test asks of its agent inside the sandbox; one JSON line each. */
export type AgentCall =
  | { readonly do: 'list' }
  | { readonly do: 'connect'; readonly reader: string; readonly timeoutMs: number }
  | { readonly do: 'transmit'; readonly handle: number; readonly hex: string }
  | { readonly do: 'reset' | 'disconnect'; readonly handle: number }
  | { readonly do: 'sessions'; readonly reader: string; readonly count: number }
  | { readonly do: 'measure' }
  | { readonly do: 'close' }
  | {
      readonly do: 'insert';
      readonly kind: ChipKind;
      readonly port: number;
      readonly seed: string;
      readonly faults: readonly Fault[];
      readonly state?: ChipState;
    }
  | { readonly do: 'pull'; readonly card: number }
  | { readonly do: 'faults'; readonly card: number; readonly faults: readonly Fault[] }
  | { readonly do: 'ended'; readonly card: number };

export interface AgentRequest {
  readonly id: number;
  readonly call: AgentCall;
}

export interface AgentReply {
  readonly id: number;
  readonly result?: unknown;
  readonly failure?: {
    readonly code: string;
    readonly place: string;
    readonly reasons: readonly string[];
  };
}
