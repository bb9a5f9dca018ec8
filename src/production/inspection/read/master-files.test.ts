import { resolvePaceProtocol } from '../../../standards/access/pace/pace-protocol';
import { derivePacePasswordKey } from '../../../standards/access/pace/pace-password';
import { SmallChip, type SmallChipOptions } from '../../../standards/access/testing/small-chip';
import { SW } from '../../../standards/apdu/status-words';
import { decodeHex } from '../../../standards/bytes/hex';
import { decodeUint } from '../../../standards/bytes/integer';
import { derivePrivateKey } from '../../../standards/crypto/agreement-group';
import { LDS_FILE_TABLE } from '../../../standards/lds/lds-file-table';
import { SeededRandom } from '../../../simulation/seeded-random';
import type { LdsFileName } from '../../document/lds-files';
import type { CardConnection } from '../../ports';
import { SPECIMEN_CAN } from '../testing/personalized-chip';
import { makeSpecimen, SPECIMEN_DAY } from '../testing/specimen-set';
import { readChip } from './read-chip';

const DIR = decodeHex('61094F07A000000247100161094F07A0000002472001');
const ATR_INFO = decodeHex('47038001E07F6608020203E8020203E8');
const CARD_SECURITY = decodeHex('300401020304');

/** A chip with a master file, in which PACE runs and other files stand than in the application. */
async function chipWithMasterFile(): Promise<CardConnection> {
  const { files } = await makeSpecimen();
  const master = new Map<number, Uint8Array>([
    [0x011c, files.get('EF.CardAccess')!],
    [0x011d, CARD_SECURITY],
    [0x2f01, ATR_INFO],
    // The file is longer than what was written into it.
    [0x2f00, Uint8Array.of(...DIR, ...new Uint8Array(10))],
  ]);
  const application = [...files].filter(([name]) => name !== 'EF.CardAccess');
  const options: SmallChipOptions = {
    files: new Map(application.map(([name, bytes]) => [LDS_FILE_TABLE[name].fid, bytes])),
    pace: () => paceInput(),
    intercept: masterFileOf(master),
  };
  let chip = new SmallChip(options);
  return {
    atr: new Uint8Array(),
    transmit: (command) => chip.transmit(command),
    reset: () => {
      chip = new SmallChip({ ...options, intercept: masterFileOf(master) });
      return Promise.resolve();
    },
    disconnect: () => Promise.resolve(),
  };
}

function masterFileOf(
  master: ReadonlyMap<number, Uint8Array>,
): NonNullable<SmallChipOptions['intercept']> {
  let inMaster = true;
  let current: Uint8Array | undefined;
  return ({ ins, p1, p2, le = 0, data = new Uint8Array() }) => {
    if (ins === 0xa4 && p1 !== 0x02) inMaster = p1 === 0x00;
    if (!inMaster || (ins !== 0xa4 && ins !== 0xb0)) return undefined;
    if (ins === 0xa4) {
      current = p1 === 0x02 ? master.get(decodeUint(data)) : undefined;
      const isThere = p1 !== 0x02 || current !== undefined;
      return { data: new Uint8Array(), sw: isThere ? SW.ok : SW.fileNotFound };
    }
    const offset = p1 * 0x100 + p2;
    const bytes = current?.subarray(offset, offset + le) ?? new Uint8Array();
    return { data: bytes, sw: bytes.length === 0 ? SW.wrongOffset : SW.ok };
  };
}

function paceInput() {
  const protocol = resolvePaceProtocol({ oid: '0.4.0.127.0.7.2.2.4.2.2', parameterId: 13 });
  const random = new SeededRandom('chip with a master file');
  const key = () => derivePrivateKey(protocol.group, random.bytes(40));
  return {
    protocol,
    passwordKey: derivePacePasswordKey('AES-128', { kind: 'CAN', digits: SPECIMEN_CAN }),
    nonce: random.bytes(16),
    mappingPrivateKey: key(),
    agreementPrivateKey: key(),
  };
}

function requestFor(connection: CardConnection) {
  return {
    connection,
    access: { can: SPECIMEN_CAN },
    random: new SeededRandom('inspection'),
    clock: { now: () => SPECIMEN_DAY },
  };
}

test('what stands in the master file is read with the rest, lists to their last object', async () => {
  const { files } = await readChip(requestFor(await chipWithMasterFile()));
  const master: readonly (readonly [LdsFileName, Uint8Array])[] = [
    ['EF.CardSecurity', CARD_SECURITY],
    ['EF.ATR-INFO', ATR_INFO],
    ['EF.DIR', DIR],
  ];
  for (const [name, bytes] of master) expect(files.get(name)).toEqual(bytes);
  expect(files.has('EF.SOD')).toBe(true);
});

test('a chip that ends the session over an absent file is opened again without asking', async () => {
  const connection = await chipWithMasterFile();
  let isFirst = true;
  const touchy: CardConnection = {
    ...connection,
    transmit: (command) => {
      if (command[0] !== 0x0c || !isFirst) return connection.transmit(command);
      isFirst = false;
      return Promise.resolve(Uint8Array.of(0x6a, 0x82));
    },
  };
  const { files, steps } = await readChip(requestFor(touchy));
  expect(files.has('EF.CardSecurity')).toBe(false);
  expect(files.has('EF.SOD')).toBe(true);
  expect(steps.filter(({ name }) => name === 'PACE with CAN')).toHaveLength(2);
});
