import type { ManagedSigner } from '../../document/custody/signer-store';
import { describeForecast, forecastSigners } from './forecast-signers';

const now = new Date('2026-03-02T00:00:00Z');
const day = (count: number): Date => new Date(now.getTime() + count * 86_400_000);

function signer(number: number, change: Partial<ManagedSigner> = {}): ManagedSigner {
  const bytes = new Uint8Array();
  return {
    ...{ number, state: number === 1 ? 'in-use' : 'waiting', reserved: 0, addedAt: now },
    signer: {
      ...{ keyLabel: `dsc-${number}`, algorithm: 'x', certificate: bytes, csca: bytes },
      ...{ keyUse: { from: now, until: day(90) }, validity: { from: now, until: day(3700) } },
    },
    ...change,
  };
}

const first = { maxSignatures: 1000, reserved: 400, inUseAt: now } as const;

describe('forecastSigners', () => {
  it('says when the signer in use ends by count, and that the next is ready', () => {
    const forecast = forecastSigners([signer(1, first), signer(2)], { now, perDay: 100 });
    expect(forecast).toMatchObject({
      current: { number: 1, at: day(6), because: 'count' },
      next: { number: 2 },
      lastEnd: day(90),
      verdict: 'ready',
    });
    expect(describeForecast(forecast).en).toBe(
      'at this rate DSC 1 ends on 2026-03-08 (count); the next one, DSC 2, is ready',
    );
  });

  it('says that the next is missing, also when it is revoked or not valid by then', () => {
    const late = signer(3, {
      signer: { ...signer(3).signer, keyUse: { from: day(7), until: day(90) } },
    });
    for (const others of [[], [signer(2, { revokedAt: now })], [late]]) {
      const forecast = forecastSigners([signer(1, first), ...others], { now, perDay: 100 });
      expect(forecast).toMatchObject({ verdict: 'missing', lastEnd: day(6) });
      expect(describeForecast(forecast).en).toContain('the next one is missing');
    }
  });

  it.each([
    [{ inUseAt: day(-3), maxDays: 10 }, day(7), 'days'],
    [{ inUseAt: day(-3), maxDays: 365 }, day(90), 'key-period'],
    [{ inUseAt: day(-3), maxSignatures: 10 }, day(90), 'key-period'],
  ] as const)('ends %j at the nearest of its limits', (change, at, because) => {
    const forecast = forecastSigners([signer(1, change)], { now, perDay: 0 });
    expect(forecast.current).toEqual({ number: 1, at, because });
  });

  it('knows when there is none', () => {
    const used = signer(1, { maxSignatures: 5, reserved: 5, inUseAt: now });
    expect(forecastSigners([used], { now, perDay: 1 }).verdict).toBe('none');
    expect(forecastSigners([signer(1, { state: 'cut-over' })], { now, perDay: 1 })).toEqual({
      verdict: 'none',
    });
  });
});
