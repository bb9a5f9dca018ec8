import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { parseDocument } from 'yaml';
import { CHIP_SCHEMA } from './chip-schema';
import { readChip } from './parse-chip';
import { readProduct } from './parse-product';
import { PRODUCT_SCHEMA } from './product-schema';
import { PROFILE_FOLDER, shippedNames, shippedText } from './testing/shipped-profiles';

/** What an editor has: the published file, without anything that only this program knows. */
function published(name: string): Record<string, unknown> {
  const text = readFileSync(join(PROFILE_FOLDER, 'schema', `${name}.schema.json`), 'utf8');
  return JSON.parse(text) as Record<string, unknown>;
}

describe.each([
  ['product', 'products', PRODUCT_SCHEMA, readProduct],
  ['chip', 'chips', CHIP_SCHEMA, readChip],
] as const)('card-profiles/schema/%s.schema.json', (name, kind, schema, read) => {
  const accepts = new Ajv({ strict: false }).compile(published(name));
  const asEditorSees = (text: string): unknown => parseDocument(text).toJS();

  test('is what the parser checks against', () => {
    expect(published(name)).toEqual(schema);
  });

  test.each(shippedNames(kind))('accepts %s', (profile) => {
    expect(accepts(asEditorSees(shippedText(kind, profile).text))).toBe(true);
  });

  test('refuses every member that is left out or renamed, as the parser does', () => {
    const { text, file } = shippedText(kind, shippedNames(kind)[0] ?? '');
    const members = [...text.matchAll(/^( *)([A-Za-z]+):/gm)].map((match) => match[0]);
    let refused = 0;
    for (const member of new Set(members)) {
      const changed = text.replace(member, `${member.slice(0, -1)}X:`);
      const editorAccepts = accepts(asEditorSees(changed));
      expect([member, readProblems(changed)]).toEqual([member, editorAccepts ? 'right' : 'wrong']);
      if (!editorAccepts) refused++;
    }
    expect(refused).toBeGreaterThan(10);

    function readProblems(changed: string): string {
      return read({ text: changed, file }).problems.length === 0 ? 'right' : 'wrong';
    }
  });
});
