import type { CommandApdu } from '../../apdu/command';
import { decodeHex } from '../../bytes/hex';
import { encodeUint } from '../../bytes/integer';
import { LDS_APPLICATION_AIDS } from '../../lds/lds-file-table';
import type { CommandChannel } from './apdu-channel';
import { expectOk } from './expect-ok';

/** SELECT of an application by its identifier, without file control information [9303-10 §3.6.1]. */
export function buildSelectApplication(aid: Uint8Array): CommandApdu {
  return { cla: 0x00, ins: 0xa4, p1: 0x04, p2: 0x0c, data: aid };
}

/** SELECT of an elementary file under the current one by its identifier [9303-10 §3.6.2]. */
export function buildSelectFile(fid: number): CommandApdu {
  return { cla: 0x00, ins: 0xa4, p1: 0x02, p2: 0x0c, data: encodeUint(fid, 2) };
}

/** SELECT of the master file [9303-10 §3.6.2]. */
export function buildSelectMasterFile(): CommandApdu {
  return { cla: 0x00, ins: 0xa4, p1: 0x00, p2: 0x0c, data: encodeUint(0x3f00, 2) };
}

/** Selects the eMRTD application [9303-10 §3.6.1]. @throws AccessError `refused` */
export async function selectEmrtdApplication(channel: CommandChannel): Promise<void> {
  const aid = decodeHex(LDS_APPLICATION_AIDS.emrtd);
  expectOk('select eMRTD application', await channel.send(buildSelectApplication(aid)));
}

/** Selects an elementary file [9303-10 §3.6.2]. @throws AccessError `refused` */
export async function selectFile(channel: CommandChannel, fid: number): Promise<void> {
  const name = fid.toString(16).toUpperCase().padStart(4, '0');
  expectOk(`select file ${name}`, await channel.send(buildSelectFile(fid)));
}
