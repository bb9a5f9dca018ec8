/** Small good inputs of what people write, with as many kinds of members as fit. Invented. */

export const SAMPLE_PRODUCT = `product: sample
title: { vi: Mẫu, en: Sample }
form: TD1
documentCode: ID
issuingState: VNM
chips: [training-card]
record:
  required: [personalNumber, placeOfOrigin]
  allowed: [ethnicity, oldIdNumber, father, mother, fingerprints, irises, personsToNotify]
  checks: [vn-personal-number, vn-old-id-number, vn-ethnic-group]
identity:
  documentNumber: { from: personal-number, lastDigits: 9 }
  nameSplit: first-word
  mrzOptionalData: vn-personal-number-with-check-digit
  mrzNoExpiry: '991231'
  transliteration: { Ä: A }
  cardAccessNumber: { from: personal-number, lastDigits: 6 }
portrait: { widthPx: 240, heightPx: 320, maxBytes: 12000 }
lds:
  version: '1.7'
  unicodeVersion: '4.0.0'
  files: [EF.COM, EF.DG1, EF.DG2, EF.DG13, EF.SOD]
  dg11: []
  dg12: []
  dg13: vn-2021
signing: { securityObjectVersion: 0, digest: sha256 }
face: vn-cccd-2021
`;

export const SAMPLE_RECORD = {
  recordId: 'HS-2026-000001',
  recordVersion: 1,
  profile: 'sample',
  approvedAt: '2026-01-05T08:30:00+07:00',
  approvedBy: 'C06-duyet-01',
  issuingState: 'VNM',
  personalNumber: '001190000017',
  name: { full: 'Nguyễn Thị Mẫu' },
  dateOfBirth: '1990-07-23',
  sex: 'F',
  nationality: 'VNM',
  dateOfIssue: '2026-01-05',
  dateOfExpiry: '2030-07-23',
  portrait: 'pictures/portrait.jpg',
  placeOfOrigin: 'Phường Mẫu, Hà Nội',
  ethnicity: 'Kinh',
  oldIdNumber: '012345678',
  father: 'Nguyễn Văn Thử',
  fingerprints: [{ position: 'right-index', file: 'pictures/right-index.wsq' }],
  irises: [{ eye: 'right', file: 'pictures/iris.jp2', takenOn: '2025-12-09' }],
  personsToNotify: [{ name: 'Mẫu, Thử', recordedOn: '2026-01-02', telephone: '0123' }],
};

export const SAMPLE_FACE = `face: sample
title: { vi: Mẫu, en: Sample }
form: TD1
widthMm: 85.6
heightMm: 53.98
cornerRadiusMm: 3.18
dotsPerInch: 600
convention: icao
styles:
  name: { font: bold, sizePt: 8.2, minSizePt: 5, colour: '#12161d', letters: upper-case }
sides:
  - name: front
    elements:
      - {
          draw: pattern,
          pattern: guilloche-waves,
          atMm: [0, 0],
          sizeMm: [85.6, 53.98],
          colours: ['#6f9fc0', '#c2a07a'],
        }
  - name: back
    elements:
      - { draw: mrz, atMm: [4.7, 38], lineSpacingMm: 6.35 }
`;

export const SAMPLE_CEREMONY = `ceremony: csca-uto-2026
country: UT
state: UTO
organization: Registry of Utopia
contact: csca@example.invalid
crl: ['https://example.invalid/UTO.crl']
documents: { years: 10, types: [P, ID] }
confirm:
  requestedBy: dung
  needed: 2
  custodians:
    - { name: an, key: 'D75A980182B10AB7D54BFED3C964073A0EE172F3DAA62325AF021A68F707511A' }
    - { name: binh, key: '3D4017C3E843895A92B70AA74D1B7EBC9C982CCF2EC4968CC0CD55F12AF4660C' }
steps:
  - do: make-csca
    label: csca-1
    algorithm: ecdsa-brainpoolP384r1-sha384
    commonName: CSCA Utopia
    from: '2026-03-02T00:00:00Z'
    useMonths: 48
  - do: add-signer
    label: dsc-1
    algorithm: ecdsa-brainpoolP256r1-sha256
    commonName: Document signer Utopia 1
    from: '2026-03-04T00:00:00Z'
    useMonths: 3
  - { do: make-storage-key, label: storage-1 }
  - { do: make-audit-key, label: audit-1, algorithm: ecdsa-P-256-sha256 }
`;

export const SAMPLE_SECRETS = {
  mrz: { documentNumber: 'D23145890', dateOfBirth: '740812', dateOfExpiry: '310415' },
  can: '123456',
  activeAuthentication: {
    type: 'rsa',
    publicKey: '30820122',
    modulus: 'C0'.repeat(128),
    privateExponent: '05'.repeat(128),
  },
  chipAuthentication: {
    type: 'ec',
    publicKey: '3059',
    curve: 'brainpoolP256r1',
    privateScalar: '11'.repeat(32),
  },
};

/** One small entry of several topics; the numbers are those of public worked examples. */
export const SAMPLE_VECTORS = [
  file('KDF', {
    inputs: { mrz_information: 'C11T002JM496081222310314', alg: 'AES-128', counter: 3 },
    expected: { key: '4E6F6FBF7BE748B932C7B74161BBA9DF' },
  }),
  file('MRZ', { inputs: { date: '12 July 1942' }, expected: { mrz: '420712' } }),
  file('LDS', { inputs: { oid: '2.23.136.1.1.2' }, expected: { der: '0606678108010102' } }),
  file('AES-CMAC', {
    inputs: { key: '8E73B0F7DA0E6452C810F32B809079E562F8EAD2522C6B7B', message: '' },
    expected: { mac: 'D17DDF46ADAACDE531CAC483DE7A9367', mac_8: 'D17DDF46ADAACDE5' },
  }),
  file('BAC', {
    inputs: { K_seed: '239AB9CB282DAF66231DC5A4DF6BFBAE' },
    expected: { K_enc: 'AB94FDECF2674FDFB9B391F85D7F76F2' },
  }),
  file('Secure Messaging', {
    inputs: {
      alg: 'AES-128',
      ks_enc: '4DD037AB00B6B0D7FC80DA1D567AEF80',
      ks_mac: '8BC9DD9D33C62926101D212B04C0C79A',
      ssc_before: '00000000000000000000000000000002',
      plain_command: '00820000FF',
    },
    expected: { protected_command: '0C8200000D9701FF8E083D0A111D900F25A500' },
  }),
  file('SCP03/SCP02/diversification', {
    inputs: {
      S_DEK: 'E11987EE331B417A5D67D760692F89D4',
      key: '404142434445464748494A4B4C4D4E4F',
    },
    expected: { encrypted: 'EFBEE6C6D99D7B70BDE9D7E927F020AF' },
  }),
];

function file(topic: string, entry: { inputs: object; expected: object }): object {
  return { topic, entries: [{ id: 'sample', ...entry }] };
}
