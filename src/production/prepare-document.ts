import { digestBytes } from '../standards/crypto/digest-algorithms';
import { buildLdsFiles } from './datagroups/build-lds-files';
import { cardSecurityInfosOf } from './datagroups/chip-security-infos';
import { makeChipKeys } from './datagroups/make-chip-keys';
import type { HolderWarning } from './datagroups/holder-warning';
import { planTerminalTrust } from './datagroups/plan-terminal-trust';
import { prepareHolder } from './datagroups/prepare-holder';
import type { DocumentLint } from './document/document-lint';
import type { RecordWithPictures } from './document/approved-record';
import type { CardFace } from './document/card-face';
import type { SigningTurn } from './document/custody/signer-source';
import type { Holder } from './document/holder';
import type { LdsFiles } from './document/lds-files';
import type { DocumentId, FileHashes, LedgerSignature } from './document/line-store';
import type { ChipKeys, SignedDocument } from './document/signed-document';
import type { Line } from './line-parts';
import { prepareFace, type FacePreparing } from './prepare-face';
import { preparePictures } from './prepare-pictures';
import { lintDocument } from './inspection/lint-document';
import { checkFit } from './personalization/check-fit';
import type { ChipProfile } from './profile/chip';
import { listPossibleFiles } from './profile/document-files';
import { loadPair } from './profile/load-profiles';
import type { BiometricFormat, ProductProfile } from './profile/product';
import { signDocument } from './signing/sign-document';

/** What of the line it takes to prepare a document: no store and no reader. */
export interface Preparing
  extends
    FacePreparing,
    Pick<Line, 'signer' | 'hsm' | 'chipKeys' | 'pictures' | 'clock' | 'random' | 'trustPoints'> {
  /** Holds the document against the specification before it is signed; every check by default. */
  readonly lint?: DocumentLint;
}

/** By which groups without prints differ. */
const ISSUER_CONTENT_BYTES = 16;

export interface PreparationOrder {
  readonly record: RecordWithPictures;
  readonly product: string;
  /** Name of the chip; the first of the product by default. */
  readonly chip?: string;
  /** Keys that the chip in the reader has made by itself. */
  readonly onChip?: ChipKeys;
  /** For whom the signature is counted, where signers rotate. */
  readonly turn?: { readonly station: string; readonly documentId?: DocumentId };
  /** In place of the product's, for trials. */
  readonly biometricFormat?: BiometricFormat;
}

/** A record made ready for a card, every decision taken. */
export interface PreparedDocument {
  readonly product: ProductProfile;
  readonly chip: ChipProfile;
  readonly holder: Holder;
  readonly warnings: readonly HolderWarning[];
  readonly face: CardFace;
  readonly document: SignedDocument;
  /** Number of the counted signature, where signers rotate. */
  readonly reservationId?: number;
}

/**
 * Record → holder → files → signed document, and the face beside it: everything that can be found
 * wrong is found here, before it costs a card.
 *
 * @throws ProductionError with consequence `return-record` when the record is at fault.
 */
export async function prepareDocument(
  order: PreparationOrder,
  line: Preparing,
): Promise<PreparedDocument> {
  const { product: shipped, chip } = await loadPair(line.profiles, {
    product: order.product,
    ...(order.chip !== undefined && { chip: order.chip }),
  });
  const product = withBiometricFormat(shipped, order.biometricFormat);
  const pictures = await preparePictures(order.record, product, line.pictures);
  const { holder, warnings } = prepareHolder(order.record.record, product, pictures);
  const face = await prepareFace({ holder, product }, line);
  const { onChip } = order;
  const chipKeys = await makeChipKeys({ product, chip, ...(onChip && { onChip }) }, line.chipKeys);
  const personalizationTime = line.clock.now();
  const terminalTrust = planTerminalTrust(line.trustPoints ?? [], {
    ...{ product, chip, at: personalizationTime },
  });
  const files = buildLdsFiles({
    ...{ holder, product, chip, chipKeys, personalizationTime },
    ...(terminalTrust && { terminalTrust }),
    issuerContent: {
      fingers: line.random.bytes(ISSUER_CONTENT_BYTES),
      irises: line.random.bytes(ISSUER_CONTENT_BYTES),
    },
  });
  const hasCardSecurity = listPossibleFiles({ product, chip }).includes('EF.CardSecurity');
  const { signer, at, reservationId } = await takeTurn(order, line);
  const signed = await signDocument(
    {
      ...{ files, chipKeys, signer, access: holder.access, rules: product },
      ...(hasCardSecurity && { cardSecurity: cardSecurityInfosOf(chip, chipKeys) }),
    },
    { hsm: line.hsm, clock: { now: () => at }, lint: line.lint ?? lintDocument },
  );
  const document = terminalTrust === undefined ? signed : { ...signed, terminalTrust };
  checkFit({ document, product, chip });
  return {
    ...{ product, chip, holder, warnings, face, document },
    ...(reservationId !== undefined && { reservationId }),
  };
}

/** As late as can be: whatever was wrong before costs no signature. */
function takeTurn({ turn }: PreparationOrder, line: Preparing): Promise<SigningTurn> {
  const { signer } = line;
  if (!('takeTurn' in signer)) return Promise.resolve({ signer, at: line.clock.now() });
  if (turn === undefined) {
    throw new Error('signers that rotate count their signatures for a document of the line');
  }
  return signer.takeTurn(turn);
}

function withBiometricFormat(
  product: ProductProfile,
  biometricFormat: BiometricFormat | undefined,
): ProductProfile {
  if (biometricFormat === undefined) return product;
  return { ...product, lds: { ...product.lds, biometricFormat } };
}

/** SHA-256 of each file, for the records and for a probe after a crash. */
export function hashFiles(files: LdsFiles): FileHashes {
  return new Map([...files].map(([name, bytes]) => [name, digestBytes('sha256', bytes)]));
}

/** The line of the signature ledger for a signed document. */
export function signatureOf({ document, reservationId }: PreparedDocument): LedgerSignature {
  const sod = document.files.get('EF.SOD');
  if (sod === undefined) throw new Error('a signed document has an EF.SOD');
  return {
    signedAt: document.signedAt,
    sodSha256: digestBytes('sha256', sod),
    ...(reservationId !== undefined && { reservationId }),
  };
}
