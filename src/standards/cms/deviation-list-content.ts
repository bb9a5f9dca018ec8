import {
  derChildren,
  type DerNode,
  parseDer,
  readOid,
  readSequence,
  readSet,
  readSmallInteger,
  readText,
  readTime,
} from '../asn1/read';
import { TAG } from '../asn1/tags';
import { decodeAscii } from '../bytes/text';

/** A deviation as found: which documents, and how they deviate [9303-3 §7]. */
export interface FoundDeviation {
  readonly documentType?: string;
  /** How the signer of the documents is named; DER of it. */
  readonly signer?: Uint8Array;
  readonly issued?: { readonly first: Date; readonly last: Date };
  readonly documentNumbers?: readonly string[];
  readonly descriptions: readonly { readonly type: string; readonly text?: string }[];
}

/** DeviationList as found [9303-3 §7]. */
export interface DeviationListContent {
  readonly version: number;
  readonly deviations: readonly FoundDeviation[];
}

const PLACE = 'deviation list';
const TAGS = { documentType: 0x80, issued: 0xa4, documentNumbers: 0xa5 } as const;
/** Issuer and serial number, key identifier, or hash of the certificate. */
const SIGNER_TAGS: readonly number[] = [0xa1, 0x82, 0x83];

/** Reads the content of a deviation list, of any version [9303-3 §7]. @throws MalformedError */
export function readDeviationListContent(content: Uint8Array): DeviationListContent {
  const [version, ...rest] = readSequence(parseDer(content, PLACE), PLACE);
  return {
    version: readSmallInteger(version, `${PLACE}, version`),
    // A digest algorithm may stand between the two.
    deviations: readSet(rest.at(-1), `${PLACE}, deviations`).map(readDeviation),
  };
}

function readDeviation(node: DerNode): FoundDeviation {
  const [documents, descriptions] = readSequence(node, `${PLACE}, deviation`);
  return {
    ...readDocuments(readSequence(documents, `${PLACE}, documents`)),
    descriptions: readSet(descriptions, `${PLACE}, descriptions`).map(readDescription),
  };
}

function readDocuments(members: readonly DerNode[]): Omit<FoundDeviation, 'descriptions'> {
  const find = (tag: number): DerNode | undefined => members.find((one) => one.tag === tag);
  const type = find(TAGS.documentType);
  const signer = members.find(({ tag }) => SIGNER_TAGS.includes(tag));
  const issued = find(TAGS.issued);
  const numbers = find(TAGS.documentNumbers);
  return {
    ...(type && { documentType: decodeAscii(type.value, `${PLACE}, document type`) }),
    ...(signer && { signer: signer.raw }),
    ...(issued && { issued: readPeriod(issued) }),
    ...(numbers && {
      documentNumbers: derChildren(numbers).map((one) => readText(one, `${PLACE}, number`)),
    }),
  };
}

function readPeriod(node: DerNode): { readonly first: Date; readonly last: Date } {
  const [first, last] = derChildren(node);
  const place = `${PLACE}, period of issue`;
  return { first: readTime(first, place), last: readTime(last, place) };
}

function readDescription(node: DerNode): FoundDeviation['descriptions'][number] {
  const place = `${PLACE}, description`;
  const members = readSequence(node, place);
  const [first] = members;
  const hasText = first?.tag !== TAG.oid;
  return {
    type: readOid(hasText ? members[1] : first, place),
    ...(hasText && first && { text: readText(first, place) }),
  };
}
