import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProfileFile, ProfileKind } from '../../ports';
import type { ChipProfile } from '../chip';
import { parseChip } from '../parse-chip';
import { parseProduct } from '../parse-product';
import type { ProductProfile } from '../product';

/** The folder of this repository that holds the profiles it ships. */
export const PROFILE_FOLDER = join(__dirname, '../../../../card-profiles');

/** Names of the shipped profiles of a kind. */
export function shippedNames(kind: ProfileKind): readonly string[] {
  return readdirSync(join(PROFILE_FOLDER, kind))
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.replace('.yaml', ''))
    .sort();
}

export function shippedText(kind: ProfileKind, name: string): ProfileFile {
  const file = `${name}.yaml`;
  return { file, text: readFileSync(join(PROFILE_FOLDER, kind, file), 'utf8') };
}

export function shippedProduct(name: string): ProductProfile {
  const { text, file } = shippedText('products', name);
  return parseProduct(text, file);
}

export function shippedChip(name: string): ChipProfile {
  const { text, file } = shippedText('chips', name);
  return parseChip(text, file);
}

/** Every shipped product with every chip that it may be made on. */
export function shippedPairs(): readonly (readonly [product: string, chip: string])[] {
  return shippedNames('products').flatMap((product) =>
    shippedProduct(product).chips.map((chip) => [product, chip] as const),
  );
}

/**
 * The classic open applet as it would be with a trust anchor for terminals, without which it does
 * no Chip Authentication: the shipped profile has none.
 */
export function appletWithChipAuthentication(): ProfileFile {
  const { file, text } = shippedText('chips', 'passport-applet');
  return {
    file,
    text: text
      .replace(
        /^# No chipAuthentication[^]*?\n(?=\n)/m,
        'chipAuthentication: { protocol: id-CA-ECDH-3DES-CBC-CBC, curve: brainpoolP256r1, keyOrigin: host }\n',
      )
      .replace(
        '  - verb: verify',
        `  - verb: put-data
    title: { vi: Nạp khóa Chip Authentication, en: Put the Chip Authentication key }
    when: chip-authentication
    send:
      - '00DA0063 (81[{ca.p}] 82[{ca.a}] 83[{ca.b}] 84[{ca.g}] 85[{ca.n}] 86[{ca.privateScalar}] 87[01])'

  - verb: verify`,
      ),
  };
}

/** A source of the shipped profiles that loads no packages: none of them names one. */
export function withoutPackages(name: string): Promise<Uint8Array> {
  return Promise.reject(new Error(`no shipped profile loads the package ${name}`));
}
