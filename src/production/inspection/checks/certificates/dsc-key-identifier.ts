import { equalBytes } from '../../../../standards/bytes/compare';
import { encodeHex } from '../../../../standards/bytes/hex';
import {
  readAuthorityKeyIdentifier,
  readSubjectKeyIdentifier,
} from '../../../../standards/pki/read-extensions';
import { type Check, fail, pass } from '../../check';
import { attempt, valueOf } from '../../parsed';
import { text } from '../../texts/text';

/** Readers with several CSCA keys of a state pick one by this identifier and try no other. */
export const dscKeyIdentifier: Check = {
  id: 'ICAO3:LDS_D/dsc-key-identifier',
  group: 'certificates',
  title: 'title.key-identifier',
  clause: '[9303-12 §7.1, RFC 5280 §4.2.1.1]',
  run: ({ dsc, chain }) => {
    if (dsc.state !== 'good' || chain.state !== 'found') return [];
    const wanted = valueOf(attempt(() => readAuthorityKeyIdentifier(dsc.value)));
    const offered = chain.issuers.flatMap(
      (csca) => valueOf(attempt(() => readSubjectKeyIdentifier(csca))) ?? [],
    );
    // Absent identifiers are the fault of the certificates' profile.
    if (wanted === undefined || offered.length === 0) return [];
    const evidence = { expected: offered.map(encodeHex).join(', '), found: encodeHex(wanted) };
    return offered.some((identifier) => equalBytes(identifier, wanted))
      ? [pass({ found: evidence.found })]
      : [fail(text('key-identifier.differs'), evidence)];
  },
};
