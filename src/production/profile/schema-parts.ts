/** A JSON Schema as data: what is published for editors is what the parser checks against. */
export type Schema = Readonly<Record<string, unknown>>;

/** An object with exactly these members; those named optional may be absent. */
export function objectOf(
  properties: Readonly<Record<string, Schema>>,
  optional: readonly string[] = [],
): Schema {
  return {
    type: 'object',
    additionalProperties: false,
    required: Object.keys(properties).filter((name) => !optional.includes(name)),
    properties,
  };
}

/** One of several objects, told apart by the member `tag`, which is a constant in each. */
export function taggedUnion(tag: string, branches: readonly Schema[]): Schema {
  return { type: 'object', discriminator: { propertyName: tag }, required: [tag], oneOf: branches };
}

/** An object, or where something else stands, a value of another schema. */
export function objectOr(object: Schema, other: Schema): Schema {
  return { if: { type: 'object' }, then: object, else: other };
}

export function listOf(items: Schema, bounds: { min?: number; max: number }): Schema {
  return { type: 'array', items, minItems: bounds.min ?? 0, maxItems: bounds.max };
}

/** A list in which nothing stands twice. */
export function setOf(items: Schema, bounds: { min?: number; max: number }): Schema {
  return { ...listOf(items, bounds), uniqueItems: true };
}

export function oneOf(values: readonly string[]): Schema {
  return { type: 'string', enum: values };
}

export function integer(minimum: number, maximum: number): Schema {
  return { type: 'integer', minimum, maximum };
}

/** Text of a form; `description` says in words what the pattern demands. */
export function textLike(pattern: string, description: string): Schema {
  return { type: 'string', pattern, description };
}

/** Hexadecimal of so many bytes, in quotes. */
export function hex(minBytes: number, maxBytes = minBytes): Schema {
  const bytes = minBytes === maxBytes ? `${minBytes}` : `${minBytes} to ${maxBytes}`;
  return textLike(
    `^([0-9A-F]{2}){${minBytes},${maxBytes}}$`,
    `${bytes} bytes in upper-case hexadecimal, in quotes`,
  );
}

export const PROFILE_NAME = textLike(
  '^[a-z0-9]+(-[a-z0-9]+)*$',
  'a name in lower-case letters, digits and single hyphens',
);

const words = { type: 'string', minLength: 1, maxLength: 120 };

/** A text in both languages of the line. */
export const LOCAL_TEXT = objectOf({ vi: words, en: words });
