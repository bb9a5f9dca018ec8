import type { ProductProfile } from './product';
import {
  DECLARED_FIELDS,
  DG11_FIELDS,
  DG12_FIELDS,
  OPTIONAL_RECORD_FIELDS,
  PRODUCT_FILES,
  RECORD_CHECKS,
} from './product';
import {
  integer,
  LOCAL_TEXT,
  objectOf,
  objectOr,
  oneOf,
  PROFILE_NAME,
  setOf,
  taggedUnion,
  textLike,
  listOf,
  type Schema,
} from './schema-parts';

/** A product file as it is written: the profile, with its name under `product`. */
export type ProductYaml = Omit<ProductProfile, 'name'> & { readonly product: string };

const fields = oneOf(OPTIONAL_RECORD_FIELDS);
const lastDigits = (from: string): Schema =>
  objectOf({ from: { const: from }, lastDigits: integer(1, 12) });

const limits = listOf(integer(1, 39), { max: 16 });
const date = textLike('^[0-9]{4}-[0-9]{2}-[0-9]{2}$', 'a date as 2029-12-31, in quotes');

/** A name, or a table of how many characters of each component may stand. */
const truncation = objectOr(
  objectOf({ primary: limits, secondary: limits }),
  oneOf(['initials', 'cut']),
);

const biometricFormat = objectOr(
  objectOf({ until: date, then: { type: 'integer', const: 39794 } }),
  { type: 'integer', enum: [19794, 39794] },
);

const declaredMember = objectOf(
  {
    tag: textLike('^([0-9A-F]{2}){1,3}$', 'a tag in upper-case hexadecimal, in quotes'),
    type: oneOf(['text', 'digits']),
    field: oneOf(DECLARED_FIELDS),
    maxBytes: integer(1, 999),
  },
  ['maxBytes'],
);

const dg13 = objectOr(
  objectOf({
    structure: { const: 'tagged' },
    members: listOf(declaredMember, { min: 1, max: 32 }),
  }),
  oneOf(['none', 'vn-2021']),
);

const identity = objectOf(
  {
    documentNumber: taggedUnion('from', [
      objectOf({ from: { const: 'record' } }),
      lastDigits('personal-number'),
    ]),
    nameSplit: oneOf(['first-word', 'primary-only', 'divided-in-record']),
    mrzOptionalData: oneOf(['none', 'personal-number', 'vn-personal-number-with-check-digit']),
    mrzNoExpiry: textLike('^([0-9]{6}|<{6})$', 'YYMMDD, or <<<<<< in quotes'),
    transliteration: {
      type: 'object',
      maxProperties: 64,
      propertyNames: textLike('^[^ -~]$', 'one letter outside ASCII'),
      additionalProperties: textLike('^[A-Z]{0,4}$', 'up to four letters A to Z'),
    },
    cyrillicLanguage: oneOf(['be', 'bg', 'mk', 'sr', 'uk']),
    truncation,
    cardAccessNumber: taggedUnion('from', [
      objectOf({ from: { const: 'none' } }),
      lastDigits('personal-number'),
      lastDigits('document-number'),
    ]),
  },
  ['cyrillicLanguage', 'truncation'],
);

/** JSON Schema of the files in `card-profiles/products/`. */
export const PRODUCT_SCHEMA: Schema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Persoline product profile',
  description: 'What is on a card, whatever chip it is made on',
  ...objectOf(
    {
      product: PROFILE_NAME,
      title: LOCAL_TEXT,
      form: oneOf(['TD1', 'TD2', 'TD3']),
      documentCode: textLike('^[A-Z][A-Z<]$', 'two characters A to Z, the second may be <'),
      issuingState: textLike('^[A-Z]{1,3}$', 'the code of a state, A to Z'),
      chips: setOf(PROFILE_NAME, { min: 1, max: 32 }),
      record: objectOf({
        required: setOf(fields, { max: 64 }),
        allowed: setOf(fields, { max: 64 }),
        checks: setOf(oneOf(RECORD_CHECKS), { max: 32 }),
      }),
      identity,
      portrait: objectOf(
        {
          widthPx: integer(120, 2400),
          heightPx: integer(160, 3200),
          maxBytes: integer(4_000, 1_000_000),
          format: oneOf(['jpeg', 'jpeg2000']),
        },
        ['format'],
      ),
      lds: objectOf(
        {
          version: oneOf(['1.7', '1.8']),
          unicodeVersion: textLike('^[0-9]{1,2}\\.[0-9]{1,2}\\.[0-9]{1,2}$', 'a version as 4.0.0'),
          files: setOf(oneOf(PRODUCT_FILES), { min: 4, max: 32 }),
          dg11: setOf(oneOf(DG11_FIELDS), { max: 16 }),
          dg12: setOf(oneOf(DG12_FIELDS), { max: 16 }),
          dg13,
          biometricFormat,
          personalizationSystem: { type: 'string', minLength: 1, maxLength: 60 },
        },
        ['biometricFormat', 'personalizationSystem'],
      ),
      signing: objectOf({
        securityObjectVersion: { type: 'integer', enum: [0, 1] },
        digest: oneOf(['sha224', 'sha256', 'sha384', 'sha512']),
      }),
      face: PROFILE_NAME,
    },
    ['issuingState'],
  ),
};
