import type {
  CardFace,
  FaceFont,
  FaceSideName,
  QrErrorCorrection,
  QrSymbol,
} from './document/card-face';
import type { KeyRealm } from './document/custody/card-key-vault';
import type { KeyDiversification } from './document/perso-script';
import type { Picture } from './document/picture';

/**
 * What the line needs from the world, one small interface a need. Adapters implement them,
 * `apps/wiring/` picks which; tests and the demo hand in the simulated ones.
 * The ports of storage stand in `document/line-store.ts`, beside the nouns that they keep.
 */

export interface Clock {
  now(): Date;
}

export interface RandomSource {
  bytes(length: number): Uint8Array;
}

/** One exchange with a chip: a command APDU out, a response APDU with its status word back. */
export interface CardChannel {
  /**
   * @throws ProductionError `CARD_LOST` when the card or the reader is gone, `CARD_MUTE` when no
   * answer came in time.
   */
  transmit(command: Uint8Array): Promise<Uint8Array>;
}

/** A card in a reader. Between writer and reader of a chip stands a reset. */
export interface CardConnection extends CardChannel {
  /** Answer to reset, as bytes. */
  readonly atr: Uint8Array;
  /** Powers the card off and on: every session and security state of the chip is gone. */
  reset(): Promise<void>;
  disconnect(): Promise<void>;
}

export interface CardReader {
  readonly name: string;
  /**
   * Waits for a card and connects to it.
   *
   * @throws ProductionError `READER_NO_CARD` when none came in time.
   */
  connect(options: { readonly timeoutMs: number }): Promise<CardConnection>;
}

/** One purpose a key; the wrong use is refused by the HSM itself. Uses: document/key-uses.ts. */
export type KeyPurpose =
  /** Certificates; the use `crl-sign` of the same key is the revocation list. */
  | 'csca-sign'
  | 'document-sign'
  | 'master-list-sign'
  /** Card keys are derived from it, per chip; it signs and seals nothing. */
  | 'card-master'
  /** Card keys arrive wrapped under it; it does nothing else. */
  | 'card-transport'
  | 'storage-wrap'
  | 'audit-sign'
  /** Card-verifiable certificates: of a country's verifiers, of their terminals, and by a terminal. */
  | 'cvca-sign'
  | 'dv-sign'
  | 'terminal-sign';

/** What a key can be asked for, by name: its purpose, or for a CSCA also its revocation list. */
export type KeyUse = KeyPurpose | 'crl-sign';

/** Signature algorithms by their name on the command line; see standards/crypto. */
export type SignatureAlgorithmName = string;

export interface HsmPublicKey {
  readonly label: string;
  readonly purpose: KeyPurpose;
  /** DER SubjectPublicKeyInfo, with explicit parameters for EC keys; absent for symmetric keys. */
  readonly publicKey?: Uint8Array;
}

/** Keys that never leave it: there is no export call. */
export interface Hsm {
  generateKeyPair(request: {
    readonly label: string;
    readonly purpose: KeyPurpose;
    readonly algorithm: SignatureAlgorithmName;
  }): Promise<HsmPublicKey>;
  generateSecretKey(request: {
    readonly label: string;
    readonly purpose: KeyPurpose;
  }): Promise<HsmPublicKey>;
  findKey(label: string): Promise<HsmPublicKey | undefined>;
  /**
   * The signature over `message` as it stands in a certificate or SignerInfo: DER for ECDSA,
   * modulus length for RSA.
   */
  sign(request: {
    readonly label: string;
    readonly purpose: KeyUse;
    readonly algorithm: SignatureAlgorithmName;
    readonly message: Uint8Array;
  }): Promise<Uint8Array>;
  /** Authenticated encryption under a `storage-wrap` key; `context` must be the same to open. */
  seal(label: string, plaintext: Uint8Array, context: string): Promise<Uint8Array>;
  open(label: string, sealed: Uint8Array, context: string): Promise<Uint8Array>;
  /**
   * Ends a key for good: no session of any process uses it afterwards. Whoever calls it has the
   * approval of two people, and records it; see custody/destroy-key.ts.
   *
   * @throws ProductionError `HSM_KEY_MISSING`, and `HSM_WRONG_USE` when the key of this label is
   * for another purpose.
   */
  destroyKey(key: { readonly label: string; readonly purpose: KeyPurpose }): Promise<void>;
  close(): Promise<void>;
}

/**
 * The part of an HSM that keeps the master keys of GlobalPlatform cards. Keys of cards are derived
 * and used inside; what comes out serves one secure channel of one card.
 */
export interface CardKeyHsm {
  /** Of the only keys that are used here; absent where nobody has said it. */
  readonly realm?: KeyRealm;
  /**
   * The session keys of one secure channel. The keys of the card are derived from the master keys
   * inside and never come out.
   *
   * @throws ProductionError `HSM_KEY_MISSING`, `HSM_WRONG_USE`, and `CARD_CHANNEL_FAILED` when the
   * card's challenge does not follow from its counter as it should.
   */
  deriveCardSession(card: CardKeys, session: CardSession): Promise<CardSessionKeys>;
  /** Padded keys and secrets under the data encryption key of the card or of its session. */
  encryptForCard(card: CardKeys, session: CardSession, data: Uint8Array): Promise<Uint8Array>;
  /**
   * The key fields of PUT KEY with which the card changes from its present keys to others. Live
   * master keys themselves go into no card, and keys that a token never lets out cannot.
   *
   * @throws ProductionError `HSM_WRONG_USE` for such keys without diversification,
   * `CARD_KEYS_MIXED` when one set is a test set and the other is live.
   */
  wrapCardKeys(
    card: CardKeys,
    session: CardSession,
    next: CardKeys,
  ): Promise<readonly Uint8Array[]>;
}

/** The three keys of one card: a set of master keys, and how the card's own come from it. */
export interface CardKeys {
  /** The master keys are NAME.enc, NAME.mac and NAME.dek, of purpose `card-master`. */
  readonly keySet: string;
  /** Batch of the card; where its maker gave it keys of its own, they are NAME.BATCH.enc and so on. */
  readonly batch?: string;
  readonly diversification: KeyDiversification;
  /** 10 bytes that the card answers to INITIALIZE UPDATE. */
  readonly diversificationData: Uint8Array;
}

/** What the session keys of one secure channel are derived from. */
export type CardSession =
  | {
      readonly protocol: 'scp03';
      readonly hostChallenge: Uint8Array;
      readonly cardChallenge: Uint8Array;
      /** Where the card's challenge is to follow from a counter. */
      readonly pseudoRandom?: {
        /** 3 bytes. */
        readonly sequenceCounter: Uint8Array;
        readonly securityDomain: Uint8Array;
      };
    }
  | {
      readonly protocol: 'scp02';
      /** 2 bytes. */
      readonly sequenceCounter: Uint8Array;
    };

/** For one channel; whoever gets them overwrites them when it ends. */
export interface CardSessionKeys {
  readonly encryption: Uint8Array;
  readonly mac: Uint8Array;
  readonly rMac: Uint8Array;
}

/** Makes key pairs that belong to one chip; they are handed to it once and kept nowhere. */
export interface ChipKeyMaker {
  makeRsa(modulusBits: number): Promise<{
    readonly publicKey: Uint8Array;
    readonly modulus: Uint8Array;
    /** As long as the modulus, so that it may begin with zeros. */
    readonly privateExponent: Uint8Array;
  }>;
  makeEc(curve: string): Promise<{
    readonly publicKey: Uint8Array;
    readonly privateScalar: Uint8Array;
  }>;
}

/** Approved records from upstream, one after the other, as bytes that nobody has checked yet. */
export interface RecordSource {
  /** Named in events and refusals: a kind and a place without secrets. */
  readonly name: string;
  /** @throws ProductionError `SOURCE_UNREADABLE` */
  pull(): AsyncIterable<SourceRecord>;
}

export interface SourceRecord {
  /** Where it stands in the source, `records.ndjson:17` or a row's key. */
  readonly place: string;
  /** The JSON of one record; cut off one byte beyond `RECORD_MAX_BYTES` where it is longer. */
  readonly bytes: Uint8Array;
  /**
   * @throws ProductionError `PICTURE_MISSING` when the source has no such picture,
   * `PICTURE_TOO_LARGE` when it is beyond `maxBytes`; nothing is read of such a file.
   */
  readPicture(path: string, maxBytes: number): Promise<Uint8Array>;
}

/** Pictures from outside, made safe. */
export interface PictureProcessor {
  /**
   * Decodes, checks and re-encodes: orientation and colour profile applied, metadata removed,
   * scaled to the given size, within `maxBytes` at the best quality that fits. What a person should
   * look at comes back as doubts.
   *
   * @throws ProductionError `PICTURE_UNREADABLE`, `PICTURE_TOO_LARGE`, `PICTURE_TOO_SMALL`.
   */
  prepare(bytes: Uint8Array, wish: PictureWish): Promise<Picture>;
}

/** Pictures of foreign chips in a form that every program shows. */
export interface PictureDecoder {
  /** A JPEG 2000 picture as PNG; undefined when it is damaged or too large to be unpacked. */
  decodeJpeg2000(bytes: Uint8Array): Promise<Uint8Array | undefined>;
}

export interface PictureWish {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly maxBytes: number;
  /** `cover`, the default, fills the size and cuts what is beyond; `contain` shows all, on white. */
  readonly fit?: 'cover' | 'contain';
  /** `jpeg` by default. */
  readonly format?: 'jpeg' | 'jpeg2000';
}

/** What a layout has to know of the printer's fonts and symbols before a text has its place. */
export interface FaceTypesetter {
  /** Advance width of a text on one line, kerning included, without tracking. */
  widthMm(text: string, font: FaceFont, sizePt: number): number;
  /** Whether every character has a glyph. */
  canPrint(text: string, font: FaceFont): boolean;
  /** The smallest QR symbol of a text in UTF-8. */
  qrSymbol(text: string, errorCorrection: QrErrorCorrection): QrSymbol;
}

/** Faces as PDF, one document a side, in the exact size of the card. */
export interface FaceRenderer extends FaceTypesetter {
  /**
   * The same face and time give the same bytes.
   *
   * @throws ProductionError `PICTURE_UNREADABLE`.
   */
  render(face: CardFace, options: { readonly createdAt: Date }): Promise<readonly RenderedSide[]>;
}

export interface RenderedSide {
  readonly name: FaceSideName;
  readonly pdf: Uint8Array;
}

/** Pictures of a one-page PDF. */
export interface PdfRasterizer {
  /** @throws ProductionError `TOOL_MISSING` when there is no `pdftoppm`. */
  rasterize(pdf: Uint8Array, options: { readonly dotsPerInch: number }): Promise<Uint8Array>;
}

/** The kinds of files in `card-profiles/`. */
export type ProfileKind = 'products' | 'chips' | 'faces';

/** Where card profiles are kept, as text that nobody has checked yet. */
export interface ProfileSource {
  /** Names of all profiles of a kind, in alphabetical order. */
  listProfiles(kind: ProfileKind): Promise<readonly string[]>;
  /** @throws ProductionError `PROFILE_UNKNOWN` when there is none of this name. */
  readProfile(kind: ProfileKind, name: string): Promise<ProfileFile>;
  /**
   * A CAP file that a chip profile has loaded; the profile names its hash.
   *
   * @throws ProductionError `PROFILE_UNKNOWN` when there is none of this name.
   */
  readPackage(name: string): Promise<Uint8Array>;
}

export interface ProfileFile {
  readonly text: string;
  /** As it is to stand in messages, `card-profiles/chips/passport-applet.yaml`. */
  readonly file: string;
}
