import type { ResponseApdu } from '../../../standards/apdu/response';
import { SW } from '../../../standards/apdu/status-words';
import { equalBytes } from '../../../standards/bytes/compare';
import { INSTALL_FOR, parseInstallFields } from '../../../standards/gp/install-commands';
import { APPLICATION_STATE } from '../../../standards/gp/life-cycle-states';
import { parseTlvs } from '../../../standards/tlv/tlv';
import { EMRTD_AID } from '../emrtd/file-commands';
import type { NvMemory } from '../nv-memory';
import { refuse } from '../status-word-error';
import { findKeySet, listKeySets, removeKeySet } from './key-sets';
import { LoadSequence, parseLoadInstallation } from './load-sequence';
import {
  deleteApplication,
  deleteLoadFile,
  findLoadFile,
  installApplication,
  readApplicationSource,
  readApplicationState,
  setApplicationState,
  storeLoadFile,
} from './registry';

/** The answer of a content command that was done: no confirmation follows [GPC-C §11.5.3]. */
const DONE: ResponseApdu = { data: Uint8Array.of(0x00), sw: SW.ok };
const INSTALL_FIELDS = 6;
const WITH_RELATED = 0x80;
const TAG = { aid: 0x4f, keyVersion: 0xd2 } as const;
const PRIVILEGE_BYTES = [1, 3];

export interface ContentCommand {
  readonly p1: number;
  readonly p2: number;
  readonly data: Uint8Array;
  /** Most bytes of an answer; none where there is to be none. */
  readonly le?: number | undefined;
}

/** What is loaded onto the chip, installed from it and deleted again [GPC-C §9, §11]. */
export class ContentManager {
  readonly #loading = new LoadSequence();

  constructor(private readonly memory: NvMemory) {}

  /** Every other command ends a load that is under way [GPC-C §9.3.5]. */
  interrupt(): void {
    this.#loading.abort();
  }

  load(command: ContentCommand): ResponseApdu {
    const file = this.#loading.take(command);
    if (file !== undefined) storeLoadFile(this.memory, file);
    return DONE;
  }

  /** INSTALL in all its forms but for personalization, which the domain itself answers. */
  install({ p1, p2, data }: ContentCommand): ResponseApdu {
    if (p2 !== 0x00) refuse(SW.incorrectP1P2);
    switch (p1) {
      case INSTALL_FOR.load:
        this.#beginLoad(data);
        return DONE;
      case INSTALL_FOR.install:
        this.#install(data, APPLICATION_STATE.INSTALLED);
        return DONE;
      case INSTALL_FOR.installAndMakeSelectable:
        this.#install(data, APPLICATION_STATE.SELECTABLE);
        return DONE;
      case INSTALL_FOR.makeSelectable:
        this.#makeSelectable(data);
        return DONE;
      default:
        return refuse(SW.incorrectP1P2);
    }
  }

  /** DELETE of the application, of a load file or of a key set [GPC-C §11.2]. */
  delete({ p1, p2, data }: ContentCommand, openedWith: number): ResponseApdu {
    if (p1 !== 0x00 || (p2 !== 0x00 && p2 !== WITH_RELATED)) refuse(SW.incorrectP1P2);
    const objects = parseTlvs(data, 'DELETE');
    const aid = objects.find(({ tag }) => tag === TAG.aid)?.value;
    const version = objects.find(({ tag }) => tag === TAG.keyVersion)?.value[0];
    if (aid !== undefined) this.#deleteContent(aid, p2 === WITH_RELATED);
    else if (version !== undefined) this.#deleteKeys(version, openedWith);
    else refuse(SW.wrongData);
    return DONE;
  }

  #beginLoad(data: Uint8Array): void {
    const { aid } = parseLoadInstallation(data);
    const isTaken = findLoadFile(this.memory, aid) !== undefined || equalBytes(aid, EMRTD_AID);
    if (isTaken) refuse(SW.conditionsNotSatisfied);
    this.#loading.begin(data);
  }

  /** Only the module of the eMRTD application can be installed, and only under its own name. */
  #install(data: Uint8Array, state: number): void {
    const [file, module, application, privileges, parameters, token] = parseInstallFields(
      data,
      INSTALL_FIELDS,
    );
    if (!file || !module || !application || !privileges || !parameters) return refuse(SW.wrongData);
    const source = findLoadFile(this.memory, file) ?? refuse(SW.referenceDataNotFound);
    if (!source.modules.some((aid) => equalBytes(aid, module))) refuse(SW.referenceDataNotFound);
    if (!equalBytes(module, EMRTD_AID) || !equalBytes(application, EMRTD_AID)) refuse(SW.wrongData);
    if (!PRIVILEGE_BYTES.includes(privileges.length)) refuse(SW.wrongData);
    // C9 has to be there, even empty [GPC-C §11.5.2.3.7].
    if (parseTlvs(parameters, 'INSTALL')[0]?.tag !== 0xc9) refuse(SW.wrongData);
    if ((token?.length ?? 0) > 0) refuse(SW.conditionsNotSatisfied);
    if (readApplicationState(this.memory) !== undefined) refuse(SW.conditionsNotSatisfied);
    installApplication(this.memory, source.aid, state);
  }

  #makeSelectable(data: Uint8Array): void {
    const [, , application] = parseInstallFields(data, INSTALL_FIELDS);
    const state = readApplicationState(this.memory);
    if (application === undefined || !equalBytes(application, EMRTD_AID) || state === undefined) {
      refuse(SW.referenceDataNotFound);
    }
    if (state !== APPLICATION_STATE.INSTALLED) refuse(SW.conditionsNotSatisfied);
    setApplicationState(this.memory, APPLICATION_STATE.SELECTABLE);
  }

  #deleteContent(aid: Uint8Array, withRelated: boolean): void {
    const isInstalled = readApplicationState(this.memory) !== undefined;
    if (equalBytes(aid, EMRTD_AID)) {
      if (!isInstalled) refuse(SW.referenceDataNotFound);
      deleteApplication(this.memory);
      return;
    }
    const file = findLoadFile(this.memory, aid) ?? refuse(SW.referenceDataNotFound);
    if (file.inRom) refuse(SW.conditionsNotSatisfied);
    const isUsed = isInstalled && equalBytes(readApplicationSource(this.memory), file.aid);
    if (!isUsed) deleteLoadFile(this.memory, file);
    else if (withRelated) deleteApplication(this.memory, file);
    else refuse(SW.conditionsNotSatisfied);
  }

  /** Never the last set, nor that which the channel was opened with. */
  #deleteKeys(version: number, openedWith: number): void {
    if (version === 0 || findKeySet(this.memory, version) === undefined) {
      refuse(SW.referenceDataNotFound);
    }
    if (version === openedWith || listKeySets(this.memory).length === 1) {
      refuse(SW.conditionsNotSatisfied);
    }
    removeKeySet(this.memory, version);
  }
}
