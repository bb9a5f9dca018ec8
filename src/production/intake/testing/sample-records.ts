import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseProduct } from '../../profile/parse-product';
import type { Products } from '../check-record';

/** Invented people; the numbers pass the rules and belong to nobody. */

export const VN_RECORD = {
  recordId: 'HS-2026-000001',
  recordVersion: 1,
  profile: 'vn-cccd-2021',
  approvedAt: '2026-01-05T08:30:00+07:00',
  approvedBy: 'C06-duyet-01',
  issuingState: 'VNM',
  personalNumber: '001190000017',
  name: { full: 'Nguyễn Thị Mẫu' },
  dateOfBirth: '1990-07-23',
  sex: 'F',
  nationality: 'VNM',
  dateOfIssue: '2026-01-05',
  dateOfExpiry: '2030-07-23',
  portrait: 'pictures/portrait.jpg',
  placeOfOrigin: 'Phường Mẫu, Hà Nội',
  placeOfResidence: 'Số 1 Phố Thử, Phường Mẫu, Hà Nội',
  ethnicity: 'Kinh',
  religion: 'Không',
  identifyingFeatures: 'Nốt ruồi C: 1cm dưới đuôi mắt trái',
} as const;

export const PASSPORT_RECORD = {
  recordId: 'P-1',
  recordVersion: 1,
  profile: 'icao-td3-passport',
  approvedAt: '2026-01-05T08:30:00Z',
  approvedBy: 'office-1',
  issuingState: 'UTO',
  documentNumber: 'L898902C3',
  name: { primary: 'Eriksson', secondary: 'Anna Maria' },
  dateOfBirth: '1974-08',
  sex: 'F',
  nationality: 'UTO',
  dateOfIssue: '2026-01-05',
  dateOfExpiry: '2036-01-04',
  portrait: 'pictures/portrait.jpg',
  issuingAuthority: 'Utopia Passport Office',
} as const;

/** The products of this repository. */
export function loadProducts(): Products {
  const folder = join(__dirname, '../../../../card-profiles/products');
  return new Map(
    ['vn-cccd-2021', 'icao-td3-passport'].map((name) => {
      const file = join(folder, `${name}.yaml`);
      return [name, parseProduct(readFileSync(file, 'utf8'), file)];
    }),
  );
}

/** As it stands in a source. A member that is undefined is left out. */
export function encodeRecord(record: object): Uint8Array {
  return new Uint8Array(Buffer.from(JSON.stringify(record), 'utf8'));
}
