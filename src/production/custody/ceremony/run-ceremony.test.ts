import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSoftwareHsm } from '../../../../hsm-mock/software-hsm';
import { createToken } from '../../../../hsm-mock/token';
import { importPublicKey, verifySignature } from '../../../standards/crypto/sign-verify';
import { parseSignatureAlgorithmName } from '../../../standards/crypto/signature-algorithms';
import { parseCertificate } from '../../../standards/pki/certificate';
import { lintCertificate } from '../../../standards/pki/lint/lint-certificate';
import { verifyCertificateSignature } from '../../../standards/pki/verify-certificate';
import { ProductionError } from '../../errors';
import type { Hsm } from '../../ports';
import {
  makeCustodianKey,
  openCustodianKey,
  type PresentCustodian,
} from '../four-eyes/custodian-key';
import { parseCeremony, type CeremonyFile } from './ceremony-file';
import type { JournalEntry } from './ceremony-journal';
import { runCeremony, type CeremonyTools } from './run-ceremony';
import { sampleCeremony } from './testing/sample-ceremony';
import { buildTranscript, signTranscript } from './transcript';

const random = { bytes: (length: number) => new Uint8Array(randomBytes(length)) };
const at = new Date('2026-03-01T09:00:00Z');
const people: PresentCustodian[] = [];
const folders: string[] = [];
let file: CeremonyFile;

beforeAll(async () => {
  for (const name of ['an', 'binh', 'chi', 'dung']) {
    const { text } = await makeCustodianKey(name, 'bốn mắt nhìn một', random);
    people.push(await openCustodianKey(text, 'bốn mắt nhìn một', name));
  }
  file = parseCeremony(sampleCeremony(people.slice(0, 3)), 'ceremony.yaml');
}, 60_000);
afterAll(() => Promise.all(folders.map((one) => rm(one, { recursive: true, force: true }))));

async function newHsm(): Promise<Hsm> {
  const directory = await mkdtemp(join(tmpdir(), 'persoline-ceremony-'));
  folders.push(directory);
  await createToken({ directory }, 'trial');
  return openSoftwareHsm({ directory, pin: 'trial' });
}

/** A room with a journal in memory; `fail` is asked before each thing that lasts. */
function room(hsm: Hsm, fail: () => void = () => undefined) {
  const entries: JournalEntry[] = [];
  const said: string[] = [];
  const tools: CeremonyTools = {
    ...{ random, clock: { now: () => at } },
    hsm: {
      ...hsm,
      findKey: (label) => hsm.findKey(label),
      generateKeyPair: async (request) => {
        fail();
        const key = await hsm.generateKeyPair(request);
        fail();
        return key;
      },
      generateSecretKey: async (request) => {
        fail();
        const key = await hsm.generateSecretKey(request);
        fail();
        return key;
      },
      sign: async (request) => {
        fail();
        const signature = await hsm.sign(request);
        fail();
        return signature;
      },
    },
    journal: {
      read: () => Promise.resolve([...entries]),
      append: (entry) => {
        fail();
        entries.push(entry);
        fail();
        return Promise.resolve();
      },
    },
    tell: ({ en }) => void said.push(en),
    proceed: () => Promise.resolve(),
  };
  return { tools, entries, said };
}

const live = (...names: readonly string[]) => ({
  rehearsal: false,
  custodians: people.filter(({ name }) => names.includes(name)),
});

test('makes keys and certificates that hold, and a transcript that the audit key signed', async () => {
  const hsm = await newHsm();
  const { tools, said } = room(hsm);
  const record = await runCeremony(file, live('an', 'chi'), tools);
  const { csca, signers } = record.keys;
  const root = parseCertificate(csca.certificate);
  const signer = parseCertificate(signers[0]!.certificate);
  expect(lintCertificate(root, 'csca')).toEqual([]);
  expect(lintCertificate(signer, 'dsc')).toEqual([]);
  expect(verifyCertificateSignature(signer, root.publicKey).valid).toBe(true);
  expect(root.validity.until.toISOString()).toBe('2040-06-02T00:00:00.000Z');
  expect(signer.validity.until.toISOString()).toBe('2036-06-04T00:00:00.000Z');
  const transcript = buildTranscript(record);
  expect(transcript).toMatchObject({
    rehearsal: false,
    confirmations: [{ custodian: 'an' }, { custodian: 'chi' }],
    interruptions: [],
    steps: [{ make: 'csca' }, { make: 'document-signer' }, { make: 'storage-key' }, {}],
  });
  const { text, signature, algorithm } = await signTranscript(record, transcript, hsm);
  const { publicKey } = (await hsm.findKey('audit-1'))!;
  const right = verifySignature({
    algorithm: parseSignatureAlgorithmName(algorithm).signature,
    publicKey: importPublicKey(publicKey!),
    message: Buffer.from(text),
    signature,
  });
  expect(right).toBe(true);
  expect(said.at(-1)).toContain('sign it by hand');
}, 30_000);

test('resumes or rolls back from every moment, says which, and makes no key twice', async () => {
  const count = { total: 0 };
  const counting = room(await newHsm(), () => {
    count.total++;
  });
  await runCeremony(file, live('an', 'binh'), counting.tools);
  expect(count.total).toBeGreaterThan(20);
  const decisions = new Set<string>();
  for (let moment = 1; moment <= count.total; moment++) {
    const hsm = await newHsm();
    let left = moment;
    const { tools, said } = room(hsm, () => {
      if (--left === 0) throw new Error('the lights went out');
    });
    await expect(runCeremony(file, live('an', 'binh'), tools)).rejects.toThrow('lights');
    said.length = 0;
    const record = await runCeremony(file, live('an', 'binh'), tools);
    const words = said.filter((text) => /^(Resumed|Rolled back)/.test(text));
    for (const text of words) decisions.add(text.replace(/[: ].*/, ''));
    const { interruptions, confirmations } = buildTranscript(record);
    expect(interruptions.map(({ decision }) => decision)).toEqual(words);
    // Before the first entry nothing had begun; after it somebody is told.
    expect(words.length > 0).toBe(moment > 1);
    expect(confirmations.map(({ custodian }) => custodian)).toEqual(['an', 'binh']);
    const found = await Promise.all(
      ['csca-1', 'dsc-1', 'storage-1', 'audit-1'].map((label) => hsm.findKey(label)),
    );
    expect(found.every((key) => key !== undefined)).toBe(true);
    expect(record.results).toHaveLength(4);
  }
  expect(decisions).toEqual(new Set(['Resumed', 'Rolled']));
}, 120_000);

describe('a ceremony refuses', () => {
  const refusal = async (order: Parameters<typeof runCeremony>[1]): Promise<readonly string[]> => {
    const { tools } = room(await newHsm());
    const error: unknown = await runCeremony(file, order, tools).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ProductionError);
    expect((error as ProductionError).code).toBe('FOUR_EYES_REFUSED');
    return (error as ProductionError).reasons;
  };

  it('too few people, somebody twice, the requester, somebody with another key', async () => {
    expect(await refusal(live('an'))).toEqual(['1 of 2 confirmed']);
    const [an, binh] = people as [PresentCustodian, PresentCustodian];
    expect(await refusal({ rehearsal: false, custodians: [an, an] })).toEqual([
      'an has confirmed already',
    ]);
    expect(await refusal(live('dung'))).toEqual(['dung is not among the custodians of this file']);
    const impostor = { ...binh, name: 'an' };
    expect(await refusal({ rehearsal: false, custodians: [impostor, binh] })).toEqual([
      'the key of an is not the one in this file',
    ]);
  });

  it('a journal of another file, or of a rehearsal', async () => {
    const hsm = await newHsm();
    const { tools } = room(hsm);
    await runCeremony(file, { rehearsal: true, custodians: [] }, tools);
    await expect(runCeremony(file, live('an', 'binh'), tools)).rejects.toMatchObject({
      code: 'CEREMONY_INVALID',
    });
    const other = parseCeremony(`${sampleCeremony(people.slice(0, 3))}# `, 'ceremony.yaml');
    const order = { rehearsal: true, custodians: [] };
    await expect(runCeremony(other, order, tools)).rejects.toMatchObject({
      code: 'CEREMONY_INVALID',
    });
  });

  it('a key that somebody else made under its label', async () => {
    const hsm = await newHsm();
    await hsm.generateSecretKey({ label: 'storage-1', purpose: 'storage-wrap' });
    const { tools } = room(hsm);
    await expect(runCeremony(file, live('an', 'binh'), tools)).rejects.toMatchObject({
      code: 'CEREMONY_INVALID',
      reasons: ['the HSM has a key storage-1 that this ceremony did not make'],
    });
  });
});

describe('a ceremony file', () => {
  const change = (from: string | RegExp, to: string): readonly string[] => {
    try {
      parseCeremony(sampleCeremony(people.slice(0, 3)).replace(from, to), 'c.yaml');
      return [];
    } catch (error) {
      expect(error).toMatchObject({ code: 'CEREMONY_INVALID' });
      return (error as ProductionError).reasons;
    }
  };

  it.each([
    ['state: UTO', 'state: UTO\npin: 1234', 'c.yaml:4: pin: found the unknown member "pin"'],
    ['needed: 2', 'needed: 1', 'c.yaml:10: confirm.needed: found 1; allowed: at least 2'],
    ['needed: 2', 'needed: 4', 'c.yaml:10: confirm.needed: found 4; allowed: at most the 3'],
    [
      'requestedBy: dung',
      'requestedBy: an',
      'c.yaml:12: confirm.custodians[0]: found the requester',
    ],
    ['name: binh', 'name: an', 'c.yaml:13: confirm.custodians[1]: found a person twice'],
    [
      'useMonths: 3\n',
      'useMonths: 4\n',
      'c.yaml:27: steps[1].useMonths: found 4; allowed: at most 3',
    ],
    ['label: dsc-1', 'label: csca-1', 'c.yaml:23: steps[1].label: found the label csca-1 again'],
    [/ {2}- \{ make: storage.*\n/, '', 'c.yaml:16: steps: found 3 entries; allowed: at least 4'],
    ['country: UT', 'country: &x UT', 'c.yaml:2: found the anchor &x; allowed: no anchors'],
  ])('with %s → %s is refused with its line', (from, to, reason) => {
    const reasons = change(from, to);
    expect(reasons.some((one) => one.startsWith(reason))).toBe(true);
  });
});
