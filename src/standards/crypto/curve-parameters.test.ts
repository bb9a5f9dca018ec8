import { createECDH } from 'node:crypto';
import { encodeUint } from '../bytes/integer';
import {
  CURVE_NAMES,
  CURVES,
  findCurveByName,
  findCurveByOid,
  findCurveByPaceParameterId,
  findCurveByParameters,
} from './curve-parameters';

describe.each(CURVE_NAMES)('%s', (name) => {
  const curve = CURVES[name];

  it('has its base point on the curve', () => {
    const { p, a, b, gx, gy } = curve;
    expect((gx ** 3n + a * gx + b - gy ** 2n) % p).toBe(0n);
  });

  it('has the base point and order that OpenSSL knows', () => {
    const ecdh = createECDH(curve.opensslName);
    ecdh.setPrivateKey(Buffer.from(encodeUint(1n, curve.orderBytes)));
    const point = ecdh.getPublicKey();
    expect(point.subarray(1, 1 + curve.fieldBytes)).toEqual(
      Buffer.from(encodeUint(curve.gx, curve.fieldBytes)),
    );
    ecdh.setPrivateKey(Buffer.from(encodeUint(curve.n - 1n, curve.orderBytes)));
    expect(ecdh.getPublicKey().subarray(1 + curve.fieldBytes)).toEqual(
      Buffer.from(encodeUint(curve.p - curve.gy, curve.fieldBytes)),
    );
  });

  it('is found by each of its names', () => {
    expect(findCurveByName(name)).toBe(curve);
    expect(findCurveByOid(curve.oid)).toBe(curve);
    expect(findCurveByPaceParameterId(curve.paceParameterId)).toBe(curve);
    expect(findCurveByParameters({ ...curve })).toBe(curve);
  });
});

it('finds nothing for a curve that is not in the table', () => {
  expect(findCurveByName('secp256k1')).toBeUndefined();
  expect(findCurveByName('toString')).toBeUndefined();
  expect(findCurveByOid('1.3.132.0.10')).toBeUndefined();
  expect(findCurveByPaceParameterId(3)).toBeUndefined();
  expect(findCurveByParameters({ ...CURVES['P-256'], b: 7n })).toBeUndefined();
});
