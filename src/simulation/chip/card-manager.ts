import type { CommandApdu } from '../../standards/apdu/command';
import type { ResponseApdu } from '../../standards/apdu/response';
import { SW } from '../../standards/apdu/status-words';
import { decodeHex } from '../../standards/bytes/hex';
import { encodeTlv } from '../../standards/tlv/tlv';
import type { Application } from './application';
import { type ChipIdentity, encodeCplc } from './chip-identity';

export const CARD_MANAGER_AID = decodeHex('A000000151000000');

const CPLC_TAG = 0x9f7f;
const NO_DATA = new Uint8Array();

/**
 * What a chip answers before an application is selected: it names itself and tells its life cycle
 * data, and nothing else [GPC-C §9.3, §9.9].
 */
export class CardManager implements Application {
  readonly aid = CARD_MANAGER_AID;
  readonly extendedLength = false;

  constructor(private readonly identity: ChipIdentity) {}

  reset(): void {
    // It keeps nothing.
  }

  holdsSession(): boolean {
    return false;
  }

  select(): ResponseApdu {
    const proprietary = encodeTlv(0xa5, encodeTlv(0x9f65, Uint8Array.of(0xff)));
    return { data: encodeTlv(0x6f, encodeTlv(0x84, this.aid), proprietary), sw: SW.ok };
  }

  deselect(): void {
    // It keeps nothing.
  }

  process(command: CommandApdu): ResponseApdu {
    if (command.ins !== 0xca) return { data: NO_DATA, sw: SW.instructionNotSupported };
    const tag = command.p1 * 0x100 + command.p2;
    if (tag !== CPLC_TAG) return { data: NO_DATA, sw: SW.referenceDataNotFound };
    return { data: encodeCplc(this.identity), sw: SW.ok };
  }
}
