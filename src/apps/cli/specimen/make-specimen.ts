import type { LdsFileName, LdsFiles } from '../../../production/document/lds-files';
import type { DocumentSigner } from '../../../production/document/signed-document';
import type { Clock, Hsm, RandomSource } from '../../../production/ports';
import type { ProductProfile } from '../../../production/profile/product';
import { signDocument } from '../../../production/signing/sign-document';
import type { ChipState } from '../../../simulation/chip/chip-state';
import {
  makePersonalizedChip,
  type Grouping,
} from '../../../simulation/chip/emrtd/personalized-chip';
import { concatBytes } from '../../../standards/bytes/concat';
import { encodeAscii } from '../../../standards/bytes/text';
import { LDS_FILE_TABLE } from '../../../standards/lds/lds-file-table';
import { encodeTlv } from '../../../standards/tlv/tlv';
import type { SpecimenDescription } from './specimen-description';
import { buildSpecimenFiles } from './specimen-files';
import { SPECIMEN_HOLDER, SPECIMEN_SECRETS } from './specimen-holder';
import { cardSecurityInfosOf, securityInfosOf, type NumberedKey } from './specimen-infos';
import { makeActiveAuthenticationKey, makeAgreementKey } from './specimen-keys';
import type { SpecimenTerminal } from './specimen-terminal';

/** What specimens are made with: an issuer of their own that nobody trusts. */
export interface SpecimenTools {
  readonly hsm: Hsm;
  readonly signer: DocumentSigner;
  /** Whom specimens with biometrics obey. */
  readonly terminal: SpecimenTerminal;
  /** How EF.SOD is written. */
  readonly product: ProductProfile;
  readonly clock: Clock;
  readonly random: RandomSource;
}

/** A chip of an invented holder that speaks what a description says, for trials of readers. */
export interface Specimen {
  readonly chip: ChipState;
  /** Every file of the chip, to compare with. */
  readonly files: LdsFiles;
  /** Who reads fingers and irises; absent where there are none. */
  readonly terminal?: SpecimenTerminal;
}

const MASTER_FILES: Readonly<Partial<Record<LdsFileName, number>>> = {
  'EF.ATR-INFO': 0x2f01,
  'EF.CardAccess': 0x2f1c,
  'EF.CardSecurity': 0x2f1d,
};
const DGI = { mrz: 0x8f01, can: 0x8f02, pin: 0x8f03, puk: 0x8f04, bac: 0x8f05 } as const;
const TRUST_DGI = 0x8f30;

/**
 * Signs the files of a description and puts them, with their keys and secrets, on a virtual
 * GlobalPlatform chip that is locked.
 *
 * @throws ProductionError of the HSM.
 */
export async function makeSpecimen(
  description: SpecimenDescription,
  tools: SpecimenTools,
): Promise<Specimen> {
  const { hsm, signer, product: rules, clock, random } = tools;
  const keys = makeAgreementKeys(description, random);
  const { activeAuthentication: wish } = description;
  const aaKey = wish && makeActiveAuthenticationKey(wish, random);
  const terminal = description.biometrics ? tools.terminal : undefined;
  const files = await buildSpecimenFiles(
    {
      ...{ description, infos: securityInfosOf(description, keys.chipAuthentication) },
      ...(aaKey && { activeAuthentication: aaKey.publicKey }),
      cvcas: terminal === undefined ? [] : [terminal.cvca.name],
    },
    random,
  );
  const { documentNumber, dateOfBirth, dateOfExpiry } = SPECIMEN_HOLDER;
  const access = { mrz: { documentNumber, dateOfBirth, dateOfExpiry }, can: SPECIMEN_SECRETS.can };
  const signed = await signDocument(
    {
      ...{ files, signer, rules, access, chipKeys: {} },
      ...(keys.mapping.length > 0 && {
        cardSecurity: cardSecurityInfosOf(description, keys.mapping),
      }),
    },
    { hsm, clock },
  );
  const groupings = [
    ...fileGroupings(signed.files),
    ...secretGroupings(description),
    ...[...keys.chipAuthentication, ...keys.extra].map(({ grouping }) => grouping),
    ...(aaKey ? [aaKey.grouping] : []),
    ...(terminal ? [{ dgi: TRUST_DGI, value: terminal.cvca.certificate }] : []),
  ];
  const chip = makePersonalizedChip(groupings, random);
  return { chip, files: signed.files, ...(terminal && { terminal }) };
}

/**
 * One key for each number that Chip Authentication names, and for mapping one of each set of
 * domain parameters, the same key where there is one already.
 */
function makeAgreementKeys(
  { access, chipAuthentication }: SpecimenDescription,
  random: RandomSource,
): {
  readonly chipAuthentication: readonly NumberedKey[];
  readonly mapping: readonly NumberedKey[];
  /** Keys for mapping alone. */
  readonly extra: readonly NumberedKey[];
} {
  const make = (parameterId: number, keyId?: number): NumberedKey => {
    const wish = { parameterId, ...(keyId !== undefined && { keyId }) };
    return { ...wish, ...makeAgreementKey(wish, random) };
  };
  const numbers = new Map(
    chipAuthentication.map(({ parameterId, keyId }) => [
      `${parameterId} ${keyId ?? ''}`,
      { parameterId, keyId },
    ]),
  );
  const own = [...numbers.values()].map(({ parameterId, keyId }) => make(parameterId, keyId));
  const mapped = access.pace.filter(({ protocol }) => protocol.includes('-CAM-'));
  const parameters = new Set(mapped.map(({ parameterId }) => parameterId));
  const extra = [...parameters]
    .filter((id) => own.every(({ parameterId }) => parameterId !== id))
    .map((id) => make(id, id));
  const mapping = [...own, ...extra].filter(({ parameterId }) => parameters.has(parameterId));
  return { chipAuthentication: own, mapping, extra };
}

function fileGroupings(files: LdsFiles): readonly Grouping[] {
  return [...files].map(([name, value]) => ({
    dgi: MASTER_FILES[name] ?? LDS_FILE_TABLE[name].fid,
    value,
  }));
}

function secretGroupings({ access }: SpecimenDescription): readonly Grouping[] {
  const { documentNumber, dateOfBirth, dateOfExpiry } = SPECIMEN_HOLDER;
  const { can, pin, puk } = SPECIMEN_SECRETS;
  const mrz = concatBytes(
    encodeTlv(0x5f1f, encodeAscii(documentNumber)),
    encodeTlv(0x5f18, encodeAscii(dateOfBirth)),
    encodeTlv(0x5f19, encodeAscii(dateOfExpiry)),
  );
  return [
    { dgi: DGI.mrz, value: mrz },
    { dgi: DGI.can, value: encodeAscii(can) },
    { dgi: DGI.pin, value: encodeAscii(pin) },
    { dgi: DGI.puk, value: encodeAscii(puk) },
    ...(access.bac ? [] : [{ dgi: DGI.bac, value: Uint8Array.of(0) }]),
  ];
}
