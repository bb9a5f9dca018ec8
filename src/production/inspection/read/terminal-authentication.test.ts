import {
  encodeEfCvca,
  parseEfCvca,
} from '../../../standards/access/terminal-authentication/ef-cvca';
import { makeCvKey } from '../../../standards/access/testing/cv-issuer';
import {
  foreignRights,
  makeEacChip,
  rightsUnderNewCvca,
  terminalRights,
} from '../testing/eac-chip';
import { makeEacSpecimen } from '../testing/eac-specimen';
import {
  EAC_KEY,
  EAC_MRZ,
  inspect,
  inspectNew,
  outcomesOf,
  reasonsOf,
  withTransmit,
} from '../testing/inspect-eac';
import { SPECIMEN_CAN } from '../testing/personalized-chip';

import type { TerminalRights } from './terminal-authentication';

jest.setTimeout(60_000);

describe('extended access control', () => {
  test.each([
    ['after BAC', { access: { mrz: EAC_MRZ }, policy: 'bac-only' }],
    ['after PACE with CAN', { access: { can: SPECIMEN_CAN } }],
    ['after PACE with MRZ', { access: { mrz: EAC_MRZ } }],
  ] as const)('%s the fingerprints are read, judged and compared', async (_, wish) => {
    const report = await inspectNew({ ...wish, terminal: terminalRights() });
    expect(reasonsOf(report, 'fail')).toEqual([]);
    expect(report.files.has('EF.CVCA')).toBe(true);
    for (const file of ['EF.DG3', 'EF.DG4']) {
      expect(report.files.has(file)).toBe(true);
      for (const id of [
        'ICAO3:LDS_D/hash',
        'TR3.2:ISO7816_H/closed',
        'persoline:LDS/well-formed',
      ]) {
        expect(report.checks).toContainEqual(
          expect.objectContaining({ id, file, outcome: 'pass' }),
        );
      }
    }
    expect(report.checks).toContainEqual(
      expect.objectContaining({ id: 'TR3.2:ISO7816_K/terminal', found: 'UTIS00001' }),
    );
    const steps = report.steps.map(({ name }) => name);
    expect(steps.filter((name) => /^(CA|TA|EF.DG[34])$/.test(name))).toEqual([
      ...['EF.DG3', 'EF.DG4', 'CA', 'TA', 'EF.DG3', 'EF.DG4'],
    ]);
  });

  test('without certificates DG3 stays closed, which is no fault', async () => {
    const report = await inspectNew({ access: { can: SPECIMEN_CAN } });
    expect(reasonsOf(report, 'fail')).toEqual([]);
    expect(reasonsOf(report, 'not-checked')).toContain(
      'EF.DG3 needs Terminal Authentication and was not read.',
    );
    expect(outcomesOf(report, 'TR3.2:ISO7816_K/terminal')).toEqual([]);
  });

  test('a link certificate leads to a newer CVCA key', async () => {
    const report = await inspectNew({
      access: { can: SPECIMEN_CAN },
      terminal: rightsUnderNewCvca(),
    });
    expect(report.files.has('EF.DG3')).toBe(true);
  });

  test('the chip keeps what a link certificate leads to, and says so in EF.CVCA', async () => {
    const specimen = await makeEacSpecimen();
    const { connection } = await makeEacChip({ files: specimen.files, keys: [EAC_KEY] });
    const expected = new Map([...specimen.files, ['EF.CVCA', encodeEfCvca(['UTCVCA00001'])]]);
    const successor = makeCvKey('UTCVCA00002');
    const inspectAgain = async (terminal?: TerminalRights) => {
      await connection.reset();
      const wish = { access: { mrz: EAC_MRZ }, expected, ...(terminal && { terminal }) };
      return inspect(connection, specimen, { ...wish, policy: 'bac-only' });
    };
    const unlinked = await inspectAgain(rightsUnderNewCvca(successor, false));
    expect(unlinked.files.has('EF.DG3')).toBe(false);
    const linked = await inspectAgain(rightsUnderNewCvca(successor));
    expect(linked.files.has('EF.DG3')).toBe(true);
    const later = await inspectAgain(rightsUnderNewCvca(successor, false));
    expect(later.files.has('EF.DG3')).toBe(true);
    expect(parseEfCvca(later.files.get('EF.CVCA')!)).toEqual(['UTCVCA00002', 'UTCVCA00001']);
    expect(reasonsOf(later, 'fail')).toEqual([]);
    expect(reasonsOf(later, 'note')).toContain(
      'The chip has taken a link certificate: EF.CVCA names a newer CVCA.',
    );
    const byTheOld = await inspectAgain(terminalRights());
    expect(byTheOld.files.has('EF.DG3')).toBe(true);
  });

  test('a certificate that ended before the day of the chip is refused, and named', async () => {
    const terminal = terminalRights(undefined, { from: '260101', to: '260131' });
    const report = await inspectNew(
      { access: { can: SPECIMEN_CAN }, terminal },
      {},
      { currentDate: '260201' },
    );
    expect(report.files.has('EF.DG3')).toBe(false);
    expect(reasonsOf(report, 'not-checked')).toContainEqual(
      expect.stringMatching(/did not accept the terminal: .*6300.*Expired by now: UTIS00001/),
    );
    const unaware = await inspectNew({ access: { can: SPECIMEN_CAN }, terminal });
    expect(unaware.files.has('EF.DG3')).toBe(true);
  });

  test('certificates without the right leave the file closed, and say so', async () => {
    const terminal = terminalRights({ dg3: false, dg4: true });
    const report = await inspectNew({ access: { can: SPECIMEN_CAN }, terminal });
    expect(report.files.has('EF.DG3')).toBe(false);
    expect(reasonsOf(report, 'not-checked')).toContain(
      'The certificates of the terminal give no right to read EF.DG3.',
    );
  });

  test('a refusal that ends the session costs no other file: both authentications run anew', async () => {
    const specimen = await makeEacSpecimen();
    const { connection } = await makeEacChip({ files: specimen.files, keys: [EAC_KEY] });
    let isFirstAfterRights = false;
    const touchy = withTransmit(connection, async (command) => {
      if (isFirstAfterRights) {
        isFirstAfterRights = false;
        await connection.reset();
        return Uint8Array.of(0x69, 0x82);
      }
      const answer = await connection.transmit(command);
      // EXTERNAL AUTHENTICATE under protection: the terminal's proof.
      isFirstAfterRights = command[0] === 0x0c && command[1] === 0x82 && !seen;
      seen ||= isFirstAfterRights;
      return answer;
    });
    let seen = false;
    const report = await inspect(touchy, specimen, {
      access: { can: SPECIMEN_CAN },
      terminal: terminalRights(),
    });
    expect(report.files.has('EF.DG3')).toBe(false);
    expect(report.files.has('EF.DG4')).toBe(true);
    expect(report.steps.filter(({ name }) => name === 'TA')).toHaveLength(2);
  });

  test('a chip that trusts another CVCA refuses, and everything else is read', async () => {
    const report = await inspectNew({ access: { can: SPECIMEN_CAN }, terminal: foreignRights() });
    expect(reasonsOf(report, 'fail')).toEqual([]);
    expect(report.files.has('EF.DG2')).toBe(true);
    expect(reasonsOf(report, 'not-checked')).toContainEqual(
      expect.stringMatching(/^The chip did not accept the terminal: .*no certificate chain/),
    );
  });

  test('a key that is not that of the certificate is refused', async () => {
    const terminal = { ...terminalRights(), sign: () => Promise.resolve(new Uint8Array(64)) };
    const report = await inspectNew({ access: { can: SPECIMEN_CAN }, terminal });
    expect(report.files.has('EF.DG3')).toBe(false);
    expect(reasonsOf(report, 'not-checked')).toContainEqual(
      expect.stringMatching(/^The chip did not accept the terminal: .*6300/),
    );
  });

  test('a chip without trust points names none', async () => {
    const report = await inspectNew(
      { access: { mrz: EAC_MRZ }, policy: 'bac-only', terminal: terminalRights() },
      {},
      { withTrustPoint: false },
    );
    expect(reasonsOf(report, 'not-checked')).toContain('The chip names no CVCA that it trusts.');
  });
});
