import { encodeDg1 } from '../../standards/lds/dg1';
import { encodeDg11 } from '../../standards/lds/dg11';
import { encodeDg12 } from '../../standards/lds/dg12';
import { encodeVietnameseDetails } from '../../standards/lds/dg13-vietnam';
import { encodeDg14 } from '../../standards/lds/dg14';
import { encodeDg15 } from '../../standards/lds/dg15';
import { encodeDg16 } from '../../standards/lds/dg16';
import { encodeDisplayedImages } from '../../standards/lds/displayed-images';
import { encodeEfAtrInfo } from '../../standards/lds/ef-atr-info';
import { encodeCardAccess } from '../../standards/lds/ef-card-access';
import { encodeEfCom } from '../../standards/lds/ef-com';
import { parseCvCertificate } from '../../standards/access/terminal-authentication/cv-certificate';
import { encodeEfCvca } from '../../standards/access/terminal-authentication/ef-cvca';
import { encodeEfDir } from '../../standards/lds/ef-dir';
import { ldsVersionDigits, unicodeVersionDigits } from '../../standards/lds/lds-version';
import type { Holder } from '../document/holder';
import { dataGroupNumber, type LdsFileName, type LdsFiles } from '../document/lds-files';
import type { TerminalTrust } from '../document/terminal-trust';
import type { ChipProfile } from '../profile/chip';
import { listPossibleFiles } from '../profile/document-files';
import type { ProductProfile } from '../profile/product';
import { buildFaceGroup, buildFingerGroup, buildIrisGroup } from './biometric-groups';
import { paceInfosOf, securityInfosOf, type ChipPublicKeys } from './chip-security-infos';
import { buildDeclaredDetails } from './declared-details';
import { documentDetailsOf, personalDetailsOf, personsToNotifyOf } from './personal-details';
import { vietnameseDetailsOf } from './vietnamese-details';

/** Everything that the files of one document are made of. */
export interface LdsContent {
  readonly holder: Holder;
  readonly product: ProductProfile;
  readonly chip: ChipProfile;
  readonly chipKeys: ChipPublicKeys;
  /** Whose terminals the chip obeys: EF.CVCA and EF.DG14 say it. */
  readonly terminalTrust?: TerminalTrust;
  /** Stands in DG12 where the product wants it. */
  readonly personalizationTime: Date;
  /**
   * Random bytes for EF.DG3 and EF.DG4 of a holder without prints and irises, other ones for each
   * group and document [9303-10 §4.7.3.2.2].
   */
  readonly issuerContent: { readonly fingers: Uint8Array; readonly irises: Uint8Array };
  /** Sixteen hexadecimal digits for item 16 of the Vietnamese DG13; empty without them. */
  readonly vietnameseCardReference?: string;
}

/**
 * All files of a document but those that are signed, EF.SOD and EF.CardSecurity, in the order in
 * which they are written: first those of the master file, then those of the product. Groups for
 * which record or chip has nothing are left out, and EF.COM lists what there is [9303-10 §4].
 */
export function buildLdsFiles(content: LdsContent): LdsFiles {
  const { product } = content;
  const names = listPossibleFiles(content);
  const built = new Map<LdsFileName, Uint8Array>();
  for (const name of names) {
    const bytes = buildFile(name, content);
    if (bytes !== undefined) built.set(name, bytes);
  }
  const efCom = buildEfCom(product, [...built.keys()]);
  const files = new Map<LdsFileName, Uint8Array>();
  for (const name of names) {
    const bytes = name === 'EF.COM' ? efCom : built.get(name);
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

/** One file; undefined for files of other stages and for groups without content. */
function buildFile(name: LdsFileName, content: LdsContent): Uint8Array | undefined {
  const { holder, product, chip, chipKeys, issuerContent } = content;
  switch (name) {
    case 'EF.CardAccess':
      return encodeCardAccess(paceInfosOf(chip));
    case 'EF.DIR':
      return encodeEfDir([chip.application]);
    case 'EF.ATR-INFO':
      return buildEfAtrInfo(chip);
    case 'EF.DG1':
      return encodeDg1(holder.mrzLines);
    case 'EF.DG2':
      return buildFaceGroup(holder, product);
    case 'EF.DG3':
      return buildFingerGroup(holder, product, issuerContent.fingers);
    case 'EF.DG4':
      return buildIrisGroup(holder, product, issuerContent.irises);
    case 'EF.DG5':
      return holder.displayedPortrait && encodeDisplayedImages(5, [holder.displayedPortrait.bytes]);
    case 'EF.DG7':
      return holder.signature && encodeDisplayedImages(7, [holder.signature.bytes]);
    case 'EF.DG11':
      return encodeDg11(personalDetailsOf(holder, product));
    case 'EF.DG12':
      return encodeDg12(documentDetailsOf(holder, product, content.personalizationTime));
    case 'EF.DG13':
      return buildNationalGroup(content);
    case 'EF.DG14': {
      const infos = securityInfosOf(chip, chipKeys, content.terminalTrust);
      return infos.length === 0 ? undefined : encodeDg14(infos);
    }
    case 'EF.CVCA':
      return content.terminalTrust && buildEfCvca(content.terminalTrust);
    case 'EF.DG15':
      return chipKeys.activeAuthentication && encodeDg15(chipKeys.activeAuthentication.publicKey);
    case 'EF.DG16': {
      const persons = personsToNotifyOf(holder.record);
      return persons.length === 0 ? undefined : encodeDg16(persons);
    }
    case 'EF.COM':
    case 'EF.SOD':
    case 'EF.CardSecurity':
      return undefined;
    default:
      throw new RangeError(`the data group stage does not build ${name}`);
  }
}

function buildEfCvca({ certificates }: TerminalTrust): Uint8Array {
  return encodeEfCvca(
    certificates.map((certificate) => parseCvCertificate(certificate).holderReference),
  );
}

function buildNationalGroup({
  holder,
  product,
  vietnameseCardReference,
}: LdsContent): Uint8Array | undefined {
  const { dg13 } = product.lds;
  if (dg13 === 'none') return undefined;
  return dg13 === 'vn-2021'
    ? encodeVietnameseDetails(vietnameseDetailsOf(holder, vietnameseCardReference))
    : buildDeclaredDetails(dg13, holder.record);
}

/** Lengths of whole commands: four header bytes, three of Lc and two of Le around the data. */
const COMMAND_FRAME_BYTES = 9;
const SHORT_COMMAND_BYTES = 255;
const LARGEST_ANSWER_BYTES = 0x1_0000;

function buildEfAtrInfo({ limits: { commandDataBytes } }: ChipProfile): Uint8Array {
  const extended = commandDataBytes > SHORT_COMMAND_BYTES;
  return encodeEfAtrInfo({
    capabilities: {
      selectByFullName: true,
      dataUnitSize: 1,
      commandChaining: false,
      extendedLength: extended,
      lengthsInFile: extended,
    },
    ...(extended && {
      extendedLength: {
        maxCommand: commandDataBytes + COMMAND_FRAME_BYTES,
        maxResponse: Math.min(commandDataBytes + 2, LARGEST_ANSWER_BYTES),
      },
    }),
  });
}
