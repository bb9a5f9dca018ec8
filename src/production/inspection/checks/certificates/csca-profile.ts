import { verifyCertificateSignature } from '../../../../standards/pki/verify-certificate';
import type { Check } from '../../check';
import { profileFindings } from './profile-findings';

export const cscaProfile: Check = {
  id: 'ICAO3:LDS_D/csca-profile',
  group: 'certificates',
  title: 'title.csca-profile',
  clause: '[9303-12 §7.1]',
  run: ({ chain }) => {
    if (chain.state !== 'found') return [];
    const { csca } = chain;
    // What did not sign itself is held against the profile of link certificates.
    const isRoot = verifyCertificateSignature(csca, csca.publicKey).valid;
    const isLink = !isRoot && chain.issuers.some((other) => other !== csca);
    return profileFindings(csca, isLink ? 'csca-link' : 'csca');
  },
};
