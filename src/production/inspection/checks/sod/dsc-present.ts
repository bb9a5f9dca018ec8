import { type Check, fail, note, pass } from '../../check';
import { formatName } from '../../../../standards/pki/distinguished-name';
import { valueOf } from '../../parsed';
import { text } from '../../texts/text';

/** Required inside EF.SOD with V1; with V0 it may come from elsewhere. */
export const dscPresent: Check = {
  id: 'ICAO3:LDS_D/dsc-present',
  group: 'signature',
  title: 'title.dsc-present',
  clause: '[9303-10 §4.6.2.2]',
  run: (subject) => {
    const sod = valueOf(subject.sod);
    if (sod === undefined) return [];
    const { certificates } = sod.signedData;
    const file = 'EF.SOD';
    if (certificates.length === 0) {
      const isV0 = valueOf(sod.securityObject)?.version === 0;
      return isV0 && sod.dsc.state === 'good'
        ? [note(text('dsc.absent-v0'), { file })]
        : [fail(text('dsc.absent'), { file })];
    }
    if (sod.dsc.state === 'malformed') {
      return [fail(text('dsc.malformed', { detail: sod.dsc.detail }), { file })];
    }
    const dsc = valueOf(sod.dsc);
    const found = dsc === undefined ? '' : formatName(dsc.subject);
    return certificates.length === 1
      ? [pass({ file, found })]
      : [note(text('dsc.several', { found: certificates.length }), { file, found })];
  },
};
