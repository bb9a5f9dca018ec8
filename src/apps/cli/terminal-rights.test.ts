import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCvKey as makeHsmCvKey } from '../../production/custody/terminal/cv-key';
import { initTrialKeys, openKeys } from '../wiring/keys';
import { encodeCvCertificate } from '../../standards/access/terminal-authentication/cv-certificate';
import { verifyWithCvKey } from '../../standards/access/terminal-authentication/cv-public-key';
import {
  issueCvCertificate,
  makeCvKey,
  type TestCvKey,
} from '../../standards/access/testing/cv-issuer';
import type { TerminalRights } from '../../production/inspection/read/terminal-authentication';
import { withTerminalRights, type TerminalOptions } from './terminal-rights';

let folder: string;
const readTerminalRights = (options: TerminalOptions): Promise<TerminalRights | undefined> =>
  withTerminalRights(options, (rights) => Promise.resolve(rights));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'persoline-terminal-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function certificateFile(
  issuer: TestCvKey,
  holder: TestCvKey,
  role: 'terminal' | 'domestic-dv',
) {
  const { body, signature } = issueCvCertificate({ issuer, holder, role });
  const file = join(folder, `${holder.reference}-${role}.cvc`);
  await writeFile(file, encodeCvCertificate(body, signature));
  return file;
}

async function keyFile(name: string, content: string | Uint8Array): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, content);
  return file;
}

const PASSPHRASE = 'correct horse';
const ENCRYPTED = { cipher: 'aes-256-cbc', passphrase: PASSPHRASE } as const;

describe.each(['ec', 'rsa'] as const)('a terminal with an %s key', (kind) => {
  const cvca = makeCvKey('UTCVCA00001', kind);
  const dv = makeCvKey(`UTDV${kind.toUpperCase().padEnd(3, 'X')}00001`, kind);
  const terminal = makeCvKey(`UTIS${kind.toUpperCase().padEnd(3, 'X')}00001`, kind);
  const pkcs8 = () => terminal.privateKey.export({ format: 'der', type: 'pkcs8' });

  test.each([
    ['PEM', () => terminal.privateKey.export({ format: 'pem', type: 'pkcs8' })],
    ['DER', pkcs8],
    [
      'encrypted PEM',
      () => terminal.privateKey.export({ format: 'pem', type: 'pkcs8', ...ENCRYPTED }),
    ],
    [
      'encrypted DER',
      () => terminal.privateKey.export({ format: 'der', type: 'pkcs8', ...ENCRYPTED }),
    ],
    [
      'DER of its kind',
      () => terminal.privateKey.export({ format: 'der', type: kind === 'ec' ? 'sec1' : 'pkcs1' }),
    ],
  ] as const)('signs with its key in %s', async (form, content) => {
    const terminalCertificate = [
      await certificateFile(dv, terminal, 'terminal'),
      await certificateFile(cvca, dv, 'domestic-dv'),
    ];
    const terminalKey = await keyFile(`${kind} ${form}`, content());
    const isEncrypted = form.startsWith('encrypted');
    const rights = await readTerminalRights({
      ...{ terminalCertificate, terminalKey },
      ...(isEncrypted && {
        terminalKeyPassphraseFrom: `file:${await keyFile('pass', PASSPHRASE)}`,
      }),
    });
    expect(rights?.certificates).toHaveLength(2);
    const message = Uint8Array.of(1, 2, 3);
    const signature = (await rights?.sign(message)) ?? new Uint8Array();
    expect(verifyWithCvKey(terminal.publicKey, message, signature)).toBe(true);
  });

  test('stays closed without its passphrase, or with another, and says nothing of it', async () => {
    const terminalCertificate = [await certificateFile(dv, terminal, 'terminal')];
    const pem = terminal.privateKey.export({ format: 'pem', type: 'pkcs8', ...ENCRYPTED });
    const terminalKey = await keyFile(`${kind} closed.pem`, pem);
    const without = readTerminalRights({ terminalCertificate, terminalKey });
    await expect(without).rejects.toMatchObject({
      code: 'INPUT_MALFORMED',
      reasons: [expect.stringContaining('--terminal-key-passphrase-from')],
    });
    const place = `file:${await keyFile('wrong', 'MARKER')}`;
    const wrong = { terminalCertificate, terminalKey, terminalKeyPassphraseFrom: place };
    await expect(readTerminalRights(wrong)).rejects.toMatchObject({
      code: 'INPUT_MALFORMED',
      reasons: ['it holds no private key that this passphrase opens'],
    });
    const spelled = { ...wrong, terminalKeyPassphraseFrom: 'MARKER' };
    await expect(readTerminalRights(spelled)).rejects.toMatchObject({ code: 'USAGE' });
    await expect(readTerminalRights(spelled)).rejects.not.toThrow('MARKER');
  });

  test('does not take the key of another', async () => {
    const terminalCertificate = [await certificateFile(dv, terminal, 'terminal')];
    const other = dv.privateKey.export({ format: 'pem', type: 'pkcs8' });
    const terminalKey = await keyFile(`${kind} other.pem`, other);
    await expect(readTerminalRights({ terminalCertificate, terminalKey })).rejects.toMatchObject({
      code: 'INPUT_MALFORMED',
      reasons: [`it is not the key of the terminal certificate ${terminal.reference}`],
    });
  });

  test('needs a certificate of its own', async () => {
    const terminalCertificate = [await certificateFile(cvca, dv, 'domestic-dv')];
    const terminalKey = await keyFile(`${kind}.der`, pkcs8());
    await expect(readTerminalRights({ terminalCertificate, terminalKey })).rejects.toMatchObject({
      code: 'USAGE',
    });
  });
});

test('nothing given is nothing asked for', async () => {
  await expect(readTerminalRights({ terminalCertificate: [] })).resolves.toBeUndefined();
});

test('one without the other is wrong use, and garbage is named without being quoted', async () => {
  const garbage = await keyFile('garbage', '-----BEGIN SECRET MARKER-----');
  await expect(
    readTerminalRights({ terminalCertificate: [], terminalKey: garbage }),
  ).rejects.toMatchObject({ code: 'USAGE' });
  await expect(readTerminalRights({ terminalCertificate: [], keys: folder })).rejects.toMatchObject(
    { code: 'USAGE' },
  );
  await expect(
    readTerminalRights({ terminalCertificate: [garbage], terminalKey: garbage }),
  ).rejects.toMatchObject({ code: 'INPUT_MALFORMED' });
  const dv = makeCvKey('UTDV00009');
  const terminal = makeCvKey('UTIS00009');
  const certificate = await certificateFile(dv, terminal, 'terminal');
  const refusal = readTerminalRights({ terminalCertificate: [certificate], terminalKey: garbage });
  await expect(refusal).rejects.toMatchObject({ code: 'INPUT_MALFORMED' });
  await expect(refusal).rejects.not.toThrow('MARKER');
});

describe.each(['ecdsa-brainpoolP256r1-sha256', 'rsa-2048-pss-sha256'])(
  'in the HSM, %s',
  (algorithm) => {
    const name = `UT${algorithm.slice(0, 3).toUpperCase()}IS00001`;

    test('the key of the certificate signs, and no other', async () => {
      const directory = join(folder, algorithm);
      await initTrialKeys({ directory }, { country: 'UT', state: 'UTO' });
      const { hsm } = await openKeys({ directory });
      const key = await makeHsmCvKey({ reference: name, role: 'terminal', algorithm }, hsm);
      await hsm.close();
      const dv = makeCvKey('UTDV00001', algorithm.startsWith('rsa') ? 'rsa' : 'ec');
      const own = { ...dv, reference: name, publicKey: key.publicKey };
      const terminalCertificate = [await certificateFile(dv, own, 'terminal')];
      const message = Uint8Array.of(4, 5, 6);
      const signature = await withTerminalRights(
        { terminalCertificate, keys: directory },
        (rights) => rights?.sign(message) ?? Promise.reject(new Error('no rights')),
      );
      expect(verifyWithCvKey(key.publicKey, message, signature)).toBe(true);
      const other = { ...dv, reference: name };
      const mistaken = [await certificateFile(dv, other, 'terminal')];
      await expect(
        readTerminalRights({ terminalCertificate: mistaken, keys: directory }),
      ).rejects.toMatchObject({ code: 'INPUT_MALFORMED' });
      const unknown = [await certificateFile(dv, { ...dv, reference: 'UTIS09999' }, 'terminal')];
      await expect(
        readTerminalRights({ terminalCertificate: unknown, keys: directory }),
      ).rejects.toMatchObject({ code: 'HSM_KEY_MISSING' });
    }, 60_000);
  },
);
