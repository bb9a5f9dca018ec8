import type { Check } from '../../check';
import { keyUsageFindings } from './key-usage-findings';

export const cscaKeyUsage: Check = {
  id: 'ICAO3:LDS_D/csca-key-usage',
  group: 'certificates',
  title: 'title.csca-key-usage',
  clause: '[9303-12 §7.1.1.1]',
  run: ({ chain }) =>
    chain.state === 'found' ? keyUsageFindings(chain.csca, 'CSCA', ['keyCertSign', 'cRLSign']) : [],
};
