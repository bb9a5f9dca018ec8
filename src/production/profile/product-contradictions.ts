import { findDocumentCodeFault } from '../../standards/mrz/document-code';
import type { DeclaredStructure, ProductProfile, RecordField } from './product';
import type { Complaint, YamlPath } from './read-yaml';

/** A complaint and where in the profile it is raised. */
export type PlacedComplaint = Complaint & { readonly path: YamlPath };

type Rule = (product: ProductProfile) => readonly PlacedComplaint[];

/** Statements of one product that cannot stand together. */
export function listProductContradictions(
  product: ProductProfile,
  file: string,
): readonly PlacedComplaint[] {
  return [...checkName('product', product.name, file), ...RULES.flatMap((rule) => rule(product))];
}

/** A profile is found by the name of its file, which therefore is its own name. */
export function checkName(member: string, name: string, file: string): readonly PlacedComplaint[] {
  const expected = (file.split(/[\\/]/).at(-1) ?? '').replace(/\.ya?ml$/, '');
  if (expected === name) return [];
  return [{ path: [member], found: `"${name}"`, allowed: `the name of the file, ${expected}` }];
}

const RULES: readonly Rule[] = [
  // The files that no travel document may lack [9303-10 §4].
  ({ lds }) =>
    (['EF.COM', 'EF.DG1', 'EF.DG2', 'EF.SOD'] as const)
      .filter((name) => !lds.files.includes(name))
      .map((name) => ({
        path: ['lds', 'files'],
        found: `no ${name}`,
        allowed: 'EF.COM, EF.DG1, EF.DG2 and EF.SOD in every product',
      })),
  ({ lds }) => [
    ...checkContent('EF.DG11', lds.files.includes('EF.DG11'), ['dg11', lds.dg11.length > 0]),
    ...checkContent('EF.DG12', lds.files.includes('EF.DG12'), ['dg12', lds.dg12.length > 0]),
    ...checkContent('EF.DG13', lds.files.includes('EF.DG13'), ['dg13', lds.dg13 !== 'none']),
  ],
  // The version inside the security object came with LDS 1.8 [9303-10 §4.6.2].
  ({ lds, signing }) => {
    const expected = lds.version === '1.8' ? 1 : 0;
    if (signing.securityObjectVersion === expected) return [];
    return [
      {
        path: ['signing', 'securityObjectVersion'],
        found: `${signing.securityObjectVersion} with LDS ${lds.version}`,
        allowed: `${expected}`,
      },
    ];
  },
  // What the date of issue adds is asked of each record [9303-4 §4.4].
  ({ form, documentCode }) => {
    const fault = findDocumentCodeFault(documentCode, form);
    if (fault === undefined) return [];
    return [{ path: ['documentCode'], found: `"${documentCode}" for ${form}`, allowed: fault }];
  },
  ({ lds }) => (typeof lds.dg13 === 'string' ? [] : checkStructure(lds.dg13)),
  ({ lds: { biometricFormat } }) =>
    typeof biometricFormat !== 'object' || isCalendarDate(biometricFormat.until)
      ? []
      : [
          {
            path: ['lds', 'biometricFormat', 'until'],
            found: biometricFormat.until,
            allowed: 'a date of the calendar',
          },
        ],
  ({ record }) =>
    record.allowed.flatMap((field, index) =>
      record.required.includes(field)
        ? [{ path: ['record', 'allowed', index], found: field, allowed: 'what is not required' }]
        : [],
    ),
  ({ identity }) => {
    const { cardAccessNumber } = identity;
    if (cardAccessNumber.from === 'none' || cardAccessNumber.lastDigits === 6) return [];
    return [
      {
        path: ['identity', 'cardAccessNumber', 'lastDigits'],
        found: `${cardAccessNumber.lastDigits}`,
        allowed: '6, the length of a card access number [9303-11 §4.4.4]',
      },
    ];
  },
  (product) => [
    ...requireField(product, 'documentNumber', product.identity.documentNumber.from === 'record'),
    ...requireField(product, 'personalNumber', needsPersonalNumber(product)),
  ],
];

/** Tags of a structure of one's own: primitive, written in their fewest bytes, each once. */
function checkStructure({ members }: DeclaredStructure): readonly PlacedComplaint[] {
  return members.flatMap(({ tag }, index) => {
    const path = ['lds', 'dg13', 'members', index, 'tag'];
    const earlier = members.slice(0, index).some((other) => other.tag === tag);
    if (earlier) return [{ path, found: `"${tag}" again`, allowed: 'each tag once' }];
    if (isPrimitiveTag(tag) && tag !== '5C') return [];
    const allowed = 'a primitive tag, as 80 or DF20, other than the tag list 5C';
    return [{ path, found: `"${tag}"`, allowed }];
  });
}

/** Low tag numbers in one byte, others with a continuation bit on all bytes but the last. */
function isPrimitiveTag(tag: string): boolean {
  const [first = 0, ...more] = Buffer.from(tag, 'hex');
  if ((first & 0x20) !== 0 || first === 0) return false;
  if ((first & 0x1f) !== 0x1f) return more.length === 0;
  return more.length > 0 && more.every((byte, at) => byte >= 0x80 === at < more.length - 1);
}

function isCalendarDate(text: string): boolean {
  const time = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text);
}

function checkContent(
  file: string,
  listed: boolean,
  [member, described]: readonly [string, boolean],
): readonly PlacedComplaint[] {
  if (listed === described) return [];
  return [
    {
      path: ['lds', member],
      found: listed ? `nothing for ${file}` : `content for ${file}`,
      allowed: listed ? `what ${file} holds` : `none, as lds.files has no ${file}`,
    },
  ];
}

function needsPersonalNumber({ identity }: ProductProfile): boolean {
  return (
    identity.documentNumber.from === 'personal-number' ||
    identity.cardAccessNumber.from === 'personal-number' ||
    identity.mrzOptionalData === 'vn-personal-number-with-check-digit'
  );
}

function requireField(
  product: ProductProfile,
  field: RecordField,
  needed: boolean,
): readonly PlacedComplaint[] {
  if (!needed || product.record.required.includes(field)) return [];
  return [
    {
      path: ['record', 'required'],
      found: `no ${field}`,
      allowed: `${field}, from which this product's identity is made`,
    },
  ];
}
