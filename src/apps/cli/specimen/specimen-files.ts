import { dataGroupNumber, type LdsFileName } from '../../../production/document/lds-files';
import type { RandomSource } from '../../../production/ports';
import { drawPortrait } from '../../../simulation/people/portrait/draw-portrait';
import { encodeEfCvca } from '../../../standards/access/terminal-authentication/ef-cvca';
import { concatBytes } from '../../../standards/bytes/concat';
import { encodeUint } from '../../../standards/bytes/integer';
import { encodeDg1 } from '../../../standards/lds/dg1';
import { encodeDg14 } from '../../../standards/lds/dg14';
import { encodeDg15 } from '../../../standards/lds/dg15';
import { encodeDg2With19794 } from '../../../standards/lds/dg2';
import { encodeDg3With19794, type FingerPrint } from '../../../standards/lds/dg3';
import { encodeDg4With19794, type IrisPicture } from '../../../standards/lds/dg4';
import { encodeEfAtrInfo } from '../../../standards/lds/ef-atr-info';
import { encodeCardAccess } from '../../../standards/lds/ef-card-access';
import { encodeEfCom } from '../../../standards/lds/ef-com';
import { FACE_COLOUR_SPACES, UNSPECIFIED_FACE } from '../../../standards/lds/face-record-19794';
import type { SecurityInfo } from '../../../standards/lds/security-infos';
import { encodeMrz } from '../../../standards/mrz/encode-mrz';
import type { SpecimenDescription } from './specimen-description';
import { SPECIMEN_HOLDER } from './specimen-holder';
import { paceInfosOf } from './specimen-infos';

export interface SpecimenContent {
  readonly description: SpecimenDescription;
  /** SecurityInfos of EF.DG14. */
  readonly infos: readonly SecurityInfo[];
  /** DER SubjectPublicKeyInfo of EF.DG15. */
  readonly activeAuthentication?: Uint8Array;
  /** Names of the CVCAs for EF.CVCA. */
  readonly cvcas: readonly string[];
}

const PORTRAIT = { seed: 47, woman: true, age: 36 } as const;
const PORTRAIT_SIZE = { widthPx: 120, heightPx: 160 } as const;
const COMMENT = 0xfffe;
const MAX_COMMENT_BYTES = 0xfffd;
/** Noise in place of pictures: nobody's finger and eye. */
const NOISE_BYTES = 900;
const EXTENDED = { maxCommand: 4_096, maxResponse: 4_096 } as const;

/** All files of a specimen but those that are signed. */
export async function buildSpecimenFiles(
  { description, infos, activeAuthentication, cvcas }: SpecimenContent,
  random: RandomSource,
): Promise<ReadonlyMap<LdsFileName, Uint8Array>> {
  const { access, biometrics, extendedLength = false, portraitBytes = 0 } = description;
  const groups: readonly (readonly [LdsFileName, Uint8Array])[] = [
    ['EF.DG1', encodeDg1(encodeMrz(SPECIMEN_HOLDER))],
    ['EF.DG2', await faceGroup(portraitBytes)],
    ...(biometrics ? [fingerGroup(random), irisGroup(random)] : []),
    ...(infos.length > 0 ? [['EF.DG14', encodeDg14(infos)] as const] : []),
    ...(activeAuthentication ? [['EF.DG15', encodeDg15(activeAuthentication)] as const] : []),
  ];
  const dataGroups = groups.flatMap(([name]) => dataGroupNumber(name) ?? []);
  return new Map<LdsFileName, Uint8Array>([
    ...(extendedLength ? [['EF.ATR-INFO', atrInfo()] as const] : []),
    ...(access.pace.length > 0
      ? [['EF.CardAccess', encodeCardAccess(paceInfosOf(description))] as const]
      : []),
    ...(cvcas.length > 0 ? [['EF.CVCA', encodeEfCvca(cvcas)] as const] : []),
    ['EF.COM', encodeEfCom({ ldsVersion: '0108', unicodeVersion: '040000', dataGroups })],
    ...groups,
  ]);
}

async function faceGroup(leastBytes: number): Promise<Uint8Array> {
  return encodeDg2With19794({
    ...UNSPECIFIED_FACE,
    colourSpace: FACE_COLOUR_SPACES.rgb24,
    imageFormat: 'jpeg',
    ...PORTRAIT_SIZE,
    image: lengthenJpeg(await drawPortrait(PORTRAIT, PORTRAIT_SIZE), leastBytes),
  });
}

/** The same picture with a comment behind its first marker [ITU-T T.81 §B.2.4.5]. */
function lengthenJpeg(jpeg: Uint8Array, leastBytes: number): Uint8Array {
  const missing = Math.min(leastBytes - jpeg.length - 4, MAX_COMMENT_BYTES);
  if (missing <= 0) return jpeg;
  const comment = concatBytes(
    encodeUint(COMMENT, 2),
    encodeUint(missing + 2, 2),
    new Uint8Array(missing).fill(0x20),
  );
  return concatBytes(jpeg.subarray(0, 2), comment, jpeg.subarray(2));
}

function fingerGroup(random: RandomSource): readonly [LdsFileName, Uint8Array] {
  const print: FingerPrint = {
    finger: 'right-index',
    imageFormat: 'wsq',
    ...{ widthPx: 300, heightPx: 400, resolutionPpi: 500 },
    image: random.bytes(NOISE_BYTES),
  };
  return ['EF.DG3', encodeDg3With19794([print])];
}

function irisGroup(random: RandomSource): readonly [LdsFileName, Uint8Array] {
  const picture: IrisPicture = {
    eye: 'left',
    imageFormat: 'jpeg2000-lossy',
    colour: 'grey',
    ...{ widthPx: 640, heightPx: 480, captured: { year: 2026, month: 6, day: 1 } },
    image: random.bytes(NOISE_BYTES),
  };
  return ['EF.DG4', encodeDg4With19794([picture])];
}

function atrInfo(): Uint8Array {
  return encodeEfAtrInfo({
    capabilities: {
      ...{ selectByFullName: true, dataUnitSize: 1, commandChaining: true },
      ...{ extendedLength: true, lengthsInFile: true },
    },
    extendedLength: EXTENDED,
  });
}
