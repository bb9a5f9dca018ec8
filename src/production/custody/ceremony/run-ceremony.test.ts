import { importPublicKey, verifySignature } from '../../../standards/crypto/sign-verify';
import { parseSignatureAlgorithmName } from '../../../standards/crypto/signature-algorithms';
import { parseCertificate } from '../../../standards/pki/certificate';
import { lintCertificate } from '../../../standards/pki/lint/lint-certificate';
import { parseRevocationList } from '../../../standards/pki/revocation-list';
import { verifyCertificateSignature } from '../../../standards/pki/verify-certificate';
import { openPostgresCustody } from '../../../adapters/postgres/custody-store';
import { ProductionError } from '../../errors';
import { issueCscaRoot } from '../issue-csca';
import { issueDocumentSigner } from '../issue-document-signer';
import { planIssuing } from '../issuing-plan';
import { approveCeremony } from './approve-ceremony';
import { parseCeremony, type CeremonyFile } from './ceremony-file';
import { adoptKey } from './perform-step';
import {
  type CeremonyPlace,
  CeremonyWorlds,
  hold,
  listKeys,
  random,
  type Witness,
} from './testing/ceremony-world';
import { LATER_STEPS } from './testing/later-ceremony';
import { FOUNDING_STEPS, sampleCeremony } from './testing/sample-ceremony';
import { buildTranscript, signTranscript } from './transcript';

let worlds: CeremonyWorlds;
let founding: CeremonyFile;
let quick: CeremonyFile;
let later: CeremonyFile;
let empty: CeremonyPlace;
/** Where the founding was held. */
let founded: CeremonyPlace;

const newWitness = (): Witness => ({ said: [], serials: new Set() });
const write = (steps: string, name: string): CeremonyFile =>
  parseCeremony(sampleCeremony(worlds.people.slice(0, 3), { steps, name }), 'ceremony.yaml');
const held = (place: CeremonyPlace, file: CeremonyFile, given: readonly Uint8Array[] = []) =>
  hold(place, { file, people: worlds.room('an', 'chi'), given }, newWitness());

beforeAll(async () => {
  worlds = await CeremonyWorlds.start();
  founding = write(FOUNDING_STEPS, 'csca-uto-2026');
  // The same on a curve that is computed faster.
  quick = write(FOUNDING_STEPS.replace(/ecdsa-brainpool.*/g, 'ecdsa-P-256-sha256'), 'csca-quick');
  later = write(LATER_STEPS, 'csca-uto-later');
  empty = await worlds.empty();
  founded = await worlds.copy(empty);
  await held(founded, quick);
}, 180_000);
afterAll(() => worlds.stop());

test('founds keys and certificates that hold, and a transcript that the audit key signed', async () => {
  const place = await worlds.copy(empty);
  const witness = newWitness();
  const record = await hold(place, { file: founding, people: worlds.room('an', 'chi') }, witness);
  const [root, signer] = record.results.map(({ certificate }) => certificate);
  const csca = parseCertificate(root!);
  const dsc = parseCertificate(signer!);
  expect(lintCertificate(csca, 'csca')).toEqual([]);
  expect(lintCertificate(dsc, 'dsc')).toEqual([]);
  expect(verifyCertificateSignature(dsc, csca.publicKey).valid).toBe(true);
  expect(csca.validity.until.toISOString()).toBe('2040-06-02T00:00:00.000Z');
  expect(dsc.validity.until.toISOString()).toBe('2036-06-04T00:00:00.000Z');
  const transcript = buildTranscript(record);
  expect(transcript).toMatchObject({
    rehearsal: false,
    approval: {
      ...{ requestedBy: 'dung', needed: 2 },
      confirmations: [{ custodian: 'an' }, { custodian: 'chi' }],
    },
    interruptions: [],
    steps: [{ does: 'make-csca' }, { does: 'add-signer' }, { does: 'make-storage-key' }, {}],
  });
  const { hsm } = place;
  const custody = await openPostgresCustody(place.database);
  const { text, signature, algorithm } = await signTranscript(record, transcript, hsm);
  const { publicKey } = (await hsm.findKey('audit-1'))!;
  const right = verifySignature({
    algorithm: parseSignatureAlgorithmName(algorithm).signature,
    publicKey: importPublicKey(publicKey!),
    message: Buffer.from(text),
    signature,
  });
  expect(right).toBe(true);
  expect(witness.said.at(-1)?.en).toContain('sign it by hand');
  // What was made is in custody too, without another act.
  expect((await custody.cscas.listCscas()).map(({ keyLabel }) => keyLabel)).toEqual(['csca-1']);
  expect(await custody.signers.listSigners()).toMatchObject([{ number: 1, state: 'waiting' }]);
  await custody.close();
}, 60_000);

test('does every later thing: renews, rolls over, renames, adds, asks, revokes, retires, ends', async () => {
  const place = await worlds.copy(founded);
  const record = await held(place, later);
  const [renewed, rolled, added, asked, lists, , crl] = record.results;
  const { hsm } = place;
  const custody = await openPostgresCustody(place.database);
  const cscas = await custody.cscas.listCscas();
  const [first, second, third] = cscas.map(({ certificate }) => parseCertificate(certificate));
  expect(cscas.map(({ keyLabel }) => keyLabel)).toEqual(['csca-1', 'csca-1', 'csca-2']);
  // Renewed: the same key and name, another certificate.
  expect(second!.raw).toEqual(renewed!.certificate);
  expect([second!.publicKey, second!.subject.raw]).toEqual([first!.publicKey, first!.subject.raw]);
  expect(lintCertificate(second!, 'csca')).toEqual([]);
  expect(second!.serialNumber).not.toEqual(first!.serialNumber);
  // Rolled over under another name: the link is signed by the old key and marks the change.
  const link = parseCertificate(rolled!.link!);
  expect(verifyCertificateSignature(link, second!.publicKey).valid).toBe(true);
  expect(link.publicKey).toEqual(third!.publicKey);
  expect(lintCertificate(link, 'csca-link')).toEqual([]);
  expect(link.extensions.map(({ oid }) => oid)).toContain('2.23.136.1.1.6.1');
  expect(
    verifyCertificateSignature(parseCertificate(added!.certificate!), third!.publicKey),
  ).toMatchObject({ valid: true });
  expect(asked!.request).toBeDefined();
  expect(lintCertificate(parseCertificate(lists!.certificate!), 'ml-signer')).toEqual([]);
  // The list, signed by the newest key, has the revoked one.
  const list = parseRevocationList(crl!.revocationList!);
  expect(verifyCertificateSignature(list, third!.publicKey).valid).toBe(true);
  expect(list.revoked).toHaveLength(1);
  // The key is gone; certificate and state stay.
  expect(await hsm.findKey('dsc-1')).toBeUndefined();
  expect(await custody.destructions.listDestructions()).toMatchObject([
    { label: 'dsc-1', destroyedAt: expect.any(Date) as Date },
  ]);
  expect(await custody.signers.listSigners()).toMatchObject([
    { number: 1, state: 'retired', revokedAt: expect.any(Date) as Date },
    { number: 2, state: 'waiting', maxSignatures: 1000 },
  ]);
  await custody.close();
}, 60_000);

test('takes what a CSCA elsewhere issued, by the hashes of the reviewed file alone', async () => {
  const place = await worlds.copy(founded);
  const request = `
  - { do: request-signer, label: gov-1, algorithm: ecdsa-P-256-sha256, commonName: Gov 1 }
`;
  await held(place, write(request, 'ask'));
  const opened = place;
  const plan = planIssuing({ country: 'UT', state: 'UTO' });
  const tools = { hsm: opened.hsm, random };
  const from = new Date('2026-03-01T00:00:00Z');
  const outside = { keyLabel: 'outside', algorithm: 'ecdsa-P-256-sha256', from };
  const csca = await issueCscaRoot(plan, outside, tools);
  const { certificate } = await issueDocumentSigner(
    plan,
    { ...outside, keyLabel: 'gov-1', number: 1, csca },
    { ...tools, hsm: adoptKey(opened.hsm, 'gov-1') },
  );
  const hash = async (der: Uint8Array): Promise<string> =>
    Buffer.from(await crypto.subtle.digest('SHA-256', new Uint8Array(der)))
      .toString('hex')
      .toUpperCase();
  const take = `
  - do: import-signer
    label: gov-1
    algorithm: ecdsa-P-256-sha256
    sha256: '${await hash(certificate)}'
    csca: '${await hash(csca.certificate)}'
    maxDays: 60
`;
  const file = write(take, 'take');
  await expect(held(place, file, [certificate])).rejects.toMatchObject({
    code: 'CEREMONY_INVALID',
    reasons: ['the certificates that it names by their hashes were not given'],
  });
  await held(place, file, [certificate, csca.certificate]);

  const custody = await openPostgresCustody(place.database);
  expect((await custody.signers.listSigners()).at(-1)).toMatchObject({
    ...{ number: 2, maxDays: 60, signer: { keyLabel: 'gov-1', certificate } },
  });
  await custody.close();
}, 60_000);

describe('interrupted at every moment, a ceremony resumes or rolls back and says which', () => {
  interface Case {
    readonly name: string;
    readonly begin: () => CeremonyPlace;
    readonly file: () => CeremonyFile;
    readonly keys: readonly string[];
    /** Certificates that it issues. */
    readonly serials: number;
    readonly rows: readonly number[];
  }
  const cases: readonly Case[] = [
    {
      ...{ name: 'founding', begin: () => empty, file: () => quick, serials: 2 },
      ...{ keys: ['audit-1', 'csca-1', 'dsc-1', 'storage-1'], rows: [1, 1, 0, 0, 0] },
    },
    {
      ...{ name: 'later', begin: () => founded, file: () => later, serials: 5 },
      keys: ['audit-1', 'csca-1', 'csca-2', 'dsc-2', 'dsc-gov-1', 'ml-1', 'storage-1'],
      rows: [3, 2, 1, 1, 1],
    },
  ];

  async function countRows(place: CeremonyPlace): Promise<readonly number[]> {
    const custody = await openPostgresCustody(place.database);
    const counts = [
      (await custody.cscas.listCscas()).length,
      (await custody.signers.listSigners()).length,
      (await custody.certificates.listCertificates()).length,
      (await custody.destructions.listDestructions()).length,
      (await custody.signers.latestRevocationList())?.number ?? 0,
    ];
    await custody.close();
    return counts;
  }

  test.each(cases)(
    '$name',
    async ({ begin, file, keys, serials, rows }) => {
      const meeting = { file: file(), people: worlds.room('an', 'binh') };
      let total = 0;
      await hold(await worlds.copy(begin()), meeting, newWitness(), () => {
        total++;
      });
      expect(total).toBeGreaterThan(15);
      const decisions = new Set<string>();
      for (let moment = 1; moment <= total; moment++) {
        const place = await worlds.copy(begin());
        const witness = newWitness();
        let left = moment;
        const first: unknown = await hold(place, meeting, witness, () => {
          if (--left === 0) throw new Error('the lights went out');
        }).catch((error: unknown) => error);
        // Before it was opened there is no ceremony yet that could be interrupted.
        const open = witness.said.some(({ en }) => en.startsWith('The hash of the ceremony file'));
        if (open) expect(first).toMatchObject({ code: 'CEREMONY_INTERRUPTED' });
        else expect(first).toMatchObject({ message: 'the lights went out' });
        witness.said.length = 0;
        const record = await hold(place, meeting, witness);
        const words = witness.said.filter(({ en }) => /^(Resumed|Rolled back)/.test(en));
        for (const { en, vi } of words) {
          decisions.add(en.split(' ')[0]!);
          expect(vi).toMatch(/^(Tiếp tục|Quay lui|Lễ này đã kết thúc)/);
        }
        const kept = words.filter(({ en }) => !en.includes('had come to its end'));
        expect([
          moment,
          buildTranscript(record).interruptions.map(({ decision }) => decision),
        ]).toEqual([moment, kept.map(({ en }) => en)]);
        if (open) expect([moment, words.length > 0]).toEqual([moment, true]);
        // No key twice, no certificate under a second serial number, no row too many or too few.
        expect([moment, await listKeys(place)]).toEqual([moment, keys]);
        expect([moment, witness.serials.size]).toEqual([moment, serials]);
        expect([moment, await countRows(place)]).toEqual([moment, rows]);
      }
      expect(decisions).toEqual(new Set(['Resumed', 'Rolled']));
    },
    300_000,
  );
});

test('whose request has expired is requested anew', async () => {
  const place = await worlds.copy(empty);
  const custody = await openPostgresCustody(place.database);
  const { fourEyes, ceremonies } = custody;
  const approve = (at: string, ...names: readonly string[]) =>
    approveCeremony(founding, worlds.room(...names), {
      ...{ fourEyes, ceremonies, clock: { now: () => new Date(at) }, by: 'test' },
      tell: () => undefined,
    });
  const alone = { code: 'FOUR_EYES_REFUSED', reasons: ['it has 1 of 2 approvals'] };
  await expect(approve('2026-03-10T09:00:00Z', 'an')).rejects.toMatchObject(alone);
  await expect(approve('2026-03-14T09:00:00Z', 'binh')).rejects.toMatchObject(alone);
  expect(await approve('2026-03-14T10:00:00Z', 'chi')).toMatchObject({
    approval: { confirmations: [{ custodian: 'binh' }, { custodian: 'chi' }] },
  });
  await custody.close();
}, 60_000);

describe('a ceremony refuses', () => {
  const refusal = async (
    names: readonly string[],
    change: (people: ReturnType<CeremonyWorlds['room']>) => ReturnType<CeremonyWorlds['room']> = (
      people,
    ) => people,
  ): Promise<readonly string[]> => {
    const place = await worlds.copy(empty);
    const people = change(worlds.room(...names));
    const error: unknown = await hold(place, { file: founding, people }, newWitness()).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(ProductionError);
    expect((error as ProductionError).code).toBe('FOUR_EYES_REFUSED');
    return (error as ProductionError).reasons;
  };

  it('too few people, somebody twice, the requester, somebody with another key', async () => {
    expect(await refusal(['an'])).toEqual(['it has 1 of 2 approvals']);
    const [an, binh, , dung] = worlds.people;
    const with2 = (one: typeof an, other: typeof an) => () => ({
      ...{ requester: dung!, custodians: [one!, other!] },
    });
    expect(await refusal([], with2(an, an))).toEqual(['an has confirmed already']);
    expect(await refusal(['dung'])).toEqual(['dung is not among the custodians of this file']);
    expect(await refusal([], with2({ ...binh!, name: 'an' }, binh))).toEqual([
      'the key of an is not the one in this file',
    ]);
    expect(await refusal([], () => ({ requester: an!, custodians: [binh!] }))).toEqual([
      'an is not who requests it by this file, dung',
    ]);
    expect(await refusal([], () => ({ custodians: [an!, binh!] }))).toEqual([
      'dung has not requested it',
    ]);
  }, 60_000);

  it('to be held twice, and to be held with a key that somebody else made', async () => {
    const place = await worlds.copy(founded);
    const before = await listKeys(place);
    const witness = newWitness();
    await hold(place, { file: quick, people: worlds.room() }, witness);
    expect(witness.said.map(({ en }) => en).join()).toContain('had come to its end');
    expect([await listKeys(place), witness.serials.size]).toEqual([before, 0]);
    const other = await worlds.copy(empty);
    const { hsm } = other;
    await hsm.generateSecretKey({ label: 'storage-1', purpose: 'storage-wrap' });
    await expect(held(other, founding)).rejects.toMatchObject({
      code: 'CEREMONY_INVALID',
      reasons: ['the HSM has a key storage-1 that this ceremony did not make'],
    });
  }, 60_000);

  it.each([
    [
      'a renewal beyond five years of the key',
      `\n  - { do: renew-csca, label: csca-1, from: '2026-05-02T00:00:00Z', useMonths: 60 }\n`,
      'SIGNER_OUTSIDE_PERIOD',
    ],
    [
      'a change of name that is not called one',
      LATER_STEPS.split('- do: add-signer')[0]!
        .replace(/.*renew-csca.*\n/, '')
        .replace(/.*rename.*\n/, '')
        .trimEnd() + '\n',
      'CEREMONY_INVALID',
    ],
    [
      'the end of the newest key',
      '\n  - { do: destroy-key, label: csca-1, purpose: csca-sign }\n',
      'FOUR_EYES_REFUSED',
    ],
  ])(
    '%s',
    async (name, steps, code) => {
      const place = await worlds.copy(founded);
      const file = write(steps, name.replaceAll(' ', '-'));
      const error: unknown = await held(place, file).catch((thrown: unknown) => thrown);
      const inner =
        error instanceof ProductionError && error.code === 'CEREMONY_INTERRUPTED'
          ? error.cause
          : error;
      expect(inner).toMatchObject({ code });
    },
    60_000,
  );
});
