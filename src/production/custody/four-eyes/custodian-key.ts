import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  scrypt,
  type ScryptOptions,
  sign,
  verify,
} from 'node:crypto';
import { Ajv } from 'ajv';
import { ProductionError } from '../../errors';
import type { RandomSource } from '../../ports';

/** The personal key file of a custodian: an Ed25519 key, sealed under a passphrase. */
interface CustodianKeyJson {
  readonly format: 'persoline-custodian-1';
  readonly name: string;
  /** Base64 of the DER SubjectPublicKeyInfo. */
  readonly publicKey: string;
  readonly salt: string;
  readonly nonce: string;
  /** Base64 of the sealed PKCS #8, its tag at the end. */
  readonly sealedKey: string;
}

/** A custodian at the keyboard: a name, and a key that is open. */
export interface PresentCustodian {
  readonly name: string;
  readonly publicKey: Uint8Array;
  sign(message: Uint8Array): Uint8Array;
}

/** About a third of a second and 128 MB a guess. */
const SCRYPT: ScryptOptions = { N: 131_072, r: 8, p: 1, maxmem: 160 * 1024 * 1024 };
const MIN_PASSPHRASE_CHARACTERS = 12;
const base64 = { type: 'string', pattern: '^[A-Za-z0-9+/]+={0,2}$', maxLength: 400 };
const members = {
  format: { const: 'persoline-custodian-1' },
  name: { type: 'string', pattern: '^[a-z][a-z0-9-]{0,39}$' },
  ...{ publicKey: base64, salt: base64, nonce: base64, sealedKey: base64 },
};
const isKeyFile = new Ajv().compile<CustodianKeyJson>({
  type: 'object',
  additionalProperties: false,
  required: Object.keys(members),
  properties: members,
});

/**
 * Makes a key for a person; the text is for a file that this person keeps.
 *
 * @throws ProductionError `USAGE` when the name or the passphrase will not do.
 */
export async function makeCustodianKey(
  name: string,
  passphrase: string,
  random: RandomSource,
): Promise<{ readonly text: string; readonly publicKey: Uint8Array }> {
  const reasons = [
    ...(/^[a-z][a-z0-9-]{0,39}$/.test(name)
      ? []
      : ['the name is not lower-case letters, digits and hyphens']),
    ...(passphrase.length >= MIN_PASSPHRASE_CHARACTERS
      ? []
      : [`the passphrase has fewer than ${MIN_PASSPHRASE_CHARACTERS} characters`]),
  ];
  if (reasons.length > 0) throw new ProductionError('USAGE', 'custodian', reasons);
  const pair = generateKeyPairSync('ed25519');
  const publicKey = new Uint8Array(pair.publicKey.export({ format: 'der', type: 'spki' }));
  const salt = random.bytes(16);
  const nonce = random.bytes(12);
  const cipher = createCipheriv('aes-256-gcm', await deriveKey(passphrase, salt), nonce);
  cipher.setAAD(contextOf(name, publicKey));
  const pkcs8 = pair.privateKey.export({ format: 'der', type: 'pkcs8' });
  const sealed = Buffer.concat([cipher.update(pkcs8), cipher.final(), cipher.getAuthTag()]);
  const json: CustodianKeyJson = {
    format: 'persoline-custodian-1',
    name,
    publicKey: encode(publicKey),
    salt: encode(salt),
    nonce: encode(nonce),
    sealedKey: encode(sealed),
  };
  return { text: `${JSON.stringify(json, undefined, 2)}\n`, publicKey };
}

/**
 * Opens a personal key file.
 *
 * @param place the file, for errors
 * @throws ProductionError `INPUT_MALFORMED`, `PASSPHRASE_WRONG`.
 */
export async function openCustodianKey(
  text: string,
  passphrase: string,
  place: string,
): Promise<PresentCustodian> {
  const file = parseKeyFile(text, place);
  const publicKey = new Uint8Array(Buffer.from(file.publicKey, 'base64'));
  const key = await unseal(file, publicKey, passphrase).catch((cause: unknown) => {
    throw new ProductionError('PASSPHRASE_WRONG', place, [], { cause });
  });
  return {
    name: file.name,
    publicKey,
    sign: (message) => new Uint8Array(sign(null, message, key)),
  };
}

/**
 * Whose a key file is, which its owner's passphrase is not needed for.
 *
 * @throws ProductionError `INPUT_MALFORMED`.
 */
export function readCustodianFile(
  text: string,
  place: string,
): Pick<PresentCustodian, 'name' | 'publicKey'> {
  const { name, publicKey } = parseKeyFile(text, place);
  return { name, publicKey: new Uint8Array(Buffer.from(publicKey, 'base64')) };
}

/** True when the custodian with this key signed the message. */
export function verifyCustodian(
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  const key = createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });
  return key.asymmetricKeyType === 'ed25519' && verify(null, message, key, signature);
}

async function unseal(
  file: CustodianKeyJson,
  publicKey: Uint8Array,
  passphrase: string,
): Promise<KeyObject> {
  const key = await deriveKey(passphrase, Buffer.from(file.salt, 'base64'));
  const sealed = Buffer.from(file.sealedKey, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(file.nonce, 'base64'));
  decipher.setAAD(contextOf(file.name, publicKey));
  decipher.setAuthTag(sealed.subarray(-16));
  const pkcs8 = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
  return createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
}

function parseKeyFile(text: string, place: string): CustodianKeyJson {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new ProductionError('INPUT_MALFORMED', place, ['it is not JSON'], { cause });
  }
  if (isKeyFile(json)) return json;
  throw new ProductionError('INPUT_MALFORMED', place, ['it is no key file of a custodian']);
}

/** The name belongs to the key: a file cannot be given another one. */
function contextOf(name: string, publicKey: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`persoline custodian ${name}\0`), publicKey]);
}

function deriveKey(passphrase: string, salt: Uint8Array): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFKC'), salt, 32, SCRYPT, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}

function encode(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
