import type { ChipKeyMaker } from '../../production/ports';

export type RsaKey = Awaited<ReturnType<ChipKeyMaker['makeRsa']>>;

/** RSA keys that wait for their cards; each comes out once. */
export interface RsaKeyStock {
  put(modulusBits: number, key: RsaKey): Promise<void>;
  /** A key that nobody else gets; undefined when none waits. */
  take(modulusBits: number): Promise<RsaKey | undefined>;
  count(modulusBits: number): Promise<number>;
  /** Keys that would be lost are overwritten. */
  close(): void;
}
