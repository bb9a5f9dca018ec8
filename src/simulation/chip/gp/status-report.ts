import { SW } from '../../../standards/apdu/status-words';
import type { ResponseApdu } from '../../../standards/apdu/response';
import { equalBytes } from '../../../standards/bytes/compare';
import { concatBytes } from '../../../standards/bytes/concat';
import { STATUS_OF } from '../../../standards/gp/content-commands';
import { CARD_STATE } from '../../../standards/gp/life-cycle-states';
import { encodeTlv, parseTlvs, requireTlv } from '../../../standards/tlv/tlv';
import { CARD_MANAGER_AID } from '../card-manager';
import { EMRTD_AID } from '../emrtd/file-commands';
import type { NvMemory } from '../nv-memory';
import { refuse } from '../status-word-error';
import { LIFE_CYCLE, readCardState } from './life-cycle';
import { listLoadFiles, readApplicationSource, readApplicationState } from './registry';

const FIRST = 0x02;
const NEXT = 0x03;
const MORE_SW = 0x6310;
const MAX_ANSWER_BYTES = 240;
const LOADED = 0x01;
const TAG = { entry: 0xe3, aid: 0x4f, privileges: 0xc5, loadFile: 0xc4, module: 0x84 } as const;
/** Security domain, card lock and terminate, default selected [GPC-C §11.1.2]. */
const DOMAIN_PRIVILEGES = Uint8Array.of(0x9e, 0x00, 0x00);
const NO_PRIVILEGES = Uint8Array.of(0x00, 0x00, 0x00);

interface Entry {
  readonly aid: Uint8Array;
  readonly encoded: Uint8Array;
}

/** GET STATUS in its form with data objects; what does not fit follows on demand [GPC-C §11.4]. */
export class StatusReport {
  #rest: readonly Entry[] = [];

  constructor(private readonly memory: NvMemory) {}

  /** @throws StatusWordError 6A88 when nothing matches, 6A86; MalformedError */
  answer(command: {
    readonly p1: number;
    readonly p2: number;
    readonly data: Uint8Array;
  }): ResponseApdu {
    const { p1, p2, data } = command;
    if (p2 !== FIRST && p2 !== NEXT) refuse(SW.incorrectP1P2);
    if (p2 === FIRST) {
      const wanted = requireTlv(parseTlvs(data, 'GET STATUS'), TAG.aid, 'GET STATUS');
      this.#rest = this.#list(p1).filter(({ aid }) =>
        equalBytes(aid.subarray(0, wanted.length), wanted),
      );
    }
    if (this.#rest.length === 0) refuse(SW.referenceDataNotFound);
    const page: Uint8Array[] = [];
    let length = 0;
    for (const { encoded } of this.#rest) {
      if (page.length > 0 && length + encoded.length > MAX_ANSWER_BYTES) break;
      page.push(encoded);
      length += encoded.length;
    }
    this.#rest = this.#rest.slice(page.length);
    return { data: concatBytes(...page), sw: this.#rest.length > 0 ? MORE_SW : SW.ok };
  }

  #list(scope: number): readonly Entry[] {
    switch (scope) {
      case STATUS_OF.issuerSecurityDomain: {
        const state = CARD_STATE[readCardState(this.memory)];
        return [entry(CARD_MANAGER_AID, state, [encodeTlv(TAG.privileges, DOMAIN_PRIVILEGES)])];
      }
      case STATUS_OF.applications:
        return this.#listApplication();
      case STATUS_OF.loadFiles:
        return listLoadFiles(this.memory).map(({ aid }) => entry(aid, LOADED, []));
      case STATUS_OF.loadFilesAndModules:
        return listLoadFiles(this.memory).map(({ aid, modules }) =>
          entry(
            aid,
            LOADED,
            modules.map((module) => encodeTlv(TAG.module, module)),
          ),
        );
      default:
        return refuse(SW.incorrectP1P2);
    }
  }

  #listApplication(): readonly Entry[] {
    const state = readApplicationState(this.memory);
    if (state === undefined) return [];
    const source = encodeTlv(TAG.loadFile, readApplicationSource(this.memory));
    return [entry(EMRTD_AID, state, [encodeTlv(TAG.privileges, NO_PRIVILEGES), source])];
  }
}

function entry(aid: Uint8Array, state: number, more: readonly Uint8Array[]): Entry {
  const head = [encodeTlv(TAG.aid, aid), encodeTlv(LIFE_CYCLE, Uint8Array.of(state))];
  return { aid, encoded: encodeTlv(TAG.entry, ...head, ...more) };
}
