import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseCeremony } from '../../../production/custody/ceremony/ceremony-file';
import { runCeremony } from '../../../production/custody/ceremony/run-ceremony';
import { buildTranscript, signTranscript } from '../../../production/custody/ceremony/transcript';
import {
  makeCustodianKey,
  openCustodianKey,
  type PresentCustodian,
} from '../../../production/custody/four-eyes/custodian-key';
import { encodeHex } from '../../../standards/bytes/hex';
import { systemRandom } from '../../system';
import { openCeremonyRoom } from '../../wiring/ceremony';
import type { HsmKind, KeyPlace } from '../../wiring/keys';
import { writeArtefacts } from '../../write-artefacts';
import type { MovableClock } from './life';

/** Writes the ceremony file, has two of three invented custodians confirm it, and holds it. */
export async function holdCeremony(
  given: {
    readonly folder: string;
    readonly kind: HsmKind;
    /** Where the keys are to be. */
    readonly place: KeyPlace;
    readonly clock: MovableClock;
  },
  say: (text: string) => void,
): Promise<void> {
  const { folder, kind, place, clock } = given;
  const people: PresentCustodian[] = [];
  for (const name of ['an', 'binh', 'chi']) {
    const passphrase = encodeHex(systemRandom.bytes(16));
    const { text } = await makeCustodianKey(name, passphrase, systemRandom);
    people.push(await openCustodianKey(text, passphrase, name));
  }
  const text = ceremonyText(people, clock.now());
  await writeArtefacts(folder, [{ path: 'ceremony.yaml', content: text }]);
  const file = parseCeremony(text, 'ceremony.yaml');
  const room = await openCeremonyRoom(join(folder, 'ceremony'), kind, place);
  try {
    const order = { rehearsal: false, custodians: people.slice(0, 2) };
    const record = await runCeremony(file, order, {
      ...{ hsm: room.hsm, journal: room.journal, clock, random: systemRandom },
      tell: (told) => say(told.en),
      proceed: () => Promise.resolve(),
    });
    const transcript = buildTranscript(record);
    const signed = await signTranscript(record, transcript, room.hsm);
    await writeFile(join(folder, 'transcript.json'), signed.text);
    await writeFile(join(folder, 'transcript.sig'), signed.signature);
    await writeFile(
      join(folder, 'transcript.pdf'),
      await room.transcripts.render(transcript, 'vi'),
    );
    await room.finish(record.keys);
  } finally {
    await room.hsm.close();
  }
}

function ceremonyText(people: readonly PresentCustodian[], from: Date): string {
  const begin = from.toISOString().replace('.000Z', 'Z');
  const custodians = people.map(
    ({ name, publicKey }) =>
      `    - { name: ${name}, key: '${encodeHex(publicKey.subarray(-32))}' }`,
  );
  return `ceremony: csca-uto
country: UT
state: UTO
organization: Registry of Utopia
contact: csca@example.invalid
crl: ['https://pkddownload1.icao.int/CRLs/UTO.crl']
documents: { years: 10, types: [P, I] }
confirm:
  requestedBy: dung
  needed: 2
  custodians:
${custodians.join('\n')}
steps:
  - make: csca
    label: csca-1
    algorithm: ecdsa-brainpoolP384r1-sha384
    commonName: CSCA Utopia
    from: '${begin}'
    useMonths: 48
  - make: document-signer
    label: dsc-1
    algorithm: ecdsa-brainpoolP256r1-sha256
    commonName: Document signer Utopia 1
    from: '${begin}'
    useMonths: 3
  - { make: storage-key, label: storage-1 }
  - { make: audit-key, label: audit-1, algorithm: ecdsa-P-256-sha256 }
`;
}
