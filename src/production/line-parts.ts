import type { CvCertificate } from '../standards/access/terminal-authentication/cv-certificate';
import type { SignerSource } from './document/custody/signer-source';
import type { LineProgress } from './document/line-progress';
import type { LineStore } from './document/line-store';
import type { DocumentSigner } from './document/signed-document';
import { createSecureChannelOpener } from './encoding/open-secure-channel';
import type { SecureChannelOpener } from './encoding/secure-channel';
import type {
  CardKeyHsm,
  CardReader,
  ChipKeyMaker,
  Clock,
  FaceTypesetter,
  Hsm,
  PictureProcessor,
  ProfileSource,
  RandomSource,
} from './ports';

/** Everything that the line works with; `apps/wiring/` puts it together. */
export interface Line {
  readonly store: LineStore;
  readonly profiles: ProfileSource;
  /** One signer for everything, or one that is chosen anew for each document. */
  readonly signer: DocumentSigner | SignerSource;
  readonly hsm: Hsm;
  /** The master keys of GlobalPlatform cards; a line without any writes other chips only. */
  readonly cardKeys?: CardKeyHsm;
  readonly chipKeys: ChipKeyMaker;
  /** CVCAs whose terminals may read fingers and irises, as `parseTrustPoints` gives them. */
  readonly trustPoints?: readonly CvCertificate[];
  readonly pictures: PictureProcessor;
  readonly typesetter: FaceTypesetter;
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly onProgress?: (progress: LineProgress) => void;
}

/** A place where cards are encoded. */
export interface Station {
  readonly name: string;
  readonly reader: CardReader;
  /** Only documents of this product; any by default. */
  readonly product?: string;
  /** Chip type of the blanks at hand; the first of each product by default. */
  readonly chip?: string;
  readonly cardTimeoutMs: number;
}

/** How the line opens secure channels with cards, where it has their keys. */
export function secureChannelsOf({ cardKeys, random }: Pick<Line, 'cardKeys' | 'random'>): {
  readonly openSecureChannel?: SecureChannelOpener;
} {
  if (cardKeys === undefined) return {};
  return { openSecureChannel: createSecureChannelOpener({ cardKeys, random }) };
}
