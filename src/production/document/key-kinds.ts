import type { KeyPurpose } from '../ports';

/** Whether a purpose is served by a key pair that signs or by a secret key, in every HSM. */
export const KEY_KINDS = {
  'csca-sign': 'pair',
  'document-sign': 'pair',
  'master-list-sign': 'pair',
  'card-master': 'secret',
  'card-transport': 'secret',
  'storage-wrap': 'secret',
  'audit-sign': 'pair',
  'cvca-sign': 'pair',
  'dv-sign': 'pair',
  'terminal-sign': 'pair',
} as const satisfies Record<KeyPurpose, 'pair' | 'secret'>;
