import { createPrivateKey } from 'node:crypto';
import { ReaderRow } from '../../../adapters/pcsc/testing/reader-row';
import type { InspectionReport } from '../../../production/document/inspection-report';
import { inspectChip } from '../../../production/inspection/inspect-chip';
import type { TerminalRights } from '../../../production/inspection/read/terminal-authentication';
import { parseCvCertificate } from '../../../standards/access/terminal-authentication/cv-certificate';
import { signMessage } from '../../../standards/crypto/sign-verify';
import { systemClock, systemRandom } from '../../system';
import { makeSpecimen, type Specimen } from './make-specimen';
import type { SpecimenTerminal } from './specimen-terminal';
import { PROTOCOL_CASES } from './testing/protocol-cases';
import { withSpecimenTools } from './with-specimen-tools';

/**
 * Every access protocol on chips behind a real pcscd: each case is a chip of its own in one of
 * several readers at once, inspected as `card inspect` does it.
 */
const READERS = 8;

interface Inspected {
  readonly specimen: Specimen;
  readonly report: InspectionReport;
}

let row: ReaderRow;
const inspected = new Map<string, Inspected>();

beforeAll(async () => {
  row = await ReaderRow.start(READERS);
  await withSpecimenTools((tools) =>
    row.forEach(PROTOCOL_CASES, async ({ name, description, access }, withCard) => {
      const specimen = await makeSpecimen(description, tools);
      const card = { kind: 'gp-emrtd', state: specimen.chip } as const;
      const report = await withCard(card, (connection) =>
        inspectChip({
          ...{ connection, access, clock: systemClock, random: systemRandom },
          ...(specimen.terminal && { terminal: rightsOf(specimen.terminal) }),
          trust: { cscas: [tools.signer.csca] },
          expected: specimen.files,
        }),
      );
      inspected.set(name, { specimen, report });
    }),
  );
}, 240_000);
afterAll(() => row.stop());

function rightsOf({ certificates, terminalKey }: SpecimenTerminal): TerminalRights {
  const key = createPrivateKey(terminalKey);
  const algorithm = { scheme: 'ecdsa', digest: 'sha256', form: 'plain' } as const;
  return {
    certificates: [...certificates.values()].map(parseCvCertificate),
    sign: (message) => Promise.resolve(signMessage(algorithm, key, message)),
  };
}

test.each(PROTOCOL_CASES.map((one) => [one.name, one] as const))('%s', (name, wanted) => {
  const { report, specimen } = inspected.get(name) ?? fail();
  const outcome = (id: string) =>
    report.checks.filter((check) => check.id === id).map((check) => check.outcome);
  expect(report.checks.filter((check) => check.outcome === 'fail')).toEqual([]);
  expect(report.checks).toContainEqual(
    expect.objectContaining({ id: 'ICAO3:ISO7816/access', found: wanted.opened }),
  );
  const { description } = wanted;
  const proves = (wish: boolean) => (wish ? ['pass'] : []);
  expect(outcome('9303-11:CA/key-agreement')).toEqual(
    proves(description.chipAuthentication.length > 0),
  );
  expect(outcome('9303-11:AA/signature')).toEqual(
    proves(description.activeAuthentication !== undefined),
  );
  expect(outcome('9303-11:CA/pace-mapping')).toEqual(proves(wanted.opened.includes('-CAM ')));
  expect(outcome('TR3.2:ISO7816_K/terminal')).toEqual(proves(description.biometrics));
  for (const [file, bytes] of specimen.files) {
    const read = report.files.get(file);
    if (file === 'EF.CardSecurity' && !wanted.opened.startsWith('PACE')) continue;
    expect([file, read && Buffer.compare(read, bytes)]).toEqual([file, 0]);
  }
});

function fail(): never {
  throw new Error('the case was not inspected');
}
