import { AccessError } from '../../standards/access/access-error';
import { resolvePaceProtocol } from '../../standards/access/pace/pace-protocol';
import type { PacePassword } from '../../standards/access/pace/pace-password';
import { openByPace, resumeByPace } from '../../standards/access/terminal/open-by-pace';
import { readFile } from '../../standards/access/terminal/read-file';
import { unblockPin } from '../../standards/access/terminal/reset-retry-counter';
import { selectEmrtdApplication } from '../../standards/access/terminal/select';
import { encodeAscii } from '../../standards/bytes/text';
import { encodeTlv } from '../../standards/tlv/tlv';
import { ProductionError } from '../../production/errors';
import { inspectChip } from '../../production/inspection/inspect-chip';
import { SeededRandom } from '../seeded-random';
import { openChip } from './testing/open-chip';
import { VirtualCard } from './virtual-card';
import { VirtualReader } from './virtual-reader';
import { DELIVERY_KEYS, GpHost } from './testing/gp-host';
import { SPECIMEN_CARD_ACCESS } from './testing/specimen';

const CAN = '470815';
const PIN = '271828';
const PUK = '3141592653';
const random = new SeededRandom('pin');
const protocol = resolvePaceProtocol({ oid: '0.4.0.127.0.7.2.2.4.2.2', parameterId: 13 });
const offer = { protocol, ambiguous: false };
const dg1 = encodeTlv(0x61, new Uint8Array(20));

type Kind = 'CAN' | 'PIN' | 'PUK';
const password = (kind: Kind, digits: string): PacePassword => ({ kind, digits });

async function makeChip() {
  const opened = await openChip('gp-emrtd');
  const { connection } = opened;
  const host = new GpHost(connection);
  await host.select();
  await host.open(DELIVERY_KEYS, 0x33);
  await host.installForPersonalization();
  await host.store(0x2f1c, SPECIMEN_CARD_ACCESS);
  await host.store(0x0101, dg1);
  const secrets = { 0x8f02: CAN, 0x8f03: PIN, 0x8f04: PUK };
  for (const [dgi, digits] of Object.entries(secrets)) {
    await host.store(Number(dgi), encodeAscii(digits), DELIVERY_KEYS.dataEncryption);
  }
  await connection.reset();
  const open = async (kind: Kind, digits: string) => {
    await connection.reset();
    return openByPace(connection, { offer, password: password(kind, digits), random });
  };
  const resume = async (digits: string, can = CAN) => {
    await connection.reset();
    const input = { offer, password: password('PIN', digits), random, can };
    return resumeByPace(connection, input);
  };
  /** What a try comes to, by its typed reason. */
  const outcome = async (work: Promise<unknown>): Promise<unknown> => {
    try {
      await work;
      return 'open';
    } catch (error) {
      if (!(error instanceof AccessError)) throw error;
      return [error.reason, error.triesLeft];
    }
  };
  return { ...opened, open, resume, outcome };
}

test('a PIN has three tries, and a right one gives them back', async () => {
  const { open, outcome } = await makeChip();
  expect(await outcome(open('PIN', '000000'))).toEqual(['wrong-secret', 2]);
  expect(await outcome(open('PIN', PIN))).toBe('open');
  expect(await outcome(open('PIN', '000000'))).toEqual(['wrong-secret', 2]);
});

test('with one try left it is suspended until the CAN is given before it', async () => {
  const { open, resume, outcome } = await makeChip();
  for (const left of [2, 1]) {
    expect(await outcome(open('PIN', '000000'))).toEqual(['wrong-secret', left]);
  }
  expect(await outcome(open('PIN', PIN))).toEqual(['suspended', 1]);
  // A wrong CAN costs no try of the PIN.
  expect(await outcome(resume(PIN, '000000'))).toEqual(['wrong-secret', undefined]);
  const { channel } = await resume(PIN);
  await selectEmrtdApplication(channel);
  expect(await readFile(channel, 0x0101)).toEqual(dg1);
  expect(await outcome(open('PIN', PIN))).toBe('open');
});

test('after the last one it is blocked until the PUK is given', async () => {
  const { open, resume, outcome } = await makeChip();
  await outcome(open('PIN', '000000'));
  await outcome(open('PIN', '000000'));
  expect(await outcome(resume('000000'))).toEqual(['blocked', 0]);
  expect(await outcome(open('PIN', PIN))).toEqual(['blocked', 0]);
  const { channel } = await open('PUK', PUK);
  await unblockPin(channel);
  expect(await outcome(open('PIN', PIN))).toBe('open');
});

test('the PUK helps ten times', async () => {
  const { card, outcome } = await makeChip();
  const { state } = card;
  const valuesHex = { ...state.valuesHex, 'pin-tries': '00', 'puk-uses': '09' };
  const reader = new VirtualReader('reader');
  reader.insert(new VirtualCard({ kind: 'gp-emrtd', random, state: { ...state, valuesHex } }));
  const connection = await reader.connect({ timeoutMs: 0 });
  const input = { offer, password: password('PUK', PUK), random };
  const { channel } = await openByPace(connection, input);
  await unblockPin(channel);
  expect(await outcome(unblockPin(channel))).toEqual(['blocked', undefined]);
});

test('only the PUK gives tries back, and only the PIN changes itself', async () => {
  const { open, outcome } = await makeChip();
  const header = { cla: 0, ins: 0x2c, p2: 0x03 };
  const newPin = encodeAscii('161803');
  const { channel: byCan } = await open('CAN', CAN);
  expect(await outcome(unblockPin(byCan))).toEqual(['refused', undefined]);
  const refused = await byCan.send({ ...header, p1: 0x02, data: newPin });
  expect(refused.sw).toBe(0x6982);
  const { channel: byPin } = await open('PIN', PIN);
  expect(await byPin.send({ ...header, p1: 0x02, data: newPin.subarray(1) })).toMatchObject({
    sw: 0x6a80,
  });
  expect(await byPin.send({ ...header, p1: 0x02, data: newPin })).toMatchObject({ sw: 0x9000 });
  expect(await outcome(open('PIN', PIN))).toEqual(['wrong-secret', 2]);
  expect(await outcome(open('PIN', '161803'))).toBe('open');
});

test('a chip that is torn off while it judges has counted the try', async () => {
  const { card, open, outcome } = await makeChip();
  // MSE:Set AT and four steps: the fifth command is the one that is judged.
  card.setFaults([{ kind: 'tear-off', atApdu: 5, pages: 1 }]);
  await expect(open('PIN', '000000')).rejects.toMatchObject({ code: 'CARD_LOST' });
  card.setFaults([]);
  expect(await outcome(open('PIN', '000000'))).toEqual(['wrong-secret', 1]);
});

test('the CAN has no counter', async () => {
  const { open, outcome } = await makeChip();
  for (let times = 0; times < 4; times++) {
    expect(await outcome(open('CAN', '000000'))).toEqual(['wrong-secret', undefined]);
  }
  expect(await outcome(open('CAN', CAN))).toBe('open');
});

describe('whoever inspects', () => {
  const inspect = async (
    connection: Awaited<ReturnType<typeof makeChip>>['connection'],
    access: Parameters<typeof inspectChip>[0]['access'],
  ) => {
    await connection.reset();
    const clock = { now: () => new Date('2026-11-01T00:00:00Z') };
    return inspectChip({ connection, access, random, clock, trust: { cscas: [] } });
  };
  const reasonsOf = async (work: Promise<unknown>): Promise<readonly string[]> => {
    const error = await work.catch((thrown: unknown) => thrown);
    if (!(error instanceof ProductionError)) throw error;
    expect(error.code).toBe('CARD_ACCESS_DENIED');
    return error.reasons;
  };

  test('is told the tries that are left, and what helps', async () => {
    const { connection } = await makeChip();
    const wrong = { pin: '000000', passwordType: 'PIN' } as const;
    expect(await reasonsOf(inspect(connection, wrong))).toEqual([
      'PACE, mutual authentication: the chip answered 63C2 (authentication failed, 2 tries left)',
    ]);
    expect((await reasonsOf(inspect(connection, wrong)))[0]).toContain(
      'the password is suspended: its last try needs the CAN before it',
    );
    expect((await reasonsOf(inspect(connection, { pin: PIN, passwordType: 'PIN' })))[0]).toContain(
      'PACE, select: the password is suspended',
    );
    // With the CAN at hand the PIN is tried behind it, and is whole again afterwards.
    const both = { pin: PIN, can: CAN, passwordType: 'PIN' } as const;
    const report = await inspect(connection, both);
    expect(report.verdict).toBe('fail');
    await inspect(connection, { pin: PIN, passwordType: 'PIN' });
  });

  test('is told of a blocked PIN that only the PUK helps', async () => {
    const { connection } = await makeChip();
    const wrong = { pin: '000000', can: CAN, passwordType: 'PIN' } as const;
    for (let times = 0; times < 3; times++) await reasonsOf(inspect(connection, wrong));
    expect((await reasonsOf(inspect(connection, wrong)))[0]).toContain(
      'the password is blocked: only the PUK gives it tries again',
    );
  });
});

test('without a PIN in the chip there is none to try', async () => {
  const { connection } = await openChip('gp-emrtd');
  const host = new GpHost(connection);
  await host.select();
  await host.open(DELIVERY_KEYS, 0x33);
  await host.installForPersonalization();
  await host.store(0x2f1c, SPECIMEN_CARD_ACCESS);
  await connection.reset();
  const opening = openByPace(connection, { offer, password: password('PIN', PIN), random });
  await expect(opening).rejects.toMatchObject({ reason: 'refused', sw: 0x6a88 });
});
