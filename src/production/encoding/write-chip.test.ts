import { decodeHex } from '../../standards/bytes/hex';
import type { PersoScript, PersoStep } from '../document/perso-script';
import { ProductionError } from '../errors';
import { ScriptedChannel } from './testing/scripted-channel';
import { writeChip, type WriteProgress } from './write-chip';

function step(verb: string, commands: readonly string[], rest: Partial<PersoStep> = {}): PersoStep {
  return {
    phase: 'write',
    verb,
    title: { vi: `làm ${verb}`, en: `do ${verb}` },
    commands: commands.map((hex) => decodeHex(hex)),
    expectedSw: [0x9000],
    secret: false,
    ...rest,
  };
}

const script: PersoScript = {
  product: 'p',
  chip: 'c',
  sha256: new Uint8Array(32),
  steps: [
    step('select', ['00A4040C00']),
    step('write-file', ['00D6000001AA', '00D6000101BB'], { file: 'EF.DG2' }),
    step('set-state', ['00DADEAF'], { phase: 'lock' }),
    step('lock', ['00DADEAD'], { phase: 'lock', expectedSw: [0x9000, 0x6985] }),
  ],
};

async function refusal(promise: Promise<unknown>): Promise<ProductionError> {
  const error: unknown = await promise.then(
    () => new Error('it was not refused'),
    (reason: unknown) => reason,
  );
  if (error instanceof ProductionError) return error;
  throw error;
}

describe('writeChip', () => {
  test('sends the commands of its phase and tells how far it is', async () => {
    const channel = new ScriptedChannel([
      ['00A4040C00', '9000'],
      ['00D6000001AA', '9000'],
      ['00D6000101BB', '9000'],
    ]);
    const told: WriteProgress[] = [];
    await writeChip({
      channel,
      script,
      phase: 'write',
      onProgress: (progress) => told.push(progress),
    });
    expect(channel.isDone).toBe(true);
    expect(told.map(({ done, total, step: now }) => [done, total, now?.file ?? now?.verb])).toEqual(
      [
        [0, 3, 'select'],
        [1, 3, 'EF.DG2'],
        [3, 3, undefined],
      ],
    );
  });

  test('takes every status word that the profile expects', async () => {
    const channel = new ScriptedChannel([
      ['00DADEAF', '9000'],
      ['00DADEAD', '6985'],
    ]);
    await writeChip({ channel, script, phase: 'lock' });
    expect(channel.isDone).toBe(true);
  });

  test('leaves out what the chip has behind it', async () => {
    const channel = new ScriptedChannel([['00DADEAD', '9000']]);
    await writeChip({ channel, script, phase: 'lock', without: ['set-state'] });
    expect(channel.isDone).toBe(true);
  });

  test('stops at the first refusal and names step and status word, not the data', async () => {
    const channel = new ScriptedChannel([
      ['00A4040C00', '9000'],
      ['00D6000001AA', '6A84'],
    ]);
    const error = await refusal(writeChip({ channel, script, phase: 'write' }));
    expect(error).toMatchObject({
      code: 'CARD_REFUSED',
      place: 'write-file EF.DG2',
      reasons: ['do write-file', '6A84 (not enough memory)'],
    });
    expect(error.message).not.toMatch(/AA/);
    expect(channel.isDone).toBe(true);
  });

  test.each([
    ['', 0],
    ['90', 1],
  ])('an answer of %p is a lost card', async (answer, bytes) => {
    const channel = new ScriptedChannel([['00A4040C00', answer]]);
    const error = await refusal(writeChip({ channel, script, phase: 'write' }));
    expect(error.code).toBe('CARD_LOST');
    expect(error.reasons).toEqual([`${bytes} bytes came back, no status word`]);
  });
});

describe('writeChip through a secure channel', () => {
  const wish = {
    protocol: 'scp03',
    keys: [{ keySet: 'isd', keyVersion: 0x30, diversification: 'kdf3' }],
    level: 'c-mac c-enc',
    macBytes: 8,
  } as const;
  const next = { keySet: 'own', keyVersion: 0x31, diversification: 'kdf3' } as const;
  const secured: PersoScript = {
    ...script,
    steps: [
      step('select', ['00A4040002AABB']),
      step('open-channel', [], { channel: wish }),
      step('store-data', ['80E288000480010203'], { encryptFrom: 2 }),
      step('put-key', [], { putKeys: next }),
      step('select', ['00A4040002CCDD']),
    ],
  };

  test('sends what follows over what was opened, with keys encrypted', async () => {
    const plain = new ScriptedChannel([
      ['00A4040002AABB', '9000'],
      ['00A4040002CCDD', '9000'],
    ]);
    const wrapped = new ScriptedChannel([['80E28800048001FFFF', '9000']]);
    const done: string[] = [];
    await writeChip({
      channel: plain,
      script: secured,
      phase: 'write',
      openSecureChannel: (over, asked, securityDomain) => {
        expect([over, asked, securityDomain]).toEqual([plain, wish, Uint8Array.of(0xaa, 0xbb)]);
        return Promise.resolve({
          transmit: (command) => wrapped.transmit(command),
          encryptKeyData: (data) => {
            expect(data).toEqual(Uint8Array.of(2, 3));
            return Promise.resolve(Uint8Array.of(0xff, 0xff));
          },
          putKeys: (keys) => {
            expect(keys).toEqual(next);
            done.push('put');
            return Promise.resolve();
          },
          close: () => done.push('closed'),
        });
      },
    });
    expect([plain.isDone, wrapped.isDone]).toEqual([true, true]);
    expect(done).toEqual(['put', 'closed']);
  });

  test('never sends a key without a channel', async () => {
    const channel = new ScriptedChannel([]);
    const bare = { ...secured, steps: secured.steps.slice(2, 3) };
    await expect(writeChip({ channel, script: bare, phase: 'write' })).rejects.toThrow(
      /no secure channel is open/,
    );
    const unopened = { ...secured, steps: secured.steps.slice(1) };
    await expect(writeChip({ channel, script: unopened, phase: 'write' })).rejects.toThrow(
      /no HSM at hand keeps card keys/,
    );
  });
});
