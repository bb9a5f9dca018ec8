import { constants, createHash, generateKeyPairSync, publicEncrypt } from 'node:crypto';
import { SecureMessaging } from '../../../standards/access/secure-messaging/secure-messaging';
import { decodeHex, encodeHex } from '../../../standards/bytes/hex';
import { agreeOnElement, derivePublicKey } from '../../../standards/crypto/agreement-group';
import { CURVES } from '../../../standards/crypto/curve-parameters';
import { ecGroup } from '../../../standards/crypto/ec-group';
import { deriveChannelKeys } from '../../../standards/crypto/key-derivation';
import { encodeTlv } from '../../../standards/tlv/tlv';
import { SeededRandom } from '../../seeded-random';
import { openWrittenChip } from '../testing/open-chip';
import { chipKeyObject, CVCA_BODY, SPECIMEN_FILES, SPECIMEN_MRZ } from '../testing/specimen';
import { putData, sendAll } from '../testing/write-specimen';

const SELECT = '00A4040C07A0000002471001';
const CLASSIC = 'passport-applet';
const WITH_PACE = 'passport-applet-pace';
const KINDS = [CLASSIC, WITH_PACE] as const;
const PACE = { oid: '0.4.0.127.0.7.2.2.4.2.2', parameterId: 13 };

describe('chip authentication', () => {
  const random = new SeededRandom('chip key');
  const privateKey = random.bytes(32);
  const group = ecGroup(CURVES.brainpoolP256r1);
  const terminalKey = random.bytes(32);
  const keyObject = encodeTlv(0x91, derivePublicKey(group, terminalKey));
  const setKat = { cla: 0, ins: 0x22, p1: 0x41, p2: 0xa6, data: keyObject };
  const loadKeys = [
    putData('0063', chipKeyObject(privateKey)),
    putData('0164', CVCA_BODY),
  ] as const;

  test.each(KINDS)('%s changes to keys that only the right chip can know', async (kind) => {
    const { terminal } = await openWrittenChip(kind, 'written');
    await sendAll(terminal, [SELECT, ...loadKeys]);
    await terminal.openByBac(SPECIMEN_MRZ);
    expect(await terminal.send(setKat)).toEqual({ data: new Uint8Array(), sw: 0x9000 });

    const shared = agreeOnElement(group, terminalKey, derivePublicKey(group, privateKey));
    terminal.messaging = new SecureMessaging({
      ...deriveChannelKeys('3DES', group.sharedSecret(shared)),
      sendSequenceCounter: new Uint8Array(8),
    });
    const content = SPECIMEN_FILES.get(0x0101) ?? new Uint8Array();
    expect(encodeHex(await terminal.readFile(0x0101))).toBe(encodeHex(content));
  });

  test('a point that is not on the curve is refused', async () => {
    const { terminal } = await openWrittenChip(CLASSIC, 'written');
    await sendAll(terminal, [SELECT, ...loadKeys]);
    await terminal.openByBac(SPECIMEN_MRZ);
    const wrong = { ...setKat, data: keyObject.with(-1, (keyObject.at(-1) ?? 0) ^ 1) };
    await expect(terminal.send(wrong)).rejects.toMatchObject({ receivedSw: 0x6985 });
  });

  test('needs a trust anchor beside the key', async () => {
    const { terminal } = await openWrittenChip(CLASSIC, 'written');
    await sendAll(terminal, [SELECT, loadKeys[0]]);
    expect(await terminal.hex(`002241A643${encodeHex(keyObject)}`)).toBe('6982');
    await terminal.openByBac(SPECIMEN_MRZ);
    await expect(terminal.send(setKat)).rejects.toMatchObject({ receivedSw: 0x6d00 });
  });

  test('after PACE there is none', async () => {
    const { terminal } = await openWrittenChip(WITH_PACE, 'written');
    await sendAll(terminal, [SELECT, ...loadKeys]);
    await terminal.openByPace(PACE, { kind: 'CAN', digits: '470815' });
    await expect(terminal.send(setKat)).rejects.toMatchObject({ receivedSw: 0x6985 });
  });
});

describe('active authentication', () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const { n = '', d = '' } = privateKey.export({ format: 'jwk' });
  const hex = (base64: string) =>
    Buffer.from(base64, 'base64url').toString('hex').padStart(256, '0').toUpperCase();
  const loadKeys = [`00DA0060856000048180${hex(n)}`, `00DA0061856100048180${hex(d)}`] as const;

  test.each(KINDS)('%s signs the challenge with message recovery', async (kind) => {
    const { terminal } = await openWrittenChip(kind, 'written');
    await sendAll(terminal, [SELECT, ...loadKeys]);
    expect(await terminal.hex('0088000008010203040506070800')).toBe('6982');
    await terminal.openByBac(SPECIMEN_MRZ);
    const challenge = decodeHex('0102030405060708');
    const command = { cla: 0, ins: 0x88, p1: 0, p2: 0, data: challenge, le: 0x100 };
    const signature = await terminal.expectOk(command);

    const padding = constants.RSA_NO_PADDING;
    const message = publicEncrypt({ key: publicKey, padding }, signature);
    expect(message).toHaveLength(128);
    expect([message[0], message.at(-1)]).toEqual([0x6a, 0xbc]);
    const recoverable = message.subarray(1, 107);
    const digest = createHash('sha1').update(recoverable).update(challenge).digest();
    expect(message.subarray(107, 127)).toEqual(digest);

    await expect(
      terminal.expectOk({ ...command, data: challenge.subarray(1) }),
    ).rejects.toMatchObject({ receivedSw: 0x6700 });
  });
});
