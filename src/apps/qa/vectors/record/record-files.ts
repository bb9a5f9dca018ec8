import { MalformedError } from '../../../../standards/bytes/malformed';
import { NotComputable } from '../not-computable';
import { recordBiometricHead } from './record-biometrics';
import { DETAIL_MASKS, recordDg11, recordDg12, recordDg16 } from './record-details';
import { maskDg1, recordMrz } from './record-mrz';
import { OPEN_FILES } from './record-open-files';
import { recordSecurityObject, standInText } from './record-security-object';
import type { Candidate } from './recording';

type Files = ReadonlyMap<string, Uint8Array>;

/** What can be made of files, and which of them nothing can be made of. */
export interface FileCandidates {
  readonly candidates: readonly Candidate[];
  readonly left: readonly { readonly id: string; readonly why: string }[];
}

const RECORDERS: Readonly<
  Record<string, (file: Uint8Array, files: Files) => readonly Candidate[]>
> = {
  'EF.DG1': recordMrz,
  'EF.DG2': (file) => recordBiometricHead(2, file),
  'EF.DG3': (file) => recordBiometricHead(3, file),
  'EF.DG4': (file) => recordBiometricHead(4, file),
  'EF.DG11': (file) => [recordDg11(file)],
  'EF.DG12': (file) => [recordDg12(file)],
  'EF.DG16': (file) => [recordDg16(file)],
  'EF.SOD': (file, files) => recordSecurityObject(file, dataGroupsIn(files), standFor(files)),
};

/** Candidates for entries of files, with everything masked that tells of their holder. */
export function recordFiles(files: Files): FileCandidates {
  const candidates: Candidate[] = [];
  const left: { id: string; why: string }[] = [];
  for (const [name, file] of files) {
    const open = OPEN_FILES[name];
    const recorder = RECORDERS[name];
    try {
      if (open !== undefined) candidates.push(open(file));
      else if (recorder !== undefined) candidates.push(...recorder(file, files));
      else left.push({ id: name, why: 'no topic of the vectors recomputes it' });
    } catch (error) {
      left.push({ id: name, why: reasonOf(error) });
    }
  }
  return { candidates, left };
}

/** A refusal of a parser names a place and a kind of fault, and no value. */
function reasonOf(error: unknown): string {
  if (error instanceof MalformedError || error instanceof NotComputable) return error.message;
  if (error instanceof RangeError) return 'it cannot be written as it stands there';
  throw error;
}

function dataGroupsIn(files: Files): ReadonlyMap<number, Uint8Array> {
  const groups = Array.from({ length: 16 }, (_, index) => index + 1);
  return new Map(
    groups.flatMap((group) => {
      const file = files.get(`EF.DG${group}`);
      return file === undefined ? [] : [[group, file] as const];
    }),
  );
}

/** The masked file of a group where one can be made, else a text that names the group. */
function standFor(files: Files): (group: number) => Uint8Array {
  return (group) => {
    const file = files.get(`EF.DG${group}`);
    const mask = group === 1 ? maskDg1 : DETAIL_MASKS[group];
    if (file === undefined || mask === undefined) return standInText(group);
    try {
      return mask(file);
    } catch {
      return standInText(group);
    }
  };
}
