import type { LdsFileName } from '../../../document/lds-files';
import { LDS_FILE_TABLE, type LdsTableName } from '../../../../standards/lds/lds-file-table';
import { formatTag, parseTlvHeader } from '../../../../standards/tlv/tlv';
import { type Check, fail, type Finding, pass, warn } from '../../check';
import { contentDetail, type LdsContents } from '../../lds-contents';
import { attempt } from '../../parsed';
import { text } from '../../texts/text';

/** Files that are one data object; the others are a list of them. */
const LIST_FILES: readonly LdsFileName[] = ['EF.DIR', 'EF.ATR-INFO', 'EF.CVCA'];

/** Each file from its first to its last byte: tag, length, and what the file's own parser says. */
export const wellFormed: Check = {
  id: 'persoline:LDS/well-formed',
  group: 'files',
  title: 'title.well-formed',
  clause: '[9303-10 §4.2]',
  run: ({ files, contents }) =>
    [...files].flatMap(([file, bytes]) =>
      file in LDS_FILE_TABLE
        ? fileFindings(file as LdsTableName, bytes, contents)
        : [warn(text('file.unknown', { file }), { file })],
    ),
};

function fileFindings(file: LdsTableName, bytes: Uint8Array, contents: LdsContents): Finding[] {
  if (bytes.length === 0) return [fail(text('file.empty', { file }), { file })];
  const frame = LIST_FILES.includes(file) ? [] : frameFindings(file, bytes);
  if (frame.length > 0) return frame;
  const detail = contentDetail(contents, file);
  return detail === undefined
    ? [pass({ file, found: `${bytes.length} bytes` })]
    : [fail(text('file.malformed', { file, detail }), { file })];
}

function frameFindings(file: LdsTableName, bytes: Uint8Array): Finding[] {
  const header = attempt(() => parseTlvHeader(bytes, file));
  if (header.state !== 'good') {
    const detail = header.state === 'malformed' ? header.detail : '';
    return [fail(text('file.malformed', { file, detail }), { file })];
  }
  const { tag, lengthBytes, headerBytes } = header.value;
  const expected = LDS_FILE_TABLE[file].tag;
  if (tag !== expected) {
    const values = { file, found: formatTag(tag), expected: formatTag(expected) };
    return [fail(text('file.wrong-tag', values), values)];
  }
  const there = bytes.length - headerBytes;
  const evidence = { file, expected: `${lengthBytes} bytes`, found: `${there} bytes` };
  if (there < lengthBytes) {
    return [fail(text('file.truncated', { file, said: lengthBytes, there }), evidence)];
  }
  if (there > lengthBytes) {
    return [fail(text('file.trailing', { file, extra: there - lengthBytes }), evidence)];
  }
  return [];
}
