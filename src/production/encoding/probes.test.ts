import { decodeHex } from '../../standards/bytes/hex';
import { shippedChip } from '../profile/testing/shipped-profiles';
import type { CardChannel } from '../ports';
import { identifyChip } from './identify-chip';
import { probeAfterCrash } from './probe-after-crash';
import { probeBlank, requireBlank } from './probe-blank';
import { ScriptedChannel } from './testing/scripted-channel';

const SELECT = '00A4040C07A0000002471001';
const CREATE = '00E00000066304' + '00010110';
const classic = shippedChip('passport-applet');
const pace = shippedChip('passport-applet-pace');

/** The classic applet with these answers to SELECT, CREATE of DG16 and SELECT of EF.COM. */
function classicChip(...answers: readonly string[]): ScriptedChannel {
  const commands = [SELECT, CREATE, '00A4020C02011E'];
  return new ScriptedChannel(answers.map((answer, index) => [commands[index] ?? '', answer]));
}

function paceChip(...answers: readonly string[]): ScriptedChannel {
  const commands = [SELECT, CREATE, '00A4020C02011C', '00B0000001'];
  return new ScriptedChannel(answers.map((answer, index) => [commands[index] ?? '', answer]));
}

describe('probeBlank', () => {
  test.each([
    ['blank', classic, classicChip('9000', '6F00', '6A82'), ['empty', undefined]],
    ['begun', classic, classicChip('9000', '6F00', '9000'), ['begun', 'CARD_NOT_BLANK']],
    ['locked', classic, classicChip('9000', '6985', '6982'), ['locked', 'CARD_NOT_BLANK']],
    ['no such application', classic, classicChip('6A82'), ['foreign', 'CARD_WRONG_TYPE']],
    ['another applet', classic, classicChip('9000', '6D00'), ['foreign', 'CARD_WRONG_TYPE']],
    ['blank', pace, paceChip('9000', '6F00', '6A82', '6982'), ['open', undefined]],
    [
      'blank, of a build that selects what is not there',
      pace,
      paceChip('9000', '6F00', '6F06800200808302011C9000', '6985'),
      ['open', undefined],
    ],
    ['begun', pace, paceChip('9000', '6F00', '9000', '319000'), ['begun', 'CARD_NOT_BLANK']],
    [
      'half locked',
      pace,
      paceChip('9000', '6986', '9000', '319000'),
      ['personalized', 'CARD_NOT_BLANK'],
    ],
    ['locked', pace, paceChip('9000', '6985', '9000', '319000'), ['locked', 'CARD_NOT_BLANK']],
  ] as const)('a chip that is %s (%#)', async (_name, chip, channel, [sign, code]) => {
    const probe = await probeBlank(channel, chip);
    expect(probe.life.sign).toBe(sign);
    expect(probe.blank ? undefined : probe.code).toBe(code);
    expect(channel.isDone).toBe(true);
  });

  test('requireBlank says what was asked and answered', async () => {
    await expect(requireBlank(classicChip('9000', '6985', '6982'), classic)).rejects.toMatchObject({
      code: 'CARD_NOT_BLANK',
      reasons: [
        'the chip is locked',
        'Does the chip have the application? 9000 (done)',
        'Does the chip still take personalization commands? 6985 (conditions of use not satisfied)',
        'Is there an EF.COM already? 6982 (security status not satisfied)',
      ],
    });
    await expect(requireBlank(classicChip('9000', '6F00', '6A82'), classic)).resolves.toBe(
      undefined,
    );
  });
});

describe('probeAfterCrash', () => {
  const empty = ['9000', '6F00', '6A82'];
  const begun = ['9000', '6F00', '9000'];
  const locked = ['9000', '6985', '6982'];

  test.each([
    ['write', empty, false, { action: 'resume', from: 'write', without: [] }],
    ['write', begun, false, { action: 'resume', from: 'write', without: [] }],
    ['write', locked, false, { action: 'spoil' }],
    ['write', ['6A82'], false, { action: 'spoil' }],
    ['lock', empty, true, { action: 'spoil' }],
    ['lock', begun, true, { action: 'resume', from: 'verify', without: [] }],
    ['lock', locked, true, { action: 'accept' }],
    ['lock', ['6A82'], true, { action: 'spoil' }],
  ] as const)(
    'classic, interrupted in the %s phase (%#)',
    async (_phase, answers, verified, decision) => {
      const channel = classicChip(...answers);
      const found = await probeAfterCrash({ channel, chip: classic, attempt: { verified } });
      expect(found).toMatchObject(decision);
      expect(found.reason.en).not.toBe('');
      expect(found.evidence).toHaveLength(answers.length);
    },
  );

  const open = ['9000', '6F00', '6A82', '6982'];
  const paceBegun = ['9000', '6F00', '9000', '319000'];
  const half = ['9000', '6986', '9000', '319000'];
  const paceLocked = ['9000', '6985', '9000', '319000'];

  test.each([
    ['write', open, false, { action: 'resume', from: 'write' }],
    ['write', paceBegun, false, { action: 'spoil' }],
    ['write', half, false, { action: 'spoil' }],
    ['write', paceLocked, false, { action: 'spoil' }],
    ['lock', open, true, { action: 'resume', from: 'verify' }],
    ['lock', paceBegun, true, { action: 'resume', from: 'verify' }],
    ['lock', half, true, { action: 'resume', from: 'lock', without: ['set-state'] }],
    ['lock', paceLocked, true, { action: 'accept' }],
  ] as const)(
    'PACE, interrupted in the %s phase (%#)',
    async (_phase, answers, verified, decision) => {
      const channel = paceChip(...answers);
      expect(await probeAfterCrash({ channel, chip: pace, attempt: { verified } })).toMatchObject(
        decision,
      );
    },
  );

  test('a card that is pulled again decides nothing', async () => {
    const channel = classicChip('9000', '');
    await expect(
      probeAfterCrash({ channel, chip: classic, attempt: { verified: true } }),
    ).rejects.toMatchObject({ code: 'CARD_LOST' });
  });
});

describe('identifyChip', () => {
  const GET_CPLC = '80CA9F7F00';
  const GET_UID = 'FFCA000000';
  // Fields of no maker; date, serial and batch of the circuit stand at bytes 10 to 17.
  const cplc = (circuit: string): string =>
    `9F7F2A4790D321470000000000${circuit}${'00'.repeat(24)}9000`;

  test('from the card production life cycle data', async () => {
    const channel = new ScriptedChannel([[GET_CPLC, cplc('5020123456780042')]]);
    expect(await identifyChip(channel)).toEqual({
      serial: '4790D3215020123456780042',
      from: 'CPLC',
    });
  });

  test('with the Le that the card names', async () => {
    const channel = new ScriptedChannel([
      [GET_CPLC, '6C2D'],
      ['80CA9F7F2D', cplc('5020123456780042')],
    ]);
    expect((await identifyChip(channel)).from).toBe('CPLC');
  });

  test.each([
    ['an error', '6D00'],
    ['no serial', cplc('0000000000000000')],
    ['something else', '9F7F02AAAA9000'],
    ['no data object', '9F7F9000'],
  ])('from the reader when the card manager answers %s', async (_name, answer) => {
    const channel = new ScriptedChannel([
      [GET_CPLC, answer],
      [GET_UID, '04A1B2C3D4E5F69000'],
    ]);
    expect(await identifyChip(channel)).toEqual({ serial: '04A1B2C3D4E5F6', from: 'UID' });
  });

  test('refuses a chip that tells nothing', async () => {
    const channel = new ScriptedChannel([
      [GET_CPLC, '6D00'],
      [GET_UID, '6A81'],
    ]);
    await expect(identifyChip(channel)).rejects.toMatchObject({
      code: 'CARD_WITHOUT_SERIAL',
      reasons: [
        'the card manager answers 6D00 (instruction not supported)',
        'the reader answers 6A81 (function not supported)',
      ],
    });
  });

  test('a silent reader is a lost card', async () => {
    const silent: CardChannel = { transmit: () => Promise.resolve(decodeHex('')) };
    await expect(identifyChip(silent)).rejects.toMatchObject({ code: 'CARD_LOST' });
  });
});
