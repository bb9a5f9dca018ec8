import { InvalidArgumentError, type Command } from 'commander';
import { findChipFor } from '../../production/profile/load-profiles';
import type { DocumentLint } from '../../production/document/document-lint';
import { lintDocument } from '../../production/inspection/lint-document';
import { ProductionError } from '../../production/errors';
import { previewMrz } from '../../production/datagroups/preview-mrz';
import { prepareDocument, type PreparedDocument } from '../../production/prepare-document';
import { BIOMETRIC_FORMATS, type BiometricFormat } from '../../production/profile/product';
import type { CommandContext } from '../command-context';
import { documentArtefacts } from '../document-folder';
import { systemClock, systemRandom } from '../system';
import { checkOutputFolder, writeArtefacts } from '../write-artefacts';
import { openChipKeyMaker } from '../wiring/chip-keys';
import { openFaceRenderer } from '../wiring/faces';
import { openDeskSigners } from '../wiring/line-signers';
import { openProfiles } from '../wiring/profiles';
import { openPictures } from '../wiring/records';
import { collect } from '../parse-options';
import { readTrustPoints } from '../read-trust-points';
import { loadProducts } from '../load-products';
import { loadRecord } from './load-record';
import { addKeyOptions, openNamedKeys, type StoreOptions } from './open-line-store';
import { describeMrz } from './stored-mrz';
import { warnOfHolder } from './warn-of-holder';

/** Under this name signatures beside the line are counted, where they are. */
const DESK = 'document-build';

interface BuildOptions extends StoreOptions {
  readonly record: string;
  readonly profile: string;
  readonly chip?: string;
  readonly biometricFormat?: BiometricFormat;
  readonly cvca: readonly string[];
  readonly showMrz?: true;
  readonly out: string;
}

/** `document build`: the files of one record, signed; no chip. */
export function addBuildCommand(document: Command, context: CommandContext): void {
  addKeyOptions(
    document
      .command('build')
      .description('Builds and signs the LDS files of one record.')
      .requiredOption('--record <file>', 'a file with one record; its pictures lie beside it')
      .requiredOption('--profile <product>', 'what is on the card')
      .option(
        '--chip <chip>',
        'what it is for; by default the first chip of the product that holds all of it',
      )
      .option(
        '--biometric-format <number>',
        "19794 or 39794 in place of the product's, for trials",
        parseBiometricFormat,
      )
      .option(
        '--cvca <file>',
        'certificate of a CVCA whose terminals may read EF.DG3 and EF.DG4, up to two; PERSOLINE_CVCA by default',
        collect,
        [],
      )
      .option('--show-mrz', 'what the MRZ holds, in clear, for who approves')
      .requiredOption('--out <dir>', 'folder for EF.*.bin, DSC.cer, CSCA.cer'),
  ).action((options: BuildOptions) => build(context, options));
}

function parseBiometricFormat(text: string): BiometricFormat {
  const found = BIOMETRIC_FORMATS.find((format) => String(format) === text);
  if (found === undefined) throw new InvalidArgumentError('It is 19794 or 39794.');
  return found;
}

async function build(context: CommandContext, options: BuildOptions): Promise<void> {
  const { record: file, profile: product, chip, biometricFormat, out } = options;
  const profiles = openProfiles();
  const pictures = openPictures();
  const order = { file, product, products: await loadProducts(profiles), pictures };
  const record = await loadRecord(order, context.terminal);
  const trustPoints = await readTrustPoints(options.cvca);
  await checkOutputFolder(out);
  const keys = await openNamedKeys(context, options);
  const desk = await openDeskSigners(keys.keys).catch((error: unknown) =>
    keys.hsm.close().then(() => Promise.reject(error as Error)),
  );
  try {
    const prepared = await prepareDocument(
      {
        ...{ record, product, turn: { station: DESK } },
        chip: chip ?? (await findChipFor(record.record, product, profiles)),
        ...(biometricFormat !== undefined && { biometricFormat }),
      },
      {
        ...{
          profiles,
          pictures,
          hsm: keys.hsm,
          signer: desk.signers,
          clock: systemClock,
          random: systemRandom,
        },
        trustPoints,
        chipKeys: openChipKeyMaker(keys.hsm),
        typesetter: openFaceRenderer(),
        tellFace: (fault) => tellFace(context, fault),
        lint: lintOfTrials,
      },
    );
    requireTrustTaken(options, prepared);
    tellWarnings(context, options, prepared);
    await writeArtefacts(out, documentArtefacts(prepared.document));
    const names = [...prepared.document.files.keys()].join(', ');
    context.terminal.print(`${out}: ${names}, for ${prepared.chip.name}`);
  } finally {
    await desk.close();
    await keys.hsm.close();
  }
}

function tellWarnings(
  { terminal }: CommandContext,
  { showMrz }: BuildOptions,
  { warnings, document, holder, product }: PreparedDocument,
): void {
  warnOfHolder(terminal, warnings);
  for (const { check, reason } of document.warnings ?? []) {
    terminal.note(`warning: ${check}: ${reason.en}`);
  }
  if (showMrz !== true) return;
  for (const line of describeMrz(previewMrz(holder.record, product))) terminal.print(line);
}

/** No card is printed here; on the line the same record would be refused. */
function tellFace({ terminal }: CommandContext, { code, place, reasons }: ProductionError): void {
  terminal.note(`warning: the card could not be printed: ${code}: ${place}: ${reasons.join('; ')}`);
}

/** Who names a CVCA wants it in the chip; a document that leaves it out would only show it later. */
function requireTrustTaken({ cvca }: BuildOptions, { product, chip, document }: PreparedDocument) {
  if (cvca.length === 0 || document.terminalTrust !== undefined) return;
  throw new ProductionError('USAGE', '--cvca', [
    `${product.name} on ${chip.name} has no terminal to tell from another`,
  ]);
}

/** What says that record and keys do not belong together: with trial keys that is told, not refused. */
const ONLY_TOLD: ReadonlySet<string> = new Set([
  'ICAO3:LDS_D/country',
  'ICAO3:LDS_D/document-type',
  'ICAO3:LDS_B/expiry',
]);

/** The line refuses these before a card is spent; here nothing is spent. */
const lintOfTrials: DocumentLint = (document) =>
  lintDocument(document).map((finding) =>
    ONLY_TOLD.has(finding.check) ? { ...finding, severity: 'warning' } : finding,
  );
