import { encodeEfCvca } from '../../../standards/access/terminal-authentication/ef-cvca';
import { encodeCvCertificate } from '../../../standards/access/terminal-authentication/cv-certificate';
import {
  issueCvCertificate,
  makeCvKey,
  signWith,
} from '../../../standards/access/testing/cv-issuer';
import { concatBytes } from '../../../standards/bytes/concat';
import { encodeAscii } from '../../../standards/bytes/text';
import { LDS_FILE_TABLE } from '../../../standards/lds/lds-file-table';
import { encodeTlv } from '../../../standards/tlv/tlv';
import { DELIVERY_KEYS, GpHost } from '../../../simulation/chip/testing/gp-host';
import { openChip } from '../../../simulation/chip/testing/open-chip';
import type { LdsFileName } from '../../document/lds-files';
import type { TerminalRights } from '../read/terminal-authentication';
import { type AgreementKey, EAC_SIGNING_KEY } from './eac-specimen';
import { mrzObject, SPECIMEN_CAN } from './personalized-chip';

export const SPECIMEN_PIN = '918273';
export const SPECIMEN_PUK = '5566778899';

/** A chain of keys for Terminal Authentication: the chip trusts the first. */
export const CVCA = makeCvKey('UTCVCA00001');
const DV = makeCvKey('UTDV00001');
const INSPECTOR = makeCvKey('UTIS00001');
const ROOT = issueCvCertificate({ issuer: CVCA, holder: CVCA, role: 'cvca' });

/** Rights of a terminal for DG3 and DG4, or for what is said. */
export function terminalRights(
  rights = { dg3: true, dg4: true },
  period: { readonly from?: string; readonly to?: string } = {},
): TerminalRights {
  return {
    certificates: [
      issueCvCertificate({ issuer: DV, holder: INSPECTOR, role: 'terminal', rights, ...period }),
      issueCvCertificate({ issuer: CVCA, holder: DV, role: 'domestic-dv' }),
    ],
    sign: (message) => Promise.resolve(signWith(INSPECTOR, message)),
  };
}

/** The same rights under a newer CVCA key, with or without the link certificate that leads to it. */
export function rightsUnderNewCvca(
  successor = makeCvKey('UTCVCA00002'),
  withLink = true,
): TerminalRights {
  const rights = { dg3: true, dg4: true };
  return {
    certificates: [
      ...(withLink
        ? [issueCvCertificate({ issuer: CVCA, holder: successor, role: 'cvca', from: '260401' })]
        : []),
      issueCvCertificate({ issuer: successor, holder: DV, role: 'domestic-dv' }),
      issueCvCertificate({ issuer: DV, holder: INSPECTOR, role: 'terminal', rights }),
    ],
    sign: (message) => Promise.resolve(signWith(INSPECTOR, message)),
  };
}

/** Rights that lead to a CVCA which the chip has never heard of. */
export function foreignRights(): TerminalRights {
  const foreign = makeCvKey('XOCVCA00001');
  return {
    certificates: [
      issueCvCertificate({ issuer: foreign, holder: DV, role: 'foreign-dv' }),
      issueCvCertificate({ issuer: DV, holder: INSPECTOR, role: 'terminal' }),
    ],
    sign: (message) => Promise.resolve(signWith(INSPECTOR, message)),
  };
}

export interface EacChipOptions {
  readonly files: ReadonlyMap<LdsFileName, Uint8Array>;
  /** Changes what is written, after it was signed. */
  readonly beforeWriting?: (files: Map<LdsFileName, Uint8Array>) => void;
  readonly keys: readonly AgreementKey[];
  readonly atrInfo?: Uint8Array;
  /** False for a chip that knows no terminal. */
  readonly withTrustPoint?: boolean;
  /** `YYMMDD` that the chip counts from. */
  readonly currentDate?: string;
  /** Another scalar than that of EF.DG15. */
  readonly signingKey?: Uint8Array;
}

const MASTER_GROUPINGS: Readonly<Partial<Record<LdsFileName, number>>> = {
  'EF.CardAccess': 0x2f1c,
  'EF.CardSecurity': 0x2f1d,
};
const BLOCK_BYTES = 3_000;

/** A GlobalPlatform chip that holds these files, secrets and keys, ready to be inspected. */
export async function makeEacChip(options: EacChipOptions) {
  const opened = await openChip('gp-emrtd');
  const host = new GpHost(opened.connection, BLOCK_BYTES);
  await host.select();
  await host.open(DELIVERY_KEYS, 0x33);
  await host.installForPersonalization();
  const { files, keys, atrInfo, currentDate } = options;
  const { signingKey = EAC_SIGNING_KEY, withTrustPoint = true } = options;
  const written = new Map(files);
  options.beforeWriting?.(written);
  for (const [name, bytes] of written) {
    await host.store(MASTER_GROUPINGS[name] ?? LDS_FILE_TABLE[name].fid, bytes);
  }
  if (atrInfo !== undefined) await host.store(0x2f01, atrInfo);
  const secret = (dgi: number, value: Uint8Array) =>
    host.store(dgi, value, DELIVERY_KEYS.dataEncryption);
  await secret(0x8f01, mrzObject().subarray(2));
  await secret(0x8f02, encodeAscii(SPECIMEN_CAN));
  await secret(0x8f03, encodeAscii(SPECIMEN_PIN));
  await secret(0x8f04, encodeAscii(SPECIMEN_PUK));
  await secret(0x8f11, concatBytes(number(0x80, 13), encodeTlv(0x82, signingKey), number(0x83, 2)));
  for (const { parameterId, keyId, privateKey } of keys) {
    const id = keyId === undefined ? new Uint8Array() : number(0x84, keyId);
    await secret(0x8f20, concatBytes(number(0x80, parameterId), encodeTlv(0x82, privateKey), id));
  }
  if (withTrustPoint) {
    await host.store(0x8f30, encodeCvCertificate(ROOT.body, ROOT.signature));
    await host.store(LDS_FILE_TABLE['EF.CVCA'].fid, encodeEfCvca([CVCA.reference]));
    if (currentDate !== undefined) await host.store(0x8f31, encodeAscii(currentDate));
  }
  await opened.connection.reset();
  return opened;
}

function number(tag: number, value: number): Uint8Array {
  return encodeTlv(tag, Uint8Array.of(value));
}
