import { SeededRandom } from '../../../simulation/seeded-random';
import { chipKeyObject, CVCA_BODY } from '../../../simulation/chip/testing/specimen';
import { fileCommands, putData, sendAll } from '../../../simulation/chip/testing/write-specimen';
import { openChip } from '../../../simulation/chip/testing/open-chip';
import { derivePublicKey } from '../../../standards/crypto/agreement-group';
import { CURVES } from '../../../standards/crypto/curve-parameters';
import { ecGroup } from '../../../standards/crypto/ec-group';
import { encodeDg14 } from '../../../standards/lds/dg14';
import { LDS_FILE_TABLE } from '../../../standards/lds/lds-file-table';
import { encodeEcPublicKey } from '../../../standards/pki/subject-public-key-info';
import { inspectChip } from '../inspect-chip';
import { mrzObject } from '../testing/personalized-chip';
import { makeSpecimen, SPECIMEN_DAY, SPECIMEN_MRZ } from '../testing/specimen-set';
import { comOf } from '../testing/specimen-faults';

const curve = CURVES.brainpoolP256r1;
const privateKey = new SeededRandom('static key of a chip').bytes(32);
const otherKey = new SeededRandom('static key of another').bytes(32);

/** A set without DG15 whose DG14 holds a key for Chip Authentication. */
function signedSet() {
  const point = derivePublicKey(ecGroup(curve), privateKey);
  const dg14 = encodeDg14([
    { kind: 'chip-authentication', oid: '0.4.0.127.0.7.2.2.3.2.1', version: 1 },
    {
      kind: 'chip-authentication-public-key',
      oid: '0.4.0.127.0.7.2.2.1.2',
      publicKey: encodeEcPublicKey({ curve, point, parameters: 'explicit' }),
    },
  ]);
  return makeSpecimen({
    beforeSigning: (files) => {
      files.delete('EF.DG15');
      files.delete('EF.CardAccess');
      files.set('EF.DG14', dg14);
      files.set('EF.COM', comOf([1, 2, 11, 12, 14]));
    },
  });
}

async function inspectWith(chipKey: Uint8Array) {
  const { files, trust } = await signedSet();
  const { terminal, connection } = await openChip('passport-applet');
  await sendAll(terminal, [
    '00A4040C07A0000002471001',
    ...[...files].flatMap(([name, bytes]) => fileCommands(LDS_FILE_TABLE[name].fid, bytes)),
    putData('0062', mrzObject()),
    putData('0063', chipKeyObject(chipKey)),
    putData('0164', CVCA_BODY),
    '00DADEAD',
  ]);
  await connection.reset();
  const { documentNumber, dateOfBirth, dateOfExpiry } = SPECIMEN_MRZ;
  return inspectChip({
    connection,
    access: { mrz: { documentNumber, dateOfBirth, dateOfExpiry } },
    random: new SeededRandom('inspection'),
    clock: { now: () => SPECIMEN_DAY },
    trust,
    expected: files,
  });
}

test('the chip that holds the key of its DG14 proves it', async () => {
  const report = await inspectWith(privateKey);
  expect(report.verdict).toBe('pass');
  expect(report.checks).toContainEqual(
    expect.objectContaining({ id: '9303-11:CA/key-agreement', outcome: 'pass' }),
  );
});

test('a copy with another key is found out', async () => {
  const report = await inspectWith(otherKey);
  expect(report.sentence.en).toMatch(
    /^Refused: The chip did not prove that it holds the key of EF.DG14/,
  );
});
