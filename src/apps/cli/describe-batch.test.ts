import { describeBatch } from './describe-batch';

const cards = { received: 0, 'in-vault': 2, issued: 1, good: 4, spoiled: 1 };
const batch = {
  ...{ lot: 'lot-7', chip: 'gp-emrtd', products: ['vn-cccd-2021'], warnings: [] },
  cards: { ...cards, destroyed: 0, dispatched: 0 },
  attempts: { good: 4, spoiled: 1, open: 1 },
};

test('every word of a lot is in the language that was asked for', () => {
  expect(describeBatch(batch, 'en')).toEqual([
    'lot lot-7, gp-emrtd',
    'products: vn-cccd-2021',
    'cards: 2 in-vault, 1 issued, 4 good, 1 spoiled',
    'attempts: 4 good, 1 spoiled, 1 open',
    'warnings: none',
  ]);
  expect(describeBatch(batch, 'vi')).toEqual([
    'lô lot-7, gp-emrtd',
    'loại giấy tờ: vn-cccd-2021',
    'thẻ: 2 trong kho, 1 đã xuất kho, 4 đạt, 1 hỏng',
    'lần thực hiện: 4 đạt, 1 hỏng, 1 chưa xong',
    'cảnh báo: không có',
  ]);
});
