import { join } from 'node:path';
import { writeFile } from 'node:fs/promises';
import { addMonths } from '../../../production/custody/add-months';
import { exportAudit, signCheckpoint } from '../../../production/custody/audit/export-audit';
import { verifyAudit } from '../../../production/custody/audit/verify-audit';
import { foundedKeys } from '../../../production/custody/ceremony/founded-keys';
import type { StepResult } from '../../../production/custody/ceremony/steps/step-context';
import { auditHsm } from '../../../production/custody/audit/audited';
import { issueMasterList } from '../../../production/custody/issue-master-list';
import { planUnderCsca } from '../../../production/custody/plan-under-csca';
import { addNextSigner } from '../../../production/custody/rotation/add-next-signer';
import { publishRevocationList } from '../../../production/custody/rotation/publish-revocation-list';
import type { ManagedSigner } from '../../../production/document/custody/signer-store';
import type { CscaKey } from '../../../production/document/key-set';
import { systemRandom } from '../../system';
import { openFoundingRoom } from '../../wiring/ceremony';
import { withTemporaryCustody } from '../../wiring/custody';
import { openKeys, type HsmKind, type KeyPlace } from '../../wiring/keys';
import { openStore } from '../../wiring/store';
import { foundingSteps, holdCeremony, type LifeRoom, rollOverSteps } from './hold-ceremony';
import { LifeCustodians } from './life-custodians';
import { judgeDocument } from './judge-document';
import { expectThat, type Life, MovableClock } from './life';
import { readByOpenssl } from './read-by-openssl';
import { registerInvented } from './register-invented';
import { runStations } from './run-stations';

const BEGIN = new Date('2026-03-02T08:00:00Z');
const STATIONS = 4;
const CARDS = 16;
const PER_SIGNER = 6;
const DAY_MS = 86_400_000;

export interface WholeLifeOrder {
  /** For everything that it makes. */
  readonly folder: string;
  readonly hsm: HsmKind;
  /** Where PIN and token are, for keys in a token. */
  readonly place: Omit<KeyPlace, 'directory'>;
}

/** Tells the whole life of a country's keys; throws at the first thing that is not as it must be. */
export async function runWholeLife(
  order: WholeLifeOrder,
  say: (text: string) => void,
): Promise<void> {
  const { folder } = order;
  const clock = new MovableClock(BEGIN);
  const place = { ...order.place, directory: join(folder, 'keys') };
  await withTemporaryCustody(async (custody, databaseUrl) => {
    await custody.signers.declareRehearsal();
    const custodians = await LifeCustodians.found({ custody, clock });
    const beginning = { folder, custody, custodians, clock, say };
    await foundKeys({ kind: order.hsm, place }, beginning);
    const opened = await openKeys(place);
    const { keys } = opened;
    const auditor = { log: custody.audit, writer: 'whole-life', who: 'whole-life', place: 'here' };
    const hsm = auditHsm(opened.hsm, { ...auditor, clock });
    const memory = await openStore({ databaseUrl }, { hsm, label: keys.storageKeyLabel });
    const { store } = memory;
    const life: Life = { ...beginning, place, databaseUrl, store, hsm, keys };
    try {
      await tell(life);
    } finally {
      await memory.close();
      await hsm.close();
    }
  });
}

/** The ceremony with which the keys begin. */
async function foundKeys(
  { kind, place }: { readonly kind: HsmKind; readonly place: KeyPlace },
  beginning: Omit<LifeRoom, 'hsm'>,
): Promise<void> {
  const { folder, clock } = beginning;
  const room = await openFoundingRoom(join(folder, 'ceremony'), kind, place);
  try {
    const steps = foundingSteps(clock.now(), PER_SIGNER);
    const record = await holdCeremony({ name: 'founding', steps }, { ...beginning, hsm: room.hsm });
    await room.finish(foundedKeys(record));
  } finally {
    await room.hsm.close();
  }
}

async function tell(life: Life): Promise<void> {
  const { custody, custodians, clock, keys, say } = life;
  const first = keys.csca;
  for (let more = 0; more < 2; more++) await addSigner(life, first, PER_SIGNER);

  await registerInvented(life, { from: 1, count: CARDS });
  await runStations(life, STATIONS);
  await checkRotation(life);

  clock.moveTo(new Date(clock.now().getTime() + DAY_MS));
  const revocation = await custodians.approve({ kind: 'revoke-signer', subject: { signer: 1 } });
  await custody.signers.revokeSigner(1, clock.now(), revocation);
  const order = { csca: first, now: clock.now() };
  const { der: crl } = await publishRevocationList(custody, order, life.hsm);
  await keep(life, 'UTO-1.crl', crl);
  const [revoked, good] = [await firstOf(life, 1), await firstOf(life, 2)];
  const trust = { cscas: [first.certificate], crls: [crl] };
  expectThat(
    (await judgeDocument(life, revoked, trust)) === 'fail',
    'a card of DSC 1 is refused by CRL',
  );
  expectThat((await judgeDocument(life, good, trust)) === 'pass', 'a card of DSC 2 passes');
  say(`DSC 1 revoked: document ${revoked} is refused by CRL 1, document ${good} passes`);

  clock.moveTo(addMonths(BEGIN, 40));
  const steps = rollOverSteps(clock.now(), PER_SIGNER);
  const { results } = await holdCeremony({ name: 'roll-over', steps }, life);
  const { certificate: second, link } = made(results[0]);
  expectThat((await life.hsm.findKey('dsc-1')) === undefined, 'the key of DSC 1 is gone');
  say('CSCA 2 is made, and linked by CSCA 1; the key of DSC 1 is destroyed');
  await registerInvented(life, { from: CARDS + 1, count: 2 });
  await runStations(life, 1);
  const next = await firstOf(life, 4);

  const masterList = await signMasterList(life, made(results[3]).certificate, [
    ...[first.certificate, second, link],
  ]);
  const trusted = { cscas: [masterList] };
  expectThat((await judgeDocument(life, good, trusted)) === 'pass', 'the old generation passes');
  expectThat((await judgeDocument(life, next, trusted)) === 'pass', 'the new generation passes');
  say(`documents ${good} and ${next}, of both generations, pass against the master list alone`);

  for (const signer of await custody.signers.listSigners()) {
    await keep(life, `DSC-${signer.number}.cer`, signer.signer.certificate);
  }
  await keep(life, 'CSCA-1.cer', first.certificate);
  await keep(life, 'CSCA-2.cer', second);
  await keep(life, 'link-1-2.cer', link);
  await readByOpenssl(life);
  await closeAudit(life);
}

async function addSigner(life: Life, csca: CscaKey, maxSignatures: number): Promise<void> {
  const { custody, custodians, clock, hsm, keys } = life;
  const plan = planUnderCsca(csca.certificate, { state: keys.state, documentTypes: ['P', 'I'] });
  const at = clock.now();
  const algorithm = 'ecdsa-brainpoolP256r1-sha256';
  const approval = await custodians.approve({
    kind: 'add-signer',
    subject: { maxSignatures, algorithm },
  });
  const order = { csca, algorithm, from: at, at, maxSignatures, approval };
  const number = await addNextSigner(plan, order, { hsm, random: systemRandom, custody });
  life.say(`DSC ${number} is made ahead and waits`);
}

async function checkRotation({ custody, store, say }: Life): Promise<void> {
  const signers = await custody.signers.listSigners();
  const recorded = await custody.signers.countRecorded();
  for (const { number, state, reserved } of signers) {
    const count = recorded.get(number) ?? 0;
    say(`DSC ${number}: ${state}, ${reserved} counted, ${count} in the ledger`);
    expectThat(
      reserved <= PER_SIGNER && count === reserved,
      `DSC ${number} signed what it counted`,
    );
  }
  const total = signers.reduce((sum, { reserved }) => sum + reserved, 0);
  const { documents } = await store.stockBalance();
  expectThat(total === CARDS && documents.prepared === CARDS, 'every card was signed once');
  const [one, two] = signers as [ManagedSigner, ManagedSigner];
  expectThat(one.cutOverAt?.getTime() === two.inUseAt?.getTime(), 'the cut-over is one moment');
  say(`${CARDS} cards signed by ${STATIONS} processes: none too many, none refused`);
}

/** The first document of a signer, by its recall. */
async function firstOf({ custody }: Life, number: number): Promise<number> {
  const found: number[] = [];
  await custody.signers.recall(number, (page) => {
    found.push(...page.flatMap(({ documentId }) => documentId ?? []));
    return Promise.resolve();
  });
  const [first] = found;
  if (first === undefined) throw new Error(`DSC ${number} signed nothing`);
  return first;
}

/** What a step is known to have made. */
function made({ certificate, link }: StepResult = {}) {
  if (certificate === undefined) throw new Error('this step made a certificate');
  return { certificate, link: link ?? certificate };
}

async function signMasterList(
  life: Life,
  certificate: Uint8Array,
  certificates: readonly Uint8Array[],
): Promise<Uint8Array> {
  const { clock, custody, hsm } = life;
  const csca = (await custody.cscas.listCscas()).at(-1);
  if (csca === undefined) throw new Error('there is a CSCA');
  const { algorithm } = csca;
  const signer = { keyLabel: 'ml-1', algorithm, certificate, csca: csca.certificate };
  const list = await issueMasterList(certificates, { signer, signedAt: clock.now() }, hsm);
  await keep(life, 'UTO.ml', list);
  return list;
}

async function closeAudit({ custody, clock, hsm, folder, say }: Life): Promise<void> {
  const key = await hsm.findKey('audit-1');
  if (key?.publicKey === undefined) throw new Error('the ceremony made an audit key');
  const signer = { keyLabel: 'audit-1', algorithm: 'ecdsa-P-256-sha256', hsm, clock };
  await signCheckpoint(custody.audit, signer);
  const lines: string[] = [];
  await exportAudit(custody.audit, signer, (line) => {
    lines.push(line);
    return Promise.resolve();
  });
  await writeFile(join(folder, 'audit.log'), `${lines.join('\n')}\n`);
  const { faults, entries } = await verifyAudit(lines, key.publicKey);
  expectThat(faults.length === 0 && entries > 0, 'the audit log is whole');
  say(`the audit log is whole: ${entries} entries`);
}

async function keep({ folder }: Life, name: string, bytes: Uint8Array): Promise<void> {
  await writeFile(join(folder, name), bytes);
}
