import type { CommandApdu } from '../../../standards/apdu/command';
import type { ResponseApdu } from '../../../standards/apdu/response';
import { SW } from '../../../standards/apdu/status-words';
import { equalBytes } from '../../../standards/bytes/compare';
import { concatBytes } from '../../../standards/bytes/concat';
import { decodeHex } from '../../../standards/bytes/hex';
import { decodeUint, encodeUint } from '../../../standards/bytes/integer';
import { answerScp03InitializeUpdate } from '../../../standards/gp/answer-initialize-update';
import { INSTALL_FOR } from '../../../standards/gp/install-commands';
import {
  APPLICATION_STATE,
  CARD_STATE,
  findCardState,
  mayMoveCard,
} from '../../../standards/gp/life-cycle-states';
import { acceptScp03, type Scp03Acceptance } from '../../../standards/gp/open-scp03';
import { deriveScp03CardChallenge } from '../../../standards/gp/scp03-keys';
import { parseScp03Options } from '../../../standards/gp/scp03-options';
import type { Scp03Session } from '../../../standards/gp/scp03-session';
import { SecureChannelError } from '../../../standards/gp/secure-channel-error';
import { STORE_DATA_P1 } from '../../../standards/gp/store-data';
import { encodeTlv } from '../../../standards/tlv/tlv';
import type { RandomSource } from '../../../production/ports';
import type { Application } from '../application';
import { CARD_MANAGER_AID } from '../card-manager';
import { type ChipIdentity, encodeCplc } from '../chip-identity';
import { personalize } from '../emrtd/personalize';
import { EMRTD_AID } from '../emrtd/file-commands';
import type { NvMemory } from '../nv-memory';
import { refuse, StatusWordError } from '../status-word-error';
import { describeKeySets, findKeySet, type KeySet, putKeySet } from './key-sets';
import { LIFE_CYCLE, readApplicationState } from './life-cycle';
import { StoreDataSequence } from './store-data-sequence';

const NO_DATA = new Uint8Array();
/** Pseudo-random challenge, R-MAC and R-ENC, S8 mode [GPC-D §5.1]. */
const SCP03_I = 0x70;
const COUNTER_BYTES = 3;
const SCOPE = { securityDomain: 0x80, applications: 0x40 } as const;

type Handler = (command: Required<Pick<CommandApdu, 'p1' | 'p2' | 'data'>>) => Uint8Array;

interface OpenChannel {
  readonly session: Scp03Session;
  readonly keySet: KeySet;
}

/**
 * The issuer security domain: who the chip is, SCP03 under its key sets, their change, and the
 * personalization of the eMRTD application, which hears STORE DATA through it [GPC-C §7, §11].
 */
export class IssuerSecurityDomain implements Application {
  readonly aid = CARD_MANAGER_AID;
  readonly extendedLength = true;
  #begun: { readonly acceptance: Scp03Acceptance; readonly keySet: KeySet } | undefined;
  #open: OpenChannel | undefined;
  #personalizing = false;
  #sequence = new StoreDataSequence();

  constructor(
    private readonly identity: ChipIdentity,
    private readonly memory: NvMemory,
    private readonly random: RandomSource,
  ) {}

  reset(): void {
    this.#open?.session.close();
    this.#open = undefined;
    this.#begun = undefined;
    this.#personalizing = false;
    this.#sequence = new StoreDataSequence();
  }

  holdsSession(): boolean {
    return false;
  }

  select(): ResponseApdu {
    this.reset();
    const proprietary = encodeTlv(0xa5, encodeTlv(0x9f65, Uint8Array.of(0xff)));
    return { data: encodeTlv(0x6f, encodeTlv(0x84, this.aid), proprietary), sw: SW.ok };
  }

  deselect(): void {
    this.reset();
  }

  process(command: CommandApdu): ResponseApdu {
    try {
      return this.#answer(command);
    } catch (error) {
      if (error instanceof StatusWordError) return { data: NO_DATA, sw: error.sw };
      if (error instanceof SecureChannelError) {
        this.reset();
        return { data: NO_DATA, sw: error.answerSw };
      }
      throw error;
    }
  }

  #answer(command: CommandApdu): ResponseApdu {
    if (command.ins === 0x50) return ok(this.#initializeUpdate(command));
    if (command.ins === 0x82) return ok(this.#externalAuthenticate(command));
    const open = this.#open;
    const plain = open === undefined ? command : open.session.unwrapCommand(command);
    const response = this.#run(plain);
    return open === undefined ? response : open.session.wrapResponse(response);
  }

  #run({ ins, p1, p2, data = NO_DATA }: CommandApdu): ResponseApdu {
    const inChannel: Readonly<Record<number, Handler>> = {
      0xd8: (command) =>
        putKeySet(this.memory, this.#channel().keySet.keys.dataEncryption, command),
      0xe2: (command) => this.#storeData(command),
      0xe6: (command) => this.#install(command),
      0xf0: (command) => this.#setStatus(command),
      0xf2: (command) => this.#getStatus(command),
    };
    try {
      if (ins === 0xca) return ok(this.#getData(p1 * 0x100 + p2));
      const run = inChannel[ins] ?? refuse(SW.instructionNotSupported);
      if (this.#open === undefined) refuse(SW.securityStatusNotSatisfied);
      return ok(run({ p1, p2, data }));
    } catch (error) {
      if (error instanceof StatusWordError) return { data: NO_DATA, sw: error.sw };
      throw error;
    }
  }

  #getData(tag: number): Uint8Array {
    if (tag === 0x9f7f) return encodeCplc(this.identity);
    if (tag === LIFE_CYCLE) return encodeTlv(LIFE_CYCLE, Uint8Array.of(this.#cardState()));
    if (tag === 0x00e0) return describeKeySets(this.memory);
    if (tag === 0x00cf) return encodeTlv(0xcf, this.#diversificationData());
    return refuse(SW.referenceDataNotFound);
  }

  #initializeUpdate({ p1, data = NO_DATA }: CommandApdu): Uint8Array {
    this.reset();
    const keySet = findKeySet(this.memory, p1) ?? refuse(SW.referenceDataNotFound);
    const options = parseScp03Options(SCP03_I);
    const counter = decodeUint(this.memory.value('scp03-counter') ?? NO_DATA) + 1;
    const sequenceCounter = encodeUint(counter, COUNTER_BYTES);
    const source = { sequenceCounter, securityDomainAid: this.aid };
    this.memory.put({ 'scp03-counter': sequenceCounter });
    const { data: answer, acceptance } = answerScp03InitializeUpdate({
      keys: keySet.keys,
      keyVersion: keySet.version,
      diversificationData: this.#diversificationData(),
      hostChallenge: data,
      cardChallenge: deriveScp03CardChallenge(keySet.keys, source, options.macBytes),
      options,
      sequenceCounter,
    });
    this.#begun = { acceptance, keySet };
    return answer;
  }

  #externalAuthenticate(command: CommandApdu): Uint8Array {
    const begun = this.#begun ?? refuse(SW.conditionsNotSatisfied);
    this.#begun = undefined;
    this.#open = { session: acceptScp03(begun.acceptance, command), keySet: begun.keySet };
    return NO_DATA;
  }

  /** INSTALL [for personalization] of the one application [GPC-C §11.5.2.3.6]. */
  #install: Handler = ({ p1, data }) => {
    if (p1 !== INSTALL_FOR.personalization) refuse(SW.incorrectP1P2);
    const length = data[2] ?? 0;
    if (!equalBytes(data.subarray(3, 3 + length), EMRTD_AID)) refuse(SW.referenceDataNotFound);
    if (this.#isPersonalized()) refuse(SW.conditionsNotSatisfied);
    this.#personalizing = true;
    return Uint8Array.of(0x00);
  };

  #storeData: Handler = (command) => {
    if (!this.#personalizing || this.#isPersonalized()) refuse(SW.conditionsNotSatisfied);
    const { dataEncryption } = this.#channel().keySet.keys;
    let answer: Uint8Array = NO_DATA;
    for (const { identifier, value } of this.#sequence.take(command, dataEncryption)) {
      answer = personalize({ memory: this.memory, random: this.random }, identifier, value);
    }
    return (command.p1 & STORE_DATA_P1.responseExpected) === 0 ? NO_DATA : answer;
  };

  /** SET STATUS: of the card along its life cycle, of the application to PERSONALIZED. */
  #setStatus: Handler = ({ p1, p2, data }) => {
    if (p1 === SCOPE.securityDomain) {
      const next = findCardState(p2) ?? refuse(SW.wrongData);
      const now = findCardState(this.#cardState()) ?? refuse(SW.conditionsNotSatisfied);
      if (!mayMoveCard(now, next)) refuse(SW.conditionsNotSatisfied);
      this.memory.put({ 'card-state': Uint8Array.of(p2) });
      return NO_DATA;
    }
    if (p1 !== SCOPE.applications) refuse(SW.incorrectP1P2);
    if (!equalBytes(data, EMRTD_AID)) refuse(SW.referenceDataNotFound);
    if (p2 !== APPLICATION_STATE.PERSONALIZED) refuse(SW.wrongData);
    if (this.#isPersonalized()) refuse(SW.conditionsNotSatisfied);
    this.memory.put({ 'application-state': Uint8Array.of(p2) });
    this.#personalizing = false;
    return NO_DATA;
  };

  #getStatus: Handler = ({ p1 }) => {
    const entry = (aid: Uint8Array, state: number) =>
      encodeTlv(0xe3, encodeTlv(0x4f, aid), encodeTlv(LIFE_CYCLE, Uint8Array.of(state)));
    if (p1 === SCOPE.securityDomain) return entry(this.aid, this.#cardState());
    if (p1 === SCOPE.applications) return entry(EMRTD_AID, this.#applicationState());
    return refuse(SW.incorrectP1P2);
  };

  #channel(): OpenChannel {
    return this.#open ?? refuse(SW.securityStatusNotSatisfied);
  }

  #cardState(): number {
    return this.memory.value('card-state')?.[0] ?? CARD_STATE.OP_READY;
  }

  #applicationState(): number {
    return readApplicationState(this.memory);
  }

  #isPersonalized(): boolean {
    return this.#applicationState() === APPLICATION_STATE.PERSONALIZED;
  }

  /** 10 bytes from which the owner of the chips derives this one's keys. */
  #diversificationData(): Uint8Array {
    const { serialHex, batchHex } = this.identity;
    return concatBytes(decodeHex(`0000${batchHex}${serialHex}`), new Uint8Array(2));
  }
}

function ok(data: Uint8Array): ResponseApdu {
  return { data, sw: SW.ok };
}
