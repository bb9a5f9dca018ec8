import { randomBytes } from 'node:crypto';
import type { Custodian, FourEyesStore, Proposal } from '../../document/custody/four-eyes';
import { makeCustodianKey, openCustodianKey, type PresentCustodian } from './custodian-key';
import { decide, hashSubject, propose } from './propose';
import { requireApproval } from './require-approval';

const random = { bytes: (length: number) => new Uint8Array(randomBytes(length)) };
const passphrase = 'bốn mắt nhìn một';
const at = new Date('2026-03-02T08:00:00Z');
const order = { kind: 'cut-over', subject: { signer: 14, reason: 'drill' } } as const;

const people = new Map<string, PresentCustodian>();
const person = (name: string): PresentCustodian => people.get(name)!;

beforeAll(async () => {
  for (const name of ['an', 'binh', 'chi', 'dung']) {
    const { text } = await makeCustodianKey(name, passphrase, random);
    people.set(name, await openCustodianKey(text, passphrase, name));
  }
}, 60_000);

/** A store that believes everybody: the signatures alone are to stop them. */
class TrustingStore {
  proposal: Proposal | undefined;
  readonly custodians: Custodian[] = [...people.values()].map(({ name, publicKey }) => ({
    ...{ name, publicKey, enrolledAt: at },
  }));

  listCustodians(): Promise<readonly Custodian[]> {
    return Promise.resolve(this.custodians);
  }

  propose(asked: Omit<Proposal, 'proposalId' | 'needed' | 'decisions'>): Promise<number> {
    this.proposal = { ...asked, proposalId: 1, needed: 2, decisions: [] };
    return Promise.resolve(1);
  }

  decide(_: number, decision: Proposal['decisions'][number]): Promise<void> {
    this.proposal = { ...this.proposal!, decisions: [...this.proposal!.decisions, decision] };
    return Promise.resolve();
  }

  findProposal(): Promise<Proposal | undefined> {
    return Promise.resolve(this.proposal);
  }

  port(): FourEyesStore {
    return this as Partial<FourEyesStore> as FourEyesStore;
  }
}

async function approvedBy(...names: readonly string[]): Promise<TrustingStore> {
  const store = new TrustingStore();
  await propose(store.port(), person('an'), { ...order, at });
  for (const name of names) {
    const proposal = store.proposal!;
    await decide(store.port(), person(name), { proposal, decision: 'approve', at });
  }
  return store;
}

const reasonsOf = (store: TrustingStore, change: object = {}): Promise<unknown> =>
  requireApproval(store.port(), { ...order, proposalId: 1, at, ...change }).then(
    () => [],
    (error: unknown) => {
      expect(error).toMatchObject({ code: 'FOUR_EYES_REFUSED' });
      return (error as { reasons: unknown }).reasons;
    },
  );

describe('four eyes', () => {
  it('lets through what two others approved', async () => {
    expect(await reasonsOf(await approvedBy('binh', 'chi'))).toEqual([]);
  });

  it.each([
    [['binh'], 'it has 1 of 2 approvals'],
    [['binh', 'binh'], 'it has 1 of 2 approvals'],
    [['binh', 'an'], 'it has 1 of 2 approvals'],
    [[], 'it has 0 of 2 approvals'],
  ])('counts nobody twice and nobody for their own request: %s', async (names, reason) => {
    expect(await reasonsOf(await approvedBy(...names))).toEqual([reason]);
  });

  it('is about exactly what was approved, and only for its time', async () => {
    const store = await approvedBy('binh', 'chi');
    expect(await reasonsOf(store, { subject: { signer: 15, reason: 'drill' } })).toEqual([
      'it is about something else',
    ]);
    expect(await reasonsOf(store, { kind: 'retire-signer' })).toEqual([
      'it is about something else',
    ]);
    expect(await reasonsOf(store, { at: new Date('2026-03-05T08:00:00.001Z') })).toEqual([
      'it has expired',
    ]);
  });

  it('believes no row that its person did not sign', async () => {
    const store = await approvedBy('binh');
    const [given] = store.proposal!.decisions;
    store.proposal = {
      ...store.proposal!,
      decisions: [given!, { ...given!, custodian: 'chi' }],
    };
    expect(await reasonsOf(store)).toEqual([
      'the signature of chi is wrong',
      'it has 1 of 2 approvals',
    ]);
    store.proposal = { ...store.proposal, requestedBy: 'dung' };
    expect(await reasonsOf(store)).toContain('the signature of dung is wrong');
  });

  it('stops at a refusal, and at somebody who is no custodian any more', async () => {
    const store = await approvedBy('binh', 'chi');
    const proposal = store.proposal!;
    await decide(store.port(), person('dung'), { proposal, decision: 'refuse', at });
    expect(await reasonsOf(store)).toEqual(['a custodian refused it']);
    const other = await approvedBy('binh', 'chi');
    other.custodians.splice(2, 1, { ...other.custodians[2]!, retiredAt: at });
    expect(await reasonsOf(other)).toEqual(['chi is no custodian', 'it has 1 of 2 approvals']);
  });

  it('has one hash for one thing, in whatever order it is written', () => {
    const turned = { kind: 'cut-over', subject: { reason: 'drill', signer: 14 } } as const;
    expect(hashSubject(turned)).toEqual(hashSubject(order));
  });
});

describe('a key file', () => {
  it('opens with its passphrase alone, however that was typed', async () => {
    const { text, publicKey } = await makeCustodianKey('an', passphrase, random);
    const opened = await openCustodianKey(text, passphrase.normalize('NFD'), 'an.json');
    expect(opened).toMatchObject({ name: 'an', publicKey });
    const wrong = openCustodianKey(text, 'không phải cái này', 'an.json');
    await expect(wrong).rejects.toMatchObject({ code: 'PASSPHRASE_WRONG', place: 'an.json' });
    const renamed = openCustodianKey(text.replace('"an"', '"binh"'), passphrase, 'an.json');
    await expect(renamed).rejects.toMatchObject({ code: 'PASSPHRASE_WRONG' });
    expect(text).not.toContain('PRIVATE');
  }, 20_000);

  it('is not made for a short passphrase or a name that is none', async () => {
    await expect(makeCustodianKey('An B', 'short', random)).rejects.toMatchObject({
      code: 'USAGE',
      reasons: [expect.stringContaining('name'), expect.stringContaining('passphrase')],
    });
    await expect(openCustodianKey('{}', passphrase, 'x')).rejects.toMatchObject({
      code: 'INPUT_MALFORMED',
    });
  });
});
