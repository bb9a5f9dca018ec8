import { encodeSecurityInfos, parseSecurityInfos, type SecurityInfo } from './security-infos';

/** EF.CardAccess: the unsigned SecurityInfos that a reader needs before PACE [9303-10 §3.11.3]. */
export function encodeCardAccess(infos: readonly SecurityInfo[]): Uint8Array {
  return encodeSecurityInfos(infos);
}

/** Reads EF.CardAccess [9303-10 §3.11.3]. @throws MalformedError */
export function parseCardAccess(bytes: Uint8Array): readonly SecurityInfo[] {
  return parseSecurityInfos(bytes, 'EF.CardAccess');
}
