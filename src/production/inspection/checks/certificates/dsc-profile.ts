import type { Check } from '../../check';
import { profileFindings } from './profile-findings';

export const dscProfile: Check = {
  id: 'ICAO3:LDS_D/dsc-profile',
  group: 'certificates',
  title: 'title.dsc-profile',
  clause: '[9303-12 §7.1]',
  run: ({ dsc }) => (dsc.state === 'good' ? profileFindings(dsc.value, 'dsc') : []),
};
