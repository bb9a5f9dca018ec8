import type { Dice } from '../dice';

/** Family names with their rough shares of the people, in hundredths; invented people only. */
const FAMILY: readonly (readonly [string, number])[] = [
  ['Nguyễn', 33],
  ['Trần', 11],
  ['Lê', 9.5],
  ['Phạm', 7],
  ['Huỳnh', 2.6],
  ['Hoàng', 2.5],
  ['Phan', 4.5],
  ['Vũ', 2],
  ['Võ', 1.9],
  ['Đặng', 2.1],
  ['Bùi', 2],
  ['Đỗ', 1.4],
  ['Hồ', 1.3],
  ['Ngô', 1.3],
  ['Dương', 1],
  ['Lý', 0.6],
  ['Trương', 2.2],
  ['Đinh', 1],
  ['Lương', 0.8],
  ['Trịnh', 0.8],
  ['Mai', 0.7],
  ['Phùng', 0.6],
  ['Ưng', 0.2],
  ['Ông', 0.2],
];

const MIDDLE = {
  M: 'Văn Hữu Đức Minh Quang Công Quốc Thành Tuấn Ngọc Xuân Đình Thế Trọng Gia Khắc Bá Hoàng'.split(
    ' ',
  ),
  F: 'Thị Ngọc Thanh Minh Thu Phương Kim Bích Hồng Mỹ Khánh Thùy Như Diệu Tường Ánh'.split(' '),
} as const;

const GIVEN = {
  M: 'Anh An Bảo Bình Cường Chương Đạt Dũng Dương Đức Hải Hiếu Hòa Hùng Hưng Huy Khoa Khôi Kiên Lâm Long Lộc Mạnh Nam Nghĩa Nhân Phát Phong Phúc Phước Quân Quý Sơn Tài Tâm Thắng Thịnh Tiến Toàn Trí Trung Trường Tuấn Tùng Tường Vinh Vương Việt Được'.split(
    ' ',
  ),
  F: 'Anh Ánh Châu Chi Diễm Diệp Dung Giang Hà Hân Hằng Hạnh Hiền Hoa Hồng Huệ Hương Huyền Khuê Lan Liên Linh Loan Ly Mai My Nga Ngân Ngọc Nguyệt Nhi Nhung Oanh Phượng Phương Quỳnh Sương Tâm Thảo Thơ Thoa Thu Thương Thủy Trang Trâm Trinh Tú Tuyết Uyên Vân Vy Xuân Yến Ường'.split(
    ' ',
  ),
} as const;

export type NameSex = keyof typeof GIVEN;

export interface VietnameseName {
  readonly family: string;
  /** Family, middle and given name, in this order. */
  readonly full: string;
}

/** A composed name; `family` is given for a child of a known father. */
export function inventName(dice: Dice, sex: NameSex, family?: string): VietnameseName {
  const own = family ?? dice.weighted(FAMILY);
  const middle = [dice.pick(MIDDLE[sex])];
  const second = dice.pick(MIDDLE[sex]);
  if (dice.chance(0.18) && second !== middle[0]) middle.push(second);
  const given = dice.pick(GIVEN[sex].filter((name) => !middle.includes(name)));
  return { family: own, full: [own, ...middle, given].join(' ') };
}
