import { SW } from '../../../standards/apdu/status-words';
import { equalBytes } from '../../../standards/bytes/compare';
import { concatBytes } from '../../../standards/bytes/concat';
import { type DigestName, digestBytes } from '../../../standards/crypto/digest-algorithms';
import { parseInstallFields } from '../../../standards/gp/install-commands';
import { parseLoadFileDataBlock } from '../../../standards/gp/load-file';
import { parseOnlyTlv } from '../../../standards/tlv/tlv';
import { refuse } from '../status-word-error';
import type { LoadFile } from './registry';

const LAST_BLOCK = 0x80;
const MORE_BLOCKS = 0x00;
const DATA_BLOCK = 0xc4;
/** Room that this chip has for one package. */
const MAX_PACKAGE_BYTES = 0x1_0000;
const LOAD_FIELDS = 5;
/** What the length of a hash says about its algorithm [GPC-C §C.2]. */
const DIGEST_BY_LENGTH: Readonly<Record<number, DigestName>> = {
  20: 'sha1',
  32: 'sha256',
  48: 'sha384',
  64: 'sha512',
};

interface Announced {
  readonly aid: Uint8Array;
  /** Empty where the host announced none. */
  readonly hash: Uint8Array;
}

/** One package on its way to the chip: INSTALL [for load], then LOAD until the last block. */
export class LoadSequence {
  #announced: Announced | undefined;
  #blocks: Uint8Array[] = [];

  get isOpen(): boolean {
    return this.#announced !== undefined;
  }

  /** What was received so far is forgotten. */
  abort(): void {
    this.#announced = undefined;
    this.#blocks = [];
  }

  /**
   * INSTALL [for load]; the caller has made sure that there is no such load file yet.
   *
   * @throws MalformedError; StatusWordError 6A80 for a hash of no algorithm that the chip has
   */
  begin(data: Uint8Array): void {
    const { aid, hash } = parseLoadInstallation(data);
    if (hash.length > 0 && DIGEST_BY_LENGTH[hash.length] === undefined) refuse(SW.wrongData);
    this.abort();
    this.#announced = { aid: aid.slice(), hash: hash.slice() };
  }

  /**
   * One LOAD command [GPC-C §11.6.2].
   *
   * @returns the load file after its last block
   * @throws StatusWordError 6985 without INSTALL, 6A86 for a block out of turn, 6A84 beyond the
   * chip's room, 6A80 for what is not the load file that was announced; MalformedError
   */
  take(command: {
    readonly p1: number;
    readonly p2: number;
    readonly data: Uint8Array;
  }): Pick<LoadFile, 'aid' | 'modules'> | undefined {
    const { p1, p2, data } = command;
    const announced = this.#announced ?? refuse(SW.conditionsNotSatisfied);
    try {
      const isKnown = p1 === LAST_BLOCK || p1 === MORE_BLOCKS;
      if (!isKnown || p2 !== this.#blocks.length) refuse(SW.incorrectP1P2);
      this.#blocks.push(data.slice());
      const length = this.#blocks.reduce((sum, block) => sum + block.length, 0);
      if (length > MAX_PACKAGE_BYTES) refuse(SW.notEnoughMemory);
      if (p1 === MORE_BLOCKS) return undefined;
      const file = examine(concatBytes(...this.#blocks), announced);
      this.abort();
      return file;
    } catch (error) {
      this.abort();
      throw error;
    }
  }
}

/** The AID in INSTALL [for load], and the hash that the load file is to have. */
export function parseLoadInstallation(data: Uint8Array): Announced {
  const [aid, domain, hash, , token] = parseInstallFields(data, LOAD_FIELDS);
  if (aid === undefined || hash === undefined) return refuse(SW.wrongData);
  if (aid.length < 5 || aid.length > 16) refuse(SW.wrongData);
  // Everything is loaded into the issuer security domain, which asks for no tokens.
  if ((domain?.length ?? 0) > 0 || (token?.length ?? 0) > 0) refuse(SW.conditionsNotSatisfied);
  return { aid, hash };
}

function examine(whole: Uint8Array, { aid, hash }: Announced): Pick<LoadFile, 'aid' | 'modules'> {
  const block = parseOnlyTlv(whole, DATA_BLOCK, 'LOAD');
  const digest = DIGEST_BY_LENGTH[hash.length];
  if (digest !== undefined && !equalBytes(digestBytes(digest, block), hash)) refuse(SW.wrongData);
  const { packageAid, appletAids } = parseLoadFileDataBlock(block);
  if (!equalBytes(packageAid, aid)) refuse(SW.wrongData);
  return { aid, modules: appletAids };
}
