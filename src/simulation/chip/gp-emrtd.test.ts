import { decodeHex, encodeHex } from '../../standards/bytes/hex';
import { concatBytes } from '../../standards/bytes/concat';
import { encodeAscii } from '../../standards/bytes/text';
import { requestActiveAuthentication } from '../../standards/access/terminal/internal-authenticate';
import { PlainChannel } from '../../standards/access/terminal/apdu-channel';
import { authenticateChip } from '../../standards/access/terminal/authenticate-chip';
import { authenticateTerminal } from '../../standards/access/terminal/authenticate-terminal';
import { openByBac } from '../../standards/access/terminal/open-by-bac';
import { openByPace } from '../../standards/access/terminal/open-by-pace';
import { readCardAccess } from '../../standards/access/terminal/read-card-access';
import { readFile } from '../../standards/access/terminal/read-file';
import { selectEmrtdApplication } from '../../standards/access/terminal/select';
import { findChipAuthenticationAlgorithm } from '../../standards/access/chip-authentication/chip-authentication-protocol';
import { resolvePaceProtocol } from '../../standards/access/pace/pace-protocol';
import type { PacePassword } from '../../standards/access/pace/pace-password';
import { chipIdentifierFromMrz } from '../../standards/access/terminal-authentication/terminal-authentication';
import { issueCvCertificate, makeCvKey, signWith } from '../../standards/access/testing/cv-issuer';
import { encodeCvCertificate } from '../../standards/access/terminal-authentication/cv-certificate';
import {
  derivePrivateKey,
  derivePublicKey,
  privateKeyRandomBytes,
} from '../../standards/crypto/agreement-group';
import { findStandardizedGroup } from '../../standards/crypto/standardized-groups';
import { buildAesKeyField, buildPutKey, verifyPutKeyAnswer } from '../../standards/gp/put-key';
import { encodeCardAccess } from '../../standards/lds/ef-card-access';
import { parseCardAccess } from '../../standards/lds/ef-card-access';
import { encodeTlv } from '../../standards/tlv/tlv';
import { SeededRandom } from '../seeded-random';
import { openChip } from './testing/open-chip';
import { DELIVERY_KEYS, GpHost } from './testing/gp-host';
import { mrzObject, SPECIMEN_CAN, SPECIMEN_MRZ } from './testing/specimen';

jest.setTimeout(60_000);

const PACE = '0.4.0.127.0.7.2.2.4';
const VARIANTS = [
  ['ECDH-GM 3DES, brainpoolP256r1', `${PACE}.2.1`, 13],
  ['ECDH-GM AES-256, P-521', `${PACE}.2.4`, 18],
  ['ECDH-IM AES-128, P-256', `${PACE}.4.2`, 12],
  ['ECDH-CAM AES-128, brainpoolP256r1', `${PACE}.6.2`, 13],
  ['DH-GM AES-128, 2048 bit', `${PACE}.1.2`, 2],
  ['DH-IM AES-192, 2048 bit', `${PACE}.3.3`, 1],
] as const;

const random = new SeededRandom('gp chip');
const group = findStandardizedGroup(13)!;
const chipKey = derivePrivateKey(group, random.bytes(privateKeyRandomBytes(group)));
const signingKey = derivePrivateKey(group, random.bytes(privateKeyRandomBytes(group)));
const cardAccess = encodeCardAccess(
  VARIANTS.map(([, oid, parameterId]) => ({ kind: 'pace', oid, version: 2, parameterId })),
);
const dg2 = encodeTlv(0x75, random.bytes(40_000));
const dg3 = encodeTlv(0x63, random.bytes(900));

const cvca = makeCvKey('XXTESTCVCA00001');
const dv = makeCvKey('XXTESTDV0000001');
const inspector = makeCvKey('XXTESTIS0000001');
const root = issueCvCertificate({ issuer: cvca, holder: cvca, role: 'cvca' });
const chain = [
  issueCvCertificate({ issuer: cvca, holder: dv, role: 'domestic-dv' }),
  issueCvCertificate({ issuer: dv, holder: inspector, role: 'terminal' }),
];

async function makeChip(blockBytes?: number) {
  const opened = await openChip('gp-emrtd');
  const host = new GpHost(opened.connection, blockBytes);
  await host.select();
  await host.open(DELIVERY_KEYS, 0x33);
  await host.installForPersonalization();
  const key = DELIVERY_KEYS.dataEncryption;
  await host.store(0x2f1c, cardAccess);
  await host.store(0x0101, encodeTlv(0x61, random.bytes(90)));
  await host.store(0x0102, dg2);
  await host.store(0x0103, dg3);
  await host.store(0x8f01, parseOnly62(mrzObject()), key);
  await host.store(0x8f02, encodeAscii(SPECIMEN_CAN), key);
  const curve = encodeTlv(0x80, Uint8Array.of(13));
  await host.store(
    0x8f11,
    concatBytes(curve, encodeTlv(0x82, signingKey), encodeTlv(0x83, Uint8Array.of(2))),
    key,
  );
  await host.store(0x8f20, concatBytes(curve, encodeTlv(0x82, chipKey)), key);
  await host.store(0x8f30, encodeCvCertificate(root.body, root.signature));
  return { ...opened, host };
}

function parseOnly62(object: Uint8Array): Uint8Array {
  return object.subarray(2);
}

describe('the security domain', () => {
  test('opens SCP03 at every level, and refuses other keys', async () => {
    const { connection } = await openChip('gp-emrtd');
    for (const level of [0x01, 0x03, 0x11, 0x13, 0x33]) {
      const host = new GpHost(connection);
      await host.select();
      await host.open(DELIVERY_KEYS, level);
      const status = await host.expectOk({
        cla: 0x80,
        ins: 0xf2,
        p1: 0x80,
        p2: 2,
        data: decodeHex('4F00'),
      });
      expect(encodeHex(status)).toBe('E3134F08A0000001510000009F700101C5039E0000');
    }
    const stranger = new GpHost(connection);
    const key = new Uint8Array(16).fill(7);
    await stranger.select();
    await expect(
      stranger.open({ encryption: key, mac: key, dataEncryption: key }, 0x01),
    ).rejects.toThrow('card cryptogram');
  });

  test('says nothing secret outside of a channel, and takes nothing', async () => {
    const { connection, terminal } = await openChip('gp-emrtd');
    await new GpHost(connection).select();
    expect(await terminal.hex('80CA9F7F00')).toMatch(/^9F7F2A/);
    expect(await terminal.hex('80CA00E000')).toBe('E012C00401018810C00402018810C004030188109000');
    expect(await terminal.hex('80E288000401010100')).toBe('6982');
    expect(await terminal.hex('80F0800700')).toBe('6982');
  });

  test('a message that was altered closes the channel', async () => {
    const { connection } = await openChip('gp-emrtd');
    const host = new GpHost(connection);
    await host.select();
    await host.open(DELIVERY_KEYS, 0x03);
    const altered = await connection.transmit(decodeHex('84E28800080000000000000000'));
    expect(encodeHex(altered)).toBe('6982');
    await expect(host.installForPersonalization()).rejects.toThrow('6982');
  });

  test('PUT KEY takes the delivery key away', async () => {
    const { connection } = await openChip('gp-emrtd');
    const host = new GpHost(connection);
    await host.select();
    await host.open(DELIVERY_KEYS, 0x33);
    const own = [1, 2, 3].map((number) => new Uint8Array(32).fill(number));
    const [encryption, mac, dataEncryption] = own as [Uint8Array, Uint8Array, Uint8Array];
    const request = {
      replacedVersion: 0,
      newVersion: 0x30,
      firstKeyId: 1,
      fields: own.map((key) => buildAesKeyField(DELIVERY_KEYS.dataEncryption, key)),
    };
    expect(verifyPutKeyAnswer(request, await host.expectOk(buildPutKey(request)))).toBe(true);
    await host.select();
    await expect(host.open(DELIVERY_KEYS, 0x01)).rejects.toThrow('card cryptogram');
    await host.open({ encryption, mac, dataEncryption }, 0x33, 0x30);
    const wrong = { ...request, fields: request.fields.map((field) => field.with(-1, 0)) };
    await expect(host.expectOk(buildPutKey(wrong))).rejects.toThrow('INS d8: 6a80');
  });

  test('the life cycle goes forward only, and locks the application', async () => {
    const { host } = await makeChip();
    const aid = decodeHex('A0000002471001');
    const setStatus = (p1: number, p2: number, data: Uint8Array = new Uint8Array()) =>
      host.send({ cla: 0x80, ins: 0xf0, p1, p2, data });
    expect(await setStatus(0x40, 0x0f, aid)).toMatchObject({ sw: 0x9000 });
    await expect(host.store(0x0101, new Uint8Array(4))).rejects.toThrow('INS e2: 6985');
    await expect(host.installForPersonalization()).rejects.toThrow('INS e6: 6985');
    expect(await setStatus(0x80, 0x0f)).toMatchObject({ sw: 0x6985 });
    expect(await setStatus(0x80, 0x07)).toMatchObject({ sw: 0x9000 });
    expect(await setStatus(0x80, 0x0f)).toMatchObject({ sw: 0x9000 });
    expect(await setStatus(0x80, 0x07)).toMatchObject({ sw: 0x6985 });
    expect(await setStatus(0x40, 0x0f, aid)).toMatchObject({ sw: 0x6985 });
  });
});

describe('reading', () => {
  const passwords: readonly PacePassword[] = [
    { kind: 'CAN', digits: SPECIMEN_CAN },
    { kind: 'MRZ', mrz: SPECIMEN_MRZ },
  ];

  test.each(VARIANTS)('PACE %s', async (_, oid, parameterId) => {
    const { connection } = await makeChip();
    const protocol = resolvePaceProtocol({ oid, parameterId });
    for (const password of passwords) {
      await connection.reset();
      const found = await readCardAccess(new PlainChannel(connection));
      expect(found?.place).toBe('MF');
      expect(parseCardAccess(found!.bytes)).toHaveLength(VARIANTS.length);
      const offer = { protocol, ambiguous: true };
      const { channel } = await openByPace(connection, { offer, password, random });
      await selectEmrtdApplication(channel);
      expect((await readFile(channel, 0x0101))[0]).toBe(0x61);
      await expect(readFile(channel, 0x0103)).rejects.toThrow('6982');
    }
    await connection.reset();
    const offer = { protocol, ambiguous: true };
    const password: PacePassword = { kind: 'CAN', digits: '999999' };
    await expect(openByPace(connection, { offer, password, random })).rejects.toMatchObject({
      reason: 'wrong-secret',
    });
  });

  test('a file beyond 32,767 bytes comes whole by BAC, with extended length', async () => {
    const { connection } = await makeChip(3_000);
    await connection.reset();
    const plain = new PlainChannel(connection);
    await selectEmrtdApplication(plain);
    expect(
      await plain.send({ cla: 0, ins: 0xa4, p1: 2, p2: 0x0c, data: decodeHex('0102') }),
    ).toMatchObject({ sw: 0x6982 });
    const channel = await openByBac(connection, SPECIMEN_MRZ, random);
    const read = await readFile(channel, 0x0102, { blockBytes: 4_000, maxBytes: 60_000 });
    expect(encodeHex(read)).toBe(encodeHex(dg2));
  });

  test.each([1, 2, 3, 4])(
    'EAC: Chip Authentication with cipher %i, Terminal Authentication, then DG3',
    async (cipher) => {
      const { connection } = await makeChip();
      await connection.reset();
      await selectEmrtdApplication(new PlainChannel(connection));
      const channel = await openByBac(connection, SPECIMEN_MRZ, random);
      const signature = await requestActiveAuthentication(channel, random.bytes(8));
      expect(signature).toHaveLength(64);

      const algorithm = findChipAuthenticationAlgorithm(`0.4.0.127.0.7.2.2.3.2.${cipher}`)!;
      const publicKey = derivePublicKey(group, chipKey);
      const run = await authenticateChip(channel, { algorithm, group, publicKey }, random);
      await expect(readFile(channel, 0x0103)).rejects.toThrow('6982');
      await authenticateTerminal(
        channel,
        { certificates: chain, sign: (message) => Promise.resolve(signWith(inspector, message)) },
        {
          authorityReferences: [cvca.reference],
          chipIdentifier: chipIdentifierFromMrz(SPECIMEN_MRZ.documentNumber),
          compressedPublicKey: group.compress(run.publicKey),
        },
      );
      expect(encodeHex(await readFile(channel, 0x0103))).toBe(encodeHex(dg3));
    },
  );

  test('a terminal with the key of somebody else gets no DG3', async () => {
    const { connection } = await makeChip();
    await connection.reset();
    await selectEmrtdApplication(new PlainChannel(connection));
    const channel = await openByBac(connection, SPECIMEN_MRZ, random);
    const algorithm = findChipAuthenticationAlgorithm('0.4.0.127.0.7.2.2.3.2.2')!;
    const publicKey = derivePublicKey(group, chipKey);
    const run = await authenticateChip(channel, { algorithm, group, publicKey }, random);
    await expect(
      authenticateTerminal(
        channel,
        { certificates: chain, sign: (message) => Promise.resolve(signWith(dv, message)) },
        {
          authorityReferences: [cvca.reference],
          chipIdentifier: chipIdentifierFromMrz(SPECIMEN_MRZ.documentNumber),
          compressedPublicKey: group.compress(run.publicKey),
        },
      ),
    ).rejects.toThrow('6300');
    await expect(readFile(channel, 0x0103)).rejects.toThrow('6982');
  });

  test('a chip that was torn in STORE DATA keeps whole pages and can be written again', async () => {
    const { card, connection } = await openChip('gp-emrtd');
    const host = new GpHost(connection);
    await host.select();
    await host.open(DELIVERY_KEYS, 0x33);
    await host.installForPersonalization();
    card.setFaults([{ kind: 'tear-off', atApdu: 1, pages: 3 }]);
    await expect(host.store(0x0101, new Uint8Array(200).fill(0xaa))).rejects.toMatchObject({
      code: 'CARD_LOST',
    });
    expect(card.state.files['0101']?.contentHex).toBe('AA'.repeat(128).padEnd(400, '0'));
    await connection.reset();
    const again = new GpHost(connection);
    await again.select();
    await again.open(DELIVERY_KEYS, 0x33);
    await again.installForPersonalization();
    await again.store(0x0101, new Uint8Array(200).fill(0xaa));
    expect(card.state.files['0101']?.contentHex).toBe('AA'.repeat(200));
  });
});
