import { encodeDg1 } from '../../../../standards/lds/dg1';
import { encodeMrz } from '../../../../standards/mrz/encode-mrz';
import { OTHER_DG1 } from '../specimen-faults';
import { SPECIMEN_MRZ } from '../specimen-set';
import { type BadSet, changed, tampered } from './card-set';
import { editTlv, patch, removed } from './edit-tlv';

const [LINE_1 = '', LINE_2 = ''] = encodeMrz(SPECIMEN_MRZ);

/** A digit or letter of the second line replaced, nothing else. */
function line2(position: number, text: string): BadSet['make'] {
  const at = position - 1;
  return changed('EF.DG1', () =>
    encodeDg1([LINE_1, LINE_2.slice(0, at) + text + LINE_2.slice(at + text.length)]),
  );
}

function otherDigit(position: number): string {
  return String((Number(LINE_2.charAt(position - 1)) + 1) % 10);
}

const DIGITS: readonly BadSet[] = (
  [
    ['number', 10, 'the document number'],
    ['birth', 20, 'the date of birth'],
    ['expiry', 28, 'the date of expiry'],
    ['composite', 44, 'the whole (composite)'],
  ] as const
).map(([name, position, words]) => ({
  id: `mrz-check-digit-${name}`,
  fault: `the check digit of ${words} in the MRZ is one too high`,
  check: 'ICAO3:LDS_B/check-digits',
  reason: `The check digit of ${words} in the MRZ is wrong.`,
  // The composite covers the other check digits.
  ...(name === 'composite'
    ? {}
    : {
        also: [
          'ICAO3:LDS_B/check-digits: The check digit of the whole (composite) in the MRZ is wrong.',
        ],
      }),
  make: line2(position, otherDigit(position)),
}));

export const BAD_MRZ_SETS: readonly BadSet[] = [
  ...DIGITS,
  {
    id: 'dg1-without-mrz',
    fault: 'EF.DG1 has no tag 5F1F',
    check: 'persoline:LDS/well-formed',
    reason: 'EF.DG1 is malformed:',
    make: changed('EF.DG1', (bytes) => editTlv(bytes, [0x61, 0x5f1f], removed)),
  },
  {
    id: 'dg1-short-mrz',
    fault: 'the MRZ has 87 characters',
    check: 'persoline:LDS/well-formed',
    reason: 'EF.DG1 is malformed:',
    make: changed('EF.DG1', (bytes) =>
      editTlv(bytes, [0x61, 0x5f1f], ({ raw }) =>
        Uint8Array.of(0x5f, 0x1f, 87, ...raw.subarray(3, -1)),
      ),
    ),
  },
  {
    id: 'mrz-lower-case',
    fault: 'a letter of the name is lower case',
    check: 'persoline:LDS/well-formed',
    reason: 'EF.DG1 is malformed:',
    make: changed('EF.DG1', (bytes) => patch(bytes, Buffer.from(bytes).indexOf('OWE') + 2, 0x65)),
  },
  {
    id: 'mrz-sex',
    fault: 'the sex is none of F, M and <',
    check: 'ICAO3:LDS_B/fields',
    reason: 'The MRZ is not right:',
    make: line2(21, 'Q'),
  },
  {
    id: 'mrz-other-state',
    fault: 'the MRZ names another state than the DSC',
    check: 'ICAO3:LDS_D/country',
    reason: 'ATL',
    make: changed('EF.DG1', () => encodeDg1(encodeMrz({ ...SPECIMEN_MRZ, issuingState: 'ATL' }))),
  },
  {
    id: 'dg1-of-another',
    fault: 'EF.DG1 of somebody else under this EF.SOD (TR5.1:LDS_H, hash of a group)',
    check: 'ICAO3:LDS_D/hash',
    reason: 'The hash of EF.DG1 is not the signed one.',
    make: tampered('EF.DG1', () => OTHER_DG1),
  },
];
