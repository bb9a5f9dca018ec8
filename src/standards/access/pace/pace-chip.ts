import { equalBytes } from '../../bytes/compare';
import { encodeAscii } from '../../bytes/text';
import { requireTlv } from '../../tlv/tlv';
import { AccessError } from '../access-error';
import { encodeDynamicData, parseDynamicData } from '../general-authenticate';
import type { SessionKeys } from '../session-keys';
import {
  computeChipAuthenticationData,
  encryptChipAuthenticationData,
} from './chip-authentication-mapping';
import { mapGeneric, mapIntegrated } from './pace-mapping';
import { encryptPaceNonce, paceTerminalNonceBytes } from './pace-nonce';
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

/** What a chip brings to one run of PACE; nonce and ephemeral keys are used once. */
export interface PaceChipInput {
  readonly protocol: PaceProtocol;
  readonly passwordKey: Uint8Array;
  /** s, with `paceNonceBytes` bytes. */
  readonly nonce: Uint8Array;
  /** Not used by integrated mapping. */
  readonly mappingPrivateKey: Uint8Array;
  readonly agreementPrivateKey: Uint8Array;
  /** Static private key of Chip Authentication, for chip authentication mapping. */
  readonly staticPrivateKey?: Uint8Array;
  /** References to return for Terminal Authentication, the most recent first; at most two. */
  readonly authorityReferences?: readonly string[];
}

/** What a chip has after PACE. */
export interface PaceChipResult {
  readonly session: SessionKeys;
  /** Own ephemeral public key, which Terminal Authentication binds to [9303-11 §7.1]. */
  readonly chipPublicKey: Uint8Array;
}

interface Step {
  readonly name: string;
  readonly answer: (data: Uint8Array) => Uint8Array;
}

/**
 * The chip's side of PACE: answers the four GENERAL AUTHENTICATE commands in their order. An error
 * ends the run; the chip starts anew with MSE:Set AT [9303-11 §4.4.1, table 4].
 */
export class PaceChip {
  readonly #input: PaceChipInput;
  readonly #steps: readonly Step[];
  #next = 0;
  #mapped: { readonly generator: Uint8Array } | undefined;
  #agreed:
    | {
        readonly session: SessionKeys;
        readonly keys: EphemeralKeys;
        readonly terminalPublicKey: Uint8Array;
      }
    | undefined;
  #result: PaceChipResult | undefined;

  constructor(input: PaceChipInput) {
    this.#input = input;
    this.#steps = [
      { name: 'encrypted nonce', answer: (data) => this.#encryptedNonce(data) },
      { name: 'map nonce', answer: (data) => this.#mapNonce(data) },
      { name: 'key agreement', answer: (data) => this.#agreeOnKey(data) },
      { name: 'mutual authentication', answer: (data) => this.#authenticate(data) },
    ];
  }

  /** True when the next command must be the last of the chain, with CLA 00. */
  get atLastStep(): boolean {
    return this.#next === this.#steps.length - 1;
  }

  /** The session after the last step; undefined before it and after an error. */
  get result(): PaceChipResult | undefined {
    return this.#result;
  }

  /**
   * Answers one command.
   *
   * @param data dynamic authentication data, `7C …`
   * @throws AccessError `wrong-proof` for a wrong token (answer 6300), `protocol` for data that is
   * not as it must be (answer 6A80).
   */
  answer(data: Uint8Array): Uint8Array {
    const step = this.#steps[this.#next];
    this.#next = this.#steps.length;
    if (step === undefined) throw new AccessError('PACE', 'protocol', 'the run has ended');
    const response = paceStep(step.name, () => step.answer(data));
    this.#next = this.#steps.indexOf(step) + 1;
    return response;
  }

  #encryptedNonce(data: Uint8Array): Uint8Array {
    const place = 'PACE, encrypted nonce';
    if (parseDynamicData(data, place).length > 0) {
      throw new AccessError(place, 'protocol', 'the first command is not empty');
    }
    const { protocol, passwordKey, nonce } = this.#input;
    return encodeDynamicData([
      PACE_TAG.encryptedNonce,
      encryptPaceNonce(protocol, passwordKey, nonce),
    ]);
  }

  #mapNonce(data: Uint8Array): Uint8Array {
    const { protocol, nonce, mappingPrivateKey } = this.#input;
    const place = 'PACE, map nonce';
    const received = requireTlv(parseDynamicData(data, place), PACE_TAG.terminalMapping, place);
    if (protocol.algorithm.mapping === 'IM') {
      if (received.length !== paceTerminalNonceBytes(protocol.algorithm.cipher)) {
        throw new AccessError(place, 'protocol', 'the nonce is not as long as a key');
      }
      this.#mapped = { generator: mapIntegrated(protocol, nonce, received) };
      return encodeDynamicData([PACE_TAG.chipMapping, new Uint8Array()]);
    }
    const keys = ephemeralKeys(protocol.group, mappingPrivateKey);
    const shared = agreeWith(protocol.group, keys, received);
    this.#mapped = { generator: mapGeneric(protocol.group, nonce, shared) };
    return encodeDynamicData([PACE_TAG.chipMapping, keys.publicKey]);
  }

  #agreeOnKey(data: Uint8Array): Uint8Array {
    const { protocol, agreementPrivateKey } = this.#input;
    const place = 'PACE, key agreement';
    const terminalPublicKey = requireTlv(
      parseDynamicData(data, place),
      PACE_TAG.terminalPublicKey,
      place,
    );
    const keys = ephemeralKeys(protocol.group, agreementPrivateKey, this.#mapped?.generator);
    const shared = agreeWith(protocol.group, keys, terminalPublicKey);
    this.#agreed = { session: derivePaceSession(protocol, shared), keys, terminalPublicKey };
    return encodeDynamicData([PACE_TAG.chipPublicKey, keys.publicKey]);
  }

  #authenticate(data: Uint8Array): Uint8Array {
    const place = 'PACE, mutual authentication';
    const agreed = this.#agreed;
    if (agreed === undefined) throw new RangeError('a step of PACE was left out');
    const { protocol } = this.#input;
    const { session, keys, terminalPublicKey } = agreed;
    const token = requireTlv(parseDynamicData(data, place), PACE_TAG.terminalToken, place);
    if (!equalBytes(token, computePaceToken(protocol, session.macKey, keys.publicKey))) {
      throw new AccessError(place, 'wrong-proof', 'the token of the terminal is wrong');
    }
    this.#result = { session, chipPublicKey: keys.publicKey };
    return encodeDynamicData(
      [PACE_TAG.chipToken, computePaceToken(protocol, session.macKey, terminalPublicKey)],
      ...this.#authorityReferences(),
      ...this.#chipAuthenticationData(session),
    );
  }

  #authorityReferences(): readonly (readonly [number, Uint8Array])[] {
    const tags = [PACE_TAG.authorityReference, PACE_TAG.previousAuthorityReference];
    return (this.#input.authorityReferences ?? [])
      .slice(0, tags.length)
      .map((reference, index) => [tags[index] ?? 0, encodeAscii(reference)] as const);
  }

  #chipAuthenticationData(session: SessionKeys): readonly (readonly [number, Uint8Array])[] {
    const { protocol, staticPrivateKey, mappingPrivateKey } = this.#input;
    if (protocol.algorithm.mapping !== 'CAM') return [];
    if (staticPrivateKey === undefined) {
      throw new RangeError('chip authentication mapping needs the static private key');
    }
    const data = computeChipAuthenticationData(protocol.group, staticPrivateKey, mappingPrivateKey);
    return [
      [PACE_TAG.encryptedChipAuthenticationData, encryptChipAuthenticationData(session, data)],
    ];
  }
}
