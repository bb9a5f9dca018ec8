import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSoftwareHsm } from '../../../../hsm-mock/software-hsm';
import { createToken } from '../../../../hsm-mock/token';
import { openPkcs11Hsm } from '../../../adapters/pkcs11/pkcs11-hsm';
import { makeSoftHsmToken } from '../../../adapters/pkcs11/testing/soft-hsm-token';
import type { AuditEvent } from '../../document/custody/audit-log';
import { servesUse } from '../../document/key-uses';
import type { Hsm, KeyPurpose } from '../../ports';
import { auditHsm } from './audited';

const PAIRS = [
  ...['csca-sign', 'document-sign', 'master-list-sign', 'audit-sign'],
  ...['cvca-sign', 'dv-sign', 'terminal-sign'],
] as readonly KeyPurpose[];
const SECRETS = ['card-master', 'storage-wrap'] as const;
const USES = [...PAIRS, 'crl-sign', ...SECRETS] as const;
const algorithm = 'ecdsa-P-256-sha256';
const message = new Uint8Array([1, 2, 3]);

interface Opened {
  readonly hsm: Hsm;
  readonly remove: () => Promise<void>;
}

async function openMock(): Promise<Opened> {
  const directory = await mkdtemp(join(tmpdir(), 'persoline-wrong-use-'));
  await createToken({ directory }, 'trial');
  const hsm = await openSoftwareHsm({ directory, pin: 'trial' });
  return { hsm, remove: () => rm(directory, { recursive: true, force: true }) };
}

async function openSoftHsm(): Promise<Opened> {
  const { remove, ...token } = await makeSoftHsmToken();
  return { hsm: await openPkcs11Hsm(token), remove };
}

describe.each([
  ['hsm-mock', openMock],
  ['SoftHSM2', openSoftHsm],
])('%s', (_, open) => {
  let opened: Opened;
  const entries: AuditEvent[] = [];
  let hsm: Hsm;

  beforeAll(async () => {
    opened = await open();
    const append = (writer: string, event: AuditEvent) => {
      entries.push(event);
      return Promise.resolve({ writer, sequence: entries.length, sha256: message });
    };
    hsm = auditHsm(opened.hsm, {
      ...{ log: { append }, writer: 'test', who: 'an', place: 'here' },
      clock: { now: () => new Date('2026-03-02T08:00:00Z') },
    });
    for (const purpose of PAIRS) await hsm.generateKeyPair({ label: purpose, purpose, algorithm });
    for (const purpose of SECRETS) await hsm.generateSecretKey({ label: purpose, purpose });
  }, 60_000);
  afterAll(async () => {
    await hsm.close();
    await opened.remove();
  });

  const pairs = [...PAIRS, ...SECRETS].flatMap((purpose) =>
    USES.filter((use) => SECRETS.some((one) => one === purpose) || !servesUse(purpose, use)).map(
      (use) => [purpose, use] as const,
    ),
  );

  test.each(pairs)(
    'a %s key that is asked for %s refuses, and that is written',
    async (key, use) => {
      entries.length = 0;
      const signing = hsm.sign({ label: key, purpose: use, algorithm, message });
      await expect(signing).rejects.toMatchObject({ code: 'HSM_WRONG_USE' });
      expect(entries).toHaveLength(1);
      expect(entries[0]).toMatchObject({
        ...{ who: 'an', action: 'sign', subject: `key ${key}`, outcome: 'refused' },
        reasons: [use, 'HSM_WRONG_USE', expect.any(String)],
      });
    },
  );

  test.each([...PAIRS, 'card-master'] as const)('a %s key seals and opens nothing', async (key) => {
    entries.length = 0;
    const wrong = { code: 'HSM_WRONG_USE' };
    await expect(hsm.seal(key, message, '')).rejects.toMatchObject(wrong);
    await expect(hsm.open(key, new Uint8Array(64), '')).rejects.toMatchObject(wrong);
    expect(entries.map(({ action, outcome }) => [action, outcome])).toEqual([
      ['seal', 'refused'],
      ['open', 'refused'],
    ]);
  });

  test('the revocation list is a use of the CSCA key, asked for by its name', async () => {
    entries.length = 0;
    await hsm.sign({ label: 'csca-sign', purpose: 'crl-sign', algorithm, message });
    expect(entries).toMatchObject([{ action: 'sign', outcome: 'done', reasons: ['crl-sign'] }]);
  });

  test('the end of a key is written, and so is an attempt on the wrong one', async () => {
    entries.length = 0;
    const key = { label: 'terminal-sign', purpose: 'terminal-sign' } as const;
    const wrong = hsm.destroyKey({ ...key, purpose: 'dv-sign' });
    await expect(wrong).rejects.toMatchObject({ code: 'HSM_WRONG_USE' });
    await hsm.destroyKey(key);
    expect(entries.map(({ action, outcome }) => [action, outcome])).toEqual([
      ['destroy-key', 'refused'],
      ['destroy-key', 'done'],
    ]);
  });
});
