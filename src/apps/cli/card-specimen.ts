import type { Command } from 'commander';
import { decodeUtf8 } from '../../standards/bytes/text';
import type { CommandContext } from '../command-context';
import { ldsArtefacts } from '../document-folder';
import { readBounded } from '../read-lds-folder';
import { checkOutputFolder, writeArtefacts, type Artefact } from '../write-artefacts';
import { makeSpecimen, type Specimen } from './specimen/make-specimen';
import { parseSpecimenDescription } from './specimen/specimen-description';
import { SPECIMEN_HOLDER, SPECIMEN_SECRETS } from './specimen/specimen-holder';
import { withSpecimenTools } from './specimen/with-specimen-tools';

/** What `card simulate --state` puts in. */
const CHIP = 'chip.json';

/** `card specimen`: a chip of an invented holder that speaks what a file says. */
export function addSpecimenCommand(card: Command, context: CommandContext): void {
  card
    .command('specimen')
    .argument('<file>', 'what it speaks and holds: docs/specimen-chips.md')
    .description('Makes a personalized virtual chip for trials of readers; see card simulate.')
    .requiredOption('--out <dir>', `folder for ${CHIP}, the files, CSCA.cer and a terminal`)
    .action((file: string, { out }: { readonly out: string }) => specimen(context, file, out));
}

async function specimen({ terminal }: CommandContext, file: string, out: string): Promise<void> {
  const text = decodeUtf8(await readBounded(file), file);
  const description = parseSpecimenDescription({ text, file });
  await checkOutputFolder(out);
  await withSpecimenTools(async (tools) => {
    const made = await makeSpecimen(description, tools);
    await writeArtefacts(out, [
      ...specimenArtefacts(made),
      { path: 'CSCA.cer', content: tools.signer.csca },
      { path: 'DSC.cer', content: tools.signer.certificate },
    ]);
  });
  const { documentNumber, dateOfBirth, dateOfExpiry } = SPECIMEN_HOLDER;
  const { can, pin, puk } = SPECIMEN_SECRETS;
  terminal.print(`--mrz-key ${documentNumber},${dateOfBirth},${dateOfExpiry}`);
  terminal.print(`--can ${can} --pin ${pin} --puk ${puk}`);
  terminal.note(`put it in: card simulate --chip gp-emrtd --state ${out}/${CHIP}`);
}

function specimenArtefacts({ chip, files, terminal }: Specimen): readonly Artefact[] {
  return [
    { path: CHIP, content: `${JSON.stringify(chip, null, 1)}\n`, secret: true },
    ...ldsArtefacts(files),
    ...(terminal === undefined
      ? []
      : [
          { path: `${terminal.cvca.name}.cvcert`, content: terminal.cvca.certificate },
          ...[...terminal.certificates].map(([name, content]) => ({
            path: `${name}.cvcert`,
            content,
          })),
          { path: 'terminal-key.pem', content: terminal.terminalKey, secret: true },
        ]),
  ];
}
