import { raw } from 'bwip-js/node';
import type { QrErrorCorrection, QrSymbol } from '../../production/document/card-face';

/** What bwip-js's `raw` returns for a symbol of square modules. */
interface MatrixSymbol {
  readonly pixs: ArrayLike<number>;
  readonly pixx: number;
  readonly pixy: number;
}

/**
 * The smallest QR symbol [ISO/IEC 18004] of a text's UTF-8 bytes in byte mode. Fields on a card
 * carry no ECI designator: the readers in use assume UTF-8.
 */
export function encodeQrSymbol(text: string, errorCorrection: QrErrorCorrection): QrSymbol {
  // bwip-js encodes text as UTF-8 and stays in byte mode where fields of letters and digits mix.
  const symbols = raw('qrcode', text, `eclevel=${errorCorrection}`);
  const [symbol] = symbols as readonly MatrixSymbol[];
  if (symbol === undefined || symbol.pixx !== symbol.pixy) {
    throw new Error('bwip-js returned no square symbol');
  }
  return { size: symbol.pixx, modules: Uint8Array.from(symbol.pixs) };
}
