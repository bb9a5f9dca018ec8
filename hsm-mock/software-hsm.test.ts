import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSoftwareHsm } from './software-hsm';
import { describeCardKeyContract } from './testing/card-key-contract';
import { describeCardKeyVaultContract } from './testing/card-key-vault-contract';
import { describeHsmContract } from './testing/hsm-contract';
import { createToken } from './token';

const PIN = 'trial-pin-4711';
const folders: string[] = [];

async function makeDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'persoline-hsm-'));
  folders.push(directory);
  await createToken({ directory }, PIN);
  return directory;
}

afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

describeHsmContract(
  'hsm-mock',
  async () => {
    const directory = await makeDirectory();
    return {
      open: () => openSoftwareHsm({ directory, pin: PIN }),
      openWithWrongPin: () => openSoftwareHsm({ directory, pin: 'another' }),
      remove: () => rm(directory, { recursive: true, force: true }),
    };
  },
  [
    'ecdsa-P-256-sha256',
    'ecdsa-P-521-sha512',
    'ecdsa-brainpoolP256r1-sha256',
    'ecdsa-brainpoolP384r1-sha384',
    'rsa-2048-pkcs1-sha256',
    'rsa-3072-pss-sha256',
  ],
);

const signer = {
  label: 'signer',
  purpose: 'document-sign',
  algorithm: 'ecdsa-P-256-sha256',
} as const;
const message = Uint8Array.of(1);

test('locks after five wrong PINs, for the right one too', async () => {
  const directory = await makeDirectory();
  for (const left of [4, 3, 2, 1, 0]) {
    await expect(openSoftwareHsm({ directory, pin: 'wrong' })).rejects.toThrow(
      `${left} attempts are left`,
    );
  }
  await expect(openSoftwareHsm({ directory, pin: PIN })).rejects.toMatchObject({
    code: 'HSM_LOCKED',
  });
});

test('counts the wrong PINs of several sessions together, and a right one starts again', async () => {
  const directory = await makeDirectory();
  const wrong = (): Promise<unknown> => openSoftwareHsm({ directory, pin: 'wrong' });
  await Promise.allSettled([wrong(), wrong(), wrong()]);
  const hsm = await openSoftwareHsm({ directory, pin: PIN });
  await hsm.close();
  await Promise.allSettled([wrong(), wrong(), wrong(), wrong()]);
  await (await openSoftwareHsm({ directory, pin: PIN })).close();
});

test('keeps slots apart', async () => {
  const directory = await makeDirectory();
  await createToken({ directory, slot: 1 }, 'other-pin');
  const first = await openSoftwareHsm({ directory, pin: PIN });
  await first.generateKeyPair(signer);
  const second = await openSoftwareHsm({ directory, slot: 1, pin: 'other-pin' });
  expect(await second.findKey('signer')).toBeUndefined();
  await expect(openSoftwareHsm({ directory, slot: 2, pin: PIN })).rejects.toMatchObject({
    code: 'HSM_FAILED',
  });
});

test('never makes a second token in a slot, and wants a PIN worth the name', async () => {
  const directory = await makeDirectory();
  await expect(createToken({ directory }, PIN)).rejects.toMatchObject({ code: 'HSM_FAILED' });
  await expect(createToken({ directory, slot: 1 }, '123')).rejects.toMatchObject({ code: 'USAGE' });
});

test('keeps no key in clear and notices a changed key file', async () => {
  const directory = await makeDirectory();
  const hsm = await openSoftwareHsm({ directory, pin: PIN });
  await hsm.generateKeyPair(signer);
  await hsm.close();
  const path = join(directory, 'slot-0', 'signer.key.json');
  const file = JSON.parse(await readFile(path, 'utf8')) as Record<string, string>;
  expect(Object.keys(file)).toEqual([
    'format',
    'label',
    'purpose',
    'algorithm',
    'publicKey',
    'sealedKey',
  ]);
  await writeFile(path, JSON.stringify({ ...file, purpose: 'csca-sign' }));
  const again = await openSoftwareHsm({ directory, pin: PIN });
  await expect(again.sign({ ...signer, purpose: 'csca-sign', message })).rejects.toMatchObject({
    code: 'HSM_FAILED',
  });
});

test('refuses labels that would leave its folder', async () => {
  const directory = await makeDirectory();
  const hsm = await openSoftwareHsm({ directory, pin: PIN });
  for (const label of ['../outside', '', 'a/b', '.hidden', 'x'.repeat(65)]) {
    await expect(hsm.generateKeyPair({ ...signer, label })).rejects.toMatchObject({
      code: 'HSM_WRONG_USE',
    });
    expect(await hsm.findKey(label)).toBeUndefined();
  }
});

test('fails and loses answers as it is told', async () => {
  const directory = await makeDirectory();
  const faults: ('fail' | 'lose-answer' | undefined)[] = ['fail', 'lose-answer'];
  const hsm = await openSoftwareHsm({
    directory,
    pin: PIN,
    latencyMs: 1,
    fault: (operation) => (operation === 'generate-key-pair' ? faults.shift() : undefined),
  });
  await expect(hsm.generateKeyPair(signer)).rejects.toThrow('it did not begin');
  expect(await hsm.findKey('signer')).toBeUndefined();
  await expect(hsm.generateKeyPair(signer)).rejects.toThrow('its answer was lost');
  expect(await hsm.findKey('signer')).toBeDefined();
});

test('of two sessions that make the same key one wins', async () => {
  const directory = await makeDirectory();
  const [first, second] = await Promise.all([
    openSoftwareHsm({ directory, pin: PIN }),
    openSoftwareHsm({ directory, pin: PIN }),
  ]);
  const outcomes = await Promise.allSettled([
    first.generateKeyPair(signer),
    second.generateKeyPair(signer),
  ]);
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(await first.findKey('signer')).toEqual(await second.findKey('signer'));
});

test('a process killed while it makes keys leaves whole keys only', async () => {
  const directory = await makeDirectory();
  const script = `
    require('@swc/core');
    const { transformFileSync } = require('@swc/core');
    require.extensions['.ts'] = (module, file) => module._compile(
      transformFileSync(file, { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
        module: { type: 'commonjs' } }).code, file);
    const { openSoftwareHsm } = require(${JSON.stringify(join(__dirname, 'software-hsm.ts'))});
    openSoftwareHsm({ directory: process.argv[1], pin: process.argv[2] }).then(async (hsm) => {
      for (let number = 0; ; number++) {
        await hsm.generateSecretKey({ label: 'key-' + number, purpose: 'storage-wrap' });
        process.stdout.write('.');
      }
    });`;
  const child = spawn(process.execPath, ['-e', script, directory, PIN]);
  const ended = new Promise((resolve) => child.once('close', resolve));
  let made = 0;
  await new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    child.stdout.on('data', (dots: Buffer) => {
      made += dots.length;
      if (made >= 8) resolve();
    });
  });
  child.kill('SIGKILL');
  await ended;
  expect(made).toBeGreaterThanOrEqual(8);
  const hsm = await openSoftwareHsm({ directory, pin: PIN });
  const names = (await readdir(join(directory, 'slot-0'))).filter((name) =>
    name.endsWith('.key.json'),
  );
  expect(names.length).toBeGreaterThanOrEqual(made);
  for (const name of names) {
    const label = name.replace('.key.json', '');
    const sealed = await hsm.seal(label, message, 'test');
    expect(await hsm.open(label, sealed, 'test')).toEqual(message);
  }
}, 30_000);

describeCardKeyContract('hsm-mock', openVault);
describeCardKeyVaultContract('hsm-mock', openVault);

async function openVault() {
  const directory = await makeDirectory();
  return {
    hsm: await openSoftwareHsm({ directory, pin: PIN }),
    openAgain: () => openSoftwareHsm({ directory, pin: PIN }),
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}
