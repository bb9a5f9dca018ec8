import { createHash } from 'node:crypto';
import {
  parseCardSecurity,
  verifyCardSecurity,
} from '../../standards/access/card-security/card-security';
import { parseEfSod } from '../../standards/cms/ef-sod';
import { parseSignedData } from '../../standards/cms/parse-signed-data';
import { verifySigner } from '../../standards/cms/verify-signed-data';
import { parseLdsSecurityObject } from '../../standards/lds/lds-security-object';
import { parseCertificate } from '../../standards/pki/certificate';
import { encodeTlv } from '../../standards/tlv/tlv';
import type { LdsFileName, LdsFiles } from '../document/lds-files';
import type { DocumentSigner, SignedDocument } from '../document/signed-document';
import { ProductionError } from '../errors';
import type { Hsm } from '../ports';
import type { SigningRules } from './build-security-object';
import { findCardSecurityFaults } from './find-card-security-faults';
import { findSodFaults } from './find-sod-faults';
import { signCardSecurity } from './sign-card-security';
import { signDocument, type SigningTools } from './sign-document';
import { makeTrialSigner, type TrialSigner } from './testing/trial-signer';

const files: LdsFiles = new Map<LdsFileName, Uint8Array>([
  ['EF.COM', encodeTlv(0x60, Uint8Array.of(1))],
  ['EF.CardAccess', encodeTlv(0x31, Uint8Array.of(2))],
  ['EF.DG1', encodeTlv(0x61, Uint8Array.of(3))],
  ['EF.DG2', encodeTlv(0x75, new Uint8Array(12_000).fill(4))],
  ['EF.DG13', encodeTlv(0x6d, Uint8Array.of(5))],
]);
const lds = { version: '1.8', unicodeVersion: '4.0.0' } as SigningRules['lds'];
const version1: SigningRules = { lds, signing: { securityObjectVersion: 1, digest: 'sha256' } };
const now = new Date('2026-04-01T08:30:15Z');
const rest = {
  access: { mrz: { documentNumber: 'X', dateOfBirth: '900101', dateOfExpiry: '360101' } },
  chipKeys: {},
};

function sign(
  trial: { signer: DocumentSigner; hsm: Hsm },
  change: { rules?: SigningRules; files?: LdsFiles; now?: Date } = {},
): Promise<SignedDocument> {
  const order = { files, rules: version1, ...rest, signer: trial.signer, ...change };
  return signDocument(order, { hsm: trial.hsm, clock: { now: () => change.now ?? now } });
}

const sodOf = (document: { files: LdsFiles }): Uint8Array => document.files.get('EF.SOD')!;

const trials = new Map<string, TrialSigner>();
const algorithms = [
  'ecdsa-P-256-sha256',
  'ecdsa-brainpoolP256r1-sha256',
  'ecdsa-brainpoolP384r1-sha384',
  'rsa-2048-pkcs1-sha256',
  'rsa-3072-pss-sha256',
];

beforeAll(async () => {
  for (const algorithm of algorithms) trials.set(algorithm, await makeTrialSigner(algorithm));
}, 60_000);
afterAll(() => Promise.all([...trials.values()].map((trial) => trial.remove())));

describe.each(algorithms)('%s', (algorithm) => {
  it('signs EF.CardSecurity too, where the chip has one', async () => {
    const { hsm, signer } = trials.get(algorithm)!;
    const infos = [
      { kind: 'pace', oid: '0.4.0.127.0.7.2.2.4.2.2', version: 2, parameterId: 13 },
    ] as const;
    const order = { files, rules: version1, ...rest, signer, cardSecurity: infos };
    const document = await signDocument(order, { hsm, clock: { now: () => now } });
    const parsed = parseCardSecurity(document.files.get('EF.CardSecurity')!);
    expect(parsed.infos).toEqual(infos);
    expect(verifyCardSecurity(parsed)).toMatchObject({ valid: true });
    expect(findSodFaults(document.files, signer)).toEqual([]);
  });

  it('signs every data group over its exact bytes', async () => {
    const { hsm, signer } = trials.get(algorithm)!;
    const document = await sign({ hsm, signer });
    expect([...document.files.keys()]).toEqual([...files.keys(), 'EF.SOD']);
    expect(document.signedAt).toEqual(now);
    const signedData = parseSignedData(parseEfSod(sodOf(document)));
    expect(signedData.issues).toEqual([]);
    const { publicKey } = parseCertificate(signer.certificate);
    expect(verifySigner(signedData, signedData.signers[0]!, publicKey)).toMatchObject({
      contentType: { valid: true },
      messageDigest: { valid: true },
      signature: { valid: true },
      signingTime: now,
    });
    const { hashes, ...content } = parseLdsSecurityObject(signedData.content!);
    expect(content).toEqual({
      version: 1,
      digest: 'sha256',
      ldsVersion: '0108',
      unicodeVersion: '040000',
    });
    expect([...hashes.keys()]).toEqual([1, 2, 13]);
    const dg2 = createHash('sha256').update(files.get('EF.DG2')!).digest();
    expect(Buffer.from(hashes.get(2)!)).toEqual(dg2);
  });

  it('notices a change of any file, of the signature and of the signer', async () => {
    const { hsm, signer } = trials.get(algorithm)!;
    const document = await sign({ hsm, signer });
    expect(findSodFaults(document.files, signer)).toEqual([]);
    const withFile = (name: LdsFileName, bytes: Uint8Array): LdsFiles =>
      new Map([...document.files, [name, bytes]]);
    const sod = sodOf(document);
    const flipped = sod.map((byte, index) => (index === sod.length - 1 ? byte ^ 1 : byte));
    expect(findSodFaults(withFile('EF.SOD', flipped), signer)).toEqual([
      'the signature does not verify',
    ]);
    expect(findSodFaults(withFile('EF.DG1', encodeTlv(0x61)), signer)).toEqual([
      'the hash of EF.DG1 is wrong',
    ]);
    expect(findSodFaults(withFile('EF.DG14', encodeTlv(0x6e)), signer)).toEqual([
      'EF.DG14 has no hash',
    ]);
    const other = trials.get(algorithms.find((one) => one !== algorithm)!)!.signer;
    expect(findSodFaults(document.files, other)).toEqual(["the certificate is not the signer's"]);
  });
});

describe('a signer', () => {
  it('writes a security object of version 0 without versions, and replaces an older EF.SOD', async () => {
    const rules: SigningRules = { lds, signing: { securityObjectVersion: 0, digest: 'sha512' } };
    const older: LdsFiles = new Map([...files, ['EF.SOD', Uint8Array.of(0)] as const]);
    const document = await sign(trials.get('ecdsa-P-256-sha256')!, { rules, files: older });
    const { content } = parseSignedData(parseEfSod(sodOf(document)));
    const object = parseLdsSecurityObject(content!);
    expect([object.version, object.digest, object.ldsVersion]).toEqual([0, 'sha512', undefined]);
  });

  it.each([
    ['before the key is in use', '2026-03-01T23:59:59Z', ['key usage', 'validity']],
    ['after the key was in use', '2026-06-02T00:00:01Z', ['key usage']],
    ['after the certificate has ended', '2036-06-02T00:00:01Z', ['key usage', 'validity']],
  ])('refuses %s', async (_, moment, periods) => {
    const error: unknown = await sign(trials.get('ecdsa-P-256-sha256')!, {
      now: new Date(moment),
    }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ProductionError);
    const { code, reasons } = error as ProductionError;
    expect(code).toBe('SIGNER_OUTSIDE_PERIOD');
    expect(reasons.map((reason) => reason.split(' is ')[0])).toEqual(periods);
  });

  it.each(['2026-03-02T00:00:00Z', '2026-06-02T00:00:00Z'])('signs at the bound %s', async (at) => {
    const document = await sign(trials.get('ecdsa-P-256-sha256')!, { now: new Date(at) });
    expect(document.signedAt).toEqual(new Date(at));
  });

  it('gives nothing out that an HSM signed wrongly', async () => {
    const { hsm, signer } = trials.get('ecdsa-P-256-sha256')!;
    const other = Uint8Array.of(1, 2, 3);
    const broken: Hsm = Object.assign(Object.create(hsm) as Hsm, {
      sign: (request: Parameters<Hsm['sign']>[0]) => hsm.sign({ ...request, message: other }),
    });
    await expect(sign({ hsm: broken, signer })).rejects.toMatchObject({
      code: 'SIGNATURE_WRONG',
      reasons: ['the signature does not verify'],
    });
  });

  it.each([
    ['EF.DG13', Uint8Array.of(0x6d, 0), 'EF.DG13 is not the draft'],
    ['EF.CardAccess', Uint8Array.of(0x31, 0), 'EF.CardAccess is not the draft'],
    ['EF.DG16', Uint8Array.of(0x70, 0), 'EF.DG16 is not in both'],
  ] as const)('gives nothing out when %s is not what was drafted', async (name, bytes, reason) => {
    const trial = trials.get('ecdsa-P-256-sha256')!;
    const changing = new Map(files);
    const order = { files: changing, rules: version1, ...rest, signer: trial.signer };
    // Whoever looks at the draft changes a file under the hands of the signer.
    const lint: SigningTools['lint'] = ({ stage }) => {
      if (stage === 'draft') changing.set(name, bytes);
      return [];
    };
    const tools = { hsm: trial.hsm, clock: { now: () => now }, lint };
    await expect(signDocument(order, tools)).rejects.toMatchObject({
      code: 'SIGNATURE_WRONG',
      reasons: expect.arrayContaining([reason]) as string[],
    });
  });

  it('gives nothing out when the security object is not what was drafted', async () => {
    const trial = trials.get('ecdsa-P-256-sha256')!;
    const rules = { ...version1, lds: { ...lds } };
    const order = { files, rules, ...rest, signer: trial.signer };
    const lint: SigningTools['lint'] = ({ stage }) => {
      if (stage === 'draft') Object.assign(rules.lds, { unicodeVersion: '9.0.0' });
      return [];
    };
    const tools = { hsm: trial.hsm, clock: { now: () => now }, lint };
    await expect(signDocument(order, tools)).rejects.toMatchObject({
      reasons: [expect.stringMatching(/^EF\.SOD is not the draft at 0\.1\.0\.2/) as string],
    });
  });

  it('gives nothing out when EF.CardSecurity is not what was drafted', async () => {
    const trial = trials.get('ecdsa-P-256-sha256')!;
    const info = { kind: 'pace', oid: '0.4.0.127.0.7.2.2.4.2.2', version: 2 } as const;
    const cardSecurity = [{ ...info, parameterId: 13 }];
    const order = { files, rules: version1, ...rest, signer: trial.signer, cardSecurity };
    const lint: SigningTools['lint'] = ({ stage }) => {
      if (stage === 'draft') cardSecurity[0] = { ...info, parameterId: 12 };
      return [];
    };
    const tools = { hsm: trial.hsm, clock: { now: () => now }, lint };
    await expect(signDocument(order, tools)).rejects.toMatchObject({
      reasons: [expect.stringMatching(/^EF\.CardSecurity is not the draft at 1\.0\.2/) as string],
    });
  });

  it('has EF.CardSecurity read by other code, and every change of it noticed', async () => {
    const { hsm, signer } = trials.get('ecdsa-P-256-sha256')!;
    const infos = [
      { kind: 'pace', oid: '0.4.0.127.0.7.2.2.4.2.2', version: 2, parameterId: 13 },
    ] as const;
    const good = await signCardSecurity({ infos, signer, signedAt: now }, hsm);
    expect(findCardSecurityFaults(good, signer)).toEqual([]);
    const flipped = good.with(-1, good.at(-1)! ^ 1);
    expect(findCardSecurityFaults(flipped, signer)).toEqual([
      'EF.CardSecurity: the signature does not verify',
    ]);
    const other = trials.get('ecdsa-brainpoolP256r1-sha256')!.signer;
    expect(findCardSecurityFaults(good, other)).toEqual([
      "EF.CardSecurity: the certificate is not the signer's",
    ]);
    const empty = await signCardSecurity({ infos: [], signer, signedAt: now }, hsm);
    expect(findCardSecurityFaults(empty, signer)).toEqual([
      'EF.CardSecurity: there is no SecurityInfo in it',
    ]);
    const sod = parseEfSod(sodOf(await sign({ hsm, signer })));
    expect(findCardSecurityFaults(sod, signer)).toEqual([
      'EF.CardSecurity: the content is no security object',
      'EF.CardSecurity: the content type attribute is wrong',
      'EF.CardSecurity: the content is no SET of SecurityInfos',
    ]);
    for (const bytes of [[], [0x30, 0], [0x30, 2, 5, 0], [...good, 0]]) {
      const found = findCardSecurityFaults(Uint8Array.from(bytes), signer);
      expect(found).toEqual([expect.stringMatching(/^EF\.CardSecurity cannot be read: /)]);
    }
  });

  it('gives nothing out when its certificate is for another key', async () => {
    const { hsm, signer } = trials.get('ecdsa-P-256-sha256')!;
    const other = trials.get('ecdsa-brainpoolP256r1-sha256')!;
    const mixed = { ...signer, certificate: other.signer.certificate };
    await expect(sign({ hsm, signer: mixed })).rejects.toMatchObject({ code: 'SIGNATURE_WRONG' });
  });

  it('reads what is no EF.SOD as a fault', () => {
    const { signer } = trials.get('ecdsa-P-256-sha256')!;
    for (const sod of [[], [0x77, 0], [0x77, 2, 0x30, 0], [0x30, 0]]) {
      const found = findSodFaults(new Map([['EF.SOD', Uint8Array.from(sod)]]), signer);
      expect(found).toHaveLength(1);
      expect(found[0]).toMatch(/^EF\.SOD cannot be read/);
    }
  });
});
