import { packZip } from '../../fuzzing/pack-zip';
import { encodeEfSod, parseEfSod } from '../../standards/cms/ef-sod';
import { parseMasterList } from '../../standards/cms/master-list';
import { makeTestChain } from '../../standards/pki/testing/test-issuer';
import type { InspectionReport } from '../document/inspection-report';
import { judgeFiles, type JudgeRequest } from './judge-files';
import { inBer } from './testing/foreign-sods';
import { foreignCsca } from './testing/specimen-faults';
import { makeSpecimen, SPECIMEN_CHAIN } from './testing/specimen-set';
import { makeCrl, makeMasterList } from './testing/trust-files';
import { openTrustStore } from './trust-store';

const specimen = makeSpecimen();
const csca = SPECIMEN_CHAIN.csca.raw;

async function judgeWith(trust: JudgeRequest['trust']): Promise<InspectionReport> {
  return judgeFiles({ ...(await specimen), trust });
}

function outcomeOf(report: InspectionReport, id: string): string | undefined {
  const check = report.checks.find((one) => one.id === id);
  return `${check?.outcome}: ${check?.reason?.en ?? check?.found}`;
}

describe('trust anchors', () => {
  test.each([
    ['PEM', () => Buffer.from(pemOf(csca))],
    ['a master list', () => makeMasterList(SPECIMEN_CHAIN, [foreignCsca(), csca])],
    ['PEM, several in one file', () => Buffer.from(pemOf(foreignCsca()) + pemOf(csca))],
    [
      'an LDIF of the PKD',
      () => ldifOf('pkdMasterListContent', makeMasterList(SPECIMEN_CHAIN, [csca])),
    ],
    [
      'a ZIP archive with a word for people, as Germany publishes its list',
      () =>
        packZip([
          ['readme.txt', Buffer.from('The master list of an invented State.')],
          ['lists/', new Uint8Array()],
          ['lists/UT_ML.ml', makeMasterList(SPECIMEN_CHAIN, [csca])],
        ]),
    ],
    [
      'a ZIP archive of an LDIF',
      () =>
        packZip([
          ['pkd.ldif', ldifOf('pkdMasterListContent', makeMasterList(SPECIMEN_CHAIN, [csca]))],
        ]),
    ],
  ])('are taken from %s', async (_, make) => {
    const report = await judgeWith({ cscas: [make()] });
    expect(report.verdict).toBe('pass');
  });

  test.each([
    ['cut off', (zip: Uint8Array) => zip.subarray(0, 200)],
    ['damaged', (zip: Uint8Array) => zip.with(60, (zip[60] ?? 0) ^ 0xff)],
    ['of nothing but words', () => packZip([['readme.txt', Buffer.from('later')]])],
  ])('an archive that is %s is said to be unreadable', (_, change) => {
    const zip = packZip([['UT.cer', csca]]);
    expect(openTrustStore([change(zip)])).toMatchObject({
      cscas: [],
      unreadable: [expect.stringMatching(/^CSCA 1: /) as string],
    });
  });

  test('stand in the store once, wherever they came from', () => {
    const list = makeMasterList(SPECIMEN_CHAIN, [csca, foreignCsca()]);
    expect(openTrustStore([csca, list, csca]).cscas).toHaveLength(2);
  });

  test('a master list knows its own signature', () => {
    const list = makeMasterList(SPECIMEN_CHAIN, [csca]);
    expect(parseMasterList(list)).toMatchObject({ signatureValid: true, certificates: [csca] });
    const forged = list.with(-1, (list.at(-1) ?? 0) ^ 1);
    expect(parseMasterList(forged).signatureValid).toBe(false);
  });
});

test('revocation lists between the certificates count as such', async () => {
  const { dsc } = SPECIMEN_CHAIN;
  const report = await judgeWith({ cscas: [csca, makeCrl(SPECIMEN_CHAIN, { revoked: [dsc] })] });
  expect(report.sentence.en).toMatch(/revoked/);
  expect(openTrustStore([csca, makeCrl(SPECIMEN_CHAIN)])).toMatchObject({
    unreadable: [],
    crls: [{ version: 2 }],
  });
});

describe('the signer of a master list', () => {
  const list = makeMasterList(SPECIMEN_CHAIN, [csca]);
  const notesOf = ({ checks }: InspectionReport) =>
    checks.flatMap(({ outcome, reason }) => (outcome === 'note' ? (reason?.en ?? '') : []));

  test('whom nobody given by himself has issued is told of; the list counts all the same', async () => {
    const report = await judgeWith({ cscas: [list] });
    expect(report.verdict).toBe('pass');
    expect(notesOf(report)).toEqual([
      expect.stringMatching(
        /^A master list is signed by .*List signer Utopia.*believed on the word/,
      ),
    ]);
  });

  test('whom a CSCA given by itself has issued is believed', async () => {
    expect(notesOf(await judgeWith({ cscas: [list, csca] }))).toEqual([]);
    expect(openTrustStore([list, foreignCsca()]).strangers).toHaveLength(1);
  });
});

test('a master list in BER is read as well', async () => {
  const list = parseEfSod(inBer(encodeEfSod(makeMasterList(SPECIMEN_CHAIN, [csca]))));
  expect(list[1]).toBe(0x80);
  expect((await judgeWith({ cscas: [list] })).verdict).toBe('pass');
});

test('a master list of five hundred certificates', async () => {
  // The names are all that differs between those of other States.
  const other = Buffer.from(foreignCsca()).toString('latin1');
  const many = Array.from({ length: 500 }, (_, index) => {
    const name = `Atlan${String(index).padStart(3, '0')}`;
    return new Uint8Array(Buffer.from(other.replaceAll('Atlantis', name), 'latin1'));
  });
  const list = makeMasterList(SPECIMEN_CHAIN, [...many, csca]);
  const report = await judgeWith({ cscas: [list] });
  expect(openTrustStore([list])).toMatchObject({ unreadable: [] });
  expect(openTrustStore([list]).cscas).toHaveLength(501);
  expect(report.verdict).toBe('pass');
});

test('a master list whose signature is wrong vouches for nothing', async () => {
  const list = makeMasterList(SPECIMEN_CHAIN, [csca]);
  const forged = list.with(-1, (list.at(-1) ?? 0) ^ 1);
  const report = await judgeWith({ cscas: [forged] });
  expect(report.verdict).toBe('fail');
  expect(openTrustStore([forged]).unreadable).toEqual([
    'CSCA 1: the signature of the master list is wrong',
  ]);
});

test('document signers in an LDIF are no trust anchors', () => {
  const ldif = ldifOf('userCertificate;binary', SPECIMEN_CHAIN.dsc.raw);
  expect(openTrustStore([ldif]).cscas).toEqual([]);
});

describe('revocation', () => {
  const id = 'ICAO3:LDS_D/revocation';
  const { dsc } = SPECIMEN_CHAIN;

  test('a signer that no list names is not revoked', async () => {
    const report = await judgeWith({ cscas: [csca], crls: [makeCrl(SPECIMEN_CHAIN)] });
    expect(outcomeOf(report, id)).toBe('pass: CRL 2026-06-01, 0 entries');
  });

  test('a revoked signer is refused for that', async () => {
    const crls = [makeCrl(SPECIMEN_CHAIN, { revoked: [dsc] })];
    const report = await judgeWith({ cscas: [csca], crls });
    expect(report.sentence.en).toBe('Refused: The document signer was revoked on 2026-05-02.');
  });

  test('a list that is out of date still counts, with a warning', async () => {
    const nextUpdate = new Date('2026-06-10T00:00:00Z');
    const crls = [makeCrl(SPECIMEN_CHAIN, { nextUpdate })];
    const report = await judgeWith({ cscas: [csca], crls });
    expect(outcomeOf(report, id)).toBe(
      'warning: The revocation list is out of date since 2026-06-10.',
    );
  });

  test('a list that another key signed is not believed', async () => {
    const crls = [makeCrl(makeTestChain('ecdsa-P-256-sha256'), { revoked: [dsc] })];
    const report = await judgeWith({ cscas: [csca], crls });
    expect(outcomeOf(report, id)).toBe(
      'not-checked: No given revocation list is signed by this CSCA.',
    );
    expect(report.verdict).toBe('pass');
  });

  test('garbage for a list is named', async () => {
    const report = await judgeWith({ cscas: [csca], crls: [Uint8Array.of(0x30, 3, 1)] });
    expect(outcomeOf(report, id)).toMatch(/^warning: A given revocation list is malformed/);
  });
});

function pemOf(der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

/** An entry as the PKD writes it, its lines folded. */
function ldifOf(attribute: string, value: Uint8Array): Uint8Array {
  const line = `${attribute}:: ${Buffer.from(value).toString('base64')}`;
  const folded = (line.match(/.{1,76}/g) ?? []).join('\n ');
  return Buffer.from(`dn: cn=1,o=ml,c=UT,dc=data\nobjectClass: top\n${folded}\n\n`);
}
