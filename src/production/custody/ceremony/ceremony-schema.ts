import {
  hex,
  integer,
  listOf,
  objectOf,
  oneOf,
  PROFILE_NAME,
  setOf,
  taggedUnion,
  textLike,
  type Schema,
} from '../../profile/schema-parts';

const label = textLike('^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$', 'letters, digits, dots and hyphens');
const name = textLike('^[a-z][a-z0-9-]{0,39}$', 'lower-case letters, digits and hyphens');
const words = { type: 'string', minLength: 1, maxLength: 64 };
const moment = textLike(
  '^\\d{4}-(0[1-9]|1[0-2])-([0-2]\\d|3[01])T([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\dZ$',
  'a moment as 2026-03-02T00:00:00Z, in quotes',
);
/** What an HSM can be asked for, and Doc 9303-12 allows. */
const algorithm = oneOf([
  'ecdsa-P-256-sha256',
  'ecdsa-P-384-sha384',
  'ecdsa-P-521-sha512',
  'ecdsa-brainpoolP256r1-sha256',
  'ecdsa-brainpoolP384r1-sha384',
  'ecdsa-brainpoolP512r1-sha512',
  'rsa-3072-pss-sha256',
  'rsa-4096-pss-sha256',
]);
const certified = (least: number, most: number) => ({
  label,
  algorithm,
  commonName: words,
  from: moment,
  useMonths: integer(least, most),
});
const limits = { maxSignatures: integer(1, 1e12), maxDays: integer(1, 3650) };
const LIMITS = Object.keys(limits);
const signer = integer(1, 1_000_000);
const sha256 = hex(32);
/** What an HSM of this line keeps and a ceremony may end. */
const purpose = oneOf([
  ...['csca-sign', 'document-sign', 'master-list-sign', 'card-master', 'storage-wrap'],
  ...['audit-sign', 'cvca-sign', 'dv-sign', 'terminal-sign'],
]);

/** The closed vocabulary of steps; periods of use as Doc 9303-12 recommends them. */
const STEPS: readonly Schema[] = [
  objectOf({ do: { const: 'make-csca' }, ...certified(36, 60) }),
  objectOf({ do: { const: 'renew-csca' }, label, from: moment, useMonths: integer(1, 60) }),
  objectOf({ do: { const: 'roll-over-csca' }, ...certified(36, 60), rename: { const: true } }, [
    'rename',
  ]),
  objectOf({ do: { const: 'add-signer' }, ...certified(1, 3), ...limits }, LIMITS),
  objectOf({ do: { const: 'request-signer' }, label, algorithm, commonName: words }),
  objectOf(
    { do: { const: 'import-signer' }, label, algorithm, sha256, csca: sha256, ...limits },
    LIMITS,
  ),
  objectOf({
    do: { const: 'issue-list-signer' },
    ...{ label, algorithm, from: moment, useMonths: integer(1, 60) },
    kind: oneOf(['master-list', 'deviation-list']),
  }),
  objectOf({ do: { const: 'make-audit-key' }, label, algorithm }),
  objectOf({ do: { const: 'make-storage-key' }, label }),
  objectOf({ do: { const: 'cut-over' }, signer }),
  objectOf({ do: { const: 'revoke-signer' }, signer }),
  objectOf({ do: { const: 'retire-signer' }, signer }),
  objectOf({ do: { const: 'issue-crl' } }),
  objectOf({ do: { const: 'destroy-key' }, label, purpose }),
];

/** JSON Schema of a ceremony file. It has no place for a secret, a module or a slot. */
export const CEREMONY_SCHEMA: Schema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Persoline key ceremony',
  ...objectOf(
    {
      ceremony: PROFILE_NAME,
      country: textLike('^[A-Z]{2}$', 'two capital letters'),
      state: textLike('^[A-Z]{1,3}$', 'one to three capital letters, as in the MRZ'),
      organization: words,
      contact: textLike('^[!-~]{3,120}$', 'a mail address, DNS name or URI'),
      crl: setOf(textLike('^(https?|ldap)://[!-~]{3,200}$', 'an address by http, https or ldap'), {
        min: 1,
        max: 4,
      }),
      documents: objectOf({
        years: integer(1, 50),
        types: setOf(textLike('^[A-Z]{1,2}$', 'one or two capital letters'), { min: 1, max: 16 }),
      }),
      auditKey: objectOf({ label, algorithm }),
      confirm: objectOf({
        requestedBy: name,
        needed: integer(2, 20),
        custodians: listOf(
          objectOf({
            name,
            key: textLike('^[0-9A-F]{64}$', 'a key as `custodian list` prints it, in quotes'),
          }),
          { min: 2, max: 20 },
        ),
      }),
      steps: listOf(taggedUnion('do', STEPS), { min: 1, max: 32 }),
    },
    ['auditKey'],
  ),
};
