import {
  derContext,
  derContextPrimitive,
  derGeneralizedTime,
  derInteger,
  derOid,
  derPrintableString,
  derRetag,
  derSequence,
  derSetOf,
} from '../asn1/der';
import { encodeAscii } from '../bytes/text';
import type { Certificate } from '../pki/certificate';
import { encodeTlv } from '../tlv/tlv';
import { TAG } from '../asn1/tags';

/** Content type of a deviation list [9303-12 §10]. */
export const DEVIATION_LIST_OID = '2.23.136.1.1.7';

/** Kinds of deviations, by the object identifiers of their classes [9303-3 §7]. */
export const DEVIATION_TYPES = {
  certificateOrKey: `${DEVIATION_LIST_OID}.1`,
  lds: `${DEVIATION_LIST_OID}.2`,
  dataGroupMalformed: `${DEVIATION_LIST_OID}.2.1`,
  dataGroupHashWrong: `${DEVIATION_LIST_OID}.2.2`,
  sodSignatureWrong: `${DEVIATION_LIST_OID}.2.3`,
  comInconsistent: `${DEVIATION_LIST_OID}.2.4`,
  mrz: `${DEVIATION_LIST_OID}.3`,
  mrzData: `${DEVIATION_LIST_OID}.3.1`,
  mrzCheckDigit: `${DEVIATION_LIST_OID}.3.2`,
  chip: `${DEVIATION_LIST_OID}.4`,
  national: `${DEVIATION_LIST_OID}.5`,
} as const;

export type DeviationType = keyof typeof DEVIATION_TYPES;

/** What is wrong with which documents. */
export interface Deviation {
  readonly documents: {
    /** Two characters of the document code, filled up with `<`. */
    readonly documentType?: string;
    /** The signer whose documents deviate. */
    readonly signer?: Certificate;
    readonly issued?: { readonly first: Date; readonly last: Date };
    readonly documentNumbers?: readonly string[];
  };
  readonly descriptions: readonly {
    readonly type: DeviationType;
    /** Letters of PrintableString. */
    readonly text?: string;
    /** Number of the data group of an LDS deviation. */
    readonly dataGroup?: number;
  }[];
}

/**
 * DER of the content of a deviation list, version 0 [9303-3 §7].
 *
 * @throws RangeError when a list says nothing, or a document type is not two characters.
 */
export function encodeDeviationListContent(deviations: readonly Deviation[]): Uint8Array {
  if (deviations.length === 0) throw new RangeError('a deviation list names deviations');
  return derSequence(derInteger(0), derSetOf(...deviations.map(encodeDeviation)));
}

function encodeDeviation({ documents, descriptions }: Deviation): Uint8Array {
  if (descriptions.length === 0) throw new RangeError('a deviation has a description');
  return derSequence(
    encodeDocuments(documents),
    derSetOf(
      ...descriptions.map(({ type, text, dataGroup }) =>
        derSequence(
          ...(text === undefined ? [] : [derPrintableString(text)]),
          derOid(DEVIATION_TYPES[type]),
          ...(dataGroup === undefined ? [] : [derContext(0, derInteger(dataGroup))]),
        ),
      ),
    ),
  );
}

function encodeDocuments(documents: Deviation['documents']): Uint8Array {
  const { documentType, signer, issued, documentNumbers } = documents;
  if (documentType !== undefined && !/^[A-Z][A-Z<]$/.test(documentType)) {
    throw new RangeError('a document type is two characters');
  }
  return derSequence(
    ...(documentType === undefined ? [] : [derContextPrimitive(0, encodeAscii(documentType))]),
    ...(signer === undefined
      ? []
      : [derContext(1, signer.issuer.raw, encodeTlv(TAG.integer, signer.serialNumber))]),
    ...(issued === undefined
      ? []
      : [derContext(4, derGeneralizedTime(issued.first), derGeneralizedTime(issued.last))]),
    ...(documentNumbers === undefined
      ? []
      : [derRetag(0xa5, derSetOf(...documentNumbers.map(derPrintableString)))]),
  );
}
