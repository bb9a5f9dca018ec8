import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeCvCertificate } from '../../standards/access/terminal-authentication/cv-certificate';
import { verifyWithCvKey } from '../../standards/access/terminal-authentication/cv-public-key';
import {
  issueCvCertificate,
  makeCvKey,
  type TestCvKey,
} from '../../standards/access/testing/cv-issuer';
import { readTerminalRights } from './terminal-rights';

let folder: string;
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

describe.each(['ec', 'rsa'] as const)('a terminal with an %s key', (kind) => {
  const cvca = makeCvKey('UTCVCA00001', kind);
  const dv = makeCvKey(`UTDV${kind.toUpperCase().padEnd(3, 'X')}00001`, kind);
  const terminal = makeCvKey(`UTIS${kind.toUpperCase().padEnd(3, 'X')}00001`, kind);
  const pkcs8 = () => terminal.privateKey.export({ format: 'der', type: 'pkcs8' });

  test.each([
    ['PEM', () => terminal.privateKey.export({ format: 'pem', type: 'pkcs8' })],
    ['DER', pkcs8],
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
    const rights = await readTerminalRights({ terminalCertificate, terminalKey });
    expect(rights?.certificates).toHaveLength(2);
    const message = Uint8Array.of(1, 2, 3);
    const signature = (await rights?.sign(message)) ?? new Uint8Array();
    expect(verifyWithCvKey(terminal.publicKey, message, signature)).toBe(true);
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
