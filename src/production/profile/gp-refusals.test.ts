import { readChip } from './parse-chip';
import { formatProblem } from './profile-problem';
import { shippedText } from './testing/shipped-profiles';

const { text, file } = shippedText('chips', 'gp-emrtd');

function problemsOf(from: string, to: string): readonly string[] {
  expect(text).toContain(from);
  return readChip({ file, text: text.replace(from, to) }).problems.map(formatProblem);
}

const GENERATE_CHIP_AUTHENTICATION = text.slice(
  text.indexOf('  - verb: generate-key', text.indexOf('key: active-authentication')),
  text.indexOf('\nscript:'),
);

test.each([
  [
    'DH with a curve',
    'protocol: id-CA-ECDH-AES-CBC-CMAC-128',
    'protocol: id-CA-DH-AES-CBC-CMAC-128',
    'id-CA-DH-AES-CBC-CMAC-128 with a curve; allowed: dhGroup alone',
  ],
  [
    'ECDH without a curve',
    'id-CA-ECDH-AES-CBC-CMAC-128, curve: brainpoolP256r1,',
    'id-CA-ECDH-AES-CBC-CMAC-128,',
    'without a curve; allowed: curve alone',
  ],
  [
    'a key of DH from the host',
    'id-CA-ECDH-AES-CBC-CMAC-128, curve: brainpoolP256r1,',
    'id-CA-DH-AES-CBC-CMAC-128, dhGroup: 2,',
    'with keyOrigin either; allowed: keyOrigin: chip',
  ],
  [
    'two files of one identifier in one folder',
    "EF.CardSecurity: { folder: master-file, fid: '011D', dgi: '2F1D' }",
    "EF.CardSecurity: { fid: '011D', dgi: '2F1D' }",
    'the identifier of EF.CardSecurity; allowed: one of its own',
  ],
  [
    'files that no loop writes',
    '  - verb: each-file\n',
    '  - verb: each-file\n    folder: application\n',
    '1 times each-file; allowed: exactly once for files in master-file',
  ],
  [
    'a sequence that is too small for a file',
    'sequenceBytes: 65536',
    'sequenceBytes: 60000',
    'sequenceBytes 60000; allowed: at least 65536, for any file',
  ],
  [
    'a key that the chip is to make and nobody asks it for',
    GENERATE_CHIP_AUTHENTICATION,
    '',
    'chipAuthentication: found 0 times generate-key for chip-authentication in keyScript; allowed: once',
  ],
  [
    'a key that the host makes and the chip as well',
    'curve: brainpoolP256r1, keyOrigin: either }\n\nfiles',
    'curve: brainpoolP256r1, keyOrigin: host }\n\nfiles',
    'allowed: none, as the host makes it',
  ],
  [
    'a key from either side that nobody hands over',
    "data: '80[0D] 82[{ca.privateScalar}]'",
    "data: '80[0D] 82[{ca.n}]'",
    'no step with {ca.privateScalar}',
  ],
  [
    'writing among what makes the keys',
    'keyScript:\n',
    'keyScript:\n  - verb: verify\n',
    'keyScript[0].verb: found verify; allowed: select, open-channel, delete, load, install, generate-key',
  ],
  [
    'new keys without a channel',
    '  - verb: put-key',
    "  - verb: select\n    title: { vi: a, en: b }\n    send: ['00A40400']\n\n  - verb: put-key",
    'put-key without a channel; allowed: open-channel before it',
  ],
  [
    'Terminal Authentication without a file for its CVCAs',
    "  EF.CVCA: { fid: '011C', dgi: '011C' }\n",
    '',
    'no EF.CVCA; allowed: EF.CVCA, as there is Terminal Authentication',
  ],
  [
    'a CVCA that nobody hands over',
    "data: '{cvca.certificate}'",
    "data: '{cvca.date}'",
    'terminalAuthentication: found no step with {cvca.certificate}',
  ],
  [
    'a CVCA in a step that is done for every document',
    "when: terminal-authentication\n    dgi: '8F30'",
    "dgi: '8F30'",
    'allowed: when: terminal-authentication',
  ],
  [
    'a CVCA for a chip that trusts nobody',
    'terminalAuthentication: { trustPoints: 2 }\n',
    '',
    '{cvca.certificate} for a chip that cannot use it',
  ],
  [
    'more CVCAs than a chip can have',
    'trustPoints: 2',
    'trustPoints: 3',
    'terminalAuthentication.trustPoints',
  ],
  [
    'a mode that SCP02 does not have',
    '    protocol: scp03\n',
    '    protocol: scp02\n    macBytes: 16\n',
    'S16 or r-enc in SCP02',
  ],
])('%s is refused', (_name, from, to, expected) => {
  expect(problemsOf(from, to).join('\n')).toContain(expected);
});
