import type { FaceTypesetter } from '../../ports';

/** A typesetter whose characters are all half as wide as they are tall, and whose QR has 21 rows. */
export const squareType: FaceTypesetter = {
  widthMm: (text, _font, sizePt) => (Array.from(text).length * sizePt * 0.5 * 25.4) / 72,
  canPrint: (text) => !text.includes('中'),
  qrSymbol: (text) => {
    const size = 21 + 4 * Math.floor(text.length / 40);
    return { size, modules: new Uint8Array(size * size).fill(1) };
  },
};
