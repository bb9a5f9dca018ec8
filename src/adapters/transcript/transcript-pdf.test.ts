import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Transcript } from '../../production/document/custody/transcript';
import { transcriptRenderer } from './transcript-pdf';

const hash = 'AB'.repeat(32);
const transcript: Transcript = {
  format: 'persoline-ceremony-transcript-2',
  ceremony: 'csca-uto-2026',
  rehearsal: false,
  ...{ fileSha256: hash, country: 'UT', state: 'UTO' },
  ...{ openedAt: '2026-03-01T09:00:00.000Z', closedAt: '2026-03-01T10:00:00.000Z' },
  approval: {
    ...{ requestedBy: 'dung', needed: 2, sha256: '12'.repeat(32) },
    request: {
      at: '2026-03-01T08:00:00Z',
      until: '2026-03-04T08:00:00Z',
      signature: '34'.repeat(64),
    },
    confirmations: ['an', 'binh'].map((custodian) => ({
      ...{ custodian, key: 'CD'.repeat(32), at: '2026-03-01T09:01:00.000Z' },
      signature: 'EF'.repeat(64),
    })),
  },
  interruptions: [{ at: '2026-03-01T09:30:00.000Z', decision: 'Resumed at step 2' }],
  steps: Array.from({ length: 9 }, (_, index) => ({
    ...{ at: '2026-03-01T09:31:00.000Z', does: 'add-signer', label: `dsc-${index}` },
    text: { vi: `tạo khóa dsc-${index}`, en: `key dsc-${index} is made` },
    ...{ purpose: 'document-sign', algorithm: 'ecdsa-P-256-sha256', publicKeySha256: hash },
    certificates: [
      {
        ...{ subject: 'C=UT, CN=Document signer', issuer: 'C=UT, CN=CSCA', serialNumber: '4011' },
        ...{ validFrom: '2026-03-02T00:00:00Z', validUntil: '2036-06-02T00:00:00Z' },
        ...{ keyUsedUntil: '2026-06-02T00:00:00Z', sha256: hash },
        lint: 'no finding before and after signing' as const,
      },
    ],
  })),
};

async function textOf(language: 'vi' | 'en', change: Partial<Transcript> = {}): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'persoline-transcript-'));
  try {
    const pdf = await transcriptRenderer.render({ ...transcript, ...change }, language);
    writeFileSync(join(folder, 't.pdf'), pdf);
    const { stdout, status } = spawnSync('pdftotext', ['-layout', join(folder, 't.pdf'), '-']);
    expect(status).toBe(0);
    return String(stdout);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test('a transcript has every hash, person, step and interruption, over several pages', async () => {
  const text = await textOf('en');
  expect(text.match(new RegExp(hash, 'g'))).toHaveLength(1 + 2 * 9);
  for (let step = 0; step < 9; step++) expect(text).toContain(`dsc-${step}`);
  expect(text).toContain('Resumed at step 2');
  expect(text).toContain('EF'.repeat(20));
  expect(text).toContain('34'.repeat(20));
  expect(text).toContain('12'.repeat(32));
  expect(text).toContain('Signatures by hand');
  expect(text).not.toContain('REHEARSAL');
  expect(text.split('\f').length).toBeGreaterThan(2);
});

test('in Vietnamese too, and a rehearsal says that it is one', async () => {
  const text = await textOf('vi', { rehearsal: true });
  expect(text).toContain('Biên bản lễ tạo khóa');
  expect(text).toContain('DIỄN TẬP');
  expect(text).toContain('Chữ ký tay');
});
