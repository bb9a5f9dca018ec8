import { parseDer, readSequence, readSet, readSmallInteger } from '../asn1/read';

/** CscaMasterList as found: its version, and DER of every certificate in its order [9303-12 §9]. */
export interface MasterListContent {
  readonly version: number;
  readonly certificates: readonly Uint8Array[];
}

/** Reads the content of a master list, of any version [9303-12 §9]. @throws MalformedError */
export function readMasterListContent(content: Uint8Array): MasterListContent {
  const place = 'master list';
  const [version, certificates] = readSequence(parseDer(content, place), place);
  return {
    version: readSmallInteger(version, `${place}, version`),
    certificates: readSet(certificates, `${place}, certificates`).map(({ raw }) => raw),
  };
}
