import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runPersoline } from '../testing/run-persoline';

interface Summary {
  readonly refused: readonly { readonly reasons: readonly string[] }[];
  readonly cards: readonly { readonly outcome: string; readonly folder?: string }[];
  readonly balance: { readonly cards: Readonly<Record<string, number>> };
  readonly signers: readonly object[];
  readonly warnings: readonly object[];
}

test('five records: one chip dies and is remade, one record is refused, four cards are good', async () => {
  const out = await mkdtemp(join(tmpdir(), 'persoline-demo-test-'));
  try {
    const demo = await runPersoline('demo', '--cards', '5', '--out', out);
    expect(demo.status).toBe(0);
    const summary = JSON.parse(await readFile(join(out, 'summary.json'), 'utf8')) as Summary;
    expect(summary.refused).toMatchObject([
      {
        reasons: [/shoeSize/, /dateOfExpiry/, /personalNumber/].map(
          (one) => expect.stringMatching(one) as string,
        ),
      },
    ]);
    const outcomes = summary.cards.map(({ outcome }) => outcome);
    expect(outcomes.filter((one) => one === 'released')).toHaveLength(4);
    expect(outcomes.filter((one) => one === 'spoiled')).toHaveLength(1);
    expect(summary.balance.cards).toMatchObject({ good: 4, spoiled: 1, issued: 2 });

    expect(summary.signers).toEqual([
      { number: 1, state: 'cut-over', counted: 3, recorded: 3 },
      { number: 2, state: 'in-use', counted: 2, recorded: 2 },
    ]);

    const portraits = new Set<string>();
    for (const { folder } of summary.cards) {
      if (folder === undefined) continue;
      const card = join(out, folder);
      expect((await readdir(card)).sort()).toEqual([
        'DSC.cer',
        'face',
        'inspection.html',
        'inspection.json',
        'lds',
      ]);
      expect((await readdir(join(card, 'face'))).sort()).toEqual([
        'back.pdf',
        'back.png',
        'front.pdf',
        'front.png',
      ]);
      expect(await readFile(join(card, 'inspection.html'), 'utf8')).toContain(
        'data:image/jpeg;base64,',
      );
      portraits.add((await readFile(join(card, 'lds', 'EF.DG2.bin'))).toString('hex'));
      const trust = join(out, 'trust', 'CSCA.cer');
      const judged = await runPersoline(
        'card',
        'inspect',
        '--files',
        join(card, 'lds'),
        '--csca',
        trust,
      );
      expect(judged.status).toBe(0);
    }
    expect(portraits.size).toBe(4);
    expect(demo.out).toContain(
      '7 blanks = 4 good + 1 spoiled + 2 left; every card is accounted for',
    );
    expect(summary.warnings).toEqual([]);
    expect(demo.out).toContain('warnings: none\ncảnh báo: không có\n');
    expect(demo.out).toContain(`Look next at ${out}/summary.json`);
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}, 180_000);
