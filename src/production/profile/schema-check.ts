import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import type { ProfileProblem } from './profile-problem';
import type { Complaint, YamlPath, YamlSource } from './read-yaml';
import type { Schema } from './schema-parts';

const MAX_SHOWN = 60;

/** A schema made ready; tells a right value by its type. */
export type SchemaCheck<Value> = ValidateFunction<Value>;

export function compileSchema<Value>(schema: Schema): SchemaCheck<Value> {
  return new Ajv({ allErrors: true, verbose: true, discriminator: true }).compile<Value>(schema);
}

/** What the last check of this schema complained about, each at its line. */
export function listSchemaProblems(
  check: SchemaCheck<unknown>,
  source: YamlSource,
): readonly ProfileProblem[] {
  return (
    (check.errors ?? [])
      // What they hold against a value is said by the errors inside.
      .filter(({ keyword }) => keyword !== 'propertyNames' && keyword !== 'if')
      .map((error) => source.problem(pathOf(error, source.data), complain(error)))
  );
}

/** The JSON pointer of an error as members and indexes. */
function pathOf(error: ErrorObject, data: unknown): YamlPath {
  let value = data;
  return error.instancePath
    .split('/')
    .slice(1)
    .map((part) => {
      const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
      const key = Array.isArray(value) ? Number(name) : name;
      value = (value as Readonly<Record<string | number, unknown>>)[key];
      return key;
    });
}

function complain(error: ErrorObject): Complaint {
  const { keyword, data, propertyName } = error;
  const params = error.params as Readonly<Record<string, unknown>>;
  const schema = error.parentSchema ?? {};
  const limit = String(params['limit']);
  switch (keyword) {
    case 'additionalProperties': {
      const name = String(params['additionalProperty']);
      const known = Object.keys((schema['properties'] ?? {}) as Schema);
      return { found: `the unknown member "${name}"`, allowed: known.join(', '), ofKey: name };
    }
    case 'required':
      return {
        found: `no member "${String(params['missingProperty'])}"`,
        allowed: `an object with ${(schema['required'] as string[]).join(', ')}`,
      };
    case 'discriminator':
      return {
        found: show(params['tagValue']),
        allowed: tagValues(schema, String(params['tag'])).join(', '),
      };
    case 'enum':
      return { found: show(data), allowed: (schema['enum'] as unknown[]).join(', ') };
    case 'const':
      return { found: show(data), allowed: show(schema['const']) };
    case 'type':
      // A whole file of another kind may be anything: a key, a PIN. It is not repeated.
      return {
        found: error.instancePath === '' ? describeKind(data) : describe(data),
        allowed: typeName(schema),
      };
    case 'pattern':
      return {
        found: show(data),
        allowed: String(schema['description']),
        ...(propertyName !== undefined && { ofKey: propertyName }),
      };
    case 'uniqueItems':
      return {
        found: `entries ${String(params['i'])} and ${String(params['j'])} the same`,
        allowed: 'each once',
      };
    case 'minimum':
    case 'minLength':
    case 'minItems':
    case 'minProperties':
      return { found: measure(keyword, data), allowed: `at least ${limit}` };
    default:
      return { found: measure(keyword, data), allowed: `at most ${limit}` };
  }
}

function typeName({ type, description }: Schema): string {
  return type === 'object' ? 'an object' : String(description ?? type);
}

function tagValues(schema: Schema, tag: string): string[] {
  return ((schema['oneOf'] ?? []) as readonly Schema[]).flatMap((branch) => {
    const member = (branch['properties'] as Readonly<Record<string, Schema>>)[tag] ?? {};
    return 'const' in member ? [String(member['const'])] : (member['enum'] as string[]);
  });
}

function measure(keyword: string, data: unknown): string {
  if (keyword.endsWith('Items')) return `${(data as unknown[]).length} entries`;
  if (keyword.endsWith('Properties')) return `${Object.keys(data as object).length} members`;
  if (keyword.endsWith('Length')) return `${(data as string).length} characters`;
  return show(data);
}

function describe(data: unknown): string {
  return data === null || typeof data === 'object'
    ? describeKind(data)
    : `the ${typeof data} ${show(data)}`;
}

function describeKind(data: unknown): string {
  if (data === null) return 'nothing';
  if (Array.isArray(data)) return 'a list';
  return typeof data === 'object' ? 'an object' : `a ${typeof data}`;
}

function show(data: unknown): string {
  const text = JSON.stringify(data) as string | undefined;
  if (text === undefined) return 'nothing';
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}
