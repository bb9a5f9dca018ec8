import { CURVE_NAMES } from '../../standards/crypto/curve-parameters';
import type { LocalText } from '../document/inspection-report';
import type { LdsFileName } from '../document/lds-files';
import { LDS_FILE_NAMES } from '../document/lds-files';
import {
  KEY_DIVERSIFICATIONS,
  SECURE_CHANNEL_LEVELS,
  type KeyDiversification,
  type SecureChannelWish,
} from '../document/perso-script';
import { MAX_TRUST_POINTS } from '../document/terminal-trust';
import {
  CHIP_DIGESTS,
  CHIP_FOLDERS,
  CHIP_KEYS,
  CHIP_PURPOSES,
  COMMAND_VERBS,
  FILE_VERBS,
  KEY_ORIGINS,
  LIFE_SIGNS,
  LOAD_FILE_DIGESTS,
  STEP_CONDITIONS,
  type ChipDigest,
  type ChipFolder,
  type ChipKeyName,
  type ChipLimits,
  type ChipPurpose,
  type CommandVerb,
  type FileVerb,
  type KeyOrigin,
  type LifeSign,
  type LoadFileDigest,
  type StepCondition,
} from './chip';
import { CHIP_AUTHENTICATION_PROTOCOLS, PACE_PROTOCOLS } from './protocol-names';
import {
  hex,
  integer,
  listOf,
  LOCAL_TEXT,
  objectOf,
  oneOf,
  PROFILE_NAME,
  setOf,
  taggedUnion,
  type Schema,
} from './schema-parts';

/** A chip file as it is written; hexadecimal and templates are still text. */
export interface ChipYaml {
  readonly chip: string;
  readonly title: LocalText;
  readonly purpose: ChipPurpose;
  readonly application: string;
  readonly limits: ChipLimits;
  readonly access: {
    readonly bac: boolean;
    readonly pace: readonly { readonly protocol: string; readonly parameterId: number }[];
  };
  readonly activeAuthentication?:
    | {
        readonly algorithm: 'rsa';
        readonly modulusBits: number;
        readonly digest: ChipDigest;
        readonly keyOrigin: KeyOrigin;
      }
    | {
        readonly algorithm: 'ecdsa';
        readonly curve: string;
        readonly digest: ChipDigest;
        readonly keyOrigin: KeyOrigin;
      };
  readonly chipAuthentication?: {
    readonly protocol: string;
    readonly curve?: string;
    readonly dhGroup?: number;
    readonly keyId?: number;
    readonly keyOrigin: KeyOrigin;
  };
  readonly terminalAuthentication?: { readonly trustPoints: number };
  readonly files: Partial<Readonly<Record<LdsFileName, ChipFileYaml>>>;
  readonly rewritable: boolean;
  readonly observations: readonly {
    readonly asks: LocalText;
    readonly send: readonly string[];
    readonly answers: Readonly<Record<string, LifeSign>>;
    readonly otherwise?: LifeSign;
  }[];
  readonly keyScript?: readonly StepYaml[];
  readonly script: readonly StepYaml[];
}

export interface ChipFileYaml {
  readonly folder?: ChipFolder;
  readonly fid: string;
  readonly dgi?: string;
}

export interface CardKeyYaml {
  readonly keySet: string;
  readonly keyVersion: string;
  readonly diversification: KeyDiversification;
}

export type StepYaml =
  | {
      readonly verb: CommandVerb;
      readonly title: LocalText;
      readonly when?: StepCondition;
      readonly send: readonly string[];
      readonly expect?: readonly string[];
    }
  | {
      readonly verb: 'each-file';
      readonly folder?: ChipFolder;
      readonly steps: readonly FileStepYaml[];
    }
  | {
      readonly verb: 'store-data';
      readonly title: LocalText;
      readonly when?: StepCondition;
      readonly dgi: string;
      readonly data: string;
      readonly encrypted: boolean;
      readonly expect?: readonly string[];
    }
  | {
      readonly verb: 'open-channel';
      readonly title: LocalText;
      readonly protocol: SecureChannelWish['protocol'];
      readonly keys: readonly [CardKeyYaml, ...CardKeyYaml[]];
      readonly level: SecureChannelWish['level'];
      readonly macBytes?: SecureChannelWish['macBytes'];
    }
  | ({ readonly verb: 'put-key'; readonly title: LocalText } & CardKeyYaml)
  | {
      readonly verb: 'generate-key';
      readonly title: LocalText;
      readonly key: ChipKeyName;
      readonly send: readonly string[];
      readonly expect?: readonly string[];
    }
  | {
      readonly verb: 'load';
      readonly title: LocalText;
      readonly package: string;
      readonly sha256: string;
      readonly loadFile: string;
      readonly cardChecks?: LoadFileDigest;
    }
  | { readonly verb: 'verify' };

export type FileStepYaml =
  | { readonly verb: FileVerb; readonly send: string; readonly expect?: readonly string[] }
  | {
      readonly verb: 'store-file';
      readonly sequenceBytes?: number;
      readonly expect?: readonly string[];
    };

const template = {
  type: 'string',
  minLength: 8,
  maxLength: 600,
  description: 'a command in the notation of card-profiles/README.md',
};
const expect = setOf(hex(2), { min: 1, max: 8 });
const statusWords = {
  type: 'object',
  minProperties: 1,
  maxProperties: 16,
  propertyNames: hex(2, 64),
  additionalProperties: oneOf(LIFE_SIGNS),
};
const when = oneOf(STEP_CONDITIONS);
const folder = oneOf(CHIP_FOLDERS);
const MAX_SEQUENCE_BYTES = 0xff_ffff;

const fileStep = taggedUnion('verb', [
  objectOf({ verb: oneOf(FILE_VERBS), send: template, expect }, ['expect']),
  objectOf(
    { verb: { const: 'store-file' }, sequenceBytes: integer(256, MAX_SEQUENCE_BYTES), expect },
    ['sequenceBytes', 'expect'],
  ),
]);

const cardKeys = {
  keySet: PROFILE_NAME,
  keyVersion: hex(1),
  diversification: oneOf(KEY_DIVERSIFICATIONS),
};

const step = taggedUnion('verb', [
  objectOf(
    {
      verb: oneOf(COMMAND_VERBS),
      title: LOCAL_TEXT,
      when,
      send: listOf(template, { min: 1, max: 16 }),
      expect,
    },
    ['when', 'expect'],
  ),
  objectOf({ verb: { const: 'each-file' }, folder, steps: listOf(fileStep, { min: 1, max: 4 }) }, [
    'folder',
  ]),
  objectOf(
    {
      verb: { const: 'store-data' },
      title: LOCAL_TEXT,
      when,
      dgi: hex(2),
      data: { ...template, minLength: 2, description: 'a value in the notation of the README' },
      encrypted: { type: 'boolean' },
      expect,
    },
    ['when', 'expect'],
  ),
  objectOf(
    {
      verb: { const: 'open-channel' },
      title: LOCAL_TEXT,
      protocol: oneOf(['scp02', 'scp03']),
      keys: listOf(objectOf(cardKeys), { min: 1, max: 4 }),
      level: oneOf(SECURE_CHANNEL_LEVELS),
      macBytes: { type: 'integer', enum: [8, 16] },
    },
    ['macBytes'],
  ),
  objectOf({ verb: { const: 'put-key' }, title: LOCAL_TEXT, ...cardKeys }),
  objectOf(
    {
      verb: { const: 'generate-key' },
      title: LOCAL_TEXT,
      key: oneOf(CHIP_KEYS),
      send: listOf(template, { min: 1, max: 4 }),
      expect,
    },
    ['expect'],
  ),
  objectOf(
    {
      verb: { const: 'load' },
      title: LOCAL_TEXT,
      package: PROFILE_NAME,
      sha256: hex(32),
      loadFile: hex(5, 16),
      cardChecks: oneOf(LOAD_FILE_DIGESTS),
    },
    ['cardChecks'],
  ),
  objectOf({ verb: { const: 'verify' } }),
]);

const keyOrigin = oneOf(KEY_ORIGINS);
const curve = oneOf(CURVE_NAMES);

/** JSON Schema of the files in `card-profiles/chips/`. */
export const CHIP_SCHEMA: Schema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Persoline chip profile',
  description: 'How a chip is written and what it can do',
  ...objectOf(
    {
      chip: PROFILE_NAME,
      title: LOCAL_TEXT,
      purpose: oneOf(CHIP_PURPOSES),
      application: hex(5, 16),
      limits: objectOf({
        commandDataBytes: integer(1, 65_535),
        fileBytes: integer(256, 0xff_ffff),
        memoryBytes: integer(1_024, 0xff_ffff),
      }),
      access: objectOf({
        bac: { type: 'boolean' },
        pace: listOf(
          objectOf({ protocol: oneOf([...PACE_PROTOCOLS.keys()]), parameterId: integer(0, 18) }),
          { max: 16 },
        ),
      }),
      activeAuthentication: taggedUnion('algorithm', [
        objectOf({
          algorithm: { const: 'rsa' },
          modulusBits: { type: 'integer', enum: [1024, 1280, 1536, 1848, 2048, 3072, 4096] },
          digest: oneOf(CHIP_DIGESTS),
          keyOrigin,
        }),
        // Plain ECDSA signatures begin with SHA-224 [9303-11 §6.1.2.3].
        objectOf({
          algorithm: { const: 'ecdsa' },
          curve,
          digest: oneOf(CHIP_DIGESTS.filter((name) => name !== 'sha1')),
          keyOrigin,
        }),
      ]),
      chipAuthentication: objectOf(
        {
          protocol: oneOf([...CHIP_AUTHENTICATION_PROTOCOLS.keys()]),
          curve,
          dhGroup: integer(0, 2),
          keyId: integer(0, 0xffff),
          keyOrigin: oneOf(KEY_ORIGINS),
        },
        ['curve', 'dhGroup', 'keyId'],
      ),
      terminalAuthentication: objectOf({ trustPoints: integer(1, MAX_TRUST_POINTS) }),
      files: {
        ...objectOf(
          Object.fromEntries(
            LDS_FILE_NAMES.map((name) => [
              name,
              objectOf({ folder, fid: hex(2), dgi: hex(2) }, ['folder', 'dgi']),
            ]),
          ),
          LDS_FILE_NAMES,
        ),
        minProperties: 1,
      },
      rewritable: { type: 'boolean' },
      observations: listOf(
        objectOf(
          {
            asks: LOCAL_TEXT,
            send: listOf(template, { min: 1, max: 4 }),
            answers: statusWords,
            otherwise: oneOf(LIFE_SIGNS),
          },
          ['otherwise'],
        ),
        { min: 1, max: 8 },
      ),
      keyScript: listOf(step, { min: 1, max: 16 }),
      script: listOf(step, { min: 2, max: 64 }),
    },
    ['activeAuthentication', 'chipAuthentication', 'terminalAuthentication', 'keyScript'],
  ),
};
