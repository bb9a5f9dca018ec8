import type { Check } from '../../check';
import { periodFinding } from './certificate-period';

export const cscaValidity: Check = {
  id: 'ICAO3:LDS_D/csca-validity',
  group: 'certificates',
  title: 'title.csca-validity',
  clause: '[9303-12 §7.1]',
  run: ({ chain, at }) => (chain.state === 'found' ? [periodFinding(chain.csca, at, 'CSCA')] : []),
};
