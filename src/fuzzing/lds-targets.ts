import { encodeEfCvca, parseEfCvca } from '../standards/access/terminal-authentication/ef-cvca';
import { parseDg1 } from '../standards/lds/dg1';
import { parseDg11 } from '../standards/lds/dg11';
import { parseDg12 } from '../standards/lds/dg12';
import { listNationalObjects } from '../standards/lds/dg13-national';
import { encodeVietnameseDetails, parseVietnameseDetails } from '../standards/lds/dg13-vietnam';
import { parseDg14 } from '../standards/lds/dg14';
import { parseDg15 } from '../standards/lds/dg15';
import { parseDg16 } from '../standards/lds/dg16';
import { parseDg2 } from '../standards/lds/dg2';
import { parseDg3Fingers } from '../standards/lds/dg3';
import { encodeDg4With39794, parseDg4Irises } from '../standards/lds/dg4';
import { encodeDisplayedImages, parseDisplayedImages } from '../standards/lds/displayed-images';
import { parseEfAtrInfo } from '../standards/lds/ef-atr-info';
import { parseCardAccess } from '../standards/lds/ef-card-access';
import { parseEfCom } from '../standards/lds/ef-com';
import { parseEfDir } from '../standards/lds/ef-dir';
import { readJpeg2000Header } from '../standards/lds/jpeg2000-header';
import { parseLdsSecurityObject } from '../standards/lds/lds-security-object';
import { readWsqHeader } from '../standards/lds/wsq-header';
import { checkMrzDigits, parseMrz } from '../standards/mrz/parse-mrz';
import { readPictureHeader } from '../production/inspection/picture-header';
import type { FuzzTarget } from './target';

const good = (set: string, file: string) => `test-vectors/good/${set}/${file}.bin`;
const BASE = 'ecdsa-brainpoolp256r1-sha256';
const base = (file: string) => [good(BASE, file)];
const hex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'));
const text = (line: string) => new Uint8Array(Buffer.from(line));
const LDS_VECTORS = 'test-vectors/lds/lds.json';
const CODESTREAM = 'FF4FFF51';
const PICTURES = [
  `${good('dg2-39794', 'EF.DG2')}#0000000C6A502020`,
  `${good('dg4-19794', 'EF.DG4')}#${CODESTREAM}`,
  `${good('dg3-19794', 'EF.DG3')}#FFA0`,
];
/** A frame, its size and a scan, without a picture. */
const SMALL_JPEG = hex(
  'FFD8FFE000104A46494600010100000100010000FFC0000B080010001001011100FFDA0008010100003F00FFD9',
);
const IRIS_39794 = encodeDg4With39794([
  {
    eye: 'left',
    imageFormat: 'jpeg2000-lossy',
    colour: 'grey',
    widthPx: 640,
    heightPx: 480,
    captured: { year: 2026, month: 1, day: 15 },
    image: hex('FF4FFF51'),
  },
]);
const VIETNAM = encodeVietnameseDetails(
  {
    idNumber: '001099000001',
    fullName: 'Nguyễn Văn An',
    dateOfBirth: '01/02/1999',
    gender: 'Nam',
    nationality: 'Việt Nam',
    ethnicity: 'Kinh',
    religion: 'Không',
    placeOfOrigin: 'Xã Mẫu, Huyện Mẫu',
    placeOfResidence: 'Phố Mẫu',
    identifyingFeatures: 'Không',
    dateOfIssue: '15/01/2026',
    dateOfExpiry: '15/01/2036',
    father: 'Nguyễn Văn Bình',
    mother: 'Trần Thị Chi',
    spouse: 'Lê Thị Dung',
    oldIdNumber: '012345678',
    cardReference: '0123456789ABCDEF',
  },
  { parents: 'siblings', absent: 'numbered' },
);
const MRZ_TD1 =
  'I<UTOD231458907<<<<<<<<<<<<<<<7408122F1204159UTO<<<<<<<<<<<6ERIKSSON<<ANNA<MARIA<<<<<<<<<<';
const MRZ_TD2 = 'I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<D231458907UTO7408122F1204159<<<<<<<6';
const MRZ_TD3 =
  'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7408122F1204159ZE184226B<<<<<10';

/** The files of the LDS, the MRZ, and the heads of pictures. */
export const LDS_TARGETS = {
  com: { read: parseEfCom, seeds: base('EF.COM') },
  dg1: { read: parseDg1, seeds: [...base('EF.DG1'), good('form-td1', 'EF.DG1')] },
  mrz: {
    read: (bytes) => {
      const text = Buffer.from(bytes).toString('latin1');
      return [parseMrz(text), checkMrzDigits(text)];
    },
    seeds: [],
    inputs: [MRZ_TD1, MRZ_TD2, MRZ_TD3].map(text),
    maxBytes: 256,
  },
  'dg2-19794': { read: parseDg2, seeds: base('EF.DG2') },
  'dg2-39794': { read: parseDg2, seeds: [good('dg2-39794', 'EF.DG2')] },
  dg3: { read: parseDg3Fingers, seeds: [good('dg3-19794', 'EF.DG3'), good('dg3-39794', 'EF.DG3')] },
  dg4: { read: parseDg4Irises, seeds: [good('dg4-19794', 'EF.DG4')], inputs: [IRIS_39794] },
  dg5: {
    read: (bytes) => parseDisplayedImages(5, bytes),
    seeds: [LDS_VECTORS],
    inputs: [encodeDisplayedImages(5, [SMALL_JPEG])],
  },
  dg7: { read: (bytes) => parseDisplayedImages(7, bytes), seeds: [good('dg7-dg16', 'EF.DG7')] },
  dg11: { read: parseDg11, seeds: base('EF.DG11') },
  dg12: { read: parseDg12, seeds: base('EF.DG12') },
  'dg13-vietnam': { read: parseVietnameseDetails, seeds: [], inputs: [VIETNAM] },
  'dg13-national': { read: listNationalObjects, seeds: base('EF.DG11'), inputs: [VIETNAM] },
  dg14: { read: parseDg14, seeds: base('EF.DG14') },
  dg15: { read: parseDg15, seeds: base('EF.DG15') },
  dg16: { read: parseDg16, seeds: [good('dg7-dg16', 'EF.DG16')] },
  'atr-info': {
    read: parseEfAtrInfo,
    seeds: ['test-vectors/bad/atr-info-short-length/EF.ATR-INFO.bin', LDS_VECTORS],
  },
  dir: {
    read: parseEfDir,
    seeds: ['test-vectors/bad/dir-other-application/EF.DIR.bin', LDS_VECTORS],
  },
  cvca: {
    read: parseEfCvca,
    seeds: [],
    inputs: [encodeEfCvca(['DETESTCVCA00002', 'DETESTCVCA00001'])],
  },
  'card-access': {
    read: parseCardAccess,
    seeds: [...base('EF.CardAccess'), 'test-vectors/pace/pace.json'],
  },
  'security-object': {
    read: parseLdsSecurityObject,
    seeds: [`${good(BASE, 'EF.SOD')}@3082010D020101`, 'test-vectors/sod/sod.json', LDS_VECTORS],
  },
  'picture-header': {
    read: readPictureHeader,
    seeds: PICTURES,
    inputs: [SMALL_JPEG],
  },
  'jpeg2000-header': { read: readJpeg2000Header, seeds: PICTURES },
  'wsq-header': { read: readWsqHeader, seeds: PICTURES },
} as const satisfies Record<string, FuzzTarget>;
