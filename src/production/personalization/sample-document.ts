import { encodeTlv } from '../../standards/tlv/tlv';
import { findCurveByName } from '../../standards/crypto/curve-parameters';
import { LDS_FILE_TABLE } from '../../standards/lds/lds-file-table';
import type { LdsFileName } from '../document/lds-files';
import type { ChipKey, ChipKeys, SignedDocument } from '../document/signed-document';
import type { TerminalTrust } from '../document/terminal-trust';
import type { ChipProfile } from '../profile/chip';
import { trustsTerminals } from '../profile/document-files';
import type { ProductProfile } from '../profile/product';
import { listFilesToWrite } from './check-fit';
import { buildSampleTrust } from './sample-trust-point';

/** Bytes of content by file. */
export type SampleSizes = Partial<Readonly<Record<LdsFileName, number>>>;

/** Enough to need several commands where real files do. */
const SAMPLE_BYTES: SampleSizes = {
  'EF.COM': 20,
  'EF.DG1': 93,
  'EF.DG2': 1_000,
  'EF.SOD': 700,
};
const OTHER_BYTES = 160;

/**
 * A document of nobody for a product on a chip, always the same: files of the right tags with
 * counted bytes in them, keys of the right lengths. It shows what a profile does; no reader would
 * accept it.
 */
export function buildSampleDocument(
  product: ProductProfile,
  chip: ChipProfile,
  sizes: SampleSizes = SAMPLE_BYTES,
): SignedDocument {
  const terminalTrust = sampleTrust(product, chip);
  const files: readonly LdsFileName[] = [
    ...listFilesToWrite({ product, chip }),
    ...(terminalTrust ? (['EF.CVCA'] as const) : []),
  ];
  const day = new Date(Date.UTC(2026, 0, 1));
  const period = { from: day, until: day };
  return {
    files: new Map(
      files.map((name) => [
        name,
        encodeTlv(LDS_FILE_TABLE[name].tag, count(sizes[name] ?? OTHER_BYTES)),
      ]),
    ),
    signer: {
      keyLabel: 'sample',
      algorithm: 'none',
      certificate: new Uint8Array(),
      csca: new Uint8Array(),
      keyUse: period,
      validity: period,
    },
    signedAt: day,
    access: {
      mrz: { documentNumber: 'X0000001', dateOfBirth: '900102', dateOfExpiry: '360101' },
      ...(product.identity.cardAccessNumber.from !== 'none' && { can: '000001' }),
    },
    chipKeys: sampleKeys(product, chip),
    ...(terminalTrust && { terminalTrust }),
  };
}

function sampleTrust(product: ProductProfile, chip: ChipProfile): TerminalTrust | undefined {
  return trustsTerminals({ product, chip }) ? buildSampleTrust() : undefined;
}

function sampleKeys({ lds }: ProductProfile, chip: ChipProfile): ChipKeys {
  const { activeAuthentication: aa, chipAuthentication: ca } = chip;
  return {
    ...(aa &&
      lds.files.includes('EF.DG15') && {
        activeAuthentication:
          aa.keyOrigin === 'chip'
            ? ON_CHIP
            : aa.algorithm === 'rsa'
              ? rsaKey(aa.modulusBits / 8)
              : ecKey(aa.curve),
      }),
    ...(ca &&
      lds.files.includes('EF.DG14') && {
        chipAuthentication: ca.keyOrigin === 'chip' ? ON_CHIP : ecKey(ca.curve ?? ''),
      }),
  };
}

const ON_CHIP: ChipKey = { type: 'on-chip', publicKey: new Uint8Array() };

function rsaKey(bytes: number): ChipKey {
  return {
    type: 'rsa',
    publicKey: new Uint8Array(),
    modulus: count(bytes),
    privateExponent: count(bytes).toReversed(),
  };
}

function ecKey(curve: string): ChipKey {
  const scalarBytes = findCurveByName(curve)?.orderBytes ?? 0;
  return { type: 'ec', publicKey: new Uint8Array(), curve, privateScalar: count(scalarBytes) };
}

/** 01, 02, 03 and so on. */
function count(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => (index + 1) % 0x100);
}
