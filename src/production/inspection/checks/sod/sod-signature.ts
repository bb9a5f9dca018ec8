import { type Check, fail, notChecked, pass, warn } from '../../check';
import { valueOf } from '../../parsed';
import { text } from '../../texts/text';

export const sodSignature: Check = {
  id: 'ICAO3:LDS_D/signature',
  group: 'signature',
  title: 'title.signature',
  clause: '[9303-11 §5.1, RFC 5652 §5.6]',
  run: (subject) => {
    const sod = valueOf(subject.sod);
    if (sod === undefined) return [];
    const file = 'EF.SOD';
    const verdict = sod.verification?.signature;
    if (verdict === undefined) return [notChecked(text('signature.no-key'), { file })];
    if (sod.isPlainEcdsa) return [warn(text('signature.plain-ecdsa'), { file })];
    return verdict.valid
      ? [pass({ file, found: verdict.algorithm })]
      : [fail(text('signature.wrong', { detail: verdict.reason }), { file })];
  },
};
