import { Ajv } from 'ajv';
import { decodeHex, encodeHex } from '../../standards/bytes/hex';
import { ProductionError } from '../errors';
import type { AccessSecrets } from './holder';
import type { ChipKey, ChipKeys } from './signed-document';
import { MAX_TRUST_POINTS, type TerminalTrust } from './terminal-trust';

/**
 * What a chip is given beside its files: its access secrets, the private keys that are its own, and
 * whose terminals it obeys.
 */
export interface ChipSecrets {
  readonly access: AccessSecrets;
  readonly chipKeys: ChipKeys;
  readonly terminalTrust?: TerminalTrust;
}

type KeyJson =
  | {
      readonly type: 'rsa';
      readonly publicKey: string;
      readonly modulus: string;
      readonly privateExponent: string;
    }
  | {
      readonly type: 'ec';
      readonly publicKey: string;
      readonly curve: string;
      readonly privateScalar: string;
    }
  | { readonly type: 'on-chip'; readonly publicKey: string };

interface SecretsJson {
  readonly mrz: AccessSecrets['mrz'];
  readonly can?: string;
  readonly activeAuthentication?: KeyJson;
  readonly chipAuthentication?: KeyJson;
  readonly terminalTrust?: {
    readonly certificates: readonly string[];
    readonly currentDate: string;
  };
}

const MAX_CHARACTERS = 64 * 1024;

const hex = { type: 'string', pattern: '^([0-9A-F]{2})+$', maxLength: 4096 };
const object = (properties: Record<string, object>, optional: readonly string[] = []) => ({
  type: 'object',
  additionalProperties: false,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  properties,
});
const key = {
  type: 'object',
  discriminator: { propertyName: 'type' },
  required: ['type'],
  oneOf: [
    object({ type: { const: 'rsa' }, publicKey: hex, modulus: hex, privateExponent: hex }),
    object({
      type: { const: 'ec' },
      publicKey: hex,
      curve: { type: 'string', pattern: '^[A-Za-z0-9-]{1,32}$' },
      privateScalar: hex,
    }),
    object({ type: { const: 'on-chip' }, publicKey: hex }),
  ],
};
const date = { type: 'string', pattern: '^[0-9<]{6}$' };

const check = new Ajv({ allErrors: true, discriminator: true }).compile<SecretsJson>(
  object(
    {
      mrz: object({
        documentNumber: { type: 'string', pattern: '^[A-Z0-9<]{1,22}$' },
        dateOfBirth: date,
        dateOfExpiry: date,
      }),
      can: { type: 'string', pattern: '^[0-9]{6}$' },
      activeAuthentication: key,
      chipAuthentication: key,
      terminalTrust: object({
        certificates: { type: 'array', minItems: 1, maxItems: MAX_TRUST_POINTS, items: hex },
        currentDate: { type: 'string', pattern: '^[0-9]{6}$' },
      }),
    },
    ['can', 'activeAuthentication', 'chipAuthentication', 'terminalTrust'],
  ),
);

/** The secrets as JSON text, for a file that only its owner may read. */
export function encodeChipSecrets({ access, chipKeys, terminalTrust }: ChipSecrets): string {
  const { mrz, can } = access;
  const { activeAuthentication: aa, chipAuthentication: ca } = chipKeys;
  const json: SecretsJson = {
    mrz: {
      documentNumber: mrz.documentNumber,
      dateOfBirth: mrz.dateOfBirth,
      dateOfExpiry: mrz.dateOfExpiry,
    },
    ...(can !== undefined && { can }),
    ...(aa && { activeAuthentication: encodeKey(aa) }),
    ...(ca && { chipAuthentication: encodeKey(ca) }),
    ...(terminalTrust && {
      terminalTrust: {
        certificates: terminalTrust.certificates.map(encodeHex),
        currentDate: terminalTrust.currentDate,
      },
    }),
  };
  return `${JSON.stringify(json, undefined, 2)}\n`;
}

/**
 * Reads what `encodeChipSecrets` wrote.
 *
 * @param place the file, for messages
 * @throws ProductionError `INPUT_MALFORMED` naming every wrong member, never a value.
 */
export function parseChipSecrets(text: string, place: string): ChipSecrets {
  const json = parseJson(text, place);
  if (!check(json)) {
    const reasons = (check.errors ?? []).map(
      ({ instancePath, message }) => `${instancePath || 'the whole'} ${message ?? 'is wrong'}`,
    );
    throw new ProductionError('INPUT_MALFORMED', place, reasons);
  }
  const { mrz, can, activeAuthentication: aa, chipAuthentication: ca, terminalTrust } = json;
  return {
    access: { mrz, ...(can !== undefined && { can }) },
    chipKeys: {
      ...(aa && { activeAuthentication: decodeKey(aa) }),
      ...(ca && { chipAuthentication: decodeKey(ca) }),
    },
    ...(terminalTrust && {
      terminalTrust: {
        certificates: terminalTrust.certificates.map((one) => decodeHex(one)),
        currentDate: terminalTrust.currentDate,
      },
    }),
  };
}

function parseJson(text: string, place: string): unknown {
  if (text.length > MAX_CHARACTERS) {
    throw new ProductionError('INPUT_MALFORMED', place, [`more than ${MAX_CHARACTERS} characters`]);
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // The parser's own message quotes the text, and the text is secret.
    throw new ProductionError('INPUT_MALFORMED', place, ['it is not JSON']);
  }
}

function encodeKey(secret: ChipKey): KeyJson {
  const publicKey = encodeHex(secret.publicKey);
  if (secret.type === 'on-chip') return { type: secret.type, publicKey };
  if (secret.type === 'ec') {
    const { type, curve, privateScalar } = secret;
    return { type, publicKey, curve, privateScalar: encodeHex(privateScalar) };
  }
  const { type, modulus, privateExponent } = secret;
  return {
    type,
    publicKey,
    modulus: encodeHex(modulus),
    privateExponent: encodeHex(privateExponent),
  };
}

function decodeKey(json: KeyJson): ChipKey {
  const publicKey = decodeHex(json.publicKey);
  if (json.type === 'on-chip') return { type: json.type, publicKey };
  if (json.type === 'ec') {
    const { type, curve, privateScalar } = json;
    return { type, publicKey, curve, privateScalar: decodeHex(privateScalar) };
  }
  const { type, modulus, privateExponent } = json;
  return {
    type,
    publicKey,
    modulus: decodeHex(modulus),
    privateExponent: decodeHex(privateExponent),
  };
}
