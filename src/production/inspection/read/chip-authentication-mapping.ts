import {
  findMappingKey,
  parseCardSecurity,
} from '../../../standards/access/card-security/card-security';
import { verifyChipAuthenticationData } from '../../../standards/access/pace/chip-authentication-mapping';
import type { PaceProtocol } from '../../../standards/access/pace/pace-protocol';
import type { PaceTerminalResult } from '../../../standards/access/pace/pace-terminal';
import { MalformedError } from '../../../standards/bytes/malformed';
import { InvalidPublicKeyError } from '../../../standards/crypto/agreement-group';
import type { ChipProof } from '../chip-facts';
import { text } from '../texts/text';

/** What PACE with chip authentication mapping gave, not yet verified. */
export interface MappingProof {
  readonly protocol: PaceProtocol;
  readonly proof: NonNullable<PaceTerminalResult['chipAuthentication']>;
}

/**
 * Whether the chip that ran PACE holds the static key of EF.CardSecurity. It is worth as much as
 * the signature of that file, which the judge verifies by itself [9303-11 §4.4.3.5.2].
 */
export function proveMapping(
  { protocol, proof }: MappingProof,
  cardSecurity: Uint8Array | undefined,
): ChipProof {
  if (cardSecurity === undefined) return failed('EF.CardSecurity could not be read');
  try {
    const { infos } = parseCardSecurity(cardSecurity);
    const key = findMappingKey(infos, protocol);
    if (key === undefined) return failed('EF.CardSecurity has no key of these domain parameters');
    return verifyChipAuthenticationData(protocol.group, proof, key)
      ? { state: 'proved', algorithm: protocol.algorithm.name }
      : failed('what it sent does not fit the key');
  } catch (error) {
    if (error instanceof MalformedError || error instanceof InvalidPublicKeyError) {
      return failed(error.message);
    }
    throw error;
  }
}

function failed(detail: string): ChipProof {
  return { state: 'failed', reason: text('chip-auth.mapping-failed', { detail }) };
}
