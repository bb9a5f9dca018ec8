import { derSequence } from '../../standards/asn1/der';
import { concatBytes } from '../../standards/bytes/concat';
import { encodeDg16 } from '../../standards/lds/dg16';
import { encodeCardAccess } from '../../standards/lds/ef-card-access';
import { encodeTlv } from '../../standards/tlv/tlv';
import { makeTestChain } from '../../standards/pki/testing/test-issuer';
import type { CheckOutcome, InspectionReport } from '../document/inspection-report';
import type { LdsFileName } from '../document/lds-files';
import { judgeFiles, type JudgeRequest } from './judge-files';
import {
  comOf,
  dg1WithWrongCheckDigit,
  foreignCsca,
  OTHER_DG1,
  transplantContent,
  withoutPictureStart,
} from './testing/specimen-faults';
import { dg15Of, makeChipKey, makeSpecimen } from './testing/specimen-set';

function withOutcome(report: InspectionReport, ...outcomes: readonly CheckOutcome[]): string[] {
  return report.checks
    .filter(({ outcome }) => outcomes.includes(outcome))
    .map(({ id, file, reason }) => `${id} ${file ?? '-'}: ${reason?.en ?? ''}`);
}

type Specimen = Awaited<ReturnType<typeof makeSpecimen>>;

/** The specimen with one file replaced after it was signed. */
async function withFile(
  file: LdsFileName,
  change: (bytes: Uint8Array) => Uint8Array | undefined,
): Promise<Specimen> {
  const specimen = await makeSpecimen();
  const changed = change(specimen.files.get(file) ?? new Uint8Array());
  if (changed === undefined) specimen.files.delete(file);
  else specimen.files.set(file, changed);
  return specimen;
}

function flip(bytes: Uint8Array, at: number): Uint8Array {
  return bytes.map((byte, index) => (index === at ? byte ^ 1 : byte));
}

describe('a good set', () => {
  test('passes without a warning', async () => {
    const report = judgeFiles(await makeSpecimen());
    expect(withOutcome(report, 'fail', 'warning', 'note')).toEqual([]);
    expect(report.verdict).toBe('pass');
  });

  test('leaves open only what files alone cannot answer', async () => {
    const report = judgeFiles(await makeSpecimen());
    expect(withOutcome(report, 'not-checked')).toEqual([
      'ICAO3:LDS_D/revocation -: No revocation list was given, so it was not checked.',
      '9303-11:AA/signature EF.DG15: With files alone and no chip, Active Authentication could not be run.',
    ]);
  });

  test('that is what was meant passes the comparison file by file', async () => {
    const specimen = await makeSpecimen();
    const report = judgeFiles({ ...specimen, expected: specimen.files });
    const compared = report.checks.filter(({ group }) => group === 'comparison');
    expect(compared.map(({ file }) => file)).toEqual([...specimen.files.keys()]);
    expect(report.verdict).toBe('pass');
  });

  test.each([
    'ecdsa-P-256-sha256',
    'ecdsa-P-521-sha512',
    'ecdsa-brainpoolP384r1-sha384',
    'ecdsa-brainpoolP224r1-sha224',
    'rsa-2048-pkcs1-sha256',
    'rsa-2048-pss-sha256',
  ])('signed with %s passes', async (algorithm) => {
    const report = judgeFiles(await makeSpecimen({ chain: makeTestChain(algorithm) }));
    expect(withOutcome(report, 'fail', 'warning', 'note')).toEqual([]);
  });
});

/** One fault each: the set, and how the sentence must begin that a person hears first. */
const FAULTS: readonly (readonly [string, () => Promise<JudgeRequest>, string])[] = [
  [
    'an altered DG1',
    () => withFile('EF.DG1', () => OTHER_DG1),
    'The hash of EF.DG1 is not the signed one',
  ],
  [
    'a swapped DG15',
    () => withFile('EF.DG15', () => dg15Of(makeChipKey())),
    'The hash of EF.DG15 is not the signed one',
  ],
  [
    'a DG that is not in the SOD',
    () => withFile('EF.DG16', () => encodeDg16([{ recorded: '20260101', name: 'MARLOWE<<TOM' }])),
    'EF.DG16 is there but is not in EF.SOD',
  ],
  [
    'a missing DG',
    () => withFile('EF.DG12', () => undefined),
    'EF.DG12 is in EF.SOD but the file is not there',
  ],
  [
    'a missing DG2',
    () => withFile('EF.DG2', () => undefined),
    'The required file EF.DG2 is missing',
  ],
  [
    'a missing SOD',
    () => withFile('EF.SOD', () => undefined),
    'The required file EF.SOD is missing',
  ],
  [
    'a CSCA of another name',
    async () => ({ ...(await makeSpecimen()), trust: { cscas: [foreignCsca()] } }),
    'No given CSCA issued this document signer.',
  ],
  [
    'a CSCA of the same name and another key',
    async () => ({
      ...(await makeSpecimen()),
      trust: { cscas: [makeTestChain('ecdsa-P-256-sha256').csca.raw] },
    }),
    'No given CSCA issued this document signer: the given CSCA has the right name but another key',
  ],
  [
    'no CSCA at all',
    async () => ({ ...(await makeSpecimen()), trust: { cscas: [] } }),
    'No CSCA certificate was given',
  ],
  [
    'an expired DSC',
    async () => ({ ...(await makeSpecimen()), at: new Date('2041-01-02T00:00:00Z') }),
    'The DSC expired on 2041-01-01',
  ],
  [
    'a DSC that is not valid yet',
    async () => ({ ...(await makeSpecimen()), at: new Date('2025-12-31T00:00:00Z') }),
    'The DSC is valid only from 2026-01-01 on',
  ],
  [
    'a key used after its period',
    () => makeSpecimen({ signingTime: new Date('2030-02-01T00:00:00Z') }),
    'The document was issued on 2030-02-01, after the last day of use of its signing key',
  ],
  [
    'a bad signature',
    () => withFile('EF.SOD', (sod) => flip(sod, sod.length - 1)),
    'The signature of EF.SOD is wrong',
  ],
  [
    'a list of hashes changed after signing',
    async () => {
      const { files, ...rest } = await withFile('EF.DG1', () => OTHER_DG1);
      const resigned = await makeSpecimen({
        beforeSigning: (unsigned) => unsigned.set('EF.DG1', OTHER_DG1),
      });
      files.set('EF.SOD', transplantContent(files.get('EF.SOD')!, resigned.files.get('EF.SOD')!));
      return { ...rest, files };
    },
    'The list of hashes in EF.SOD was changed after signing',
  ],
  [
    'a truncated file',
    () => withFile('EF.DG2', (dg2) => dg2.subarray(0, -20)),
    'EF.DG2 is truncated: its length says',
  ],
  [
    'a truncated SOD',
    () => withFile('EF.SOD', (sod) => sod.subarray(0, 400)),
    'EF.SOD is truncated: its length says',
  ],
  ['an empty file', () => withFile('EF.DG11', () => new Uint8Array()), 'EF.DG11 is empty'],
  [
    'trailing bytes',
    () => withFile('EF.DG11', (dg11) => concatBytes(dg11, Uint8Array.of(0, 0))),
    'EF.DG11 has 2 byte(s) after its end',
  ],
  [
    'another file under the name',
    () => withFile('EF.DG11', () => OTHER_DG1),
    'EF.DG11 begins with tag 61 where 6B belongs',
  ],
  [
    'a wrong check digit that was signed',
    () => makeSpecimen({ beforeSigning: (files) => files.set('EF.DG1', dg1WithWrongCheckDigit()) }),
    'The check digit of the document number in the MRZ is wrong',
  ],
  [
    'an EF.COM that lists too much',
    () => withFile('EF.COM', () => comOf([1, 2, 3, 11, 12, 14, 15])),
    'EF.COM lists DG3, which EF.SOD does not have',
  ],
  [
    'an EF.COM that lists too little',
    () => withFile('EF.COM', () => comOf([1, 2, 11, 12, 14])),
    'EF.COM omits DG15, which EF.SOD has signed',
  ],
  [
    'an EF.COM of another version',
    () => withFile('EF.COM', () => comOf([1, 2, 11, 12, 14, 15], '0107')),
    'EF.COM says LDS version 0107, EF.SOD has signed 0108',
  ],
  [
    'an EF.CardAccess that differs from DG14',
    () =>
      withFile('EF.CardAccess', () =>
        encodeCardAccess([
          { kind: 'pace', oid: '0.4.0.127.0.7.2.2.4.2.2', version: 2, parameterId: 12 },
        ]),
      ),
    'EF.CardAccess has PACE ECDH-GM AES-128, parameters 12, which EF.DG14 does not repeat',
  ],
  [
    'a picture that cannot be decoded',
    () =>
      makeSpecimen({
        beforeSigning: (files) => files.set('EF.DG2', withoutPictureStart(files.get('EF.DG2')!)),
      }),
    'The picture in EF.DG2 cannot be decoded',
  ],
  [
    'another person than was meant',
    async () => {
      const { files } = await makeSpecimen();
      const meant = await makeSpecimen({
        beforeSigning: (unsigned) => unsigned.set('EF.DG1', OTHER_DG1),
      });
      return { ...(await makeSpecimen()), files, expected: meant.files };
    },
    'EF.DG1 is not the file that was meant: the name differs',
  ],
  [
    'a signed structure that is none',
    () =>
      makeSpecimen({
        beforeSigning: (files) => files.set('EF.DG14', encodeTlv(0x6e, derSequence())),
      }),
    'EF.DG14 is malformed',
  ],
];

describe('a set with one fault is refused for exactly that', () => {
  test.each(FAULTS)('%s', async (_, make, start) => {
    const report = judgeFiles(await make());
    expect(report.verdict).toBe('fail');
    expect(report.sentence.en.replace(/^Refused: /, '').slice(0, start.length)).toBe(start);
    expect(report.sentence.vi).not.toBe(report.sentence.en);
    expect(withOutcome(report, 'fail').filter((line) => line.includes('broke off'))).toEqual([]);
  });
});
