import type { ApprovedRecord } from '../document/approved-record';
import type { LdsFileName } from '../document/lds-files';
import { announcesSecurity } from './announces-security';
import type { ChipProfile } from './chip';
import type { ProductProfile } from './product';

/** Files that say what the chip is: a document has them where its chip has a place for them. */
const FILES_OF_THE_CHIP = [
  'EF.ATR-INFO',
  'EF.DIR',
  'EF.CardAccess',
  'EF.CardSecurity',
  'EF.CVCA',
] as const;

/** Groups that hold nothing but what a record may leave away. */
const FILES_OF_THE_RECORD = ['EF.DG3', 'EF.DG4', 'EF.DG5', 'EF.DG7', 'EF.DG16'] as const;

type Pair = { readonly product: ProductProfile; readonly chip: ChipProfile };

/**
 * Every file that a document of this product on this chip can have, in the order in which they are
 * written: first what a reader needs first.
 */
export function listPossibleFiles({ product, chip }: Pair): readonly LdsFileName[] {
  const ofTheChip = FILES_OF_THE_CHIP.filter((name) => isFileOfChip(name, { product, chip }));
  const files = product.lds.files.filter((name) => name !== 'EF.DG14' || announcesSecurity(chip));
  return [...ofTheChip, ...files];
}

/**
 * Those of them that every document has, whatever its record says and whoever may read its fingers.
 */
export function listConstantFiles(pair: Pair): readonly LdsFileName[] {
  return listPossibleFiles(pair).filter(
    (name) => name !== 'EF.CVCA' && !dependsOnRecord(name, pair.product),
  );
}

/** Whether a document has this file only where its record asks for it. */
export function dependsOnRecord(name: LdsFileName, { lds }: ProductProfile): boolean {
  const names: readonly LdsFileName[] = FILES_OF_THE_RECORD;
  return names.includes(name) || (name === 'EF.DG13' && typeof lds.dg13 !== 'string');
}

/** Those files that a product has only for its record, and for which this record has something. */
export function listRecordFiles(
  record: ApprovedRecord,
  product: ProductProfile,
): readonly LdsFileName[] {
  const { dg13, files } = product.lds;
  const members = typeof dg13 === 'string' ? [] : dg13.members.map(({ field }) => field);
  const asked: Readonly<Partial<Record<LdsFileName, boolean>>> = {
    'EF.DG3': record.fingerprints !== undefined,
    'EF.DG4': record.irises !== undefined,
    'EF.DG5': record.displayedPortrait !== undefined,
    'EF.DG7': record.signature !== undefined,
    'EF.DG13': members.some((field) => record[field] !== undefined),
    'EF.DG16': record.personsToNotify !== undefined,
  };
  return files.filter((name) => dependsOnRecord(name, product) && asked[name] === true);
}

/** Whether such a document can be told whose terminals may read its fingers and irises. */
export function trustsTerminals({ product, chip }: Pair): boolean {
  const { files } = product.lds;
  const hasBiometrics = files.includes('EF.DG3') || files.includes('EF.DG4');
  return chip.terminalAuthentication !== undefined && hasBiometrics;
}

function isFileOfChip(name: (typeof FILES_OF_THE_CHIP)[number], { product, chip }: Pair): boolean {
  if (name === 'EF.CardAccess') return chip.access.pace.length > 0;
  if (!chip.files.has(name)) return false;
  if (name === 'EF.CVCA') return trustsTerminals({ product, chip });
  // It signs what EF.CardAccess says, and the key that a chip proves [9303-11 §9.2.11].
  return (
    name !== 'EF.CardSecurity' ||
    (chip.access.pace.length > 0 && chip.chipAuthentication !== undefined)
  );
}
