import { raw } from 'bwip-js/node';
import type { QrErrorCorrection, QrSymbol } from '../../production/document/card-face';

/** What bwip-js's `raw` returns for a symbol of square modules. */
interface MatrixSymbol {
  readonly pixs: ArrayLike<number>;
  readonly pixx: number;
  readonly pixy: number;
}

/** ECI designator of UTF-8 in the notation of bwip-js [AIM ECI, ISO 18004 §6.4.2]. */
const ECI_UTF_8 = '^ECI000026';

/**
 * The smallest QR symbol [ISO 18004] of a text's UTF-8 bytes in byte mode. The symbol says
 * that it is UTF-8: readers that have to guess take short Vietnamese texts for Chinese.
 */
export function encodeQrSymbol(text: string, errorCorrection: QrErrorCorrection): QrSymbol {
  const bytes = new TextEncoder().encode(text.replaceAll('^', '^^'));
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  const options = `eclevel=${errorCorrection} parsefnc binarytext`;
  const symbols = raw('qrcode', ECI_UTF_8 + binary, options);
  const [symbol] = symbols as readonly MatrixSymbol[];
  if (symbol === undefined || symbol.pixx !== symbol.pixy) {
    throw new Error('bwip-js returned no square symbol');
  }
  return { size: symbol.pixx, modules: Uint8Array.from(symbol.pixs) };
}
