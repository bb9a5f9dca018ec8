import type { Check } from '../../check';
import { keyUsageFindings } from './key-usage-findings';

export const dscKeyUsage: Check = {
  id: 'ICAO3:LDS_D/dsc-key-usage',
  group: 'certificates',
  title: 'title.dsc-key-usage',
  clause: '[9303-12 §7.1.1.1]',
  run: ({ dsc }) =>
    dsc.state === 'good' ? keyUsageFindings(dsc.value, 'DSC', ['digitalSignature']) : [],
};
