import { ProductionError } from '../../production/errors';
import { identifyChip } from '../../production/encoding/identify-chip';
import type { LineStore } from '../../production/document/line-store';
import { isChipKind } from '../../simulation/chip/chip-kinds';
import { VirtualCard } from '../../simulation/chip/virtual-card';
import { VirtualReader } from '../../simulation/chip/virtual-reader';
import { systemRandom } from '../system';

export interface MagazineOrder {
  readonly station: string;
  readonly chip: string;
  readonly count: number;
  /** Index of the card whose chip dies in mid-write. */
  readonly dying: number | undefined;
}

/** In the middle of writing the portrait. */
const DEATH_AT_APDU = 60;
/** All blanks of the demo are of one lot. */
export const DEMO_LOT = 'demo-lot-1';

/** A reader that takes the next blank from a magazine, all of them entered into stock before. */
export class DemoMagazine {
  readonly reader: VirtualReader;

  private constructor(blanks: readonly VirtualCard[]) {
    const waiting = [...blanks];
    this.reader = new VirtualReader('demo reader', () => waiting.shift());
  }

  /** Reads every blank's serial, receives it, and issues it to the station. */
  static async fill(store: LineStore, order: MagazineOrder): Promise<DemoMagazine> {
    const { chip, count, dying, station } = order;
    if (!isChipKind(chip)) throw new ProductionError('PROFILE_UNKNOWN', `chip "${chip}"`);
    const blanks = Array.from(
      { length: count },
      () => new VirtualCard({ kind: chip, random: systemRandom }),
    );
    const chipSerials = await Promise.all(blanks.map(readSerial));
    const movement = { chipSerials, by: 'demo' };
    await store.receiveCards({ ...movement, lot: DEMO_LOT, chip });
    await store.storeCards(movement);
    await store.issueCards({ ...movement, station });
    if (dying !== undefined) {
      blanks[dying]?.setFaults([
        { kind: 'tear-off', atApdu: DEATH_AT_APDU },
        { kind: 'mute', atApdu: DEATH_AT_APDU + 1, forever: true },
      ]);
    }
    return new DemoMagazine(blanks);
  }

  /** Out of the reader, onto the good pile or among the rejects. */
  eject(): void {
    this.reader.remove();
  }
}

async function readSerial(card: VirtualCard): Promise<string> {
  const desk = new VirtualReader('goods-in');
  desk.insert(card);
  const connection = await desk.connect({ timeoutMs: 0 });
  const { serial } = await identifyChip(connection);
  await connection.disconnect();
  desk.remove();
  return serial;
}
