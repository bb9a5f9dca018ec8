import fc from 'fast-check';
import type { InspectionReport } from '../document/inspection-report';
import { LDS_FILE_NAMES } from '../document/lds-files';
import { judgeFiles } from './judge-files';
import { renderReportHtml } from './render/render-report-html';
import { renderReportJson } from './render/render-report-json';
import { renderReportJunit } from './render/render-report-junit';
import { renderReportText } from './render/render-report-text';
import { makeSpecimen } from './testing/specimen-set';

const specimen = makeSpecimen();

/** A judge that caught an error of its own was not calm, it was lucky. */
function expectCalm(report: InspectionReport): void {
  const broken = report.checks.filter(({ reason }) => reason?.en.includes('broke off') === true);
  expect(broken).toEqual([]);
  for (const render of [renderReportText, renderReportJunit, renderReportHtml]) {
    expect(render(report)).not.toBe('');
  }
  expect(renderReportJson(report).verdict).toBe(report.verdict);
}

test('random files under the names of the LDS are judged, never thrown at', async () => {
  const { trust, at } = await specimen;
  const files = fc.dictionary(
    fc.constantFrom(...LDS_FILE_NAMES, 'EF.OTHER'),
    fc.uint8Array({ maxLength: 200 }),
  );
  fc.assert(
    fc.property(files, (given) => {
      const report = judgeFiles({ files: new Map(Object.entries(given)), trust, at });
      expect(report.verdict).toBe('fail');
      expectCalm(report);
    }),
    { numRuns: 200 },
  );
});

test('a good set with bytes changed, cut or added is never thrown at', async () => {
  const { files, trust, at } = await specimen;
  const change = fc.record({
    file: fc.constantFrom(...files.keys()),
    at: fc.nat(4000),
    byte: fc.nat(255),
    cut: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(300)),
    added: fc.uint8Array({ maxLength: 4 }),
  });
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
      const changed = new Map<string, Uint8Array>(files);
      for (const one of changes) {
        const bytes = Buffer.from(changed.get(one.file)!);
        bytes[one.at % bytes.length] = one.byte;
        changed.set(
          one.file,
          Buffer.concat([bytes.subarray(0, Math.max(1, bytes.length - one.cut)), one.added]),
        );
      }
      expectCalm(judgeFiles({ files: changed, trust, at, expected: files }));
    }),
    { numRuns: 400 },
  );
});

test('one changed byte of a signed file never passes', async () => {
  const { files, trust, at } = await specimen;
  const signed = [...files.keys()].filter((name) => name.startsWith('EF.DG'));
  fc.assert(
    fc.property(
      fc.constantFrom(...signed),
      fc.nat(5000),
      fc.integer({ min: 1, max: 255 }),
      (name, position, mask) => {
        const bytes = files.get(name)!.slice();
        const index = position % bytes.length;
        bytes[index] = (bytes[index] ?? 0) ^ mask;
        const report = judgeFiles({
          files: new Map<string, Uint8Array>(files).set(name, bytes),
          trust,
          at,
        });
        expect(report.verdict).toBe('fail');
      },
    ),
    { numRuns: 300 },
  );
});

test('garbage among the trusted certificates is named and does no harm', async () => {
  const { files, trust, at } = await specimen;
  const report = judgeFiles({
    files,
    trust: { cscas: [Uint8Array.of(1, 2, 3), ...trust.cscas] },
    at,
  });
  expect(report.verdict).toBe('pass');
  expect(report.sentence.en).toContain('A given CSCA certificate is malformed');
});
