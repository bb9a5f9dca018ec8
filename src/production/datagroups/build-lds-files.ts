import { encodeDg1 } from '../../standards/lds/dg1';
import { encodeDg11 } from '../../standards/lds/dg11';
import { encodeDg12 } from '../../standards/lds/dg12';
import { encodeVietnameseDetails } from '../../standards/lds/dg13-vietnam';
import { encodeDg14 } from '../../standards/lds/dg14';
import { encodeDg15 } from '../../standards/lds/dg15';
import { encodeDg2With19794 } from '../../standards/lds/dg2';
import { encodeCardAccess } from '../../standards/lds/ef-card-access';
import { encodeEfCom } from '../../standards/lds/ef-com';
import { FACE_COLOUR_SPACES, UNSPECIFIED_FACE } from '../../standards/lds/face-record-19794';
import { ldsVersionDigits, unicodeVersionDigits } from '../../standards/lds/lds-version';
import type { Holder } from '../document/holder';
import { dataGroupNumber, type LdsFileName, type LdsFiles } from '../document/lds-files';
import type { Picture } from '../document/picture';
import type { ProductProfile } from '../profile/product';
import {
  paceInfosOf,
  securityInfosOf,
  type ChipPublicKeys,
  type ChipSecurity,
} from './chip-security-infos';
import { documentDetailsOf, personalDetailsOf } from './personal-details';
import { vietnameseDetailsOf } from './vietnamese-details';

/** Everything that the files of one document are made of. */
export interface LdsContent {
  readonly holder: Holder;
  readonly product: ProductProfile;
  readonly chip: ChipSecurity;
  readonly chipKeys: ChipPublicKeys;
  /** Stands in DG12 where the product wants it. */
  readonly personalizationTime: Date;
  /** Sixteen hexadecimal digits for item 16 of the Vietnamese DG13; empty without them. */
  readonly vietnameseCardReference?: string;
}

/**
 * All files of a document but EF.SOD, in the order in which they are written: EF.CardAccess first
 * where the chip does PACE, then those of the product. DG14 and DG15 are left out when the chip has
 * nothing to put there, and EF.COM lists what there is [9303-10 §4].
 */
export function buildLdsFiles(content: LdsContent): LdsFiles {
  const { product, chip } = content;
  const groups = new Map<LdsFileName, Uint8Array>();
  for (const name of product.lds.files) {
    const bytes = buildGroup(name, content);
    if (bytes !== undefined) groups.set(name, bytes);
  }
  const efCom = buildEfCom(product, [...groups.keys()]);
  const files = new Map<LdsFileName, Uint8Array>();
  if (chip.access.pace.length > 0) files.set('EF.CardAccess', encodeCardAccess(paceInfosOf(chip)));
  for (const name of product.lds.files) {
    const bytes = name === 'EF.COM' ? efCom : groups.get(name);
    if (bytes !== undefined) files.set(name, bytes);
  }
  return files;
}

function buildEfCom({ lds }: ProductProfile, names: readonly LdsFileName[]): Uint8Array {
  return encodeEfCom({
    ldsVersion: ldsVersionDigits(lds.version),
    unicodeVersion: unicodeVersionDigits(lds.unicodeVersion),
    dataGroups: names
      .flatMap((name) => dataGroupNumber(name) ?? [])
      .toSorted((left, right) => left - right),
  });
}

/** One data group; undefined for files of other stages and for groups without content. */
function buildGroup(name: LdsFileName, content: LdsContent): Uint8Array | undefined {
  const { holder, product, chip, chipKeys } = content;
  switch (name) {
    case 'EF.DG1':
      return encodeDg1(holder.mrzLines);
    case 'EF.DG2':
      return encodePortrait(holder.portrait);
    case 'EF.DG11':
      return encodeDg11(personalDetailsOf(holder, product));
    case 'EF.DG12':
      return encodeDg12(documentDetailsOf(holder, product, content.personalizationTime));
    case 'EF.DG13':
      return product.lds.dg13 === 'none'
        ? undefined
        : encodeVietnameseDetails(vietnameseDetailsOf(holder, content.vietnameseCardReference));
    case 'EF.DG14': {
      const infos = securityInfosOf(chip, chipKeys);
      return infos.length === 0 ? undefined : encodeDg14(infos);
    }
    case 'EF.DG15':
      return chipKeys.activeAuthentication && encodeDg15(chipKeys.activeAuthentication.publicKey);
    case 'EF.COM':
    case 'EF.SOD':
      return undefined;
    default:
      throw new RangeError(`the data group stage does not build ${name}`);
  }
}

function encodePortrait({ bytes, format, widthPx, heightPx, colour }: Picture): Uint8Array {
  if (format === 'png') throw new RangeError('a portrait on a chip is JPEG or JPEG 2000');
  return encodeDg2With19794({
    ...UNSPECIFIED_FACE,
    imageFormat: format,
    widthPx,
    heightPx,
    colourSpace: colour === 'rgb' ? FACE_COLOUR_SPACES.rgb24 : FACE_COLOUR_SPACES.grey8,
    image: bytes,
  });
}
