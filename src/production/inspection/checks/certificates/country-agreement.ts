import type { Certificate } from '../../../../standards/pki/certificate';
import { mrzCodeOfCountry } from '../../../../standards/pki/country-codes';
import { findNameAttribute } from '../../../../standards/pki/distinguished-name';
import { readAltNames } from '../../../../standards/pki/read-extensions';
import { type Check, fail, type Finding, passUnless, warn } from '../../check';
import { mrzOf } from '../../lds-contents';
import { attempt, valueOf } from '../../parsed';
import { text } from '../../texts/text';

export const countryAgreement: Check = {
  id: 'ICAO3:LDS_D/country',
  group: 'certificates',
  title: 'title.country',
  clause: '[9303-11 §5.1.1, 9303-12 §7.1]',
  run: ({ dsc: parsed, chain, contents }) => {
    const dsc = valueOf(parsed);
    if (dsc === undefined) return [];
    const csca = chain.state === 'found' ? chain.csca : undefined;
    const state = mrzOf(contents)?.issuingState;
    const found = [
      `DSC ${findNameAttribute(dsc.subject, 'C') ?? '?'}`,
      ...(csca === undefined ? [] : [`CSCA ${findNameAttribute(csca.subject, 'C') ?? '?'}`]),
      ...(state === undefined ? [] : [`MRZ ${state}`]),
    ].join(', ');
    return passUnless(
      [...nameComplaints(dsc, csca), ...(state === undefined ? [] : mrzComplaints(dsc, state))],
      { found },
    );
  },
};

function nameComplaints(dsc: Certificate, csca: Certificate | undefined): Finding[] {
  const subject = findNameAttribute(dsc.subject, 'C');
  if (subject === undefined) return [fail(text('country.absent', { certificate: 'DSC' }))];
  const issuer = findNameAttribute(dsc.issuer, 'C') ?? '?';
  const root = csca === undefined ? issuer : (findNameAttribute(csca.subject, 'C') ?? '?');
  return [
    ...(sameCode(subject, issuer) ? [] : [fail(text('country.dsc-issuer', { subject, issuer }))]),
    ...(sameCode(issuer, root)
      ? []
      : [fail(text('country.dsc-csca', { dsc: issuer, csca: root }))]),
  ];
}

/** The MRZ code beside the country stands in the alternative name; the country itself is two letters. */
function mrzComplaints(dsc: Certificate, state: string): Finding[] {
  const country = findNameAttribute(dsc.subject, 'C');
  const byCountry = country === undefined ? undefined : mrzCodeOfCountry(country);
  const named = localities(dsc);
  if (named.includes(state)) return [];
  if (byCountry === state) {
    const found = named.join(', ');
    return found === '' ? [] : [warn(text('country.locality', { mrz: state, dsc: found }))];
  }
  if (byCountry === undefined && named.length === 0) return [];
  const evidence = { expected: byCountry ?? named.join(', '), found: state };
  return [fail(text('country.mrz', { mrz: state, dsc: country ?? '?' }), evidence)];
}

function localities(dsc: Certificate): readonly string[] {
  const names = valueOf(attempt(() => readAltNames(dsc, 'subjectAltName')));
  return (names?.directoryNames ?? []).flatMap((name) => findNameAttribute(name, 'L') ?? []);
}

function sameCode(left: string, right: string): boolean {
  return left.toUpperCase() === right.toUpperCase();
}
