import { dataGroupNumber, LDS_FILE_NAMES, type LdsFileName } from '../../../document/lds-files';
import { encodeHex } from '../../../../standards/bytes/hex';
import { equalBytes } from '../../../../standards/bytes/compare';
import { digestBytes, DIGESTS } from '../../../../standards/crypto/digest-algorithms';
import type { LdsSecurityObject } from '../../../../standards/lds/lds-security-object';
import { type Check, fail, type Finding, notChecked, pass } from '../../check';
import { trimToObject } from '../../lds-contents';
import type { Subject } from '../../subject';
import { valueOf } from '../../parsed';
import { text } from '../../texts/text';

/** Every data group against its signed hash: one finding a group, there or listed or both. */
export const dataGroupHash: Check = {
  id: 'ICAO3:LDS_D/hash',
  group: 'signature',
  title: 'title.hash',
  clause: '[9303-11 §5.1]',
  run: (subject) => {
    const sod = valueOf(subject.sod);
    const object = sod && valueOf(sod.securityObject);
    return LDS_FILE_NAMES.flatMap((file) => {
      const group = dataGroupNumber(file);
      if (group === undefined) return [];
      if (object !== undefined) return groupFindings(subject, object, { file, group });
      return subject.files.has(file) ? [notChecked(text('hash.no-sod'), { file })] : [];
    });
  },
};

interface Group {
  readonly file: LdsFileName;
  readonly group: number;
}

function groupFindings(subject: Subject, object: LdsSecurityObject, of: Group): Finding[] {
  const { file, group } = of;
  const signed = object.hashes.get(group);
  const bytes = subject.files.get(file);
  if (bytes === undefined) {
    if (signed === undefined) return [];
    const unread = subject.chip?.unread.get(file);
    if (unread === undefined || unread.why === 'absent') {
      return [fail(text('hash.file-absent', { file }), { file })];
    }
    return [notChecked(text('hash.not-read', { file }), { file })];
  }
  if (signed === undefined) return [fail(text('hash.not-signed', { file }), { file })];
  const found = digestBytes(object.digest, bytes);
  const evidence = {
    file,
    expected: `${DIGESTS[object.digest].title} ${encodeHex(signed)}`,
    found: encodeHex(found),
  };
  if (equalBytes(found, signed)) return [pass({ file, found: evidence.expected })];
  // A reader takes as many bytes as the length says; what lies behind them is its own finding.
  return equalBytes(digestBytes(object.digest, trimToObject(bytes)), signed)
    ? [pass({ file, found: evidence.expected })]
    : [fail(text('hash.differs', { file }), evidence)];
}
