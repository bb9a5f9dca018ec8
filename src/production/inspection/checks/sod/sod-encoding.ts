import type { BerDeviation } from '../../../../standards/asn1/ber-to-der';
import { type Check, passUnless, warn } from '../../check';
import { text } from '../../texts/text';

const WORDS = {
  'indefinite-length': 'indefinite lengths',
  'long-length': 'lengths longer than needed',
  'constructed-string': 'strings in parts',
  'set-order': 'a SET in another order',
  'boolean-value': 'TRUE that is not FF',
} as const satisfies Record<BerDeviation, string>;

/** A reader can take BER, and chips in circulation have it; an issuer must not make it. */
export const sodEncoding: Check = {
  id: 'ICAO3:LDS_D/der',
  group: 'signature',
  title: 'title.sod-encoding',
  clause: '[9303-10 §4.6.2.2]',
  run: ({ sod }) => {
    if (sod.state !== 'good') return [];
    const { deviations, issues } = sod.value.signedData;
    const file = 'EF.SOD';
    const detail = deviations.map((deviation) => WORDS[deviation]).join(', ');
    return passUnless(
      [
        ...(detail === '' ? [] : [warn(text('sod.not-der', { detail }), { file, found: detail })]),
        ...(issues.includes('trailing-bytes') ? [warn(text('sod.trailing'), { file })] : []),
      ],
      { file },
    );
  },
};
