import { PcscService } from '../../adapters/pcsc/pcsc-service';
import { ProductionError } from '../../production/errors';
import type { CardReader } from '../../production/ports';

/** The PC/SC readers of this machine. */
export interface Readers {
  list(): Promise<readonly string[]>;
  /**
   * The reader with this name, or the only one whose name contains it.
   *
   * @throws ProductionError `READER_NONE` naming those that there are.
   */
  find(name: string): Promise<CardReader>;
  close(): Promise<void>;
}

export function openReaders(): Readers {
  const service = new PcscService();
  return {
    list: () => service.listReaders(),
    async find(name) {
      const names = await service.listReaders();
      const fitting = names.includes(name)
        ? [name]
        : names.filter((one) => one.toLowerCase().includes(name.toLowerCase()));
      const [only] = fitting;
      if (only !== undefined && fitting.length === 1) return service.reader(only);
      const there = names.length === 0 ? 'there are none' : `there are: ${names.join(', ')}`;
      const what = fitting.length > 1 ? `"${name}" names several readers` : `no reader "${name}"`;
      throw new ProductionError('READER_NONE', what, [there]);
    },
    close: () => service.close(),
  };
}
