import type { LocalText } from '../document/inspection-report';
import type { LdsFileName } from '../document/lds-files';
import type { CardKeyWish, SecureChannelWish } from '../document/perso-script';
import type { CommandTemplate, TemplateNode } from './command-template';

/**
 * How a chip is written and what it can do: one file in `card-profiles/chips/`. The parser in
 * `parse-chip.ts` reads it strictly; every member is explained in `card-profiles/README.md`.
 */
export interface ChipProfile {
  readonly name: string;
  readonly title: LocalText;
  readonly purpose: ChipPurpose;
  /** AID of the travel document application, 5 to 16 bytes. */
  readonly application: Uint8Array;
  readonly limits: ChipLimits;
  readonly access: ChipAccess;
  /** Absent where the chip cannot prove itself so. */
  readonly activeAuthentication?: ActiveAuthenticationCapability;
  readonly chipAuthentication?: ChipAuthenticationCapability;
  /** Absent where the chip cannot tell one terminal from another. */
  readonly terminalAuthentication?: TerminalAuthenticationCapability;
  /** Every file that the chip can hold. */
  readonly files: ReadonlyMap<LdsFileName, ChipFile>;
  /** Whether a chip that was begun may be written once more from the start. */
  readonly rewritable: boolean;
  /** Questions by which a blank, a begun and a locked chip are told apart, asked in this order. */
  readonly observations: readonly ChipObservation[];
  /** What makes the chip's own keys, before its files are built; empty where it makes none. */
  readonly keyScript: readonly ScriptStep[];
  readonly script: readonly ScriptStep[];
}

/** A training chip may do without access control and lock; it never becomes a real document. */
export const CHIP_PURPOSES = ['production', 'training'] as const;
export type ChipPurpose = (typeof CHIP_PURPOSES)[number];

export interface ChipLimits {
  /** Data bytes of one command: 1 to 255, or up to 65,535 where extended length works. */
  readonly commandDataBytes: number;
  readonly fileBytes: number;
  /** Room for all files together. */
  readonly memoryBytes: number;
}

export interface ChipAccess {
  readonly bac: boolean;
  /** What EF.CardAccess announces; empty for a chip without PACE. */
  readonly pace: readonly PaceCapability[];
}

/** One PACEInfo [9303-11 §9.2.1]. */
export interface PaceCapability {
  /** `id-PACE-ECDH-GM-AES-CBC-CMAC-128` and its siblings [9303-11 §9.2.1]. */
  readonly protocol: string;
  readonly oid: string;
  /** Standardized domain parameters, 0 to 18 [9303-11 §9.5.1]. */
  readonly parameterId: number;
}

/**
 * Who makes a key pair of the chip: the host, which hands it over, or the chip itself. With
 * `either` the chip makes it when it lies in the reader before its files are built, and the host
 * makes it for a document that is built without a card.
 */
export const KEY_ORIGINS = ['host', 'chip', 'either'] as const;
export type KeyOrigin = (typeof KEY_ORIGINS)[number];

export type ActiveAuthenticationCapability =
  | {
      readonly algorithm: 'rsa';
      readonly modulusBits: number;
      readonly digest: ChipDigest;
      readonly keyOrigin: KeyOrigin;
    }
  | {
      readonly algorithm: 'ecdsa';
      /** Name of a curve in `standards/crypto/curve-parameters.ts`. */
      readonly curve: string;
      readonly digest: ChipDigest;
      readonly keyOrigin: KeyOrigin;
    };

export const CHIP_DIGESTS = ['sha1', 'sha224', 'sha256', 'sha384', 'sha512'] as const;
export type ChipDigest = (typeof CHIP_DIGESTS)[number];

export interface ChipAuthenticationCapability {
  /** `id-CA-ECDH-AES-CBC-CMAC-128` and its siblings [9303-11 §9.2.5]. */
  readonly protocol: string;
  readonly oid: string;
  /** For ECDH. */
  readonly curve?: string;
  /** For DH: standardized parameters 0 to 2 [9303-11 §9.5.1]; only chips make such keys. */
  readonly dhGroup?: number;
  /** Absent when the chip has one key. */
  readonly keyId?: number;
  readonly keyOrigin: KeyOrigin;
}

/** What a chip keeps of those whose terminals it obeys [9303-11 §7.1.4.3.1]. */
export interface TerminalAuthenticationCapability {
  /** How many CVCA certificates it takes, one or two. */
  readonly trustPoints: number;
}

/** Where a file lies; identifiers repeat in the two places [9303-10 §3.11]. */
export const CHIP_FOLDERS = ['application', 'master-file'] as const;
export type ChipFolder = (typeof CHIP_FOLDERS)[number];

export interface ChipFile {
  readonly folder: ChipFolder;
  /** File identifier, two bytes. */
  readonly fid: Uint8Array;
  /** Data grouping identifier, two bytes, where files are stored by STORE DATA. */
  readonly dgi?: Uint8Array;
}

/** What an answer says about the life of a chip; see `encoding/observe-life.ts`. */
export const LIFE_SIGNS = ['open', 'empty', 'begun', 'personalized', 'locked'] as const;

/**
 * `open`: takes personalization commands, nothing said about content; `empty`: also holds nothing;
 * `begun`: holds something; `personalized`: takes only the lock; `locked`: takes nothing any more.
 */
export type LifeSign = (typeof LIFE_SIGNS)[number];

export interface ChipObservation {
  /** The question in words, for the reasons of a decision. */
  readonly asks: LocalText;
  /** Harmless commands; the answer to the last one is read. */
  readonly send: readonly CommandTemplate[];
  /** By status word, or by all of the answer where its data tells more, in hexadecimal. */
  readonly answers: ReadonlyMap<string, LifeSign>;
  /** What every other answer says; without it such a chip is of another type. */
  readonly otherwise?: LifeSign;
}

/** Verbs of commands that stand for themselves. */
export const COMMAND_VERBS = [
  'select',
  'install',
  'create-folder',
  'delete',
  'put-data',
  'set-state',
  'lock',
] as const;
export type CommandVerb = (typeof COMMAND_VERBS)[number];

/** Verbs that are done for every file of the document. */
export const FILE_VERBS = ['create-file', 'select-file', 'write-file'] as const;
export type FileVerb = (typeof FILE_VERBS)[number];

/** A step is left out where the document has nothing for it. */
export const STEP_CONDITIONS = [
  'active-authentication',
  'chip-authentication',
  'terminal-authentication',
  'can',
] as const;
export type StepCondition = (typeof STEP_CONDITIONS)[number];

/** The private keys that a chip can make by itself. */
export const CHIP_KEYS = ['active-authentication', 'chip-authentication'] as const;
export type ChipKeyName = (typeof CHIP_KEYS)[number];

export type ScriptStep =
  | CommandStep
  | FilesStep
  | StoreDataStep
  | OpenChannelStep
  | PutKeyStep
  | GenerateKeyStep
  | LoadStep
  | VerifyStep;

export interface CommandStep {
  readonly verb: CommandVerb;
  readonly title: LocalText;
  readonly when?: StepCondition;
  readonly send: readonly CommandTemplate[];
  readonly expectedSw: readonly number[];
}

/** For every file of the document, EF.CardAccess first and then in the product's order. */
export interface FilesStep {
  readonly verb: 'each-file';
  /** Only those that lie here; all of them by default. */
  readonly folder?: ChipFolder;
  readonly steps: readonly FileStep[];
}

export type FileStep =
  | {
      readonly verb: FileVerb;
      readonly send: CommandTemplate;
      readonly expectedSw: readonly number[];
    }
  | {
      /** The file is the value of its data grouping, cut into STORE DATA commands. */
      readonly verb: 'store-file';
      /** Bytes of a sequence of STORE DATA that several files share; else each has its own. */
      readonly sequenceBytes?: number;
      readonly expectedSw: readonly number[];
    };

/** One data grouping, cut into STORE DATA commands [GPC-C §11.11]. */
export interface StoreDataStep {
  readonly verb: 'store-data';
  readonly title: LocalText;
  readonly when?: StepCondition;
  /** Data grouping identifier, two bytes. */
  readonly dgi: Uint8Array;
  readonly data: readonly TemplateNode[];
  /** The value is padded and encrypted under the key-encryption key of the channel. */
  readonly encrypted: boolean;
  readonly expectedSw: readonly number[];
}

/** A GlobalPlatform secure channel around all that follows. */
export interface OpenChannelStep {
  readonly verb: 'open-channel';
  readonly title: LocalText;
  readonly channel: SecureChannelWish;
}

/** PUT KEY: the three keys of the security domain change to these, with their check values. */
export interface PutKeyStep {
  readonly verb: 'put-key';
  readonly title: LocalText;
  readonly keys: CardKeyWish;
}

/** The chip makes a key pair; its last answer is the public key, template 7F49 [ISO 7816-8 §5]. */
export interface GenerateKeyStep {
  readonly verb: 'generate-key';
  readonly title: LocalText;
  readonly key: ChipKeyName;
  readonly send: readonly CommandTemplate[];
  readonly expectedSw: readonly number[];
}

/** Digests by which cards check what was loaded [GPC-C §C.2]. */
export const LOAD_FILE_DIGESTS = ['sha1', 'sha256', 'sha384', 'sha512'] as const;
export type LoadFileDigest = (typeof LOAD_FILE_DIGESTS)[number];

/** INSTALL [for load] and LOAD of a CAP file that is known by its hash [GPC-C §11.6]. */
export interface LoadStep {
  readonly verb: 'load';
  readonly title: LocalText;
  /** Name of the file in `card-profiles/packages/`. */
  readonly package: string;
  /** Of the CAP file. */
  readonly sha256: Uint8Array;
  /** AID of the load file, which is that of its package. */
  readonly loadFile: Uint8Array;
  /** With which digest of the load file data block the card checks what it got, if at all. */
  readonly cardChecks?: LoadFileDigest;
  /** The CAP file, once `loadChip` has read it. */
  readonly content?: Uint8Array;
}

/** The place where the written chip is read back and judged; everything after it is final. */
export interface VerifyStep {
  readonly verb: 'verify';
}
