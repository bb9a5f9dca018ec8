import { equalBytes } from '../../bytes/compare';
import { decodeAscii } from '../../bytes/text';
import { findTlv, requireTlv, type Tlv } from '../../tlv/tlv';
import { AccessError } from '../access-error';
import { encodeDynamicData, parseDynamicData } from '../general-authenticate';
import type { SessionKeys } from '../session-keys';
import { decryptChipAuthenticationData } from './chip-authentication-mapping';
import { mapGeneric, mapIntegrated } from './pace-mapping';
import { decryptPaceNonce } from './pace-nonce';
import { PACE_TAG } from './pace-objects';
import type { PaceProtocol } from './pace-protocol';
import {
  agreeWith,
  derivePaceSession,
  type EphemeralKeys,
  ephemeralKeys,
  paceStep,
} from './pace-session';
import { computePaceToken } from './pace-token';

/** What a terminal brings to one run of PACE; the ephemeral values are used once. */
export interface PaceTerminalInput {
  readonly protocol: PaceProtocol;
  /** K_π of `derivePacePasswordKey`. */
  readonly passwordKey: Uint8Array;
  /** Private key of generic and chip authentication mapping, nonce t of integrated mapping. */
  readonly mappingSecret: Uint8Array;
  readonly agreementPrivateKey: Uint8Array;
}

/** What a terminal has after PACE. */
export interface PaceTerminalResult {
  readonly session: SessionKeys;
  /** Ephemeral public key of the chip, which Terminal Authentication binds to [9303-11 §7.1]. */
  readonly chipPublicKey: Uint8Array;
  /** Proof of chip authentication mapping, to verify once EF.CardSecurity has been read. */
  readonly chipAuthentication?: {
    readonly data: Uint8Array;
    readonly mappingPublicKey: Uint8Array;
  };
  /** Certification authority references, the most recent first. */
  readonly authorityReferences: readonly string[];
}

/**
 * The terminal's side of PACE: four commands, each built from the answer to the one before.
 * Every method takes and returns dynamic authentication data, `7C …` [9303-11 §4.4.1, table 4].
 */
export class PaceTerminal {
  readonly #input: PaceTerminalInput;
  #mapping: { readonly nonce: Uint8Array; readonly keys?: EphemeralKeys } | undefined;
  #agreement: { readonly keys: EphemeralKeys; readonly mappingPublicKey?: Uint8Array } | undefined;
  #result: { readonly session: SessionKeys; readonly chipPublicKey: Uint8Array } | undefined;

  constructor(input: PaceTerminalInput) {
    this.#input = input;
  }

  /** First command: asks for the encrypted nonce. */
  requestNonce(): Uint8Array {
    return encodeDynamicData();
  }

  /** Second command: the mapping data. @throws AccessError */
  mapNonce(response: Uint8Array): Uint8Array {
    return paceStep('encrypted nonce', () => {
      const { protocol, passwordKey, mappingSecret } = this.#input;
      const place = 'PACE, encrypted nonce';
      const encrypted = requireTlv(
        parseDynamicData(response, place),
        PACE_TAG.encryptedNonce,
        place,
      );
      const nonce = decryptPaceNonce(protocol, passwordKey, encrypted);
      if (protocol.algorithm.mapping === 'IM') {
        this.#mapping = { nonce };
        return encodeDynamicData([PACE_TAG.terminalMapping, mappingSecret]);
      }
      const keys = ephemeralKeys(protocol.group, mappingSecret);
      this.#mapping = { nonce, keys };
      return encodeDynamicData([PACE_TAG.terminalMapping, keys.publicKey]);
    });
  }

  /** Third command: the ephemeral public key under the mapped generator. @throws AccessError */
  agreeOnKey(response: Uint8Array): Uint8Array {
    return paceStep('map nonce', () => {
      const { protocol, mappingSecret, agreementPrivateKey } = this.#input;
      const { nonce, keys: mappingKeys } = required(this.#mapping);
      const place = 'PACE, map nonce';
      const data = requireTlv(parseDynamicData(response, place), PACE_TAG.chipMapping, place);
      const generator =
        mappingKeys === undefined
          ? mapIntegrated(protocol, nonce, mappingSecret)
          : mapGeneric(protocol.group, nonce, agreeWith(protocol.group, mappingKeys, data));
      const keys = ephemeralKeys(protocol.group, agreementPrivateKey, generator);
      this.#agreement = mappingKeys === undefined ? { keys } : { keys, mappingPublicKey: data };
      return encodeDynamicData([PACE_TAG.terminalPublicKey, keys.publicKey]);
    });
  }

  /** Fourth command: the terminal's token. @throws AccessError */
  authenticate(response: Uint8Array): Uint8Array {
    return paceStep('key agreement', () => {
      const { protocol } = this.#input;
      const { keys } = required(this.#agreement);
      const place = 'PACE, key agreement';
      const chipPublicKey = requireTlv(
        parseDynamicData(response, place),
        PACE_TAG.chipPublicKey,
        place,
      );
      const session = derivePaceSession(protocol, agreeWith(protocol.group, keys, chipPublicKey));
      this.#result = { session, chipPublicKey };
      const token = computePaceToken(protocol, session.macKey, chipPublicKey);
      return encodeDynamicData([PACE_TAG.terminalToken, token]);
    });
  }

  /**
   * Checks the chip's token and hands out the session [9303-11 §4.4.3.4].
   *
   * @throws AccessError `wrong-proof` when the token is wrong.
   */
  finish(response: Uint8Array): PaceTerminalResult {
    return paceStep('mutual authentication', () => {
      const { protocol } = this.#input;
      const { session, chipPublicKey } = required(this.#result);
      const { keys, mappingPublicKey } = required(this.#agreement);
      const place = 'PACE, mutual authentication';
      const tlvs = parseDynamicData(response, place);
      const expected = computePaceToken(protocol, session.macKey, keys.publicKey);
      if (!equalBytes(requireTlv(tlvs, PACE_TAG.chipToken, place), expected)) {
        throw new AccessError(place, 'wrong-proof', 'the token of the chip is wrong');
      }
      const data = this.#readChipAuthenticationData(tlvs, session);
      return {
        session,
        chipPublicKey,
        ...(data === undefined || mappingPublicKey === undefined
          ? {}
          : { chipAuthentication: { data, mappingPublicKey } }),
        authorityReferences: readAuthorityReferences(tlvs),
      };
    });
  }

  /** Required with chip authentication mapping and forbidden otherwise [9303-11 §4.4.5]. */
  #readChipAuthenticationData(tlvs: readonly Tlv[], session: SessionKeys): Uint8Array | undefined {
    const encrypted = findTlv(tlvs, PACE_TAG.encryptedChipAuthenticationData);
    const wanted = this.#input.protocol.algorithm.mapping === 'CAM';
    if (wanted !== (encrypted !== undefined)) {
      throw new AccessError(
        'PACE, mutual authentication',
        'protocol',
        wanted ? 'chip authentication data is missing' : 'chip authentication data does not belong',
      );
    }
    return encrypted === undefined ? undefined : decryptChipAuthenticationData(session, encrypted);
  }
}

function readAuthorityReferences(tlvs: readonly Tlv[]): readonly string[] {
  return [PACE_TAG.authorityReference, PACE_TAG.previousAuthorityReference].flatMap((tag) => {
    const value = findTlv(tlvs, tag);
    return value === undefined ? [] : [decodeAscii(value, 'certification authority reference')];
  });
}

/** The steps stand in one order; calling one too early is an error of the program. */
function required<T>(state: T | undefined): T {
  if (state === undefined) throw new RangeError('a step of PACE was left out');
  return state;
}
