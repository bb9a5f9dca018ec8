import { mrzObject } from '../../../../../production/inspection/testing/personalized-chip';
import { comOf } from '../../../../../production/inspection/testing/specimen-faults';
import { makeSpecimen } from '../../../../../production/inspection/testing/specimen-set';
import { openChip } from '../../../../../simulation/chip/testing/open-chip';
import { chipKeyObject, CVCA_BODY } from '../../../../../simulation/chip/testing/specimen';
import {
  fileCommands,
  putData,
  sendAll,
} from '../../../../../simulation/chip/testing/write-specimen';
import { SeededRandom } from '../../../../../simulation/seeded-random';
import { derivePublicKey } from '../../../../../standards/crypto/agreement-group';
import { CURVES } from '../../../../../standards/crypto/curve-parameters';
import { ecGroup } from '../../../../../standards/crypto/ec-group';
import { encodeDg14 } from '../../../../../standards/lds/dg14';
import { LDS_FILE_TABLE } from '../../../../../standards/lds/lds-file-table';
import { encodeEcPublicKey } from '../../../../../standards/pki/subject-public-key-info';

/** A virtual chip with the specimen's MRZ, a key for Chip Authentication, and no EF.DG15. */
export async function chipWithChipAuthentication() {
  const curve = CURVES.brainpoolP256r1;
  const privateKey = new SeededRandom('static key of a chip').bytes(32);
  const point = derivePublicKey(ecGroup(curve), privateKey);
  const publicKey = encodeEcPublicKey({ curve, point, parameters: 'explicit' });
  const dg14 = encodeDg14([
    { kind: 'chip-authentication', oid: '0.4.0.127.0.7.2.2.3.2.1', version: 1 },
    { kind: 'chip-authentication-public-key', oid: '0.4.0.127.0.7.2.2.1.2', publicKey },
  ]);
  const { files } = await makeSpecimen({
    beforeSigning: (set) => {
      set.delete('EF.DG15');
      set.delete('EF.CardAccess');
      set.set('EF.DG14', dg14);
      set.set('EF.COM', comOf([1, 2, 11, 12, 14]));
    },
  });
  const opened = await openChip('passport-applet');
  await sendAll(opened.terminal, [
    '00A4040C07A0000002471001',
    ...[...files].flatMap(([name, bytes]) => fileCommands(LDS_FILE_TABLE[name].fid, bytes)),
    putData('0062', mrzObject()),
    putData('0063', chipKeyObject(privateKey)),
    putData('0164', CVCA_BODY),
    '00DADEAD',
  ]);
  await opened.connection.reset();
  return opened;
}
