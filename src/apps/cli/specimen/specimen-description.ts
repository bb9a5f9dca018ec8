import type { ProfileFile } from '../../../production/ports';
import { CHIP_DIGESTS, type ChipDigest } from '../../../production/profile/chip';
import { requireProfile } from '../../../production/profile/profile-problem';
import {
  CHIP_AUTHENTICATION_PROTOCOLS,
  PACE_PROTOCOLS,
} from '../../../production/profile/protocol-names';
import { readYaml, type YamlPath } from '../../../production/profile/read-yaml';
import { compileSchema, listSchemaProblems } from '../../../production/profile/schema-check';
import {
  integer,
  listOf,
  objectOf,
  oneOf,
  taggedUnion,
  type Schema,
} from '../../../production/profile/schema-parts';
import { CURVE_NAMES, type CurveName } from '../../../standards/crypto/curve-parameters';
import { findStandardizedGroup } from '../../../standards/crypto/standardized-groups';

/** What a chip for trials of readers speaks and holds; docs/specimen-chips.md tells each member. */
export interface SpecimenDescription {
  readonly access: {
    readonly bac: boolean;
    readonly pace: readonly AgreementWish[];
  };
  readonly chipAuthentication: readonly (AgreementWish & { readonly keyId?: number })[];
  readonly activeAuthentication?: ActiveAuthenticationWish;
  /** Fingers and irises behind Terminal Authentication. */
  readonly biometrics: boolean;
  /** Least length of the portrait, to have an EF.DG2 beyond 32,767 bytes. */
  readonly portraitBytes?: number;
  /** An EF.ATR/INFO that says that commands may have up to 4,096 bytes. */
  readonly extendedLength?: boolean;
}

/** A protocol by the name of Doc 9303-11, over standardized domain parameters. */
export interface AgreementWish {
  readonly protocol: string;
  readonly parameterId: number;
}

export type ActiveAuthenticationWish =
  | { readonly algorithm: 'rsa'; readonly modulusBits: number; readonly digest: ChipDigest }
  | {
      readonly algorithm: 'ecdsa';
      readonly curve: CurveName;
      readonly digest: Exclude<ChipDigest, 'sha1'>;
    };

const PARAMETERS = integer(0, 18);
/** Integrated mapping is not defined over it [9303-11 §9.5.1 note]. */
const P224 = 10;
const MAX_PORTRAIT_BYTES = 60_000;

const SCHEMA: Schema = objectOf(
  {
    access: objectOf({
      bac: { type: 'boolean' },
      pace: listOf(
        objectOf({ protocol: oneOf([...PACE_PROTOCOLS.keys()]), parameterId: PARAMETERS }),
        { max: 16 },
      ),
    }),
    chipAuthentication: listOf(
      objectOf(
        {
          protocol: oneOf([...CHIP_AUTHENTICATION_PROTOCOLS.keys()]),
          parameterId: PARAMETERS,
          keyId: integer(0, 255),
        },
        ['keyId'],
      ),
      { max: 8 },
    ),
    activeAuthentication: taggedUnion('algorithm', [
      objectOf({
        algorithm: { const: 'rsa' },
        modulusBits: { type: 'integer', enum: [1024, 1280, 1536, 1848, 2048, 3072, 4096] },
        digest: oneOf(CHIP_DIGESTS),
      }),
      objectOf({
        algorithm: { const: 'ecdsa' },
        curve: oneOf(CURVE_NAMES),
        digest: oneOf(CHIP_DIGESTS.filter((name) => name !== 'sha1')),
      }),
    ]),
    biometrics: { type: 'boolean' },
    portraitBytes: integer(1, MAX_PORTRAIT_BYTES),
    extendedLength: { type: 'boolean' },
  },
  ['activeAuthentication', 'portraitBytes', 'extendedLength'],
);

const check = compileSchema<SpecimenDescription>(SCHEMA);

/**
 * Reads a description strictly.
 *
 * @throws ProductionError `PROFILE_INVALID` with everything that is wrong, each with its line.
 */
export function parseSpecimenDescription(text: ProfileFile): SpecimenDescription {
  const source = readYaml(text);
  if (source.problems.length > 0) return requireProfile({ problems: source.problems });
  const { data } = source;
  if (!check(data)) return requireProfile({ problems: listSchemaProblems(check, source) });
  const problems = listContradictions(data).map(([path, found, allowed]) =>
    source.problem(path, { found, allowed }),
  );
  if (problems.length > 0) return requireProfile({ problems });
  return data;
}

type Contradiction = readonly [path: YamlPath, found: string, allowed: string];

function listContradictions({
  access,
  chipAuthentication,
  biometrics,
}: SpecimenDescription): readonly Contradiction[] {
  const names = chipAuthentication.map(
    ({ parameterId, keyId }) => `${parameterId} ${keyId ?? 'alone'}`,
  );
  const isAmbiguous =
    new Set(names).size > 1 && chipAuthentication.some(({ keyId }) => keyId === undefined);
  return [
    ...listMisfits(['access', 'pace'], access.pace),
    ...listMisfits(['chipAuthentication'], chipAuthentication),
    ...(access.bac || access.pace.length > 0
      ? []
      : ([[['access'], 'neither BAC nor PACE', 'at least one']] as const)),
    ...(biometrics && chipAuthentication.length === 0
      ? ([[['biometrics'], 'no chipAuthentication', 'Chip Authentication before it']] as const)
      : []),
    ...(isAmbiguous
      ? ([[['chipAuthentication'], 'several keys without keyId', 'a keyId for each']] as const)
      : []),
  ];
}

function listMisfits(path: YamlPath, wishes: readonly AgreementWish[]): readonly Contradiction[] {
  return wishes.flatMap(({ protocol, parameterId }, index): readonly Contradiction[] => {
    if (fits(protocol, parameterId)) return [];
    const found = `${protocol} over domain parameters ${parameterId}`;
    return [[[...path, index], found, 'domain parameters that the protocol is defined for']];
  });
}

function fits(protocol: string, parameterId: number): boolean {
  const isEc = protocol.includes('-ECDH-');
  const isUndefined = protocol.includes('-IM-') && parameterId === P224;
  return findStandardizedGroup(parameterId)?.kind === (isEc ? 'ECDH' : 'DH') && !isUndefined;
}
