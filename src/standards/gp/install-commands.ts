import type { CommandApdu } from '../apdu/command';
import { concatBytes } from '../bytes/concat';
import { MalformedError } from '../bytes/malformed';
import { encodeTlv } from '../tlv/tlv';

const NO_DATA = new Uint8Array();

/** P1 of INSTALL [GPC-C §11.5.2.1]. */
export const INSTALL_FOR = {
  load: 0x02,
  install: 0x04,
  makeSelectable: 0x08,
  installAndMakeSelectable: 0x0c,
  extradition: 0x10,
  personalization: 0x20,
  registryUpdate: 0x40,
} as const;

export interface LoadInstallation {
  readonly loadFileAid: Uint8Array;
  /** Empty for the security domain that receives the command. */
  readonly securityDomainAid?: Uint8Array;
  /** Hash of the load file data block, where the card demands one. */
  readonly loadFileHash?: Uint8Array;
  /** Data objects, for instance `EF 04 C6 02 …` for the memory that is needed. */
  readonly parameters?: Uint8Array;
  readonly token?: Uint8Array;
}

/** INSTALL [for load] [GPC-C §11.5.2.3.1]. */
export function buildInstallForLoad(load: LoadInstallation): CommandApdu {
  return install(INSTALL_FOR.load, [
    load.loadFileAid,
    load.securityDomainAid,
    load.loadFileHash,
    load.parameters,
    load.token,
  ]);
}

export interface ApplicationInstallation {
  readonly loadFileAid: Uint8Array;
  readonly moduleAid: Uint8Array;
  readonly applicationAid: Uint8Array;
  /** 1 or 3 bytes [GPC-C §11.1.2]. */
  readonly privileges: Uint8Array;
  /** What the application gets for itself, without its tag C9. */
  readonly applicationParameters?: Uint8Array;
  /** Further data objects behind C9, for instance EF. */
  readonly systemParameters?: Uint8Array;
  readonly token?: Uint8Array;
}

/** INSTALL [for install and make selectable], or [for install] alone [GPC-C §11.5.2.3.2]. */
export function buildInstallForInstall(
  application: ApplicationInstallation,
  purpose: 'install' | 'installAndMakeSelectable' = 'installAndMakeSelectable',
): CommandApdu {
  const { applicationParameters = NO_DATA, systemParameters = NO_DATA } = application;
  return install(INSTALL_FOR[purpose], [
    application.loadFileAid,
    application.moduleAid,
    application.applicationAid,
    application.privileges,
    concatBytes(encodeTlv(0xc9, applicationParameters), systemParameters),
    application.token,
  ]);
}

/** INSTALL [for make selectable] of an application installed before [GPC-C §11.5.2.3.3]. */
export function buildInstallForMakeSelectable(
  applicationAid: Uint8Array,
  privileges: Uint8Array,
): CommandApdu {
  return install(INSTALL_FOR.makeSelectable, [
    NO_DATA,
    NO_DATA,
    applicationAid,
    privileges,
    NO_DATA,
    NO_DATA,
  ]);
}

/** INSTALL [for extradition] of an application to another security domain [GPC-C §11.5.2.3.4]. */
export function buildInstallForExtradition(
  applicationAid: Uint8Array,
  securityDomainAid: Uint8Array,
): CommandApdu {
  return install(INSTALL_FOR.extradition, [
    securityDomainAid,
    NO_DATA,
    applicationAid,
    NO_DATA,
    NO_DATA,
    NO_DATA,
  ]);
}

/**
 * INSTALL [for personalization]: from here on the security domain hands STORE DATA to the
 * application [GPC-C §11.5.2.3.6].
 */
export function buildInstallForPersonalization(applicationAid: Uint8Array): CommandApdu {
  return install(INSTALL_FOR.personalization, [
    NO_DATA,
    NO_DATA,
    applicationAid,
    NO_DATA,
    NO_DATA,
    NO_DATA,
  ]);
}

/**
 * The fields in the data of INSTALL, in the order of its form; each has a length of one byte, or of
 * 81 and one [GPC-C §11.5.2.3].
 *
 * @param count how many the form has
 * @throws MalformedError
 */
export function parseInstallFields(data: Uint8Array, count: number): readonly Uint8Array[] {
  const fields: Uint8Array[] = [];
  let offset = 0;
  for (let index = 0; index < count; index++) {
    const isLong = data[offset] === 0x81;
    const length = data[isLong ? offset + 1 : offset];
    const start = offset + (isLong ? 2 : 1);
    if (length === undefined || (!isLong && length > 0x7f) || start + length > data.length) {
      throw new MalformedError('INSTALL', `its field ${index + 1} is cut off`, offset);
    }
    fields.push(data.subarray(start, start + length));
    offset = start + length;
  }
  if (offset !== data.length) throw new MalformedError('INSTALL', 'has more fields', offset);
  return fields;
}

function install(p1: number, fields: readonly (Uint8Array | undefined)[]): CommandApdu {
  const data = concatBytes(...fields.map((field) => encodeField(field ?? NO_DATA)));
  return { cla: 0x80, ins: 0xe6, p1, p2: 0x00, data, le: 256 };
}

/** Length and value; the lengths of hashes and parameters may take a second byte [GPC-C §11.1.5]. */
function encodeField(field: Uint8Array): Uint8Array {
  const length =
    field.length < 0x80 ? Uint8Array.of(field.length) : Uint8Array.of(0x81, field.length);
  if (field.length > 0xff) throw new RangeError('a field of INSTALL has more than 255 bytes');
  return concatBytes(length, field);
}
