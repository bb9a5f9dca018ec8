import { encodeDg1 } from '../../../standards/lds/dg1';
import { encodeDg2With39794 } from '../../../standards/lds/dg2';
import { encodeDg3With19794 } from '../../../standards/lds/dg3';
import { encodeDg4With19794 } from '../../../standards/lds/dg4';
import {
  sampleCodestream,
  sampleJp2,
  sampleWsq,
} from '../../../standards/lds/testing/sample-pictures';
import { encodeMrz } from '../../../standards/mrz/encode-mrz';
import type { InspectionCheck, InspectionReport } from '../../document/inspection-report';
import type { PictureDecoder } from '../../ports';
import { judgeFiles } from '../judge-files';
import { OTHER_DG1 } from '../testing/specimen-faults';
import { makeSpecimen, SPECIMEN_MRZ } from '../testing/specimen-set';
import { decodePictures } from './decode-pictures';
import { escapeMarkup } from './escape-markup';
import { renderReportHtml } from './render-report-html';
import { renderReportJson } from './render-report-json';
import { renderReportJunit } from './render-report-junit';
import { renderReportText } from './render-report-text';

const specimen = makeSpecimen();

async function goodReport(): Promise<InspectionReport> {
  return judgeFiles(await specimen);
}

async function badReport(): Promise<InspectionReport> {
  const { files, ...rest } = await specimen;
  return judgeFiles({ ...rest, expected: files, files: new Map(files).set('EF.DG1', OTHER_DG1) });
}

/** A report whose every text tries to become markup. */
function hostileReport(): InspectionReport {
  const hostile = `<script>alert("1")</script>&'\u0000\ud800`;
  const words = { vi: hostile, en: hostile };
  const check: InspectionCheck = {
    id: hostile,
    group: 'files',
    title: words,
    outcome: 'fail',
    clause: hostile,
    file: hostile,
    expected: hostile,
    found: hostile,
    reason: words,
  };
  return {
    verdict: 'fail',
    sentence: words,
    inspectedAt: new Date('2026-06-15T09:30:00Z'),
    access: hostile,
    checks: [check, { ...check, outcome: 'warning' }, { ...check, outcome: 'pass' }],
    files: new Map([[hostile, new Uint8Array(3)]]),
    steps: [{ name: hostile, apdus: 1, durationMs: 2.4 }],
  };
}

describe('HTML', () => {
  test('shows verdict, holder and portrait, and needs nothing from outside', async () => {
    const html = renderReportHtml(await goodReport());
    expect(html).toContain('ĐẠT');
    expect(html).toContain('MARLOWE IDA RUTH');
    expect(html).toContain('<img alt="" src="data:image/jpeg;base64,');
    expect(html).not.toMatch(/(src|href)="(?!data:)/);
    expect(html).toContain('15/06/2026');
  });

  test('leaves all of the holder away when told to', async () => {
    const html = renderReportHtml(await badReport(), { withoutPersonalData: true });
    for (const secret of ['MARLOWE', 'X00000047', 'data:image']) {
      expect(html).not.toContain(secret);
    }
    expect(html).toContain('Giá trị băm của EF.DG1 không phải giá trị đã ký');
  });

  test('sets the fields of a file that differ below each other', async () => {
    const { files, ...rest } = await specimen;
    const mrz = { ...SPECIMEN_MRZ, name: 'MARLOWE<<EVE', documentNumber: 'X00000048' };
    const other = new Map(files).set('EF.DG1', encodeDg1(encodeMrz(mrz)));
    const report = judgeFiles({ ...rest, expected: files, files: other });
    const fields = report.checks.flatMap(({ field }) => field?.en ?? []);
    expect(fields).toEqual(['the name', 'the document number']);
    const html = renderReportHtml(report);
    expect(html.match(/<table class="fields">/g)).toHaveLength(2);
    expect(html).toContain('EF.DG1 is not the file that was meant: 2 fields differ.');
    // Masked values of one length would look the same.
    expect(html).toContain('9 characters, another from character 9 on');
  });

  test('turns no text into markup', () => {
    const html = renderReportHtml(hostileReport());
    expect(html).not.toContain('<script');
    expect(html).not.toContain('\u0000');
    expect(html).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;');
  });

  const withPictures = async (): Promise<InspectionReport> => {
    const { files, ...rest } = await specimen;
    const jp2 = sampleJp2({ widthPx: 60, heightPx: 80, components: 3 });
    const face = { generation: 3, year: 2019, representationId: 1, widthPx: 60, heightPx: 80 };
    const sample = { widthPx: 40, heightPx: 48 };
    const finger = { finger: 'left-thumb', resolutionPpi: 500, ...sample } as const;
    const print = { imageFormat: 'wsq', image: sampleWsq({ ...sample, ppi: 500 }) } as const;
    const iris = { eye: 'right', colour: 'grey', ...sample } as const;
    const captured = { year: 2026, month: 6, day: 15 };
    const changed = new Map(files)
      .set('EF.DG2', encodeDg2With39794({ ...face, imageFormat: 'jpeg2000-lossy', image: jp2 }))
      .set('EF.DG3', encodeDg3With19794([{ ...finger, ...print }]))
      .set(
        'EF.DG4',
        encodeDg4With19794([
          { ...iris, captured, imageFormat: 'jpeg2000-lossy', image: sampleCodestream(sample) },
        ]),
      );
    return judgeFiles({ ...rest, files: changed });
  };

  test('shows JPEG 2000 as the decoder made it, each picture asked for once', async () => {
    const report = await withPictures();
    const asked: number[] = [];
    const decoder: PictureDecoder = {
      decodeJpeg2000: (bytes) => {
        asked.push(bytes.length);
        return Promise.resolve(Uint8Array.of(1, 2, asked.length));
      },
    };
    const decoded = await decodePictures(report, decoder);
    const html = renderReportHtml(report, { decoded });
    expect(asked).toHaveLength(2);
    expect(html).toMatch(/<figure class="portrait"><img alt="" src="data:image\/png;base64,AQIB">/);
    expect(html).toContain('data:image/png;base64,AQIC');
    expect(html).toContain('left thumb');
    expect(html).toContain('right eye');
    // A print of WSQ is told by its head.
    expect(html).toContain('WSQ picture 40 × 48, 500 ppi, not shown here');
  });

  test('tells of a picture that could not be decoded what its head says', async () => {
    const report = await withPictures();
    const decoder = { decodeJpeg2000: () => Promise.resolve(undefined) };
    const html = renderReportHtml(report, { decoded: await decodePictures(report, decoder) });
    expect(html).toContain('JPEG 2000 picture 60 × 80, not shown here');
    const anonymous = renderReportHtml(report, { withoutPersonalData: true });
    expect(anonymous).not.toContain('class="sample"');
  });
});

describe('JSON', () => {
  test('names files with length and hash and carries no content', async () => {
    const { files } = await specimen;
    const json = renderReportJson(await badReport());
    expect(json.format).toBe('persoline-inspection-1');
    expect(json.counts).toMatchObject({ fail: 2, warning: 0 });
    expect(json.files.map(({ name }) => name)).toEqual([...files.keys()]);
    expect(json.files[0]?.sha256).toMatch(/^[0-9A-F]{64}$/);
    expect(JSON.stringify(json)).not.toMatch(/MARLOWE|X00000047|base64/);
  });

  test('has the members that its format names, and no others', async () => {
    const json = renderReportJson(await badReport());
    expect(Object.keys(json)).toEqual([
      ...['format', 'verdict', 'sentence', 'inspectedAt', 'access', 'counts', 'checks', 'files'],
      'steps',
    ]);
    const members = new Set(json.checks.flatMap((check) => Object.keys(check)));
    expect([...members].toSorted()).toEqual([
      'clause',
      'expected',
      'field',
      'file',
      'found',
      'group',
      'id',
      'outcome',
      'reason',
      'title',
    ]);
    for (const { title, reason } of json.checks) {
      for (const words of [title, reason]) {
        if (words !== undefined) expect(Object.keys(words)).toEqual(['vi', 'en']);
      }
    }
  });

  test('carries the files when asked to, and survives a round trip', async () => {
    const json = renderReportJson(await goodReport(), { withContent: true });
    expect(json.files.every(({ base64 }) => base64 !== undefined)).toBe(true);
    expect(JSON.parse(JSON.stringify(json))).toEqual(json);
  });
});

describe('JUnit', () => {
  test('counts failures and what was skipped', async () => {
    const xml = renderReportJunit(await badReport());
    expect(xml).toContain('failures="2"');
    expect(xml).toContain('skipped="2"');
    expect(xml).toContain('<failure message="The hash of EF.DG1 is not the signed one.">');
    expect(xml.match(/<testcase/g)).toHaveLength((await badReport()).checks.length);
  });

  test('turns no text into markup', () => {
    const xml = renderReportJunit(hostileReport());
    expect(xml).not.toContain('<script');
    expect(xml).not.toContain('\u0000');
  });
});

describe('text', () => {
  test('begins with the verdict and shows what needs a person, in either language', async () => {
    const english = renderReportText(await badReport());
    expect(english).toMatch(/^Refused: The hash of EF\.DG1 is not the signed one/);
    expect(english).toContain('ICAO3:LDS_D/hash');
    expect(english).not.toContain('The DSC is in date');
    const vietnamese = renderReportText(await badReport(), { language: 'vi', verbose: true });
    expect(vietnamese).toMatch(/^Không đạt: Giá trị băm của EF\.DG1/);
    expect(vietnamese).toContain('Thời hạn của DSC');
  });

  test('says how the chip was opened in the language that was asked for', () => {
    const step = { name: 'PACE with CAN, then PIN', apdus: 6, durationMs: 9 };
    const report = { ...hostileReport(), access: step.name, steps: [step] };
    expect(renderReportText(report)).toContain('Access: PACE with CAN, then PIN\n');
    const vietnamese = renderReportText(report, { language: 'vi' });
    expect(vietnamese).toContain('Cách mở chip: PACE với CAN, sau đó PIN\n');
    expect(vietnamese).toContain('\n  PACE với CAN, sau đó PIN     6 APDU');
    const files = renderReportText({ ...report, access: 'files' }, { language: 'vi' });
    expect(files).toContain('Cách mở chip: chỉ có tệp, không có chip\n');
  });

  test('carries no holder data', async () => {
    expect(renderReportText(await badReport(), { verbose: true })).not.toMatch(
      /MARLOWE|X00000047|900317/,
    );
  });

  test('shows holder data in the evidence when that was asked for', async () => {
    const { files, ...rest } = await specimen;
    const report = judgeFiles({
      ...rest,
      files: new Map(files).set('EF.DG1', OTHER_DG1),
      expected: files,
      showPersonalData: true,
    });
    expect(renderReportText(report)).toContain('expected: MARLOWE<<IDA<RUTH');
  });
});

test('every form says for which other moment validity was judged, and nothing where there is none', async () => {
  const inspectedAt = new Date('2026-06-20T10:00:00Z');
  const other = judgeFiles({ ...(await specimen), inspectedAt });
  const { at } = await specimen;
  expect(renderReportText(other)).toContain(`Validity judged for: ${at.toISOString()}\n`);
  expect(renderReportJson(other)).toMatchObject({ judgedFor: at.toISOString() });
  expect(renderReportJunit(other)).toContain(
    `Validity judged for: ${at.toISOString()}</system-out>`,
  );
  expect(renderReportHtml(other)).toContain('Validity judged for');
  const same = await goodReport();
  expect(renderReportText(same)).not.toContain('judged for');
  expect(renderReportJson(same)).not.toHaveProperty('judgedFor');
  expect(renderReportHtml(same)).not.toContain('judged for');
});

test('escapeMarkup replaces what neither HTML nor XML may hold', () => {
  expect(escapeMarkup('a\u0001b\ud83d\ude00c\udfff\td\ufffe')).toBe(
    'a\ufffdb\ud83d\ude00c\ufffd\td\ufffd',
  );
});
