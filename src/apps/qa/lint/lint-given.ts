import { basename, dirname } from 'node:path';
import type { LdsFileName } from '../../../production/document/lds-files';
import { lintElementaryFiles } from '../../../production/inspection/lint-objects/lint-elementary-files';
import {
  type LintContext,
  type LintedObject,
  lintObject,
} from '../../../production/inspection/lint-objects/lint-object';

/** A file that was named: an elementary file, or a container of other objects. */
export interface GivenFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Its name on a chip, where it is an elementary file. */
  readonly lds: LdsFileName | undefined;
  /** DER of what is in it otherwise. */
  readonly objects: readonly Uint8Array[];
}

/** What was found in one object, or in the elementary files of one folder. */
export interface LintResult extends Omit<LintedObject, 'kind'> {
  /** Path; with `#2` where a file holds several. */
  readonly place: string;
  readonly kind: LintedObject['kind'] | 'elementary-files';
}

/** Lints everything: objects one by one, the elementary files of a folder together. */
export function lintGiven(
  given: readonly GivenFile[],
  context: LintContext & { readonly at: Date },
): readonly LintResult[] {
  const objects = given.flatMap(({ path, objects: all }) =>
    all.map((bytes, index) => ({
      place: all.length === 1 ? path : `${path}#${index + 1}`,
      ...lintObject(bytes, context),
    })),
  );
  return [...objects, ...lintFolders(given, context)];
}

function lintFolders(
  given: readonly GivenFile[],
  { cscas, at }: LintContext & { readonly at: Date },
): readonly LintResult[] {
  const trusted = cscas.map(({ raw }) => raw);
  return divideIntoSets(given).map(({ folder, names, files }) => ({
    place: `${folder}: ${names.join(', ')}`,
    kind: 'elementary-files',
    ...lintElementaryFiles(files, trusted, at),
  }));
}

interface FileSet {
  readonly folder: string;
  readonly names: string[];
  readonly files: Map<LdsFileName, Uint8Array>;
}

/** The files of a folder are one set; a second file of a name begins another, and tells its own. */
function divideIntoSets(given: readonly GivenFile[]): readonly FileSet[] {
  const sets: FileSet[] = [];
  for (const { path, bytes, lds } of given) {
    if (lds === undefined) continue;
    const inFolder = sets.filter(({ folder }) => folder === dirname(path));
    let set = inFolder.find(({ files }) => !files.has(lds));
    if (set === undefined) {
      set = { folder: dirname(path), names: [], files: new Map() };
      sets.push(set);
    }
    set.files.set(lds, bytes);
    set.names.push(set === (inFolder[0] ?? set) ? lds : `${lds} (${basename(path)})`);
  }
  return sets;
}
