import { Ajv2020, type ErrorObject } from 'ajv/dist/2020';
import { RECORD_SCHEMA } from './record-schema';
import type { RecordProblem } from './record-problem';

const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(RECORD_SCHEMA);

/** What the record schema has against a value, all of it, each thing once. */
export function findSchemaProblems(value: unknown): readonly RecordProblem[] {
  if (validate(value)) return [];
  const problems = new Map<string, RecordProblem>();
  const errors = validate.errors ?? [];
  // The branches of the two forms of a name complain about each other; that neither fits is said
  // only when nothing else is wrong with the name.
  const own = errors.filter(({ schemaPath }) => !schemaPath.includes('/oneOf/'));
  const forms = own.filter(({ keyword }) => keyword === 'oneOf');
  const others = own.filter(({ keyword }) => keyword !== 'oneOf');
  const alone = forms.filter(
    ({ instancePath: form }) => !others.some((error) => error.instancePath.startsWith(form)),
  );
  for (const error of [...others, ...alone]) {
    const problem = toProblem(error);
    problems.set(`${problem.field}: ${problem.reason}`, problem);
  }
  return [...problems.values()];
}

function toProblem(error: ErrorObject): RecordProblem {
  const field = fieldAt(error.instancePath);
  const params = error.params as Readonly<Record<string, unknown>>;
  switch (error.keyword) {
    case 'required':
      return { field: join(field, String(params['missingProperty'])), reason: 'is missing' };
    case 'additionalProperties':
      return unknownMember(field, String(params['additionalProperty']));
    case 'oneOf':
      return { field, reason: 'has to be either { full } or { primary, secondary }' };
    case 'type':
      return { field, reason: `has to be ${[params['type']].flat().join(' or ')}` };
    case 'enum':
      return {
        field,
        reason: `has to be one of ${(params['allowedValues'] as unknown[]).join(', ')}`,
      };
    case 'minLength':
    case 'minItems':
      return { field, reason: 'is empty' };
    case 'maxLength':
      return { field, reason: `is longer than ${String(params['limit'])} characters` };
    case 'maxItems':
      return { field, reason: `has more than ${String(params['limit'])} entries` };
    case 'minimum':
    case 'maximum':
      return { field, reason: `is not ${String(params['comparison'])} ${String(params['limit'])}` };
    default:
      return { field, reason: 'is not written as the record format asks' };
  }
}

/** A name that somebody mistyped is said; one that could be content is not. */
function unknownMember(field: string, name: string): RecordProblem {
  return /^[A-Za-z][A-Za-z0-9_-]{0,39}$/.test(name)
    ? { field: join(field, name), reason: 'is not a member of the record format' }
    : { field, reason: 'has a member that the record format does not know' };
}

function fieldAt(instancePath: string): string {
  return instancePath === '' ? 'record' : instancePath.slice(1).replaceAll('/', '.');
}

function join(field: string, member: string): string {
  return field === 'record' ? member : `${field}.${member}`;
}
