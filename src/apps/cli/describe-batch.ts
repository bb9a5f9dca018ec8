import type { CardState } from '../../production/document/life-cycle';
import type { BatchReport, BatchSummary } from '../../production/document/line-store';
import { describeWarnings, type Language } from '../warning-lines';

const WORDS = {
  vi: {
    ...{ lot: 'lô', products: 'loại giấy tờ', cards: 'thẻ', attempts: 'lần thực hiện' },
    ...{ good: 'đạt', spoiled: 'hỏng', open: 'chưa xong' },
  },
  en: {
    ...{ lot: 'lot', products: 'products', cards: 'cards', attempts: 'attempts' },
    ...{ good: 'good', spoiled: 'spoiled', open: 'open' },
  },
} as const;

const VIETNAMESE_STATES: Readonly<Record<CardState, string>> = {
  received: 'đã nhận',
  'in-vault': 'trong kho',
  issued: 'đã xuất kho',
  good: 'đạt',
  spoiled: 'hỏng',
  destroyed: 'đã hủy',
  dispatched: 'đã gửi',
};

/** What became of one lot, a line each for products, cards, attempts and warnings. */
export function describeBatch(batch: BatchReport, language: Language): readonly string[] {
  const words = WORDS[language];
  const { good, spoiled, open } = batch.attempts;
  return [
    `${words.lot} ${batch.lot}, ${batch.chip}`,
    ...(batch.products.length === 0 ? [] : [`${words.products}: ${batch.products.join(', ')}`]),
    `${words.cards}: ${countCards(batch, language)}`,
    `${words.attempts}: ${good} ${words.good}, ${spoiled} ${words.spoiled}, ${open} ${words.open}`,
    ...describeWarnings(batch.warnings, language),
  ];
}

/** Cards by state; states without a card are left out. */
export function countCards({ cards }: BatchSummary, language: Language): string {
  const counted = (Object.keys(VIETNAMESE_STATES) as CardState[]).filter(
    (state) => cards[state] > 0,
  );
  return counted
    .map((state) => `${cards[state]} ${language === 'vi' ? VIETNAMESE_STATES[state] : state}`)
    .join(', ');
}
