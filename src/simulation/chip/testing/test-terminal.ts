import { buildBacCryptogram, verifyBacResponse } from '../../../standards/access/bac/bac-session';
import { deriveBacKeys } from '../../../standards/access/bac/bac-keys';
import { buildGeneralAuthenticate } from '../../../standards/access/general-authenticate';
import { buildPaceSelect } from '../../../standards/access/pace/pace-objects';
import {
  derivePacePasswordKey,
  PACE_PASSWORD_REFERENCES,
  type PacePassword,
} from '../../../standards/access/pace/pace-password';
import { resolvePaceProtocol } from '../../../standards/access/pace/pace-protocol';
import { PaceTerminal } from '../../../standards/access/pace/pace-terminal';
import { SecureMessaging } from '../../../standards/access/secure-messaging/secure-messaging';
import { type CommandApdu, encodeCommand } from '../../../standards/apdu/command';
import { parseResponse, type ResponseApdu } from '../../../standards/apdu/response';
import { concatBytes } from '../../../standards/bytes/concat';
import { decodeHex } from '../../../standards/bytes/hex';
import { encodeUint } from '../../../standards/bytes/integer';
import { derivePrivateKey, privateKeyRandomBytes } from '../../../standards/crypto/agreement-group';
import type { MrzSecret } from '../../../standards/mrz/mrz-information';
import { parseTlvHeader } from '../../../standards/tlv/tlv';
import type { CardChannel, RandomSource } from '../../../production/ports';

/** Largest data that the applet gives in one protected response. */
const BLOCK_BYTES = 223;

/** A terminal for tests: speaks to any card channel, in plain or in a session. */
export class TestTerminal {
  messaging: SecureMessaging | undefined;

  constructor(
    readonly channel: CardChannel,
    private readonly random: RandomSource,
  ) {}

  /** Sends hexadecimal as it stands; answers hexadecimal as it came. */
  async hex(command: string): Promise<string> {
    const response = await this.channel.transmit(decodeHex(command));
    return Buffer.from(response).toString('hex').toUpperCase();
  }

  async send(command: CommandApdu): Promise<ResponseApdu> {
    const { messaging } = this;
    const wire = messaging === undefined ? command : messaging.wrapCommand(command);
    const response = parseResponse(await this.channel.transmit(encodeCommand(wire)));
    return messaging === undefined ? response : messaging.unwrapResponse(response);
  }

  async expectOk(command: CommandApdu): Promise<Uint8Array> {
    const { data, sw } = await this.send(command);
    if (sw !== 0x9000) throw new Error(`INS ${command.ins.toString(16)}: ${sw.toString(16)}`);
    return data;
  }

  selectApplet(): Promise<Uint8Array> {
    return this.expectOk({
      cla: 0,
      ins: 0xa4,
      p1: 4,
      p2: 0x0c,
      data: decodeHex('A0000002471001'),
    });
  }

  selectFile(fid: number): Promise<Uint8Array> {
    return this.expectOk({ cla: 0, ins: 0xa4, p1: 2, p2: 0x0c, data: encodeUint(fid, 2) });
  }

  readBinary(offset: number, le: number): Promise<Uint8Array> {
    return this.expectOk({ cla: 0, ins: 0xb0, p1: offset >> 8, p2: offset & 0xff, le });
  }

  async readFile(fid: number): Promise<Uint8Array> {
    await this.selectFile(fid);
    const { lengthBytes, headerBytes } = parseTlvHeader(await this.readBinary(0, 8), 'file');
    let file: Uint8Array = new Uint8Array();
    while (file.length < lengthBytes + headerBytes) {
      const wanted = Math.min(BLOCK_BYTES, lengthBytes + headerBytes - file.length);
      file = concatBytes(file, await this.readBinary(file.length, wanted));
    }
    return file;
  }

  /** Runs BAC; later commands are protected. */
  async openByBac(mrz: MrzSecret): Promise<void> {
    const keys = deriveBacKeys(mrz);
    const rndIc = await this.expectOk({ cla: 0, ins: 0x84, p1: 0, p2: 0, le: 8 });
    const input = {
      keys,
      rndIc,
      rndIfd: this.random.bytes(8),
      kIfd: this.random.bytes(16),
    };
    const data = buildBacCryptogram(input);
    const response = await this.expectOk({ cla: 0, ins: 0x82, p1: 0, p2: 0, data, le: 40 });
    this.messaging = new SecureMessaging(verifyBacResponse(input, response));
  }

  /** Runs PACE with generic mapping; later commands are protected. */
  async openByPace(
    info: { readonly oid: string; readonly parameterId: number },
    password: PacePassword,
  ): Promise<void> {
    const protocol = resolvePaceProtocol(info);
    const ephemeral = () =>
      derivePrivateKey(protocol.group, this.random.bytes(privateKeyRandomBytes(protocol.group)));
    const terminal = new PaceTerminal({
      protocol,
      passwordKey: derivePacePasswordKey(protocol.algorithm.cipher, password),
      mappingSecret: ephemeral(),
      agreementPrivateKey: ephemeral(),
    });
    const passwordReference = PACE_PASSWORD_REFERENCES[password.kind];
    await this.expectOk(buildPaceSelect({ oid: info.oid, passwordReference }));
    const step = (data: Uint8Array, last = false) =>
      this.expectOk(buildGeneralAuthenticate(data, { last }));
    const encryptedNonce = await step(terminal.requestNonce());
    const mapping = await step(terminal.mapNonce(encryptedNonce));
    const publicKey = await step(terminal.agreeOnKey(mapping));
    const token = await step(terminal.authenticate(publicKey), true);
    this.messaging = new SecureMessaging(terminal.finish(token).session);
  }
}
