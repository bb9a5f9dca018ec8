import type { Dice } from '../dice';

/** A province before and after the mergers of 1 July 2025. */
export interface Province {
  /** In the personal number; unchanged by the mergers. */
  readonly code: string;
  readonly kind: 'Tỉnh' | 'Thành phố';
  readonly name: string;
  readonly since2025: { readonly kind: 'Tỉnh' | 'Thành phố'; readonly name: string };
}

/**
 * Part of the provinces. Codes: Phụ lục 1, Thông tư 07/2016/TT-BCA. Names since 2025: Nghị quyết
 * 202/2025/QH15.
 */
export const PROVINCES: readonly Province[] = [
  city('001', 'Hà Nội'),
  merged('002', 'Hà Giang', 'Tuyên Quang'),
  merged('010', 'Lào Cai', 'Lào Cai'),
  merged('019', 'Thái Nguyên', 'Thái Nguyên'),
  merged('022', 'Quảng Ninh', 'Quảng Ninh'),
  merged('024', 'Bắc Giang', 'Bắc Ninh'),
  city('031', 'Hải Phòng'),
  merged('034', 'Thái Bình', 'Hưng Yên'),
  merged('036', 'Nam Định', 'Ninh Bình'),
  merged('038', 'Thanh Hóa', 'Thanh Hóa'),
  merged('040', 'Nghệ An', 'Nghệ An'),
  { ...merged('046', 'Thừa Thiên Huế', 'Huế'), since2025: { kind: 'Thành phố', name: 'Huế' } },
  city('048', 'Đà Nẵng'),
  merged('052', 'Bình Định', 'Gia Lai'),
  merged('056', 'Khánh Hòa', 'Khánh Hòa'),
  merged('066', 'Đắk Lắk', 'Đắk Lắk'),
  merged('068', 'Lâm Đồng', 'Lâm Đồng'),
  merged('075', 'Đồng Nai', 'Đồng Nai'),
  city('079', 'Hồ Chí Minh'),
  merged('082', 'Tiền Giang', 'Đồng Tháp'),
  merged('086', 'Vĩnh Long', 'Vĩnh Long'),
  merged('089', 'An Giang', 'An Giang'),
  city('092', 'Cần Thơ'),
  merged('096', 'Cà Mau', 'Cà Mau'),
];

function city(code: string, name: string): Province {
  return { code, kind: 'Thành phố', name, since2025: { kind: 'Thành phố', name } };
}

function merged(code: string, name: string, since2025: string): Province {
  return { code, kind: 'Tỉnh', name, since2025: { kind: 'Tỉnh', name: since2025 } };
}

const FIRST = 'Tân Bình An Phú Hòa Vĩnh Mỹ Long Đông Xuân Thạnh Phước Thanh Yên Hưng'.split(' ');
const SECOND =
  'Lộc Phước Thạnh Hòa Hưng Mỹ Thuận Tiến Sơn Giang Thịnh Lập Phong Khê Dương Lương Trường'.split(
    ' ',
  );
const STREETS =
  'Hoa Phượng Vĩ|Bờ Kênh Xanh|Đồi Thông|Ngõ Hàng Tre|Bến Đò Cũ|Cầu Ván|Giếng Nước|Sen Hồng|Chợ Sớm|Lũy Tre|Đê Quai|Gió Mùa'.split(
    '|',
  );

/** A place of the size of a village or ward, as a place of origin is written. */
export function inventPlaceOfOrigin(dice: Dice, province: Province): string {
  const commune = `${dice.chance(0.75) ? 'Xã' : 'Phường'} ${inventPlaceName(dice)}`;
  return `${commune}, Huyện ${inventPlaceName(dice)}, ${province.kind} ${province.name}`;
}

/**
 * An address: three levels as they were until 1 July 2025, or two since then. House, street and
 * commune are invented, only the province is real.
 */
export function inventResidence(dice: Dice, province: Province, levels: 2 | 3): string {
  const isCity = province.kind === 'Thành phố';
  const house = dice.chance(isCity ? 0.75 : 0.35)
    ? `Số ${dice.integer(1, 320)} Đường ${dice.pick(STREETS)}`
    : `${dice.pick(['Thôn', 'Ấp', 'Tổ dân phố', 'Xóm'])} ${dice.integer(1, 14)}`;
  const commune = `${isCity ? 'Phường' : 'Xã'} ${inventPlaceName(dice)}`;
  if (levels === 2) {
    const { kind, name } = province.since2025;
    return [house, commune, `${kind} ${name}`].join(', ');
  }
  const district = `${isCity ? 'Quận' : 'Huyện'} ${inventPlaceName(dice)}`;
  return [house, commune, district, `${province.kind} ${province.name}`].join(', ');
}

function inventPlaceName(dice: Dice): string {
  const first = dice.pick(FIRST);
  return `${first} ${dice.pick(SECOND.filter((name) => name !== first))}`;
}
