import { readDocumentTypes } from '../../../../standards/pki/read-extensions';
import { type Check, fail, pass, warn } from '../../check';
import { mrzOf } from '../../lds-contents';
import { attempt } from '../../parsed';
import { text } from '../../texts/text';

export const documentType: Check = {
  id: 'ICAO3:LDS_D/document-type',
  group: 'certificates',
  title: 'title.document-type',
  clause: '[9303-12 §7.1.1.6]',
  run: ({ dsc, contents }) => {
    if (dsc.state !== 'good') return [];
    const types = attempt(() => readDocumentTypes(dsc.value));
    const listed = types.state === 'good' ? types.value : undefined;
    if (listed === undefined) return [warn(text('document-type.absent'))];
    const code = mrzOf(contents)?.documentCode;
    if (code === undefined) return [];
    const evidence = { expected: listed.join(', '), found: code };
    return listed.some((type) => covers(type.replace(/<$/, ''), code))
      ? [pass(evidence)]
      : [
          fail(
            text('document-type.not-listed', { listed: listed.join(', '), found: code }),
            evidence,
          ),
        ];
  },
};

/** One letter stands for every code that begins with it. */
function covers(type: string, code: string): boolean {
  return type.length === 1 ? code.startsWith(type) : type === code;
}
