import { join } from 'node:path';
import { encodeChipSecrets, parseChipSecrets } from '../production/document/chip-secrets';
import type { LdsFiles } from '../production/document/lds-files';
import type { SignedDocument, WritableDocument } from '../production/document/signed-document';
import { decodeUtf8 } from '../standards/bytes/text';
import { readBounded, readLdsFolder } from './read-lds-folder';
import type { Artefact } from './write-artefacts';

/** Beside the files of a built document: what the chip is given and nobody may read. */
const SECRETS = 'chip-secrets.json';

/** The elementary files, as every program names them. */
export function ldsArtefacts(files: LdsFiles, folder = ''): readonly Artefact[] {
  return [...files].map(([name, content]) => ({ path: join(folder, `${name}.bin`), content }));
}

/** Everything of a signed document as files; with its secrets it can be written to a chip. */
export function documentArtefacts(document: SignedDocument): readonly Artefact[] {
  return [
    ...ldsArtefacts(document.files),
    { path: 'DSC.cer', content: document.signer.certificate },
    { path: 'CSCA.cer', content: document.signer.csca },
    { path: SECRETS, content: encodeChipSecrets(document), secret: true },
  ];
}

/** What `card encode` needs of a built document. */
export interface DocumentFolder {
  readonly document: WritableDocument;
  readonly csca: Uint8Array;
}

/** @throws ProductionError `INPUT_UNREADABLE`, `INPUT_MALFORMED` */
export async function readDocumentFolder(folder: string): Promise<DocumentFolder> {
  const files = await readLdsFolder(folder);
  const secretsFile = join(folder, SECRETS);
  const text = decodeUtf8(await readBounded(secretsFile), secretsFile);
  return {
    document: { files, ...parseChipSecrets(text, secretsFile) },
    csca: await readBounded(join(folder, 'CSCA.cer')),
  };
}
