import { EYE_COLOURS, FINGER_POSITIONS, HAIR_COLOURS } from '../document/approved-record';

const text = (maxLength: number, description: string) =>
  ({ type: 'string', minLength: 1, maxLength, description }) as const;

const PATH_MAX = 255;
const path = (description: string) =>
  ({ ...text(PATH_MAX, description), pattern: '^[^\\u0000-\\u001f\\\\]+$' }) as const;

const DATE = '\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])';
const TIME = '([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,9})?(Z|[+-]([01]\\d|2[0-3]):[0-5]\\d)';

const date = { type: 'string', pattern: `^${DATE}$` } as const;
const names = (description: string) =>
  ({
    type: 'array',
    minItems: 1,
    maxItems: 15,
    description,
    items: text(100, 'A name.'),
  }) as const;

/**
 * One approved record: JSON Schema, draft 2020-12. `docs/record.schema.json` is this value; a test
 * proves it. What a schema cannot say stands in `check-record.ts`.
 */
export const RECORD_SCHEMA = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://persoline.invalid/record.schema.json',
  title: 'Approved record',
  description: 'One approved application for one document; see record-format.md.',
  type: 'object',
  additionalProperties: false,
  required: [
    'recordId',
    'recordVersion',
    'profile',
    'approvedAt',
    'approvedBy',
    'issuingState',
    'name',
    'dateOfBirth',
    'sex',
    'nationality',
    'dateOfIssue',
    'dateOfExpiry',
    'portrait',
  ],
  properties: {
    recordId: {
      ...text(64, 'The application, unique upstream; the same in all its versions.'),
      pattern: '^[A-Za-z0-9][A-Za-z0-9._:-]*$',
    },
    recordVersion: {
      type: 'integer',
      minimum: 1,
      maximum: 2_147_483_647,
      description: 'Counts up with every change of content.',
    },
    profile: {
      ...text(64, 'Name of the product.'),
      pattern: '^[a-z0-9][a-z0-9-]*$',
    },
    approvedAt: { type: 'string', pattern: `^${DATE}T${TIME}$`, description: 'RFC 3339 time.' },
    approvedBy: text(100, 'Who approved it, by account or office.'),
    issuingState: {
      type: 'string',
      pattern: '^([A-Z]{3}|D)$',
      description: 'Code as in the MRZ, Doc 9303-3 section 5.',
    },
    documentNumber: {
      type: 'string',
      pattern: '^[A-Z0-9]{1,22}$',
      description: 'Absent where the profile derives it.',
    },
    personalNumber: {
      type: 'string',
      pattern: '^[A-Z0-9]{1,14}$',
      description: 'National number of the holder.',
    },
    name: {
      type: 'object',
      description: 'In national characters: undivided, or in two identifiers.',
      additionalProperties: false,
      properties: {
        full: text(100, 'The whole name, family name first where custom is so.'),
        primary: text(100, 'Primary identifier, in most states the family name.'),
        secondary: { type: 'string', maxLength: 100, description: 'May be empty.' },
      },
      oneOf: [
        { required: ['full'], properties: { primary: false, secondary: false } },
        { required: ['primary', 'secondary'], properties: { full: false } },
      ],
    },
    dateOfBirth: {
      type: 'string',
      pattern: `^(${DATE}|\\d{4}-(0[1-9]|1[0-2])|\\d{4})$`,
      description: 'Full, or as far as it is known: 1950-07 or 1950.',
    },
    sex: { enum: ['M', 'F', 'X'] },
    nationality: {
      type: 'string',
      pattern: '^([A-Z]{3}|D)$',
      description: 'Code as in the MRZ, Doc 9303-3 section 5.',
    },
    dateOfIssue: { type: 'string', pattern: `^${DATE}$` },
    dateOfExpiry: {
      type: ['string', 'null'],
      pattern: `^${DATE}$`,
      description: 'null for a document that does not expire.',
    },
    portrait: path('Path of the picture.'),
    placeOfOrigin: text(200, 'Place of origin.'),
    placeOfResidence: text(300, 'Place of residence.'),
    ethnicity: text(50, 'Ethnic group.'),
    religion: text(50, 'Religion.'),
    identifyingFeatures: text(200, 'Personal identification.'),
    father: text(100, 'Name of the father.'),
    mother: text(100, 'Name of the mother.'),
    spouse: text(100, 'Name of the spouse.'),
    oldIdNumber: { type: 'string', pattern: '^[A-Z0-9]{1,14}$', description: 'Earlier number.' },
    placeOfBirth: text(200, 'Place of birth.'),
    address: text(300, 'Permanent address.'),
    telephone: {
      type: 'string',
      pattern: '^\\+?[0-9][0-9 ().-]{2,30}$',
      description: 'Telephone.',
    },
    profession: text(100, 'Profession.'),
    issuingAuthority: text(100, 'Authority or office that issues.'),
    deliveryOffice: text(100, 'Where the document is handed over.'),
    fingerprints: {
      type: 'array',
      maxItems: FINGER_POSITIONS.length,
      description: 'WSQ or JPEG 2000 as enrolment delivered them; empty where there are none.',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['position', 'file'],
        properties: {
          position: { enum: FINGER_POSITIONS },
          file: path('Path of the fingerprint.'),
        },
      },
    },
    irises: {
      type: 'array',
      maxItems: 2,
      description: 'JPEG 2000 as enrolment delivered them; empty where there are none.',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['eye', 'file', 'takenOn'],
        properties: {
          eye: { enum: ['right', 'left'] },
          file: path('Path of the picture.'),
          takenOn: date,
        },
      },
    },
    signature: path('Path of the picture of the holder’s signature.'),
    displayedPortrait: path('Path of the portrait as the document shows it.'),
    portraitTakenOn: date,
    eyeColour: { enum: EYE_COLOURS },
    hairColour: { enum: HAIR_COLOURS },
    heightCm: { type: 'integer', minimum: 20, maximum: 300, description: 'Height of the holder.' },
    otherNames: names('Other names, identifiers divided by a comma.'),
    title: text(60, 'Title.'),
    personalSummary: text(99, 'Personal summary.'),
    proofOfCitizenship: path('Path of the picture of a proof of citizenship.'),
    otherDocumentNumbers: {
      type: 'array',
      minItems: 1,
      maxItems: 9,
      description: 'Numbers of other travel documents.',
      items: { type: 'string', pattern: '^[A-Z0-9]{1,22}$' },
    },
    custody: text(300, 'Who has custody of the holder.'),
    otherPersons: names('Others whom the document is for, identifiers divided by a comma.'),
    endorsements: text(300, 'Endorsements and observations.'),
    taxOrExitRequirements: text(300, 'Tax or exit requirements.'),
    imageOfFront: path('Path of a picture of the front.'),
    imageOfRear: path('Path of a picture of the rear.'),
    personsToNotify: {
      type: 'array',
      minItems: 1,
      maxItems: 15,
      description: 'Persons to notify in an emergency.',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['name', 'recordedOn'],
        properties: {
          name: text(100, 'Name, identifiers divided by a comma.'),
          recordedOn: date,
          telephone: {
            type: 'string',
            pattern: '^\\+?[0-9][0-9 ().-]{2,30}$',
            description: 'Telephone.',
          },
          address: text(300, 'Address.'),
        },
      },
    },
  },
} as const;
