import type { CommandApdu } from '../../standards/apdu/command';
import type { ResponseApdu } from '../../standards/apdu/response';

/** An application on a chip, selected by its identifier. */
export interface Application {
  readonly aid: Uint8Array;
  /** Whether it takes commands with extended length; otherwise they answer 6700. */
  readonly extendedLength: boolean;
  /** Whether it can be selected now; without it always. */
  isSelectable?(): boolean;
  /** What SELECT by AID answers. */
  select(): ResponseApdu;
  /** Another application was selected. */
  deselect(): void;
  process(command: CommandApdu): ResponseApdu;
  /** True inside a session that lets no other application be selected. */
  holdsSession(): boolean;
  /** The chip was powered off or reset: sessions and selections are gone. */
  reset(): void;
}
