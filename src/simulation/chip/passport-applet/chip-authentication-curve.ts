import { equalBytes } from '../../../standards/bytes/compare';
import { concatBytes } from '../../../standards/bytes/concat';
import { encodeUint } from '../../../standards/bytes/integer';
import { type CurveParameters, CURVES } from '../../../standards/crypto/curve-parameters';

/** Members of the key as PUT DATA loads them, without the private scalar. */
export type CurvePart = 'p' | 'a' | 'b' | 'g' | 'n';

/** The standardized curve whose domain parameters were loaded; the applet takes 256 bits only. */
export function loadedCurve(
  part: (name: CurvePart) => Uint8Array | undefined,
): CurveParameters | undefined {
  const curves: readonly CurveParameters[] = Object.values(CURVES);
  return curves.find(
    (curve) =>
      curve.fieldBytes === 32 &&
      Object.entries(encodeParts(curve)).every(([name, bytes]) =>
        equalBytes(part(name as CurvePart) ?? new Uint8Array(), bytes),
      ),
  );
}

function encodeParts(curve: CurveParameters): Readonly<Record<CurvePart, Uint8Array>> {
  const field = (value: bigint) => encodeUint(value, curve.fieldBytes);
  return {
    p: field(curve.p),
    a: field(curve.a),
    b: field(curve.b),
    g: concatBytes(Uint8Array.of(0x04), field(curve.gx), field(curve.gy)),
    n: encodeUint(curve.n, curve.orderBytes),
  };
}
