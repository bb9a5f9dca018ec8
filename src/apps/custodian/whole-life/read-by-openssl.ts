import { spawnSync } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ProductionError } from '../../../production/errors';
import { expectThat, type Life } from './life';

/** Other people's eyes: OpenSSL reads every certificate, list and signed structure. */
export async function readByOpenssl({ folder, say }: Life): Promise<void> {
  const names = (await readdir(folder)).filter((name) => /\.(cer|crl|ml)$/.test(name)).sort();
  for (const name of names) {
    const file = join(folder, name);
    if (name.endsWith('.cer')) openssl('x509', '-inform', 'DER', '-noout', '-text', '-in', file);
    if (name.endsWith('.crl')) openssl('crl', '-inform', 'DER', '-noout', '-text', '-in', file);
    openssl('asn1parse', '-inform', 'DER', '-in', file);
  }
  expectThat(names.length > 0, 'there is something to read');
  say(`openssl x509, crl and asn1parse read ${names.join(', ')}`);
}

function openssl(...args: readonly string[]): void {
  const { status, error } = spawnSync('openssl', args, { stdio: ['ignore', 'pipe', 'pipe'] });
  if (error !== undefined) {
    throw new ProductionError('TOOL_MISSING', 'openssl', ['apt-get install openssl']);
  }
  expectThat(status === 0, `openssl ${args[0] ?? ''} reads ${args.at(-1) ?? ''}`);
}
