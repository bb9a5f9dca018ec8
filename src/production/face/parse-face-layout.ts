import type { ProfileFile } from '../ports';
import { requireProfile, type ProfileReading } from '../profile/profile-problem';
import { readYaml } from '../profile/read-yaml';
import { compileSchema, listSchemaProblems } from '../profile/schema-check';
import type { FaceLayout } from './face-layout';
import { listFaceLayoutContradictions } from './face-layout-contradictions';
import { FACE_LAYOUT_SCHEMA, type FaceLayoutYaml } from './face-layout-schema';

const check = compileSchema<FaceLayoutYaml>(FACE_LAYOUT_SCHEMA);

/**
 * The layout in the text of a file in `card-profiles/faces/`.
 *
 * @param file its name, as it is to stand in messages
 * @throws ProductionError `PROFILE_INVALID` with everything that is wrong, each with its line.
 */
export function parseFaceLayout(text: string, file: string): FaceLayout {
  return requireProfile(readFaceLayout({ text, file }));
}

/** The layout, or everything that is wrong with it. */
export function readFaceLayout(text: ProfileFile): ProfileReading<FaceLayout> {
  const source = readYaml(text);
  if (source.problems.length > 0) return { problems: source.problems };
  const { data } = source;
  if (!check(data)) return { problems: listSchemaProblems(check, source) };
  const { face: name, ...rest } = data;
  const layout = { name, ...rest };
  const problems = listFaceLayoutContradictions(layout, text.file).map(({ path, ...what }) =>
    source.problem(path, what),
  );
  return problems.length > 0 ? { problems } : { profile: layout, problems: [] };
}
