import { LDS_FILE_NAMES, type LdsFileName } from '../production/document/lds-files';
import { LDS_FILE_TABLE } from '../standards/lds/lds-file-table';

/** Endings of what lies beside elementary files and is none. */
const OTHER_KINDS = /\.(cer|crt|pem|crl|json|ya?ml|html?|xml|pdf|png|jpe?g|jp2|md|csv|asc|sig)$/i;
const ENDING = /\.(bin|der|dat|hex|txt|efx?|raw|tlv|asn1?|ber)$/i;

/** Other people's words for the same files, without punctuation. */
const SYNONYMS: Readonly<Record<string, LdsFileName>> = {
  COMMON: 'EF.COM',
  SO: 'EF.SOD',
  SECURITYOBJECT: 'EF.SOD',
  DOCUMENTSECURITYOBJECT: 'EF.SOD',
  ATR: 'EF.ATR-INFO',
  ATRINFO: 'EF.ATR-INFO',
};

/**
 * The elementary file that a foreign file's name speaks of: `EF.DG1.bin`, `DG01`, `EF_SOD.der`,
 * `Datagroup1.bin`, `CardAccess`, a file identifier as in `0101.bin`, or one of these behind a
 * prefix as in `specimen_DG1.bin`. Undefined when it speaks of none.
 */
export function nameLdsFile(fileName: string): LdsFileName | undefined {
  if (OTHER_KINDS.test(fileName)) return undefined;
  const stem = fileName.replace(ENDING, '').toUpperCase();
  const whole = stem.replace(/[^A-Z0-9]/g, '');
  const last = /(?:^|[^A-Z0-9])(?:EF)?([A-Z]+0?\d{0,2})$/.exec(stem)?.[1] ?? '';
  return byWord(whole.replace(/^EF/, '')) ?? byIdentifier(whole) ?? byWord(last);
}

/**
 * The elementary file that the first tag belongs to, for a file whose name says nothing. The two
 * of the master file have tags of which half the world's files begin; they need their names.
 */
export function nameLdsFileByTag(bytes: Uint8Array): LdsFileName | undefined {
  const [first] = bytes;
  return LDS_FILE_NAMES.find((name) => {
    const { place, tag } = LDS_FILE_TABLE[name];
    return place === 'eMRTD' && tag === first && name !== 'EF.CVCA';
  });
}

function byWord(word: string): LdsFileName | undefined {
  const short = word.replace(/^DATAGROUP/, 'DG').replace(/^DG0(?=\d)/, 'DG');
  return LDS_FILE_NAMES.find((name) => bare(name) === short) ?? SYNONYMS[short];
}

/** File identifiers of the eMRTD application; 011C and 011D stand in the master file too. */
function byIdentifier(word: string): LdsFileName | undefined {
  if (!/^0[0-9A-F]{3}$/.test(word)) return undefined;
  const fid = Number.parseInt(word, 16);
  if (fid === LDS_FILE_TABLE['EF.CardAccess'].fid) return 'EF.CardAccess';
  return LDS_FILE_NAMES.find(
    (name) => LDS_FILE_TABLE[name].place === 'eMRTD' && LDS_FILE_TABLE[name].fid === fid,
  );
}

function bare(name: LdsFileName): string {
  return name
    .slice(3)
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '');
}
