import type { Command } from 'commander';
import { prepareHolder } from '../../production/datagroups/prepare-holder';
import { parseFaceLayout } from '../../production/face/parse-face-layout';
import { printFace, type PrintedSide } from '../../production/face/print-face';
import { ProductionError } from '../../production/errors';
import { preparePictures } from '../../production/prepare-pictures';
import type { CommandContext } from '../command-context';
import { faceArtefacts } from '../face-artefacts';
import { systemClock } from '../system';
import { checkOutputFolder, writeArtefacts } from '../write-artefacts';
import { faceRasterizer, openFaceRenderer } from '../wiring/faces';
import { openProfiles } from '../wiring/profiles';
import { openPictures } from '../wiring/records';
import { loadProducts } from '../load-products';
import { parseWholeNumber } from '../parse-options';
import { loadRecord } from './load-record';
import { warnOfHolder } from './warn-of-holder';

interface RenderOptions {
  readonly record: string;
  readonly profile: string;
  readonly out: string;
  readonly dpi: number;
}

/** `face render`: the printed sides of one record. */
export function addFaceCommands(program: Command, context: CommandContext): void {
  program
    .command('face')
    .description('Printed sides of a card.')
    .command('render')
    .description('Renders the sides of one record as PDF and PNG.')
    .requiredOption('--record <file>', 'a file with one record; its pictures lie beside it')
    .requiredOption('--profile <product>', 'what the card is')
    .requiredOption('--out <dir>', 'folder for front.pdf, back.pdf, front.png, back.png')
    .option('--dpi <number>', 'resolution of the PNG', parseWholeNumber(72, 1200), 300)
    .action((options: RenderOptions) => render(context, options));
}

async function render(context: CommandContext, options: RenderOptions): Promise<void> {
  const { record: file, profile, out, dpi: dotsPerInch } = options;
  const profiles = openProfiles();
  const pictures = openPictures();
  const products = await loadProducts(profiles);
  const record = await loadRecord({ file, product: profile, products, pictures }, context.terminal);
  const product = products.get(profile);
  if (product === undefined) throw new ProductionError('PROFILE_UNKNOWN', profile);
  await checkOutputFolder(out);
  const prepared = await preparePictures(record, product, pictures);
  const { holder, warnings } = prepareHolder(record.record, product, prepared);
  warnOfHolder(context.terminal, warnings);
  const { text, file: layoutFile } = await profiles.readProfile('faces', product.face);
  const request = {
    ...{ holder, product, layout: parseFaceLayout(text, layoutFile) },
    ...{ renderer: openFaceRenderer(), createdAt: systemClock.now() },
  };
  const sides = await printWithPictures(request, dotsPerInch, context);
  await writeArtefacts(out, faceArtefacts(sides));
  context.terminal.print(
    `${out}: ${faceArtefacts(sides)
      .map(({ path }) => path)
      .join(', ')}`,
  );
}

/** The PDF is made also where nothing can turn it into a picture. */
async function printWithPictures(
  request: Parameters<typeof printFace>[0],
  dotsPerInch: number,
  { terminal }: CommandContext,
): Promise<readonly PrintedSide[]> {
  try {
    return await printFace({ ...request, pictures: { rasterizer: faceRasterizer, dotsPerInch } });
  } catch (error) {
    if (!(error instanceof ProductionError) || error.code !== 'TOOL_MISSING') throw error;
    terminal.note(`warning: no PNG: ${error.message}`);
    return printFace(request);
  }
}
