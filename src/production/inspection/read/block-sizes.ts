import { type EfAtrInfo, parseEfAtrInfo } from '../../../standards/lds/ef-atr-info';
import { attempt, valueOf } from '../parsed';

/** Most bytes of plain data in one protected command and in one protected answer. */
export interface BlockSizes {
  readonly commandBytes: number;
  readonly answerBytes: number;
}

const STATUS_BYTES = 2;
/** Header, Lc and Le of an extended command. */
const COMMAND_FRAME_BYTES = 4 + 3 + 2;
/** DO 99 with the status word, or DO 97 with an extended Le, and DO 8E with the MAC. */
const TRAILER_BYTES = 4 + 10;
/** Tag and length of DO 87, and its padding indicator. */
const CRYPTOGRAM_FRAME_BYTES = 4 + 1;
/** DO 53 around what the odd READ BINARY gives. */
const ODD_FRAME_BYTES = 4;
const CIPHER_BLOCK_BYTES = 16;
const MAX_APDU_BYTES = 0x1_0000;
/** Below this an extended command carries less than a short one. */
const LEAST_WORTH_BYTES = 256;

/**
 * How much goes into one command where EF.ATR/INFO says that the chip takes extended length;
 * undefined where it does not [9303-10 §3.11.2].
 */
export function blockSizesOf(atrInfo: Uint8Array | undefined): BlockSizes | undefined {
  const info = atrInfo && valueOf(attempt(() => parseEfAtrInfo(atrInfo)));
  if (info === undefined || !offersExtendedLength(info)) return undefined;
  const { maxCommand, maxResponse } = info.extendedLength;
  const sizes = {
    commandBytes: plainBytes(maxCommand - COMMAND_FRAME_BYTES),
    answerBytes: plainBytes(maxResponse - STATUS_BYTES),
  };
  return Math.min(sizes.answerBytes, sizes.commandBytes) < LEAST_WORTH_BYTES ? undefined : sizes;
}

function offersExtendedLength(
  info: EfAtrInfo,
): info is EfAtrInfo & Required<Pick<EfAtrInfo, 'extendedLength'>> {
  return info.capabilities.extendedLength && info.extendedLength !== undefined;
}

/** Data that fits into so many bytes once it is padded, encrypted and protected. */
function plainBytes(protectedBytes: number): number {
  const room =
    Math.min(protectedBytes, MAX_APDU_BYTES) -
    TRAILER_BYTES -
    CRYPTOGRAM_FRAME_BYTES -
    ODD_FRAME_BYTES;
  // Padding adds at least one byte.
  return Math.floor(room / CIPHER_BLOCK_BYTES) * CIPHER_BLOCK_BYTES - 1;
}
