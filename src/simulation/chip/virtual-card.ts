import type { RandomSource } from '../../production/ports';
import { encodeResponse } from '../../standards/apdu/response';
import { CHIP_KINDS, type ChipKind } from './chip-kinds';
import type { Chip } from './chip';
import { type ChipIdentity, encodeAtr, makeChipIdentity } from './chip-identity';
import { type ChipState, encodeChipState, restoreMemory } from './chip-state';
import { type ChipTiming, exchangeMs } from './chip-timing';
import { type Fault, FaultScript } from './fault-script';
import { deliverDomain, type DomainDelivery } from './gp/domain-delivery';
import { falsifyKeySets } from './gp/key-sets';
import { NvMemory } from './nv-memory';
import { PowerLoss } from './power-loss';

/** What comes of one command sent to a card. */
export type CardAnswer =
  | { readonly kind: 'response'; readonly bytes: Uint8Array }
  /** The chip stays silent; a reader has to give up by itself. */
  | { readonly kind: 'mute' }
  /** The contact broke: the chip is without power or no longer in the reader. */
  | { readonly kind: 'lost' };

export interface VirtualCardOptions {
  readonly kind: ChipKind;
  readonly random: RandomSource;
  /** A chip that was made before; a new blank one without it. */
  readonly state?: ChipState;
  /** How a new chip with a security domain is delivered; as its kind usually is by default. */
  readonly delivery?: DomainDelivery;
  readonly faults?: readonly Fault[];
  /** How long the chip takes for what it does; without it nothing takes time. */
  readonly timing?: ChipTiming;
  /** Waits as long as the chip takes; without it time is only counted. */
  readonly sleep?: (delayMs: number) => Promise<void>;
}

/**
 * A card with a simulated chip, as a reader sees it. It answers whatever bytes are sent to it and
 * never throws; what it remembers without power is `state`.
 */
export class VirtualCard {
  readonly kind: ChipKind;
  readonly identity: ChipIdentity;
  readonly atr: Uint8Array;
  readonly #memory: NvMemory;
  readonly #chip: Chip;
  readonly #timing: ChipTiming | undefined;
  readonly #sleep: (delayMs: number) => Promise<void>;
  #faults: FaultScript;
  #powered = false;
  #apdus = 0;
  #busyMs = 0;

  constructor(options: VirtualCardOptions) {
    const { kind, random, state } = options;
    this.kind = kind;
    this.identity = state?.identity ?? makeChipIdentity(random);
    this.#memory = state === undefined ? new NvMemory() : restoreMemory(state);
    const row = CHIP_KINDS[kind];
    if (state === undefined && options.delivery !== undefined) {
      deliverDomain(this.#memory, options.delivery);
    }
    this.atr = encodeAtr({ extendedLength: row.extendedLength });
    this.#chip = row.make(this.identity, this.#memory, random);
    this.#faults = new FaultScript(requirePossible(kind, options.faults ?? []));
    this.#timing = options.timing;
    this.#sleep = options.sleep ?? (() => Promise.resolve());
  }

  get isPowered(): boolean {
    return this.#powered;
  }

  /** Commands that reached the chip since it was made. */
  get apduCount(): number {
    return this.#apdus;
  }

  /** How long the chip has been at work by its timing and its faults, waited for or not. */
  get busyMs(): number {
    return this.#busyMs;
  }

  /** Memory pages programmed since the chip was made or inserted. */
  get pagesProgrammed(): number {
    return this.#memory.pagesProgrammed;
  }

  /** Everything that survives without power, to be kept in a file and inserted again. */
  get state(): ChipState {
    return encodeChipState(this.kind, this.identity, this.#memory);
  }

  /**
   * From now on these faults happen, counted from the next command.
   *
   * @throws RangeError for wrong keys on a chip that has none.
   */
  setFaults(faults: readonly Fault[]): void {
    this.#faults = new FaultScript(requirePossible(this.kind, faults));
  }

  /** The answer to reset. */
  powerOn(): Uint8Array {
    this.#powered = true;
    this.#memory.disarmTear();
    this.#chip.reset();
    this.#faults.powerOn();
    return this.atr.slice();
  }

  reset(): Uint8Array {
    return this.powerOn();
  }

  powerOff(): void {
    this.#powered = false;
    this.#chip.reset();
  }

  async transmit(command: Uint8Array): Promise<CardAnswer> {
    if (!this.#powered) return { kind: 'lost' };
    this.#apdus += 1;
    const { mute, wrongKeys, sw, tearAfterPages, delayMs } = this.#faults.next();
    if (wrongKeys) falsifyKeySets(this.#memory);
    if (delayMs > 0) await this.#spend(delayMs);
    if (mute) return { kind: 'mute' };
    if (sw !== undefined) {
      return { kind: 'response', bytes: encodeResponse({ data: new Uint8Array(), sw }) };
    }
    if (tearAfterPages !== undefined) return this.#tearOff(command, tearAfterPages);
    const pagesBefore = this.#memory.pagesProgrammed;
    const bytes = this.#chip.process(command);
    if (this.#timing !== undefined) {
      await this.#spend(
        exchangeMs(this.#timing, {
          ins: command[1] ?? 0,
          commandBytes: command.length,
          responseBytes: bytes.length,
          pages: this.#memory.pagesProgrammed - pagesBefore,
        }),
      );
    }
    return { kind: 'response', bytes };
  }

  async #spend(durationMs: number): Promise<void> {
    this.#busyMs += durationMs;
    await this.#sleep(durationMs);
  }

  /** The power fails in this command, at the latest before its answer is out. */
  #tearOff(command: Uint8Array, pages: number): CardAnswer {
    this.#memory.armTear(pages);
    try {
      this.#chip.process(command);
    } catch (error) {
      if (!(error instanceof PowerLoss)) throw error;
    }
    this.powerOff();
    return { kind: 'lost' };
  }
}

function requirePossible(kind: ChipKind, faults: readonly Fault[]): readonly Fault[] {
  const needsKeys = faults.some((fault) => fault.kind === 'wrong-keys');
  if (needsKeys && !CHIP_KINDS[kind].securityDomain) throw new RangeError(`${kind} has no keys`);
  return faults;
}
