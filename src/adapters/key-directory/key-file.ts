import { Ajv } from 'ajv';
import type { KeySet } from '../../production/document/key-set';
import { ProductionError } from '../../production/errors';

/** A file of a key directory beside its HSM. */
export interface KeyDirectoryFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** `keys.json`: labels and file names, no key and no secret. */
interface KeyFileJson {
  readonly format: 1;
  readonly country: string;
  readonly state: string;
  readonly csca: KeyJson;
  readonly signers: readonly KeyJson[];
  readonly storageKeyLabel: string;
}

interface KeyJson {
  readonly keyLabel: string;
  readonly algorithm: string;
  /** Name of the file with the DER certificate. */
  readonly certificate: string;
}

const text = { type: 'string', minLength: 1, maxLength: 64 };
const fileName = { type: 'string', pattern: '^[A-Za-z0-9-]{1,32}\\.cer$' };
const strict = (properties: Record<string, object>): object => ({
  type: 'object',
  additionalProperties: false,
  required: Object.keys(properties),
  properties,
});
const key = strict({ keyLabel: text, algorithm: text, certificate: fileName });

const check = new Ajv({ allErrors: true }).compile<KeyFileJson>(
  strict({
    format: { const: 1 },
    country: { type: 'string', pattern: '^[A-Z]{2}$' },
    state: { type: 'string', pattern: '^[A-Z]{1,3}$' },
    csca: key,
    signers: { type: 'array', items: key, minItems: 1, maxItems: 1000 },
    storageKeyLabel: text,
  }),
);

/** `keys.json` as text, and the certificates that it names. */
export function encodeKeyFile(keys: KeySet): {
  readonly text: string;
  readonly certificates: readonly KeyDirectoryFile[];
} {
  const signerName = (index: number): string => (index === 0 ? 'DSC.cer' : `DSC-${index + 1}.cer`);
  const json: KeyFileJson = {
    format: 1,
    country: keys.country,
    state: keys.state,
    csca: {
      keyLabel: keys.csca.keyLabel,
      algorithm: keys.csca.algorithm,
      certificate: 'CSCA.cer',
    },
    signers: keys.signers.map(({ keyLabel, algorithm }, index) => ({
      keyLabel,
      algorithm,
      certificate: signerName(index),
    })),
    storageKeyLabel: keys.storageKeyLabel,
  };
  return {
    text: `${JSON.stringify(json, undefined, 2)}\n`,
    certificates: [
      { name: 'CSCA.cer', bytes: keys.csca.certificate },
      ...keys.signers.map(({ certificate }, index) => ({
        name: signerName(index),
        bytes: certificate,
      })),
    ],
  };
}

/**
 * Reads `keys.json` with the certificates that it names.
 *
 * @throws ProductionError `INPUT_MALFORMED` naming every wrong member.
 */
export async function parseKeyFile(
  content: string,
  readFile: (name: string) => Promise<Uint8Array>,
): Promise<KeySet> {
  const json = parseJson(content);
  if (!check(json)) {
    const reasons = (check.errors ?? []).map(
      ({ instancePath, message }) => `${instancePath || 'the whole'} ${message ?? 'is wrong'}`,
    );
    throw new ProductionError('INPUT_MALFORMED', 'keys.json', reasons);
  }
  const read = async (name: string): Promise<Uint8Array> => new Uint8Array(await readFile(name));
  const certificate = await read(json.csca.certificate);
  const signers = await Promise.all(
    json.signers.map(async (signer) => ({
      ...signer,
      certificate: await read(signer.certificate),
      csca: certificate,
    })),
  );
  return {
    country: json.country,
    state: json.state,
    csca: { ...json.csca, certificate },
    signers,
    storageKeyLabel: json.storageKeyLabel,
  };
}

function parseJson(content: string): unknown {
  try {
    return JSON.parse(content) as unknown;
  } catch (cause) {
    throw new ProductionError('INPUT_MALFORMED', 'keys.json', ['it is not JSON'], { cause });
  }
}
