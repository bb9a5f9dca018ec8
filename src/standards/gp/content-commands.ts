import type { CommandApdu } from '../apdu/command';
import { concatBytes } from '../bytes/concat';
import { encodeTlv } from '../tlv/tlv';
import { planBlocks } from './store-data';

/**
 * LOAD: the load file data block under its tag C4, in blocks that fit into commands; P1 marks the
 * last and P2 counts [GPC-C §11.6.2].
 *
 * @param blockBytes most data bytes of one command
 * @throws RangeError when more than 256 blocks would be needed.
 */
export function buildLoad(
  loadFileDataBlock: Uint8Array,
  blockBytes: number,
): readonly CommandApdu[] {
  const blocks = planBlocks(encodeTlv(0xc4, loadFileDataBlock), blockBytes);
  return blocks.map((data, index) => ({
    cla: 0x80,
    ins: 0xe8,
    p1: index === blocks.length - 1 ? 0x80 : 0x00,
    p2: index,
    data,
    le: 256,
  }));
}

/** DELETE of an application or load file, with everything made from it when asked [GPC-C §11.2.2]. */
export function buildDelete(
  aid: Uint8Array,
  options: { readonly withRelated?: boolean } = {},
): CommandApdu {
  const p2 = options.withRelated === true ? 0x80 : 0x00;
  return { cla: 0x80, ins: 0xe4, p1: 0x00, p2, data: encodeTlv(0x4f, aid), le: 256 };
}

/** DELETE of the keys of one version [GPC-C §11.2.2.3.2]. */
export function buildDeleteKeys(keyVersion: number): CommandApdu {
  const data = encodeTlv(0xd2, Uint8Array.of(keyVersion));
  return { cla: 0x80, ins: 0xe4, p1: 0x00, p2: 0x00, data, le: 256 };
}

/** P1 of SET STATUS and GET STATUS [GPC-C §11.4.2.1, §11.10.2.1]. */
export const STATUS_OF = {
  issuerSecurityDomain: 0x80,
  applications: 0x40,
  loadFiles: 0x20,
  loadFilesAndModules: 0x10,
} as const;

/** SET STATUS of the card (without AID) or of an application [GPC-C §11.10.2]. */
export function buildSetStatus(
  of: 'issuerSecurityDomain' | 'applications',
  state: number,
  aid: Uint8Array = new Uint8Array(),
): CommandApdu {
  const header = { cla: 0x80, ins: 0xf0, p1: STATUS_OF[of], p2: state };
  return aid.length === 0 ? header : { ...header, data: aid };
}

/** GET STATUS, first or next occurrence, answered as data objects E3 [GPC-C §11.4.2]. */
export function buildGetStatus(
  of: keyof typeof STATUS_OF,
  options: { readonly aid?: Uint8Array; readonly next?: boolean } = {},
): CommandApdu {
  const data = concatBytes(encodeTlv(0x4f, options.aid ?? new Uint8Array()));
  const p2 = options.next === true ? 0x03 : 0x02;
  return { cla: 0x80, ins: 0xf2, p1: STATUS_OF[of], p2, data, le: 256 };
}

/** Tags that GET DATA of a security domain answers [GPC-C §11.3.3.1]. */
export const CARD_DATA = {
  issuerIdentification: 0x42,
  cardImageNumber: 0x45,
  cardData: 0x66,
  keyInformation: 0xe0,
  sequenceCounter: 0xc1,
  cplc: 0x9f7f,
} as const;

/** GET DATA of a security domain [GPC-C §11.3.2]. */
export function buildGetCardData(name: keyof typeof CARD_DATA): CommandApdu {
  const tag = CARD_DATA[name];
  return { cla: 0x80, ins: 0xca, p1: tag >> 8, p2: tag & 0xff, le: 256 };
}
