import { CMS_OIDS } from '../../../../standards/cms/cms-oids';
import { findAttribute } from '../../../../standards/cms/parse-signed-data';
import { type Check, fail, type Finding, passUnless, warn } from '../../check';
import { valueOf } from '../../parsed';
import type { SodReading } from '../../sod-reading';
import { text } from '../../texts/text';

export const signedAttributes: Check = {
  id: 'ICAO3:LDS_D/signed-attributes',
  group: 'signature',
  title: 'title.signed-attributes',
  clause: '[9303-10 §4.6.2.2]',
  run: (subject) => {
    const sod = valueOf(subject.sod);
    if (sod?.signer === undefined) return [];
    const found = sod.signer.signedAttributes?.attributes.map(({ oid }) => nameOf(oid)).join(', ');
    return passUnless(complaints(sod), {
      file: 'EF.SOD',
      ...(found === undefined ? {} : { found }),
    });
  },
};

function complaints({ signer, signedData, verification }: SodReading): Finding[] {
  const file = 'EF.SOD';
  const attributes = signer?.signedAttributes?.attributes;
  if (attributes === undefined) return [fail(text('signed-attributes.absent'), { file })];
  const missing = (['contentType', 'messageDigest'] as const).filter(
    (name) => findAttribute(attributes, CMS_OIDS[name]) === undefined,
  );
  if (missing.length > 0) {
    const attribute = missing.join(', ');
    return [fail(text('signed-attributes.missing', { attribute }), { file })];
  }
  const { contentType } = verification ?? {};
  return [
    ...(contentType?.valid === false
      ? [fail(text('signed-attributes.content-type', { detail: contentType.reason }), { file })]
      : []),
    ...(signedData.issues.includes('attributes-unordered')
      ? [warn(text('signed-attributes.order'), { file })]
      : []),
  ];
}

function nameOf(oid: string): string {
  return Object.entries(CMS_OIDS).find(([, known]) => known === oid)?.[0] ?? oid;
}
