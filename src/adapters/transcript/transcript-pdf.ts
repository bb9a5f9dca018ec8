import { readFileSync } from 'node:fs';
import PDFDocument from 'pdfkit';
import type {
  Transcript,
  TranscriptRenderer,
  TranscriptStep,
} from '../../production/document/custody/transcript';

type Document = InstanceType<typeof PDFDocument>;
type Language = 'vi' | 'en';

const WORDS = {
  title: { vi: 'Biên bản lễ tạo khóa', en: 'Transcript of a key ceremony' },
  rehearsal: { vi: 'DIỄN TẬP, khóa dùng thử', en: 'REHEARSAL, throw-away keys' },
  ceremony: { vi: 'Lễ', en: 'Ceremony' },
  state: { vi: 'Quốc gia', en: 'State' },
  file: { vi: 'Giá trị băm của tệp kịch bản (SHA-256)', en: 'SHA-256 of the ceremony file' },
  time: { vi: 'Thời gian', en: 'Time' },
  signed: { vi: 'Nội dung được ký (SHA-256)', en: 'What was signed (SHA-256)' },
  request: { vi: 'Yêu cầu cấp chứng thư (SHA-256)', en: 'Request (SHA-256)' },
  list: { vi: 'Danh sách thu hồi (SHA-256)', en: 'Revocation list (SHA-256)' },
  requested: { vi: 'Người đề nghị', en: 'Requested by' },
  confirmed: { vi: 'Xác nhận', en: 'Confirmations' },
  of: { vi: 'cần ít nhất', en: 'at least' },
  steps: { vi: 'Các bước', en: 'Steps' },
  interruptions: { vi: 'Gián đoạn', en: 'Interruptions' },
  none: { vi: 'Không có', en: 'None' },
  purpose: { vi: 'Mục đích', en: 'Purpose' },
  key: { vi: 'Khóa công khai (SHA-256)', en: 'Public key (SHA-256)' },
  certificate: { vi: 'Chứng thư (SHA-256)', en: 'Certificate (SHA-256)' },
  serial: { vi: 'Số chứng thư', en: 'Serial number' },
  valid: { vi: 'Hiệu lực', en: 'Valid' },
  used: { vi: 'Khóa ký đến', en: 'Key signs until' },
  lint: { vi: 'Kiểm tra Doc 9303-12', en: 'Lint against Doc 9303-12' },
  lintPassed: {
    vi: 'không có lỗi trước và sau khi ký',
    en: 'no finding before and after signing',
  },
  hand: { vi: 'Chữ ký tay', en: 'Signatures by hand' },
} as const satisfies Record<string, Record<Language, string>>;

const MARGIN_PT = 56;

/** Transcripts as A4 pages to print and sign by hand. The same transcript gives the same bytes. */
export const transcriptRenderer: TranscriptRenderer = {
  render: (transcript, language) => {
    const document = new PDFDocument({
      size: 'A4',
      margin: MARGIN_PT,
      info: { Title: WORDS.title[language], CreationDate: new Date(transcript.closedAt) },
    });
    document.registerFont('text', readFont('400Regular/BeVietnamPro_400Regular.ttf'));
    document.registerFont('bold', readFont('600SemiBold/BeVietnamPro_600SemiBold.ttf'));
    drawTranscript(document, transcript, language);
    return collect(document);
  },
};

function drawTranscript(document: Document, transcript: Transcript, language: Language): void {
  const word = (name: keyof typeof WORDS): string => WORDS[name][language];
  document.font('bold').fontSize(18).text(word('title'));
  if (transcript.rehearsal)
    document.fillColor('#b00020').text(word('rehearsal')).fillColor('black');
  document.moveDown(0.5);
  field(document, word('ceremony'), transcript.ceremony);
  field(document, word('state'), `${transcript.country} / ${transcript.state}`);
  field(document, word('file'), transcript.fileSha256);
  field(document, word('time'), `${transcript.openedAt} – ${transcript.closedAt}`);
  drawApproval(document, transcript, word);
  heading(document, word('steps'));
  transcript.steps.forEach((step, index) => {
    drawStep(document, { step, title: `${index + 1}. ${step.text[language]}` }, word);
  });
  heading(document, word('interruptions'));
  if (transcript.interruptions.length === 0) document.font('text').text(word('none'));
  for (const { at, decision } of transcript.interruptions) field(document, at, decision);
  drawHands(document, transcript, word('hand'));
  document.end();
}

type Word = (name: keyof typeof WORDS) => string;

function drawApproval(document: Document, { approval }: Transcript, word: Word): void {
  const { requestedBy, request, needed, sha256, confirmations } = approval;
  field(document, word('signed'), sha256);
  const asked =
    request === undefined ? '' : `\n${request.at} – ${request.until}\n${request.signature}`;
  field(document, word('requested'), `${requestedBy}${asked}`);
  heading(document, `${word('confirmed')} (${word('of')} ${needed})`);
  for (const { custodian, at, key, signature } of confirmations) {
    field(document, custodian, `${at}\n${key}\n${signature}`);
  }
}

function drawStep(
  document: Document,
  { step, title }: { readonly step: TranscriptStep; readonly title: string },
  word: Word,
): void {
  if (document.y > document.page.height - 220) document.addPage();
  document.moveDown(0.4).font('bold').fontSize(10).text(title);
  field(document, word('time'), step.at);
  const algorithm = step.algorithm === undefined ? '' : `, ${step.algorithm}`;
  if (step.purpose !== undefined) field(document, word('purpose'), `${step.purpose}${algorithm}`);
  if (step.publicKeySha256 !== undefined) field(document, word('key'), step.publicKeySha256);
  if (step.requestSha256 !== undefined) field(document, word('request'), step.requestSha256);
  if (step.revocationListSha256 !== undefined) {
    field(document, word('list'), step.revocationListSha256);
  }
  for (const certificate of step.certificates) {
    if (document.y > document.page.height - 160) document.addPage();
    field(document, word('certificate'), certificate.sha256);
    field(document, word('serial'), `${certificate.serialNumber}\n${certificate.subject}`);
    field(document, word('valid'), `${certificate.validFrom} – ${certificate.validUntil}`);
    field(document, word('used'), certificate.keyUsedUntil);
    field(document, word('lint'), word('lintPassed'));
  }
}

/** A line for each person who was in the room. */
function drawHands(document: Document, transcript: Transcript, title: string): void {
  const { requestedBy, confirmations } = transcript.approval;
  const names = [requestedBy, ...confirmations.map((one) => one.custodian)];
  if (document.y > document.page.height - 120 - 40 * names.length) document.addPage();
  heading(document, title);
  for (const name of names) {
    document.moveDown(1.6).font('text').fontSize(10).text(name);
    const { y } = document;
    document
      .moveTo(MARGIN_PT + 140, y)
      .lineTo(document.page.width - MARGIN_PT, y)
      .lineWidth(0.5)
      .stroke();
  }
}

function heading(document: Document, text: string): void {
  document.moveDown(0.8).font('bold').fontSize(13).text(text).moveDown(0.2);
}

function field(document: Document, name: string, value: string): void {
  document.font('bold').fontSize(8).fillColor('#555555').text(name).fillColor('black');
  document.font('text').fontSize(9).text(value);
}

function readFont(file: string): Buffer {
  return readFileSync(require.resolve(`@expo-google-fonts/be-vietnam-pro/${file}`));
}

function collect(document: Document): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    document.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
    document.on('error', reject);
  });
}
