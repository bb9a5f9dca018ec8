import type { LdsFileName } from '../document/lds-files';
import type { ChipProfile } from './chip';
import { dependsOnRecord, listConstantFiles } from './document-files';
import type { ProductProfile } from './product';

/** Bytes around the portrait in EF.DG2: templates, record header and facial information. */
const DG2_OVERHEAD_BYTES = 200;

/** The most that the other files come to in practice, by which room is reserved for them. */
const RESERVED_BYTES: Partial<Readonly<Record<LdsFileName, number>>> = {
  'EF.ATR-INFO': 32,
  'EF.DIR': 32,
  'EF.CardAccess': 256,
  'EF.CardSecurity': 4_096,
  'EF.COM': 64,
  'EF.DG1': 128,
  'EF.DG11': 1_024,
  'EF.DG12': 512,
  'EF.DG13': 2_048,
  'EF.DG14': 1_024,
  'EF.DG15': 1_024,
  'EF.SOD': 4_096,
};

/**
 * Why this chip cannot carry this product, one clause each; empty when it can. Whatever passes here
 * fails later only by what one document is, never by what the two profiles say.
 */
export function checkPair(product: ProductProfile, chip: ChipProfile): readonly string[] {
  return [
    ...(product.chips.includes(chip.name)
      ? []
      : [`the product lists the chips ${product.chips.join(', ')}`]),
    ...product.lds.files
      .filter((name) => !chip.files.has(name) && !dependsOnRecord(name, product))
      .map((name) => `the chip cannot hold ${name}`),
    ...listMissingSecurity(product, chip),
    ...listSizeProblems(product, chip),
    ...(chip.purpose === 'training' || chip.script.at(-1)?.verb === 'lock'
      ? []
      : ['the script does not end with the lock']),
  ];
}

/** What the chip announces of itself stands in EF.DG14 and EF.DG15 [9303-11 §9.2]. */
function listMissingSecurity({ lds }: ProductProfile, chip: ChipProfile): string[] {
  const has = (name: LdsFileName): boolean => lds.files.includes(name);
  const { access, activeAuthentication } = chip;
  return [
    ...(access.pace.length > 0 && !has('EF.DG14')
      ? ['PACE repeats its infos in EF.DG14, which the product lacks']
      : []),
    ...(has('EF.DG15') && activeAuthentication === undefined
      ? ['EF.DG15 needs Active Authentication, which the chip lacks']
      : []),
    ...(has('EF.DG15') && activeAuthentication?.algorithm === 'ecdsa' && !has('EF.DG14')
      ? ['Active Authentication with ECDSA states its algorithm in EF.DG14']
      : []),
  ];
}

function listSizeProblems(product: ProductProfile, chip: ChipProfile): string[] {
  const { limits } = chip;
  const sizes = listConstantFiles({ product, chip }).map((name): [LdsFileName, number] => [
    name,
    name === 'EF.DG2'
      ? product.portrait.maxBytes + DG2_OVERHEAD_BYTES
      : (RESERVED_BYTES[name] ?? 0),
  ]);
  const total = sizes.reduce((sum, [, bytes]) => sum + bytes, 0);
  return [
    ...sizes
      .filter(([, bytes]) => bytes > limits.fileBytes)
      .map(([name, bytes]) => `${name} may have ${bytes} bytes, a file ${limits.fileBytes}`),
    ...(total > limits.memoryBytes
      ? [`all files may have ${total} bytes, the chip holds ${limits.memoryBytes}`]
      : []),
  ];
}
