import { X509Certificate } from 'node:crypto';
import { parseCertificate } from '../../standards/pki/certificate';
import { findNameAttribute, formatName } from '../../standards/pki/distinguished-name';
import {
  readAltNames,
  readDocumentTypes,
  readPrivateKeyUsagePeriod,
} from '../../standards/pki/read-extensions';
import { verifyCertificateSignature } from '../../standards/pki/verify-certificate';
import { makeTrialSigner, systemRandom, type TrialSigner } from '../signing/testing/trial-signer';
import { addMonths } from './add-months';
import { chooseSigner } from './choose-signer';
import { drawSerialNumber } from './issue-certificate';
import { issueTrialKeys } from './issue-trial-keys';

let trial: TrialSigner;
beforeAll(async () => {
  trial = await makeTrialSigner('ecdsa-brainpoolP256r1-sha256');
});
afterAll(() => trial.remove());

const day = (date: Date | undefined): string | undefined => date?.toISOString().slice(0, 10);

describe('trial keys', () => {
  it('are a CSCA and a document signer below it', () => {
    const csca = parseCertificate(trial.keys.csca.certificate);
    const dsc = parseCertificate(trial.signer.certificate);
    expect(verifyCertificateSignature(csca, csca.publicKey)).toMatchObject({ valid: true });
    expect(verifyCertificateSignature(dsc, csca.publicKey)).toMatchObject({ valid: true });
    expect(new X509Certificate(dsc.raw).checkIssued(new X509Certificate(csca.raw))).toBe(true);
    expect(formatName(csca.subject)).toBe('C=UT, O=Persoline trial issuer, CN=CSCA UTO trial');
    expect(findNameAttribute(dsc.subject, 'C')).toBe('UT');
    const [locality] = readAltNames(dsc, 'subjectAltName')!.directoryNames;
    expect(findNameAttribute(locality!, 'L')).toBe('UTO');
    expect(readDocumentTypes(dsc)).toEqual(['I', 'P']);
  });

  it('live as long as the last document that depends on them', () => {
    const csca = parseCertificate(trial.keys.csca.certificate);
    const dsc = parseCertificate(trial.signer.certificate);
    const use = readPrivateKeyUsagePeriod(csca)!;
    const signerUse = readPrivateKeyUsagePeriod(dsc)!;
    expect([day(use.from), day(use.until)]).toEqual(['2026-03-02', '2030-03-02']);
    expect([day(signerUse.from), day(signerUse.until)]).toEqual(['2026-03-02', '2026-06-02']);
    expect(day(dsc.validity.until)).toBe('2036-06-02');
    expect(day(csca.validity.until)).toBe('2040-06-02');
  });

  it('have keys of one purpose each', async () => {
    const { hsm, keys } = trial;
    const purposes = await Promise.all(
      [keys.csca.keyLabel, keys.signers[0]!.keyLabel, keys.storageKeyLabel].map(
        async (label) => (await hsm.findKey(label))?.purpose,
      ),
    );
    expect(purposes).toEqual(['csca-sign', 'document-sign', 'storage-wrap']);
  });

  it('are refused with every reason at once', async () => {
    const tools = { hsm: trial.hsm, clock: { now: () => new Date() }, random: systemRandom };
    const wrong = { country: 'utopia', state: 'uto', documentYears: 0, documentTypes: ['XYZ'] };
    await expect(issueTrialKeys(wrong, tools)).rejects.toMatchObject({
      code: 'USAGE',
      reasons: [
        'the country is not two capital letters',
        'the state is not one to three capital letters',
        'the longest validity of a document is not 1 to 50 whole years',
        'a document type is not one or two capital letters',
      ],
    });
    const algorithm = { country: 'UT', state: 'UTO', algorithm: 'rsa-512-md5' };
    await expect(issueTrialKeys(algorithm, tools)).rejects.toMatchObject({
      code: 'USAGE',
      place: 'signature algorithm name',
    });
  });
});

describe('the signer in use', () => {
  it('is the newest whose periods hold now', () => {
    const other = { ...trial.keys.signers[0]!, keyLabel: 'dsc-2' };
    const keys = { ...trial.keys, signers: [...trial.keys.signers, other] };
    expect(chooseSigner(keys, new Date('2026-05-01T00:00:00Z')).keyLabel).toBe('dsc-2');
  });

  it('is missing when no period holds', () => {
    const late = new Date('2026-07-01T00:00:00Z');
    expect(() => chooseSigner(trial.keys, late)).toThrow(
      expect.objectContaining({ code: 'SIGNER_OUTSIDE_PERIOD' }) as Error,
    );
  });
});

it.each([
  ['2026-01-31', 1, '2026-02-28'],
  ['2024-01-31', 1, '2024-02-29'],
  ['2024-02-29', 12, '2025-02-28'],
  ['2026-11-30', 3, '2027-02-28'],
  ['2026-03-02', 171, '2040-06-02'],
])('%s and %i months is %s', (from, months, until) => {
  expect(day(addMonths(new Date(`${from}T12:00:00Z`), months))).toBe(until);
});

it.each([0x00, 0xff, 0x80, 0x7f])('a serial number from %i is positive and never short', (byte) => {
  const serial = drawSerialNumber({ bytes: (length) => new Uint8Array(length).fill(byte) });
  expect(serial).toHaveLength(16);
  expect(serial[0]! >= 0x40 && serial[0]! < 0x80).toBe(true);
});
