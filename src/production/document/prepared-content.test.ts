import {
  decodePreparedContent,
  encodePreparedContent,
  type PreparedContent,
} from './prepared-content';

const day = (text: string): Date => new Date(`${text}T00:00:00Z`);

const content: PreparedContent = {
  product: 'icao-td3-passport',
  chip: 'passport-applet',
  document: {
    files: new Map([
      ['EF.SOD', Uint8Array.of(0x77, 0)],
      ['EF.COM', Uint8Array.of(0x60, 0)],
      ['EF.DG1', Uint8Array.of(0x61, 0)],
    ]),
    signer: {
      keyLabel: 'dsc-1',
      algorithm: 'ecdsa-P-256-sha256',
      certificate: Uint8Array.of(1),
      csca: Uint8Array.of(2),
      keyUse: { from: day('2026-01-01'), until: day('2026-04-01') },
      validity: { from: day('2026-01-01'), until: day('2036-04-01') },
    },
    signedAt: new Date('2026-02-03T04:05:06.789Z'),
    access: {
      mrz: { documentNumber: 'L898902C3', dateOfBirth: '740812', dateOfExpiry: '320415' },
      can: '123456',
    },
    chipKeys: {
      activeAuthentication: {
        type: 'rsa',
        publicKey: Uint8Array.of(3),
        modulus: Uint8Array.of(4),
        privateExponent: Uint8Array.of(5),
      },
      chipAuthentication: {
        type: 'ec',
        publicKey: Uint8Array.of(6),
        curve: 'P-256',
        privateScalar: Uint8Array.of(7),
      },
    },
  },
};

test('a prepared document comes back as it was, its files in the order of writing', () => {
  const again = decodePreparedContent(encodePreparedContent(content));
  expect(again).toEqual(content);
  expect([...again.document.files.keys()]).toEqual(['EF.SOD', 'EF.COM', 'EF.DG1']);
});
