import { dirname, resolve } from 'node:path';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { ProductionError } from '../../production/errors';
import {
  type Deviation,
  DEVIATION_TYPES,
  type DeviationType,
} from '../../standards/cms/deviation-list';
import { parseCertificate } from '../../standards/pki/certificate';
import { readBounded } from '../read-lds-folder';

interface DeviationFile {
  readonly deviations: readonly {
    readonly documentType?: string;
    /** File with the document signer's certificate, beside this one. */
    readonly signer?: string;
    readonly issued?: { readonly first: string; readonly last: string };
    readonly documentNumbers?: readonly string[];
    readonly descriptions: readonly {
      readonly type: DeviationType;
      readonly text?: string;
      readonly dataGroup?: number;
    }[];
  }[];
}

const day = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' };
/** Letters of PrintableString [X.680 §41.4]. */
const printable = { type: 'string', pattern: "^[A-Za-z0-9 '()+,./:=?-]{1,200}$" };
const strict = (properties: Record<string, object>, required: readonly string[]): object => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties,
});
const list = (items: object): object => ({ type: 'array', minItems: 1, maxItems: 10_000, items });

const check = new Ajv({ allErrors: true }).compile<DeviationFile>(
  strict(
    {
      deviations: list(
        strict(
          {
            documentType: { type: 'string', pattern: '^[A-Z][A-Z<]$' },
            signer: { type: 'string', minLength: 1 },
            issued: strict({ first: day, last: day }, ['first', 'last']),
            documentNumbers: list({ type: 'string', pattern: '^[A-Z0-9]{1,20}$' }),
            descriptions: list(
              strict(
                {
                  type: { enum: Object.keys(DEVIATION_TYPES) },
                  text: printable,
                  dataGroup: { type: 'integer', minimum: 1, maximum: 16 },
                },
                ['type'],
              ),
            ),
          },
          ['descriptions'],
        ),
      ),
    },
    ['deviations'],
  ),
);

/**
 * Deviations from a YAML file.
 *
 * @throws ProductionError `INPUT_UNREADABLE`, `INPUT_MALFORMED` naming every wrong member.
 */
export async function readDeviations(file: string): Promise<readonly Deviation[]> {
  const text = Buffer.from(await readBounded(file)).toString('utf8');
  const content = parseYaml(text, file);
  if (!check(content)) {
    const reasons = (check.errors ?? []).map(
      ({ instancePath, message }) => `${instancePath || 'the whole'} ${message ?? 'is wrong'}`,
    );
    throw new ProductionError('INPUT_MALFORMED', file, reasons);
  }
  return Promise.all(
    content.deviations.map(async ({ documentType, signer, issued, ...rest }) => ({
      documents: {
        ...(documentType !== undefined && { documentType }),
        ...(signer !== undefined && {
          signer: parseCertificate(await readBounded(resolve(dirname(file), signer)), signer),
        }),
        ...(issued && { issued: periodOf(issued, file) }),
        ...(rest.documentNumbers && { documentNumbers: rest.documentNumbers }),
      },
      descriptions: rest.descriptions,
    })),
  );
}

function periodOf(
  { first, last }: { readonly first: string; readonly last: string },
  file: string,
): { readonly first: Date; readonly last: Date } {
  const wrong = [first, last]
    .filter((text) => !isDay(text))
    .map((text) => `there is no day ${text}`);
  const reasons = first > last ? [...wrong, `${first} is after ${last}`] : wrong;
  if (reasons.length > 0) throw new ProductionError('INPUT_MALFORMED', file, reasons);
  return { first: new Date(first), last: new Date(last) };
}

/** `2026-02-30` is of the right form, and JavaScript takes it for a day in March. */
function isDay(text: string): boolean {
  const day = new Date(text);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

function parseYaml(text: string, file: string): unknown {
  try {
    return parse(text) as unknown;
  } catch (cause) {
    throw new ProductionError('INPUT_MALFORMED', file, ['it is not YAML'], { cause });
  }
}
