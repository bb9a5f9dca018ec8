import type { EndReason, SignerForecast } from './forecast-signers';
import { offsetMs, type ProductionPlan } from './production-plan';

export interface ForecastText {
  readonly vi: readonly string[];
  readonly en: readonly string[];
}

const REASONS = {
  count: { vi: 'hết số chữ ký', en: 'by count' },
  days: { vi: 'hết số ngày dùng', en: 'by days of use' },
  'key-period': { vi: 'hết thời hạn dùng khóa riêng', en: 'by its key period' },
  validity: { vi: 'chứng thư hết hạn', en: 'by its validity' },
} as const satisfies Record<EndReason, { vi: string; en: string }>;

const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September'],
  ...['October', 'November', 'December'],
];

/** The forecast in sentences of both languages, its days by the clock of the plan. */
export function describeForecast(forecast: SignerForecast, plan?: ProductionPlan): ForecastText {
  const day = (at: Date): { vi: string; en: string } => spell(at, plan);
  const { current, lastEnd, addBy, due, verdict } = forecast;
  const late = forecast.late && { ...forecast.late, day: day(forecast.late.from) };
  const lateVi = late && `DSC ${late.number} chỉ ký được từ ngày ${late.day.vi}`;
  const lateEn = late && `DSC ${late.number} may sign from ${late.day.en} only`;
  if (current === undefined || lastEnd === undefined || addBy === undefined) {
    return {
      vi: ['Không có khóa ký nào sẵn sàng', ...(lateVi ? [lateVi] : []), MAKE_NOW.vi],
      en: ['no document signer is ready', ...(lateEn ? [lateEn] : []), MAKE_NOW.en],
    };
  }
  const [end, reason] = [day(current.at), REASONS[current.because]];
  const [rateVi, rateEn] = plan
    ? ['Với tốc độ này', 'at this rate']
    : ['Không có kế hoạch sản xuất', 'without a production plan'];
  const next = nextOf(forecast);
  const [last, by] = [day(lastEnd), day(addBy)];
  return {
    vi: [
      `${rateVi}, DSC ${current.number} kết thúc ngày ${end.vi} (${reason.vi}); ${next.vi}`,
      ...(lateVi ? [lateVi] : []),
      ...(verdict === 'ready' ? [`Các khóa đã có dùng được đến ngày ${last.vi}`] : []),
      due ? MAKE_NOW.vi : `Tạo khóa tiếp theo trước ngày ${by.vi}`,
    ],
    en: [
      `${rateEn} DSC ${current.number} ends on ${end.en} (${reason.en}); ${next.en}`,
      ...(lateEn ? [lateEn] : []),
      ...(verdict === 'ready' ? [`the signers that there are last until ${last.en}`] : []),
      due ? MAKE_NOW.en : `another signer is to be made by ${by.en}`,
    ],
  };
}

const MAKE_NOW = {
  vi: 'Tạo thêm khóa ký ngay bây giờ: `persoline key rotate`',
  en: 'make another signer now: `persoline key rotate`',
};

function nextOf({ next }: SignerForecast): { readonly vi: string; readonly en: string } {
  if (next === undefined) return { vi: 'chưa có khóa tiếp theo', en: 'the next one is missing' };
  const name = `DSC ${next.number}`;
  return { vi: `khóa tiếp theo ${name} đã sẵn sàng`, en: `the next one, ${name}, is ready` };
}

/** 03/03/2026 and 3 March 2026. */
function spell(at: Date, plan: ProductionPlan | undefined): { vi: string; en: string } {
  const local = new Date(at.getTime() + (plan ? offsetMs(plan) : 0));
  const [year = '', month = '', date = ''] = local.toISOString().slice(0, 10).split('-');
  return {
    vi: `${date}/${month}/${year}`,
    en: `${Number(date)} ${MONTHS[Number(month) - 1] ?? ''} ${year}`,
  };
}
