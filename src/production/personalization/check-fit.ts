import type { LdsFileName } from '../document/lds-files';
import type { ChipKey, EcChipKey, RsaChipKey, WritableDocument } from '../document/signed-document';
import { ProductionError } from '../errors';
import type { ChipProfile, KeyOrigin } from '../profile/chip';
import { dependsOnRecord, listConstantFiles, listPossibleFiles } from '../profile/document-files';
import type { ProductProfile } from '../profile/product';

/** What is to be written, how the product wants it, and on what. */
export interface Personalization {
  readonly document: WritableDocument;
  readonly product: ProductProfile;
  readonly chip: ChipProfile;
}

/**
 * Refuses what a chip cannot take before the first command is sent to it.
 *
 * @throws ProductionError `PROFILE_INVALID` when the product is not made on this chip,
 * `INPUT_MALFORMED` when the document was not built for this pair, `FILE_TOO_LARGE`.
 */
export function checkFit(personalization: Personalization): void {
  const { product, chip, document } = personalization;
  const place = `${product.name} on ${chip.name}`;
  if (!product.chips.includes(chip.name)) {
    const reason = `the product is made on ${product.chips.join(', ')}`;
    throw new ProductionError('PROFILE_INVALID', place, [reason]);
  }
  const homeless = product.lds.files.filter(
    (name) => !chip.files.has(name) && !dependsOnRecord(name, product),
  );
  if (homeless.length > 0) {
    const reason = `the chip cannot hold ${homeless.join(', ')}`;
    throw new ProductionError('PROFILE_INVALID', place, [reason]);
  }
  const wrong = [
    ...listWrongFiles(personalization),
    ...listWrongKeys(personalization),
    ...listWrongTrust(personalization),
  ];
  if (wrong.length > 0)
    throw new ProductionError('INPUT_MALFORMED', `document for ${place}`, wrong);
  checkSizes(chip, document);
}

/**
 * The files in the order in which they are written: those of the document, or without one those
 * that every document of the pair has.
 */
export function listFilesToWrite({
  document,
  ...pair
}: Pick<Personalization, 'product' | 'chip'> & Partial<Personalization>): readonly LdsFileName[] {
  if (document === undefined) return listConstantFiles(pair);
  return listPossibleFiles(pair).filter((name) => document.files.has(name));
}

function listWrongFiles({ document, ...pair }: Personalization): string[] {
  const possible = listPossibleFiles(pair);
  const found = [...document.files.keys()];
  return [
    ...listConstantFiles(pair)
      .filter((name) => !found.includes(name))
      .map((name) => `${name} is missing`),
    ...found
      .filter((name) => !possible.includes(name))
      .map((name) => `${name} does not belong on this chip`),
    ...found
      .filter((name) => possible.includes(name) && !pair.chip.files.has(name))
      .map((name) => `the chip cannot hold ${name}`),
  ];
}

function listWrongKeys({ document, product, chip }: Personalization): string[] {
  const { activeAuthentication, chipAuthentication } = document.chipKeys;
  const aa = chip.activeAuthentication;
  const ca = chip.chipAuthentication;
  return [
    ...checkKey(activeAuthentication, {
      name: 'Active Authentication',
      origin: product.lds.files.includes('EF.DG15') ? aa?.keyOrigin : undefined,
      fits: (key) =>
        aa?.algorithm === 'rsa'
          ? key.type === 'rsa' && key.modulus.length * 8 === aa.modulusBits
          : key.type === 'ec' && key.curve === aa?.curve,
    }),
    ...checkKey(chipAuthentication, {
      name: 'Chip Authentication',
      origin: product.lds.files.includes('EF.DG14') ? ca?.keyOrigin : undefined,
      fits: (key) => key.type === 'ec' && key.curve === ca?.curve,
    }),
  ];
}

/** A chip that names its CVCAs in a file must have got them, and the other way. */
function listWrongTrust({ document, chip }: Personalization): string[] {
  const count = document.terminalTrust?.certificates.length ?? 0;
  const most = chip.terminalAuthentication?.trustPoints ?? 0;
  return [
    ...(count > most ? [`${count} CVCA certificates, the chip takes ${most}`] : []),
    ...(document.files.has('EF.CVCA') === count > 0
      ? []
      : ['EF.CVCA and the CVCA certificates do not belong together']),
  ];
}

interface KeyWish {
  readonly name: string;
  /** Undefined where the chip has no use for such a key. */
  readonly origin: KeyOrigin | undefined;
  readonly fits: (key: RsaChipKey | EcChipKey) => boolean;
}

function checkKey(key: ChipKey | undefined, { name, origin, fits }: KeyWish): string[] {
  if (origin === undefined) {
    return key === undefined ? [] : [`the chip takes no key for ${name}`];
  }
  if (key === undefined) return [`the key for ${name} is missing`];
  if (key.type === 'on-chip') {
    return origin === 'host' ? [`the chip makes no key for ${name}`] : [];
  }
  if (origin === 'chip') return [`the chip makes its own key for ${name}`];
  return fits(key) ? [] : [`the key for ${name} is not of the kind that the chip takes`];
}

function checkSizes({ name, limits }: ChipProfile, { files }: WritableDocument): void {
  const tooLarge = [...files]
    .filter(([, { length }]) => length > limits.fileBytes)
    .map(([file, { length }]) => `${file} has ${length} bytes, the limit is ${limits.fileBytes}`);
  const total = [...files.values()].reduce((sum, { length }) => sum + length, 0);
  if (total > limits.memoryBytes) {
    tooLarge.push(`all files have ${total} bytes, the chip holds ${limits.memoryBytes}`);
  }
  if (tooLarge.length > 0) throw new ProductionError('FILE_TOO_LARGE', name, tooLarge);
}
