import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { ProductionError } from '../../production/errors';

/**
 * The PKCS #11 token that holds the keys of a directory. Neither a PIN nor any other secret: those
 * come by reference when the keys are opened.
 */
export interface TokenReference {
  /** Shared object of the HSM's maker; it may differ from host to host. */
  readonly modulePath?: string;
  readonly tokenLabel?: string;
}

interface SiteFile extends TokenReference {
  readonly hsm: 'pkcs11';
}

const check = new Ajv({ allErrors: true }).compile<SiteFile>({
  type: 'object',
  additionalProperties: false,
  required: ['hsm'],
  properties: {
    hsm: { const: 'pkcs11' },
    modulePath: { type: 'string', pattern: '^/', maxLength: 4096 },
    // CK_TOKEN_INFO has 32 bytes for a label [PKCS11 §3.2].
    tokenLabel: { type: 'string', minLength: 1, maxLength: 32 },
  },
});

export function encodeTokenReference(token: TokenReference): string {
  const site: SiteFile = { hsm: 'pkcs11', ...token };
  return `${JSON.stringify(site, undefined, 2)}\n`;
}

/**
 * Reads a site file, YAML or JSON: `hsm: pkcs11`, `modulePath`, `tokenLabel`.
 *
 * @throws ProductionError `INPUT_MALFORMED` naming every wrong member.
 */
export function parseTokenReference(text: string, file: string): TokenReference {
  const site = parseYaml(text, file);
  if (!check(site)) {
    const reasons = (check.errors ?? []).map(
      ({ instancePath, message }) => `${instancePath || 'the whole'} ${message ?? 'is wrong'}`,
    );
    throw new ProductionError('INPUT_MALFORMED', file, reasons);
  }
  const { modulePath, tokenLabel } = site;
  return {
    ...(modulePath !== undefined && { modulePath }),
    ...(tokenLabel !== undefined && { tokenLabel }),
  };
}

function parseYaml(text: string, file: string): unknown {
  try {
    return parse(text) as unknown;
  } catch (cause) {
    throw new ProductionError('INPUT_MALFORMED', file, ['it is not YAML'], { cause });
  }
}
