import { parseDer } from '../../../../standards/asn1/read';
import {
  type DigestName,
  DIGESTS,
  parseDigestIdentifier,
} from '../../../../standards/crypto/digest-algorithms';
import { type Check, fail, type Finding, note, passUnless, warn } from '../../check';
import { attempt, valueOf } from '../../parsed';
import type { SodReading } from '../../sod-reading';
import type { Subject } from '../../subject';
import { text } from '../../texts/text';

/** From the 8th edition on SHA-1 may not be issued; before it, chips were made with it in good faith. */
const SHA1_ENDED = new Date('2021-01-01T00:00:00Z');

export const digestAlgorithm: Check = {
  id: 'ICAO3:LDS_D/digest-algorithm',
  group: 'signature',
  title: 'title.digest-algorithm',
  clause: '[9303-12 §4.1.6.4]',
  run: (subject) => {
    const sod = valueOf(subject.sod);
    if (sod === undefined) return [];
    const hash = valueOf(sod.securityObject)?.digest;
    const signer = signerDigest(sod);
    const found = [
      ...(hash === undefined ? [] : [`LDSSecurityObject ${DIGESTS[hash].title}`]),
      ...(signer === undefined ? [] : [`SignerInfo ${DIGESTS[signer].title}`]),
    ].join(', ');
    const complaints = [
      ...outdated(subject, 'LDSSecurityObject', hash),
      ...outdated(subject, 'SignerInfo', signer),
      ...formalComplaints(sod, signer),
    ];
    return passUnless(complaints, { file: 'EF.SOD', found });
  },
};

function outdated(subject: Subject, where: string, digest: DigestName | undefined): Finding[] {
  if (digest !== 'sha1') return [];
  const made =
    valueOf(subject.sod)?.verification?.signingTime ?? valueOf(subject.dsc)?.validity.from;
  const evidence = { file: 'EF.SOD', expected: 'SHA-224 … SHA-512', found: 'SHA-1' };
  const values = { where, algorithm: DIGESTS[digest].title };
  return made !== undefined && made < SHA1_ENDED
    ? [warn(text('digest.outdated', values), evidence)]
    : [fail(text('digest.not-allowed', values), evidence)];
}

function formalComplaints(sod: SodReading, signer: DigestName | undefined): Finding[] {
  const { digestIdentifiers, issues } = sod.signedData;
  const listed = digestIdentifiers.map(digestOf);
  return [
    ...(signer !== undefined && !listed.includes(signer)
      ? [warn(text('digest.not-listed'), { file: 'EF.SOD' })]
      : []),
    ...(issues.includes('digest-null')
      ? [note(text('digest.null-parameters'), { file: 'EF.SOD' })]
      : []),
  ];
}

function signerDigest({ signer }: SodReading): DigestName | undefined {
  return signer && digestOf(signer.digestIdentifier);
}

function digestOf(identifier: Uint8Array): DigestName | undefined {
  const place = 'digest algorithm';
  return valueOf(attempt(() => parseDigestIdentifier(parseDer(identifier, place), place)));
}
