import { decodeHex } from '../../../standards/bytes/hex';
import { nameSetOfBatch } from '../../document/custody/card-key-set';
import type { CardKeyOrder, ImportedPart } from '../../document/custody/card-key-store';
import { checkKeyLength } from '../../document/custody/check-card-key';
import { ProductionError } from '../../errors';
import type { ProposalSubject } from '../../document/custody/four-eyes';
import type { CardKeySite } from './site-card-keys';

type Subject = ProposalSubject['subject'];

const PARTS = ['enc', 'mac', 'dek', 'all', 'transport'] as const satisfies readonly ImportedPart[];
const CIPHERS = ['aes', '3des'] as const;
const REALMS = ['test', 'live'] as const;
const NAME = /^[A-Za-z0-9][A-Za-z0-9-]{0,33}$/;
const KCV = /^[0-9A-Fa-f]{6}$/;
const MEMBERS = ['name', 'part', 'cipher', 'bits', 'realm', 'kcv', 'maker', 'cardType', 'batch'];

/**
 * A key that is to come, as a proposal or a person describes it: `name`, and where it differs from
 * these `part` (all), `cipher` (aes), `bits` (128) and `realm` (that of the site); `kcv`, `maker`,
 * `cardType` and `batch` where there are any.
 *
 * @param others members that belong to what is done with the key
 * @throws ProductionError `USAGE`; `CARD_KEYS_MIXED` and `KEYS_NOT_FOR_PRODUCTION` for a key of the
 * other realm; `HSM_WRONG_USE` for a length that is none.
 */
export function parseCardKeyOrder(
  subject: Subject,
  site: CardKeySite,
  others: readonly string[] = [],
): CardKeyOrder {
  requireKnownMembers(subject, [...MEMBERS, ...others]);
  const name = requireText(subject, 'name', NAME);
  const batch = optionalText(subject, 'batch');
  const fullName = batch === undefined ? name : nameSetOfBatch(name, batch);
  if (fullName === undefined) throw misuse('batch is 1 to 24 letters, digits and hyphens');
  const cipher = chosen(subject, 'cipher', CIPHERS) ?? 'aes';
  const lengthBytes = Number(subject['bits'] ?? 128) / 8;
  checkKeyLength(fullName, cipher, lengthBytes);
  const realm = chosen(subject, 'realm', REALMS) ?? (site.isProduction ? 'live' : 'test');
  requireRealm(fullName, realm, site);
  const kcv = subject['kcv'] === undefined ? undefined : requireText(subject, 'kcv', KCV);
  const maker = optionalText(subject, 'maker');
  const cardType = optionalText(subject, 'cardType');
  return {
    ...{ name: fullName, part: chosen(subject, 'part', PARTS) ?? 'all' },
    ...{ cipher, lengthBytes, realm },
    ...(kcv !== undefined && { kcv: decodeHex(kcv) }),
    ...(maker !== undefined && { maker }),
    ...(cardType !== undefined && { cardType }),
    ...(batch !== undefined && { batch }),
  };
}

function requireRealm(name: string, realm: CardKeyOrder['realm'], site: CardKeySite): void {
  if (site.isProduction === (realm === 'live')) return;
  throw site.isProduction
    ? new ProductionError('KEYS_NOT_FOR_PRODUCTION', `key ${name}`, ['it is a test key'])
    : new ProductionError('CARD_KEYS_MIXED', `key ${name}`, [
        'it is a live key, and this site is none',
      ]);
}

function requireKnownMembers(subject: Subject, known: readonly string[]): void {
  const unknown = Object.keys(subject).filter((member) => !known.includes(member));
  if (unknown.length > 0) throw misuse(`it has no ${unknown.join(', ')}`);
}

function requireText(subject: Subject, member: string, form: RegExp): string {
  const text = optionalText(subject, member) ?? '';
  if (form.test(text)) return text;
  throw misuse(`${member} is not of the form that it has to have`);
}

function optionalText(subject: Subject, member: string): string | undefined {
  const value = subject[member];
  return value === undefined || typeof value === 'object' ? undefined : String(value);
}

function chosen<T extends string>(
  subject: Subject,
  member: string,
  choices: readonly T[],
): T | undefined {
  if (subject[member] === undefined) return undefined;
  const found = choices.find((choice) => choice === subject[member]);
  if (found !== undefined) return found;
  throw misuse(`${member} is one of ${choices.join(', ')}`);
}

function misuse(reason: string): ProductionError {
  return new ProductionError('USAGE', 'card key', [reason]);
}
