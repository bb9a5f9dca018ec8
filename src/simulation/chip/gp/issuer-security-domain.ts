import type { CommandApdu } from '../../../standards/apdu/command';
import type { ResponseApdu } from '../../../standards/apdu/response';
import { SW } from '../../../standards/apdu/status-words';
import { equalBytes } from '../../../standards/bytes/compare';
import { concatBytes } from '../../../standards/bytes/concat';
import { decodeHex } from '../../../standards/bytes/hex';
import { MalformedError } from '../../../standards/bytes/malformed';
import { INSTALL_FOR, parseInstallFields } from '../../../standards/gp/install-commands';
import {
  APPLICATION_STATE,
  CARD_STATE,
  findCardState,
  mayMoveCard,
} from '../../../standards/gp/life-cycle-states';
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
import { type ContentCommand, ContentManager } from './content-manager';
import { describeCard } from './describe-card';
import { DomainChannel } from './domain-channel';
import { describeKeySets } from './key-sets';
import { LIFE_CYCLE, readCardState, writeCardState } from './life-cycle';
import { putKeys } from './put-keys';
import { readApplicationState, setApplicationState } from './registry';
import { StatusReport } from './status-report';
import { StoreDataSequence } from './store-data-sequence';

const NO_DATA = new Uint8Array();
const SCOPE = { securityDomain: 0x80, applications: 0x40 } as const;
const INS = {
  initializeUpdate: 0x50,
  externalAuthenticate: 0x82,
  getData: 0xca,
  putKey: 0xd8,
  storeData: 0xe2,
  delete: 0xe4,
  install: 0xe6,
  load: 0xe8,
  setStatus: 0xf0,
  getStatus: 0xf2,
} as const;
/** What a locked card still does [GPC-C §5.1.1.4]. */
const WHILE_LOCKED: readonly number[] = [INS.setStatus, INS.getStatus];

type Handler = (command: ContentCommand) => ResponseApdu;

/**
 * The issuer security domain: who the chip is, SCP02 and SCP03 under its key sets, their change,
 * what is loaded and installed, and the personalization of the eMRTD application, which hears STORE
 * DATA through it [GPC-C §7, §11].
 */
export class IssuerSecurityDomain implements Application {
  readonly aid = CARD_MANAGER_AID;
  readonly extendedLength = true;
  readonly #channel: DomainChannel;
  readonly #content: ContentManager;
  readonly #status: StatusReport;
  #personalizing = false;
  #sequence = new StoreDataSequence();

  constructor(
    private readonly identity: ChipIdentity,
    private readonly memory: NvMemory,
    private readonly random: RandomSource,
  ) {
    const diversificationData = diversificationDataOf(identity);
    this.#channel = new DomainChannel(memory, random, { aid: this.aid, diversificationData });
    this.#content = new ContentManager(memory);
    this.#status = new StatusReport(memory);
  }

  reset(): void {
    this.#channel.close();
    this.#content.interrupt();
    this.#personalizing = false;
    this.#sequence = new StoreDataSequence();
  }

  holdsSession(): boolean {
    return false;
  }

  select(): ResponseApdu {
    this.reset();
    const proprietary = encodeTlv(0xa5, encodeTlv(0x9f65, Uint8Array.of(0xff)));
    return done(encodeTlv(0x6f, encodeTlv(0x84, this.aid), proprietary));
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
    if (command.ins === INS.initializeUpdate) {
      this.reset();
      if (readCardState(this.memory) === 'TERMINATED') refuse(SW.conditionsNotSatisfied);
      return done(this.#channel.initializeUpdate(command));
    }
    if (command.ins === INS.externalAuthenticate) {
      this.#channel.externalAuthenticate(command);
      return done();
    }
    if (!this.#channel.isOpen) return this.#run(command);
    return this.#channel.wrap(this.#run(this.#channel.unwrap(command)));
  }

  #run({ ins, p1, p2, data = NO_DATA, le }: CommandApdu): ResponseApdu {
    const inChannel: Readonly<Record<number, Handler>> = {
      [INS.putKey]: (command) => done(putKeys(this.memory, this.#channel, command)),
      [INS.storeData]: (command) => done(this.#storeData(command)),
      [INS.delete]: (command) => this.#content.delete(command, this.#channel.keySet.version),
      [INS.install]: (command) => this.#install(command),
      [INS.load]: (command) => this.#content.load(command),
      [INS.setStatus]: (command) => this.#setStatus(command),
      [INS.getStatus]: (command) => this.#status.answer(command),
    };
    if (ins !== INS.load) this.#content.interrupt();
    try {
      if (ins === INS.getData) return done(this.#getData(p1 * 0x100 + p2));
      const run = inChannel[ins] ?? refuse(SW.instructionNotSupported);
      this.#requireRight(ins);
      return run({ p1, p2, data, le });
    } catch (error) {
      if (error instanceof StatusWordError) return { data: NO_DATA, sw: error.sw };
      if (error instanceof MalformedError) return { data: NO_DATA, sw: SW.wrongData };
      throw error;
    }
  }

  /** The channel that the card's state demands: a MAC on every command once it is secured. */
  #requireRight(ins: number): void {
    const state = readCardState(this.memory);
    if (state === 'TERMINATED') refuse(SW.conditionsNotSatisfied);
    if (!this.#channel.isOpen) refuse(SW.securityStatusNotSatisfied);
    const isSecured = state === 'SECURED' || state === 'CARD_LOCKED';
    if (isSecured && !this.#channel.hasCommandMac) refuse(SW.securityStatusNotSatisfied);
    if (state === 'CARD_LOCKED' && !WHILE_LOCKED.includes(ins)) refuse(SW.conditionsNotSatisfied);
  }

  #getData(tag: number): Uint8Array {
    if (tag === 0x9f7f) return encodeCplc(this.identity);
    if (tag === LIFE_CYCLE) {
      return encodeTlv(LIFE_CYCLE, Uint8Array.of(CARD_STATE[readCardState(this.memory)]));
    }
    if (tag === 0x0066) return describeCard(this.memory);
    if (tag === 0x00e0) return describeKeySets(this.memory);
    if (tag === 0x00cf) return encodeTlv(0xcf, diversificationDataOf(this.identity));
    return refuse(SW.referenceDataNotFound);
  }

  #install: Handler = (command) => {
    if (command.p1 !== INSTALL_FOR.personalization) return this.#content.install(command);
    const [, , application] = parseInstallFields(command.data, 6);
    const state = readApplicationState(this.memory);
    if (application === undefined || !equalBytes(application, EMRTD_AID) || state === undefined) {
      return refuse(SW.referenceDataNotFound);
    }
    if (state !== APPLICATION_STATE.SELECTABLE) refuse(SW.conditionsNotSatisfied);
    this.#personalizing = true;
    this.#sequence = new StoreDataSequence();
    return done(Uint8Array.of(0x00));
  };

  #storeData(command: ContentCommand): Uint8Array {
    const state = readApplicationState(this.memory);
    if (!this.#personalizing || state !== APPLICATION_STATE.SELECTABLE) {
      refuse(SW.conditionsNotSatisfied);
    }
    const decrypt = (value: Uint8Array): Uint8Array => this.#channel.decryptSensitive(value);
    let answer: Uint8Array = NO_DATA;
    for (const { identifier, value } of this.#sequence.take(command, decrypt)) {
      answer = personalize({ memory: this.memory, random: this.random }, identifier, value);
    }
    if ((command.p1 & STORE_DATA_P1.responseExpected) === 0) return NO_DATA;
    // What does not fit into the answer is lost; the key can be made again.
    return answer.length <= (command.le ?? 0) ? answer : refuse(SW.wrongLength);
  }

  /** SET STATUS: of the card along its life cycle, of the application to PERSONALIZED. */
  #setStatus: Handler = ({ p1, p2, data }) => {
    if (p1 === SCOPE.securityDomain) {
      const next = findCardState(p2) ?? refuse(SW.wrongData);
      if (!mayMoveCard(readCardState(this.memory), next)) refuse(SW.conditionsNotSatisfied);
      writeCardState(this.memory, next);
      return done();
    }
    if (p1 !== SCOPE.applications) refuse(SW.incorrectP1P2);
    const state = readApplicationState(this.memory);
    if (!equalBytes(data, EMRTD_AID) || state === undefined) refuse(SW.referenceDataNotFound);
    if (p2 !== APPLICATION_STATE.PERSONALIZED) refuse(SW.wrongData);
    if (state !== APPLICATION_STATE.SELECTABLE) refuse(SW.conditionsNotSatisfied);
    setApplicationState(this.memory, p2);
    this.#personalizing = false;
    return done();
  };
}

/** 10 bytes from which the owner of the chips derives this one's keys. */
function diversificationDataOf({ serialHex, batchHex }: ChipIdentity): Uint8Array {
  return concatBytes(decodeHex(`0000${batchHex}${serialHex}`), new Uint8Array(2));
}

function done(data: Uint8Array = NO_DATA): ResponseApdu {
  return { data, sw: SW.ok };
}
