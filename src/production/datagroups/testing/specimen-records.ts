import { derInteger, derSequence } from '../../../standards/asn1/der';
import type { ApprovedRecord } from '../../document/approved-record';
import type { Picture } from '../../document/picture';

/** Invented people; nobody of these names and numbers exists. */
export const VIETNAMESE_RECORD: ApprovedRecord = {
  recordId: 'specimen-1',
  recordVersion: 1,
  profile: 'vn-cccd-2021',
  approvedAt: '2021-05-10T08:00:00+07:00',
  approvedBy: 'specimen',
  issuingState: 'VNM',
  personalNumber: '001099000001',
  name: { full: 'NGUYỄN VĂN ĐƯỢC' },
  dateOfBirth: '1999-01-01',
  sex: 'M',
  nationality: 'VNM',
  dateOfIssue: '2021-05-10',
  dateOfExpiry: '2039-01-01',
  portrait: 'specimen.jpg',
  placeOfOrigin: 'Xã Thử Nghiệm, Huyện Mẫu, Hà Nội',
  placeOfResidence: 'Số 1 Đường Mẫu, Phường Thử, Hà Nội',
  ethnicity: 'Kinh',
  religion: 'Không',
  identifyingFeatures: 'Nốt ruồi cách 1 cm dưới mắt trái',
  father: 'Nguyễn Văn Thử',
  mother: 'Trần Thị Mẫu',
};

export const PASSPORT_RECORD: ApprovedRecord = {
  recordId: 'specimen-2',
  recordVersion: 1,
  profile: 'icao-td3-passport',
  approvedAt: '2024-04-16T08:00:00Z',
  approvedBy: 'specimen',
  issuingState: 'UTO',
  documentNumber: 'L898902C3',
  personalNumber: 'ZE184226B',
  name: { primary: 'Eriksson', secondary: 'Anna Maria' },
  dateOfBirth: '1974-08-12',
  sex: 'F',
  nationality: 'UTO',
  dateOfIssue: '2024-04-16',
  dateOfExpiry: '2034-04-15',
  portrait: 'specimen.jpg',
  issuingAuthority: 'Passport Office Utopia',
  placeOfBirth: 'Zenith, Utopia',
  address: '1 Main Street, Zenith',
  profession: 'Engineer',
};

/** The shortest thing with the markers of a JPEG; nothing here decodes it. */
export const SPECIMEN_PORTRAIT: Picture = {
  bytes: Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0x00, 0x02, 0xff, 0xd9),
  format: 'jpeg',
  widthPx: 480,
  heightPx: 640,
  colour: 'rgb',
};

/** Stands where a SubjectPublicKeyInfo stands; nothing here verifies with it. */
export const SPECIMEN_PUBLIC_KEYS = {
  activeAuthentication: { publicKey: derSequence(derInteger(15)) },
  chipAuthentication: { publicKey: derSequence(derInteger(14)) },
};
