import type { Dice } from '../dice';

const MARKS = ['Nốt ruồi', 'Sẹo chấm', 'Sẹo lồi', 'Tàn nhang'] as const;
const DIRECTIONS = ['dưới', 'trên', 'sau', 'trước'] as const;
const POINTS = ['mép', 'đuôi mày', 'đuôi mắt', 'cánh mũi', 'đầu mày'] as const;
const SIDES = ['phải', 'trái'] as const;

/** `Nốt ruồi cách 1,5 cm dưới mép phải`: a mark, how far, in which direction, from what. */
export function inventIdentifyingFeature(dice: Dice): string {
  if (dice.chance(0.05)) return 'Không có dấu vết riêng';
  const halves = dice.integer(1, 8);
  const distance = halves % 2 === 0 ? `${halves / 2}` : `${(halves - 1) / 2},5`;
  const place = `${dice.pick(DIRECTIONS)} ${dice.pick(POINTS)} ${dice.pick(SIDES)}`;
  return `${dice.pick(MARKS)} cách ${distance} cm ${place}`;
}
