import { join } from 'node:path';
import { approveCeremony } from '../../../production/custody/ceremony/approve-ceremony';
import { parseCeremony } from '../../../production/custody/ceremony/ceremony-file';
import { givenFiles } from '../../../production/custody/ceremony/prepare-rehearsal';
import {
  type CeremonyRecord,
  runCeremony,
} from '../../../production/custody/ceremony/run-ceremony';
import type { CustodyStore } from '../../../production/document/custody/custody-store';
import type { Hsm } from '../../../production/ports';
import { encodeHex } from '../../../standards/bytes/hex';
import { systemRandom } from '../../system';
import { writeArtefacts } from '../../write-artefacts';
import { writeTranscript } from '../ceremony-room';
import type { MovableClock } from './life';
import type { LifeCustodians } from './life-custodians';

/** Where a ceremony of the life is held. */
export interface LifeRoom {
  readonly folder: string;
  readonly hsm: Hsm;
  readonly custody: CustodyStore;
  readonly custodians: LifeCustodians;
  readonly clock: MovableClock;
  readonly say: (text: string) => void;
}

/** Writes a ceremony file, has two of three custodians confirm it, and holds it. */
export async function holdCeremony(
  { name, steps }: { readonly name: string; readonly steps: string },
  room: LifeRoom,
): Promise<CeremonyRecord> {
  const { hsm, custody, custodians, clock } = room;
  const tell = (told: { readonly en: string }): void => room.say(told.en);
  const text = ceremonyText({ name, steps }, custodians);
  const folder = join(room.folder, name);
  await writeArtefacts(folder, [{ path: 'ceremony.yaml', content: text }]);
  const file = parseCeremony(text, 'ceremony.yaml');
  const people = { requester: custodians.requester, custodians: custodians.others.slice(0, 2) };
  const by = custodians.requester.name;
  const opened = await approveCeremony(file, people, {
    ...{ fourEyes: custody.fourEyes, ceremonies: custody.ceremonies, clock, by, tell },
  });
  const order = { ...opened, rehearsal: false, by };
  const record = await runCeremony(file, order, {
    ...{ hsm, custody, clock, random: systemRandom, tell, given: givenFiles([]) },
    journal: custody.ceremonies.journalOf(opened.proposalId),
    proceed: () => Promise.resolve(),
  });
  await writeTranscript(folder, { record, hsm, language: 'vi' });
  return record;
}

/** The steps with which the keys of the invented State begin. */
export function foundingSteps(from: Date, maxSignatures: number): string {
  const begin = `'${secondsOf(from)}'`;
  return `
  - do: make-csca
    label: csca-1
    algorithm: ecdsa-brainpoolP384r1-sha384
    commonName: CSCA Utopia
    from: ${begin}
    useMonths: 48
  - do: add-signer
    label: dsc-1
    algorithm: ecdsa-brainpoolP256r1-sha256
    commonName: Document signer Utopia 1
    from: ${begin}
    useMonths: 3
    maxSignatures: ${maxSignatures}
  - { do: make-storage-key, label: storage-1 }
  - { do: make-audit-key, label: audit-1, algorithm: ecdsa-P-256-sha256 }
`;
}

/** The next CSCA, a signer under it, a signer of lists, and the end of the key of DSC 1. */
export function rollOverSteps(from: Date, maxSignatures: number): string {
  const begin = `'${secondsOf(from)}'`;
  return `
  - do: roll-over-csca
    label: csca-2
    algorithm: ecdsa-brainpoolP384r1-sha384
    commonName: CSCA Utopia
    from: ${begin}
    useMonths: 48
  - { do: cut-over, signer: 3 }
  - do: add-signer
    label: dsc-of-csca-2
    algorithm: ecdsa-brainpoolP256r1-sha256
    commonName: Document signer Utopia 4
    from: ${begin}
    useMonths: 3
    maxSignatures: ${maxSignatures}
  - do: issue-list-signer
    kind: master-list
    label: ml-1
    algorithm: ecdsa-brainpoolP384r1-sha384
    from: ${begin}
    useMonths: 24
  - { do: issue-crl }
  - { do: retire-signer, signer: 1 }
  - { do: destroy-key, label: dsc-1, purpose: document-sign }
`;
}

function secondsOf(date: Date): string {
  return date.toISOString().replace('.000Z', 'Z');
}

function ceremonyText(
  { name, steps }: { readonly name: string; readonly steps: string },
  { requester, others }: LifeCustodians,
): string {
  const people = others.map(
    (one) => `    - { name: ${one.name}, key: '${encodeHex(one.publicKey.subarray(-32))}' }`,
  );
  const audit = steps.includes('make-audit-key')
    ? ''
    : 'auditKey: { label: audit-1, algorithm: ecdsa-P-256-sha256 }\n';
  return `ceremony: ${name}
country: UT
state: UTO
organization: Registry of Utopia
contact: csca@example.invalid
crl: ['https://pkddownload1.icao.int/CRLs/UTO.crl']
documents: { years: 10, types: [P, I] }
${audit}confirm:
  requestedBy: ${requester.name}
  needed: 2
  custodians:
${people.join('\n')}
steps:${steps}`;
}
