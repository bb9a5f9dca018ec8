import { parseEfCvca } from '../standards/access/terminal-authentication/ef-cvca';
import { parseDg1 } from '../standards/lds/dg1';
import { parseDg11 } from '../standards/lds/dg11';
import { parseDg12 } from '../standards/lds/dg12';
import { listNationalObjects } from '../standards/lds/dg13-national';
import { parseVietnameseDetails } from '../standards/lds/dg13-vietnam';
import { parseDg14 } from '../standards/lds/dg14';
import { parseDg15 } from '../standards/lds/dg15';
import { parseDg16 } from '../standards/lds/dg16';
import { parseDg2 } from '../standards/lds/dg2';
import { parseDg3Fingers } from '../standards/lds/dg3';
import { parseDg4Irises } from '../standards/lds/dg4';
import { parseDisplayedImages } from '../standards/lds/displayed-images';
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

/** The files of the LDS, the MRZ, and the heads of pictures. */
export const LDS_TARGETS = {
  com: { read: parseEfCom, seeds: base('EF.COM') },
  dg1: { read: parseDg1, seeds: [...base('EF.DG1'), good('form-td1', 'EF.DG1')] },
  mrz: {
    read: (bytes) => {
      const text = Buffer.from(bytes).toString('latin1');
      return [parseMrz(text), checkMrzDigits(text)];
    },
    seeds: [...base('EF.DG1'), good('form-td2', 'EF.DG1')],
    maxBytes: 256,
  },
  'dg2-19794': { read: parseDg2, seeds: base('EF.DG2') },
  'dg2-39794': { read: parseDg2, seeds: [good('dg2-39794', 'EF.DG2')] },
  dg3: { read: parseDg3Fingers, seeds: [good('dg3-19794', 'EF.DG3'), good('dg3-39794', 'EF.DG3')] },
  dg4: { read: parseDg4Irises, seeds: [good('dg4-19794', 'EF.DG4')] },
  dg5: { read: (bytes) => parseDisplayedImages(5, bytes), seeds: [good('dg7-dg16', 'EF.DG7')] },
  dg7: { read: (bytes) => parseDisplayedImages(7, bytes), seeds: [good('dg7-dg16', 'EF.DG7')] },
  dg11: { read: parseDg11, seeds: base('EF.DG11') },
  dg12: { read: parseDg12, seeds: base('EF.DG12') },
  'dg13-vietnam': { read: parseVietnameseDetails, seeds: base('EF.DG11') },
  'dg13-national': { read: listNationalObjects, seeds: base('EF.DG11') },
  dg14: { read: parseDg14, seeds: base('EF.DG14') },
  dg15: { read: parseDg15, seeds: base('EF.DG15') },
  dg16: { read: parseDg16, seeds: [good('dg7-dg16', 'EF.DG16')] },
  'atr-info': {
    read: parseEfAtrInfo,
    seeds: ['test-vectors/bad/atr-info-short-length/EF.ATR-INFO.bin'],
  },
  dir: { read: parseEfDir, seeds: ['test-vectors/bad/dir-other-application/EF.DIR.bin'] },
  cvca: { read: parseEfCvca, seeds: base('EF.COM') },
  'card-access': { read: parseCardAccess, seeds: base('EF.CardAccess') },
  'security-object': { read: parseLdsSecurityObject, seeds: base('EF.SOD') },
  'picture-header': {
    read: readPictureHeader,
    seeds: [...base('EF.DG2'), good('dg2-39794', 'EF.DG2')],
  },
  'jpeg2000-header': { read: readJpeg2000Header, seeds: [good('dg2-39794', 'EF.DG2')] },
  'wsq-header': { read: readWsqHeader, seeds: [good('dg3-19794', 'EF.DG3')] },
} as const satisfies Record<string, FuzzTarget>;
