import { decodeUtf8, encodeUtf8 } from '../../standards/bytes/text';
import { encodeChipSecrets, parseChipSecrets } from './chip-secrets';
import { LDS_FILE_NAMES, type LdsFileName } from './lds-files';
import type { DocumentSigner, SignedDocument } from './signed-document';

/** A signed document with the profiles it was made for, as it is kept, sealed, until it is written. */
export interface PreparedContent {
  readonly product: string;
  readonly chip: string;
  readonly document: SignedDocument;
}

interface ContentJson {
  readonly product: string;
  readonly chip: string;
  readonly signedAt: string;
  readonly signer: {
    readonly keyLabel: string;
    readonly algorithm: string;
    readonly certificate: string;
    readonly csca: string;
    readonly keyUse: PeriodJson;
    readonly validity: PeriodJson;
  };
  readonly secrets: string;
  /** Base64 by file name. */
  readonly files: Readonly<Record<string, string>>;
}

interface PeriodJson {
  readonly from: string;
  readonly until: string;
}

const PLACE = 'prepared content';

/** The content as bytes; they hold the chip's private keys and are never stored unsealed. */
export function encodePreparedContent({ product, chip, document }: PreparedContent): Uint8Array {
  const { signer, signedAt, files } = document;
  const json: ContentJson = {
    product,
    chip,
    signedAt: signedAt.toISOString(),
    signer: {
      keyLabel: signer.keyLabel,
      algorithm: signer.algorithm,
      certificate: toBase64(signer.certificate),
      csca: toBase64(signer.csca),
      keyUse: encodePeriod(signer.keyUse),
      validity: encodePeriod(signer.validity),
    },
    secrets: encodeChipSecrets(document),
    files: Object.fromEntries([...files].map(([name, bytes]) => [name, toBase64(bytes)])),
  };
  return encodeUtf8(JSON.stringify(json));
}

/** Reads what `encodePreparedContent` wrote; it was sealed, so that nobody else can have. */
export function decodePreparedContent(bytes: Uint8Array): PreparedContent {
  const json = JSON.parse(decodeUtf8(bytes, PLACE)) as ContentJson;
  const secrets = parseChipSecrets(json.secrets, PLACE);
  const files = LDS_FILE_NAMES.flatMap((name): [LdsFileName, Uint8Array][] => {
    const content = json.files[name];
    return content === undefined ? [] : [[name, fromBase64(content)]];
  });
  return {
    product: json.product,
    chip: json.chip,
    document: {
      // In the order in which they were, which is the order of writing.
      files: new Map(files.toSorted(([left], [right]) => order(json, left) - order(json, right))),
      signer: decodeSigner(json.signer),
      signedAt: new Date(json.signedAt),
      ...secrets,
    },
  };
}

function decodeSigner(signer: ContentJson['signer']): DocumentSigner {
  return {
    keyLabel: signer.keyLabel,
    algorithm: signer.algorithm,
    certificate: fromBase64(signer.certificate),
    csca: fromBase64(signer.csca),
    keyUse: decodePeriod(signer.keyUse),
    validity: decodePeriod(signer.validity),
  };
}

function order(json: ContentJson, name: string): number {
  return Object.keys(json.files).indexOf(name);
}

function encodePeriod({ from, until }: DocumentSigner['keyUse']): PeriodJson {
  return { from: from.toISOString(), until: until.toISOString() };
}

function decodePeriod({ from, until }: PeriodJson): DocumentSigner['keyUse'] {
  return { from: new Date(from), until: new Date(until) };
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

function fromBase64(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64'));
}
