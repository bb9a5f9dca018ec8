import { execFileSync, spawnSync } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '../../../..');

test('the whole life of keys in SoftHSM2, by the script as people run it', async () => {
  execFileSync(join(ROOT, 'scripts/build'), { stdio: 'ignore' });
  const folder = await mkdtemp(join(tmpdir(), 'persoline-life-'));
  try {
    // The embedded server runs as another user where the tests are run as root.
    await chmod(folder, 0o755);
    const script = join(ROOT, 'scripts/with-softhsm');
    const told = spawnSync(
      script,
      [join(ROOT, 'scripts/whole-life'), join(folder, 'life'), '--hsm', 'pkcs11'],
      { encoding: 'utf8' },
    );
    expect(told).toMatchObject({ status: 0 });
    for (const sentence of [
      /signed by 4 processes: none too many, none refused/,
      /DSC 1 revoked: document \d+ is refused by CRL 1, document \d+ passes/,
      /of both generations, pass against the master list alone/,
      /openssl x509, crl and asn1parse read CSCA-1\.cer/,
      /the audit log is whole: \d+ entries/,
    ]) {
      expect(told.stdout).toMatch(sentence);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}, 600_000);
