import type { Check } from '../../check';
import { profileFindings } from './profile-findings';

export const cscaProfile: Check = {
  id: 'ICAO3:LDS_D/csca-profile',
  group: 'certificates',
  title: 'title.csca-profile',
  clause: '[9303-12 §7.1]',
  run: ({ chain }) => (chain.state === 'found' ? profileFindings(chain.csca, 'csca') : []),
};
