import { ProductionError } from '../../production/errors';
import { decodeHex } from '../../standards/bytes/hex';

/** A check value as it stands on paper, `8BAF47` or `8B AF 47`. @throws ProductionError `USAGE` */
export function parseKcv(text: string): Uint8Array {
  const hex = text.replaceAll(/\s/g, '');
  if (/^[0-9A-Fa-f]{6}$/.test(hex)) return decodeHex(hex);
  throw new ProductionError('USAGE', 'check value', ['it is six hexadecimal digits']);
}
