import { hexInput, hexMembers, readVectorEntries } from '../access/testing/vector-entry';
import { computeAesCmac } from './aes-cmac';
import { SESSION_CIPHERS, type SessionCipherName } from './session-cipher';

describe('AES-CMAC, worked examples', () => {
  it.each(readVectorEntries('aes-cmac/aes-cmac.json').map((entry) => [entry.id, entry] as const))(
    '%s',
    (_id, entry) => {
      const key = hexInput(entry, 'key');
      const message = hexInput(entry, 'message');
      const name = `AES-${key.length * 8}` as SessionCipherName;
      const computed = hexMembers({
        mac: computeAesCmac(key, message),
        mac_8: SESSION_CIPHERS[name].computeTokenMac(key, message),
      });
      expect(computed).toEqual(entry.expected);
    },
  );
});
