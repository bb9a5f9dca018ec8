import type { Command } from 'commander';
import { ProductionError } from '../production/errors';
import type { AccessPolicy, ChipSecrets } from '../production/inspection/read/access-secrets';
import { readSecret, SECRET_PLACES } from './wiring/secret';
import { mrzSecretFromMrz, type MrzSecret } from '../standards/mrz/mrz-information';

const PASSWORD_TYPES = ['mrz', 'can', 'pin', 'puk'] as const;
type PasswordType = (typeof PASSWORD_TYPES)[number];

/** Options that open a chip. */
export interface AccessOptions {
  readonly mrz?: string;
  readonly mrzKey?: string;
  readonly can?: string;
  readonly pin?: string;
  readonly puk?: string;
  readonly mrzFrom?: string;
  readonly mrzKeyFrom?: string;
  readonly canFrom?: string;
  readonly holderPinFrom?: string;
  readonly pukFrom?: string;
  readonly passwordType?: string;
  readonly paceOnly?: true;
  readonly bacOnly?: true;
}

export function addAccessOptions(command: Command): Command {
  return command
    .option('--mrz <text>', 'the whole MRZ, to open the chip')
    .option('--mrz-key <number,birth,expiry>', 'document number, YYMMDD, YYMMDD, to open the chip')
    .option('--can <number>', 'card access number, to open the chip')
    .option('--pin <number>', 'PIN of the holder, for PACE; others can see it: --holder-pin-from')
    .option('--puk <number>', 'PUK of the holder, for PACE; others can see it: --puk-from')
    .option('--mrz-from <place>', `where the MRZ is: ${SECRET_PLACES}`)
    .option('--mrz-key-from <place>', 'where number, birth and expiry are, in the same way')
    .option('--can-from <place>', 'where the CAN is, in the same way')
    .option('--holder-pin-from <place>', "where the holder's PIN is, in the same way")
    .option('--puk-from <place>', 'where the PUK is, in the same way')
    .option(
      `--password-type <${PASSWORD_TYPES.join('|')}>`,
      'which of those given PACE is run with; without it the CAN, else the MRZ',
    )
    .option('--pace-only', 'never fall back to BAC')
    .option('--bac-only', 'open with BAC although the chip may offer PACE');
}

/** Each secret, the option that refers to it, and its name for messages. */
const REFERRED = [
  ['mrz', 'mrzFrom', 'MRZ'],
  ['mrzKey', 'mrzKeyFrom', 'MRZ key'],
  ['can', 'canFrom', 'CAN'],
  ['pin', 'holderPinFrom', 'PIN of the holder'],
  ['puk', 'pukFrom', 'PUK'],
] as const;

/**
 * The secrets that are referred to and do not stand on the command line, where everybody on the
 * machine can read them.
 *
 * @throws ProductionError `USAGE` where one is given in both ways, `INPUT_UNREADABLE`,
 * `INPUT_MALFORMED`.
 */
export async function readReferredSecrets(
  options: AccessOptions,
): Promise<Pick<AccessOptions, 'mrz' | 'mrzKey' | 'can' | 'pin' | 'puk'>> {
  const secrets: Partial<Record<(typeof REFERRED)[number][0], string>> = {};
  for (const [secret, place, what] of REFERRED) {
    const reference = options[place];
    if (reference === undefined) continue;
    if (options[secret] !== undefined)
      throw new ProductionError('USAGE', what, ['it is given twice']);
    secrets[secret] = await readSecret(reference, { what, question: what });
  }
  return secrets;
}

/** What is wrong with them, when a chip is to be opened. */
export function accessFaults(options: AccessOptions): readonly string[] {
  const { mrz, mrzKey, can, pin, puk, passwordType, paceOnly, bacOnly } = options;
  const faults: string[] = [];
  if ([mrz, mrzKey, can, pin, puk].every((secret) => secret === undefined)) {
    faults.push('a chip opens with --mrz, --mrz-key or --can, some with --pin or --puk');
  }
  if (can !== undefined && !/^\d{6}$/.test(can)) faults.push('a CAN has six digits');
  for (const [name, digits] of [
    ['PIN', pin],
    ['PUK', puk],
  ] as const) {
    if (digits !== undefined && !/^\d{4,16}$/.test(digits)) faults.push(`a ${name} has digits`);
  }
  if (passwordType !== undefined) {
    if (!isPasswordType(passwordType)) {
      faults.push(`--password-type is ${PASSWORD_TYPES.join(', ')}`);
    } else if ((passwordType === 'mrz' ? (mrz ?? mrzKey) : options[passwordType]) === undefined) {
      faults.push(`--password-type ${passwordType} needs the ${passwordType.toUpperCase()}`);
    }
  }
  if (paceOnly === true && bacOnly === true)
    faults.push('--pace-only and --bac-only exclude each other');
  if (bacOnly === true && mrz === undefined && mrzKey === undefined) {
    faults.push('BAC needs --mrz or --mrz-key');
  }
  return faults;
}

/** The secrets among them. @throws ProductionError `USAGE` */
export function chipSecretsOf(options: AccessOptions): ChipSecrets {
  const { mrz, mrzKey, can, pin, puk, passwordType } = options;
  const secret = mrz === undefined ? mrzKey && parseMrzKey(mrzKey) : mrzSecretFromMrz(mrz);
  return {
    ...(secret && { mrz: secret }),
    ...(can !== undefined && { can }),
    ...(pin !== undefined && { pin }),
    ...(puk !== undefined && { puk }),
    ...(passwordType !== undefined && {
      passwordType: passwordType.toUpperCase() as Uppercase<PasswordType>,
    }),
  };
}

export function accessPolicyOf({ paceOnly, bacOnly }: AccessOptions): AccessPolicy {
  if (paceOnly === true) return 'pace-only';
  return bacOnly === true ? 'bac-only' : 'pace-or-bac';
}

function isPasswordType(text: string): text is PasswordType {
  return (PASSWORD_TYPES as readonly string[]).includes(text);
}

/** `NUMBER,YYMMDD,YYMMDD`; the text is a key to the holder's data, so no error quotes it. */
function parseMrzKey(text: string): MrzSecret {
  const match = /^([A-Z0-9<]{1,22}),([0-9<]{6}),([0-9<]{6})$/.exec(text.toUpperCase().trim());
  const [, documentNumber = '', dateOfBirth = '', dateOfExpiry = ''] = match ?? [];
  if (match === null) {
    throw new ProductionError('USAGE', '--mrz-key', [
      'it takes document number, date of birth and date of expiry: NUMBER,YYMMDD,YYMMDD',
    ]);
  }
  return { documentNumber: documentNumber.replace(/<+$/, ''), dateOfBirth, dateOfExpiry };
}
