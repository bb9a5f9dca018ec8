import { SECURITY_INFO_OIDS, type SecurityInfo } from '../../../../standards/lds/security-infos';
import { type Check, fail, type Finding, passUnless, warn } from '../../check';
import type { LdsContents } from '../../lds-contents';
import { valueOf } from '../../parsed';
import { describeSecurityInfo } from '../../security-info-words';
import { text } from '../../texts/text';

/** Each SecurityInfo names a variant that there is, in the version that a reader of it expects. */
export const securityInfos: Check = {
  id: 'TR5.1:LDS_F/security-infos',
  group: 'files',
  title: 'title.security-infos',
  clause: '[9303-11 §9.2]',
  run: ({ contents }) =>
    FILES.flatMap((file) => {
      const infos = infosOf(file, contents);
      if (infos === undefined) return [];
      const complaints = [
        ...infos.flatMap((info) => protocolFindings(file, info, infos)),
        ...infos.flatMap((info) => versionFindings(file, info)),
      ];
      return passUnless(complaints, { file, found: `${infos.length} SecurityInfos` });
    }),
};

const FILES = ['EF.CardAccess', 'EF.CardSecurity', 'EF.DG14'] as const;

function infosOf(
  file: (typeof FILES)[number],
  contents: LdsContents,
): readonly SecurityInfo[] | undefined {
  return file === 'EF.CardSecurity' ? valueOf(contents[file])?.infos : valueOf(contents[file]);
}

/** What may stand behind the identifier of a protocol; one number names domain parameters. */
const VARIANTS = {
  [SECURITY_INFO_OIDS.pace]: /^([12346]|[1234]\.[1234]|6\.[234])$/,
  [SECURITY_INFO_OIDS.chipAuthentication]: /^([12]|[12]\.[1234])$/,
  [SECURITY_INFO_OIDS.chipAuthenticationPublicKey]: /^[12]$/,
} as const satisfies Record<string, RegExp>;

function variantOf(
  info: SecurityInfo,
): { readonly parent: string; readonly known: boolean } | undefined {
  if (!('oid' in info)) return undefined;
  const entry = Object.entries(VARIANTS).find(([parent]) => info.oid.startsWith(`${parent}.`));
  if (entry === undefined) return undefined;
  const [parent, allowed] = entry;
  return { parent, known: allowed.test(info.oid.slice(parent.length + 1)) };
}

/** Beside a variant that is known, an unknown one merely goes unused. */
function protocolFindings(
  file: string,
  info: SecurityInfo,
  all: readonly SecurityInfo[],
): readonly Finding[] {
  const variant = variantOf(info);
  if (variant?.known !== false) return [];
  const hasAnother = all
    .map(variantOf)
    .some((other) => other?.known === true && other.parent === variant.parent);
  const found = 'oid' in info ? info.oid : '';
  const reason = text('security-infos.variant', { file, found });
  return [(hasAnother ? warn : fail)(reason, { file, found })];
}

const VERSIONS = {
  pace: 2,
  'chip-authentication': 1,
  'active-authentication': 1,
  'terminal-authentication': 1,
} as const;

/** Versions 2 and 3 of EAC belong to TR-03110 part 2: a reader of travel documents skips them. */
const LATER_EAC: readonly number[] = [2, 3];

function versionFindings(file: string, info: SecurityInfo): readonly Finding[] {
  if (!('version' in info)) return [];
  const expected = VERSIONS[info.kind];
  if (info.version === expected) return [];
  const isLaterEac =
    (info.kind === 'chip-authentication' || info.kind === 'terminal-authentication') &&
    LATER_EAC.includes(info.version);
  const values = { file, info: describeSecurityInfo(info), found: info.version, expected };
  const evidence = { file, expected: `version ${expected}`, found: `version ${info.version}` };
  return [(isLaterEac ? warn : fail)(text('security-infos.version', values), evidence)];
}
