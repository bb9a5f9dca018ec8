import type { ManagedSigner } from '../../document/custody/signer-store';
import { describeForecast } from './describe-forecast';
import { forecastSigners } from './forecast-signers';
import { evenPlan, parseProductionPlan } from './production-plan';

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
    const forecast = forecastSigners([signer(1, first), signer(2)], { now, plan: evenPlan(100) });
    expect(forecast).toMatchObject({
      current: { number: 1, at: day(6), because: 'count' },
      next: { number: 2 },
      lastEnd: day(90),
      verdict: 'ready',
    });
    expect(describeForecast(forecast, evenPlan(100))).toEqual({
      vi: [
        'Với tốc độ này, DSC 1 kết thúc ngày 08/03/2026 (hết số chữ ký); khóa tiếp theo DSC 2 đã sẵn sàng',
        'Các khóa đã có dùng được đến ngày 31/05/2026',
        'Tạo khóa tiếp theo trước ngày 01/05/2026',
      ],
      en: [
        'at this rate DSC 1 ends on 8 March 2026 (by count); the next one, DSC 2, is ready',
        'the signers that there are last until 31 May 2026',
        'another signer is to be made by 1 May 2026',
      ],
    });
  });

  it('says that the next is missing, also when it is revoked or not valid by then', () => {
    const late = signer(3, {
      signer: { ...signer(3).signer, keyUse: { from: day(7), until: day(90) } },
    });
    for (const others of [[], [signer(2, { revokedAt: now })], [late]]) {
      const forecast = forecastSigners([signer(1, first), ...others], { now, plan: evenPlan(100) });
      expect(forecast).toMatchObject({ verdict: 'missing', lastEnd: day(6), due: true });
      const [ends, ...rest] = describeForecast(forecast, evenPlan(100)).en;
      expect(ends).toMatch(/the next one is missing$/);
      expect(rest.at(-1)).toContain('make another signer now');
    }
  });

  it.each([
    [{ inUseAt: day(-3), maxDays: 10 }, day(7), 'days'],
    [{ inUseAt: day(-3), maxDays: 365 }, day(90), 'key-period'],
    [{ inUseAt: day(-3), maxSignatures: 10 }, day(90), 'key-period'],
  ] as const)('ends %j at the nearest of its limits', (change, at, because) => {
    const forecast = forecastSigners([signer(1, change)], { now, plan: evenPlan(0) });
    expect(forecast.current).toEqual({ number: 1, at, because });
  });

  it('knows when there is none', () => {
    const used = signer(1, { maxSignatures: 5, reserved: 5, inUseAt: now });
    expect(forecastSigners([used], { now, plan: evenPlan(1) }).verdict).toBe('none');
    const none = forecastSigners([signer(1, { state: 'cut-over' })], { now });
    expect(none).toEqual({ due: true, verdict: 'none' });
    expect(describeForecast(none).vi[0]).toBe('Không có khóa ký nào sẵn sàng');
  });

  it('says without a plan when time alone ends a signer', () => {
    const forecast = forecastSigners([signer(1, first), signer(2)], { now });
    expect(forecast.current).toEqual({ number: 1, at: day(90), because: 'key-period' });
    expect(describeForecast(forecast).en[0]).toMatch(/^without a production plan DSC 1 ends on 31/);
  });

  it('ends at the nearer of count and time, whichever the plan makes it', () => {
    const both = signer(1, { ...first, maxDays: 5 });
    const reasonAt = (perDay: number) =>
      forecastSigners([both], { now, plan: evenPlan(perDay) }).current;
    expect(reasonAt(100)).toEqual({ number: 1, at: day(5), because: 'days' });
    expect(reasonAt(200)).toEqual({ number: 1, at: day(3), because: 'count' });
  });

  it('takes those that may not sign yet when they may, and says when that leaves a gap', () => {
    const begins = (number: number, from: number, until: number) =>
      signer(number, {
        signer: { ...signer(number).signer, keyUse: { from: day(from), until: day(until) } },
      });
    const inTurn = forecastSigners([signer(1, first), begins(2, 40, 130), signer(3)], {
      ...{ now, plan: evenPlan(100) },
    });
    expect(inTurn).toMatchObject({ next: { number: 3 }, lastEnd: day(130), verdict: 'ready' });
    const gap = forecastSigners([signer(1, first), begins(2, 7, 90)], {
      ...{ now, plan: evenPlan(100) },
    });
    expect(gap).toMatchObject({ verdict: 'missing', late: { number: 2, from: day(7) } });
    expect(describeForecast(gap).en).toContain('DSC 2 may sign from 9 March 2026 only');
  });

  it('warns so long ahead as it is told, though the next is ready', () => {
    const signers = [signer(1, first), signer(2)];
    const dueWith = (leadDays: number) =>
      forecastSigners(signers, { now, leadDays, plan: evenPlan(100) }).due;
    expect([dueWith(30), dueWith(89), dueWith(90)]).toEqual([false, false, true]);
  });
});

describe('a plan of production', () => {
  const plan = (text: string) => parseProductionPlan(text, 'plan.yaml');

  it('rests on holidays and off days, and works through campaigns', () => {
    // 2 March 2026 is a Monday; 600 signatures are left.
    const workingDays = 'workingDays: [mon, tue, wed, thu, fri]';
    const at = (text: string): Date | undefined =>
      forecastSigners([signer(1, first)], { now, plan: plan(text) }).current?.at;
    expect(at(`perDay: 100\n${workingDays}`)).toEqual(day(8));
    expect(at(`perDay: 100\n${workingDays}\nholidays: ['2026-03-03', '2026-03-04']`)).toEqual(
      day(10),
    );
    const campaign = "campaigns: [{ first: '2026-03-07', last: '2026-03-08', perDay: 400 }]";
    expect(at(`perDay: 100\n${workingDays}\n${campaign}`)).toEqual(day(5.25));
    // Local midnight of 3 March is 17:00 of 2 March in UTC.
    expect(
      at(
        "perDay: 0\nutcOffset: '+07:00'\ncampaigns: [{ first: '2026-03-03', last: '2026-03-03', perDay: 1200 }]",
      ),
    ).toEqual(new Date(day(1).getTime() - 7 * 3_600_000 + 43_200_000));
  });

  it.each([
    ['perDay: many', /plan\.yaml:1/],
    ["perDay: 1\nholidays: ['2026-02-30']", /plan\.yaml:2.*2026-02-30/],
    ["perDay: 1\nholiday: ['2026-02-03']", /holiday/],
    ["perDay: 1\ncampaigns: [{ first: '2026-03-03', last: '2026-03-01', perDay: 2 }]", /after/],
    [
      "perDay: 1\ncampaigns:\n  - { first: '2026-03-01', last: '2026-03-05', perDay: 2 }\n  - { first: '2026-03-05', last: '2026-03-06', perDay: 2 }",
      /plan\.yaml:4.*another campaign/,
    ],
  ])('is read strictly: %s', (text, words) => {
    expect(() => plan(text)).toThrow(
      expect.objectContaining({
        code: 'INPUT_MALFORMED',
        reasons: [expect.stringMatching(words)],
      }) as Error,
    );
  });
});
