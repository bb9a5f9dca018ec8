import { encodeJp2 } from './encode-jp2';
import { withOpenJpeg } from './openjpeg';
import type { Pixels } from './pixels';

/** Room for the boxes around the code stream. */
const BOX_BYTES = 85;
const COMPONENTS = 3;

/** Steps by which the wish is lowered when the encoder went beyond it. */
const STEPS = [1, 0.99, 0.97, 0.94, 0.9, 0.8];
const SMALLEST_CODESTREAM_BYTES = 1_000;

/** A JP2 file and how it was found. */
export interface BestJpeg2000 {
  readonly bytes: Uint8Array;
  /** Bytes that the encoder was asked to keep to. */
  readonly wantedBytes: number;
  /** How often the picture was encoded until then. */
  readonly encodings: number;
}

/**
 * The JP2 file of the highest quality that has at most `maxBytes`, or undefined when none has. The
 * encoder itself spends the bytes that it is given where they help most.
 */
export async function findBestJpeg2000(
  pixels: Pixels,
  maxBytes: number,
): Promise<BestJpeg2000 | undefined> {
  const budget = maxBytes - BOX_BYTES;
  for (const [index, step] of STEPS.entries()) {
    if (budget * step < SMALLEST_CODESTREAM_BYTES) return undefined;
    const wantedBytes = Math.floor(budget * step);
    const codestream = await encodeCodestream(pixels, wantedBytes);
    const bytes = encodeJp2(codestream, pixels);
    if (bytes.length <= maxBytes) return { bytes, wantedBytes, encodings: index + 1 };
  }
  return undefined;
}

/** One code stream of about so many bytes. */
export function encodeCodestream(
  { rgb, widthPx: width, heightPx: height }: Pixels,
  wantedBytes: number,
): Promise<Uint8Array> {
  return withOpenJpeg(({ J2KEncoder }) => {
    const encoder = new J2KEncoder();
    try {
      const memory = encoder.getDecodedBuffer({
        ...{ width, height, bitsPerSample: 8, componentCount: COMPONENTS, isSigned: false },
        isUsingColorTransform: true,
      });
      memory.set(rgb);
      encoder.setQuality(false, 1);
      encoder.setCompressionRatio(0, Math.max(1, rgb.length / wantedBytes));
      encoder.encode();
      return Uint8Array.from(encoder.getEncodedBuffer());
    } finally {
      encoder.delete();
    }
  });
}
