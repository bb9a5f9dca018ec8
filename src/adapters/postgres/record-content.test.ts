import { MalformedError } from '../../standards/bytes/malformed';
import { decodeRecordContent, encodeRecordContent } from './record-content';
import { sampleRecord } from './testing/sample-documents';

const content = sampleRecord('R1', { name: { full: 'Nguyễn Thị Mẫu' } }).record;

test('a record with pictures comes back as it went in', () => {
  const pictures = new Map([
    ['a.jpg', new Uint8Array([1, 2, 3])],
    ['empty.jpg', new Uint8Array()],
    ['b.jpg', new Uint8Array(70_000).fill(7)],
  ]);
  const whole = { record: content.record, pictures };
  expect(decodeRecordContent(encodeRecordContent(whole))).toEqual(whole);
});

test.each([
  ['nothing', () => new Uint8Array()],
  ['a header that ends early', () => encodeRecordContent(content).subarray(0, 40)],
  ['a picture that ends early', () => encodeRecordContent(content).slice(0, -1)],
  ['more than the pictures', () => new Uint8Array([...encodeRecordContent(content), 0])],
])('%s is refused', (_title, make) => {
  expect(() => decodeRecordContent(make())).toThrow(MalformedError);
});
