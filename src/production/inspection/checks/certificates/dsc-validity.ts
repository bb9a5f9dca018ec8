import type { Check } from '../../check';
import { periodFinding } from './certificate-period';

export const dscValidity: Check = {
  id: 'ICAO3:LDS_D/dsc-validity',
  group: 'certificates',
  title: 'title.dsc-validity',
  clause: '[9303-12 §7.1]',
  run: ({ dsc, at }) => (dsc.state === 'good' ? [periodFinding(dsc.value, at, 'DSC')] : []),
};
