import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  accessFaults,
  type AccessOptions,
  accessPolicyOf,
  chipSecretsOf,
  readReferredSecrets,
} from './inspect-access';

const mrzKey = 'X00000047,900317,350316';

test.each<[AccessOptions, string | undefined]>([
  [{ can: '470815' }, undefined],
  [{ mrzKey, pin: '918273', passwordType: 'pin' }, undefined],
  [{ mrzKey, passwordType: 'mrz', paceOnly: true }, undefined],
  [{ mrzKey, bacOnly: true }, undefined],
  [{}, 'a chip opens with'],
  [{ can: '12' }, 'a CAN has six digits'],
  [{ pin: 'secret' }, 'a PIN has digits'],
  [{ mrzKey, passwordType: 'pin' }, '--password-type pin needs the PIN'],
  [{ mrzKey, passwordType: 'iris' }, '--password-type is mrz, can, pin, puk'],
  [{ mrzKey, paceOnly: true, bacOnly: true }, 'exclude each other'],
  [{ can: '470815', bacOnly: true }, 'BAC needs'],
])('%j: %s', (options, fault) => {
  expect(accessFaults(options)).toEqual(
    fault === undefined ? [] : [expect.stringContaining(fault) as string],
  );
});

test('secrets and policy come as the reader takes them', () => {
  const options = { mrzKey, can: '470815', puk: '5566778899', passwordType: 'puk' };
  expect(chipSecretsOf(options)).toEqual({
    mrz: { documentNumber: 'X00000047', dateOfBirth: '900317', dateOfExpiry: '350316' },
    can: '470815',
    puk: '5566778899',
    passwordType: 'PUK',
  });
  expect(
    [{}, { paceOnly: true }, { bacOnly: true }].map((one) => accessPolicyOf(one as AccessOptions)),
  ).toEqual(['pace-or-bac', 'pace-only', 'bac-only']);
});

test('a broken MRZ key is not quoted', () => {
  expect(() => chipSecretsOf({ mrzKey: 'MARKER' })).toThrow('NUMBER,YYMMDD,YYMMDD');
  expect(() => chipSecretsOf({ mrzKey: 'MARKER' })).not.toThrow('MARKER');
});

test('secrets come from where they are referred to, once each', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'persoline-secrets-'));
  try {
    const [can, pin] = [join(folder, 'can'), join(folder, 'pin')];
    await writeFile(can, '470815\n');
    await writeFile(pin, '918273');
    const options = { canFrom: `file:${can}`, holderPinFrom: `file:${pin}` };
    expect(await readReferredSecrets(options)).toEqual({ can: '470815', pin: '918273' });
    await expect(readReferredSecrets({ ...options, can: '470815' })).rejects.toMatchObject({
      code: 'USAGE',
      reasons: ['it is given twice'],
    });
    await expect(readReferredSecrets({ pukFrom: 'MARKER' })).rejects.not.toThrow('MARKER');
    await expect(readReferredSecrets({ canFrom: `file:${folder}/none` })).rejects.toMatchObject({
      code: 'INPUT_UNREADABLE',
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
