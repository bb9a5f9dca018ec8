import { derInteger } from '../../../../standards/asn1/der';
import { encodeEfCvca } from '../../../../standards/access/terminal-authentication/ef-cvca';
import { encodeDg14, parseDg14 } from '../../../../standards/lds/dg14';
import { encodeSecurityInfos, type SecurityInfo } from '../../../../standards/lds/security-infos';
import { makeTestKey } from '../../../../standards/pki/testing/test-issuer';
import { makeCardSecurity } from '../card-security-file';
import { comOf } from '../specimen-faults';
import { inBer, withBytesInside } from '../foreign-sods';
import { type BadSet, type CardSet, cardSet, CHAIN, changed, tampered } from './card-set';
import { editTlv, patch, removed, revalue } from './edit-tlv';

const INFOS = 'TR5.1:LDS_F/security-infos';
const WELL_FORMED = 'persoline:LDS/well-formed';
const CHIP_AUTHENTICATION = '0.4.0.127.0.7.2.2.3';
const CHIP_KEY: SecurityInfo = {
  kind: 'chip-authentication-public-key',
  oid: '0.4.0.127.0.7.2.2.1.2',
  publicKey: makeTestKey('ecdsa-brainpoolP256r1-sha256').publicKey,
};

/** A set whose EF.DG14 has a key for Chip Authentication and this info about it. */
function chipAuthentication(
  oid: string,
  version: number,
  change: (dg14: Uint8Array) => Uint8Array = (dg14) => dg14,
): () => Promise<CardSet> {
  return changed('EF.DG14', (bytes) => {
    const info: SecurityInfo = { kind: 'chip-authentication', oid, version };
    return change(encodeDg14([...parseDg14(bytes), info, CHIP_KEY]));
  });
}

/** In DER the shortest info comes first: it is that of Chip Authentication without its key. */
const CHIP_AUTHENTICATION_VERSION = [0x6e, 0x31, 0x30, 0x02] as const;

const CHIP_INFOS: readonly BadSet[] = [
  {
    id: 'dg14-ca-oid',
    fault: 'Chip Authentication by a cipher that there is not (TR5.1:LDS_F_04)',
    check: INFOS,
    reason: 'EF.DG14 names 0.4.0.127.0.7.2.2.3.2.9, which is no variant of its protocol.',
    make: chipAuthentication(`${CHIP_AUTHENTICATION}.2.9`, 1),
  },
  {
    id: 'dg14-ca-version',
    fault: 'Chip Authentication of version 7 (TR5.1:LDS_F_06)',
    check: INFOS,
    reason: 'EF.DG14: CA ECDH AES-128 says version 7 where 1 belongs.',
    make: chipAuthentication(`${CHIP_AUTHENTICATION}.2.2`, 7),
  },
  {
    id: 'dg14-ca-later-version',
    fault: 'Chip Authentication of version 2, which is that of identity cards by TR-03110',
    check: INFOS,
    reason: 'EF.DG14: CA ECDH AES-128 says version 2 where 1 belongs.',
    outcome: 'warning',
    make: chipAuthentication(`${CHIP_AUTHENTICATION}.2.2`, 2),
  },
  {
    id: 'dg14-ca-no-version',
    fault: 'Chip Authentication without a version (TR5.1:LDS_F_07)',
    check: WELL_FORMED,
    reason: 'EF.DG14 is malformed:',
    make: chipAuthentication(`${CHIP_AUTHENTICATION}.2.2`, 1, (dg14) =>
      editTlv(dg14, CHIP_AUTHENTICATION_VERSION, removed),
    ),
  },
  {
    id: 'dg14-pace-version',
    fault: 'PACE of version 1 in EF.CardAccess and EF.DG14',
    check: INFOS,
    reason: 'EF.CardAccess: PACE ECDH-GM AES-128, parameters 13 says version 1 where 2 belongs.',
    also: [
      `${INFOS}: EF.DG14: PACE ECDH-GM AES-128, parameters 13 says version 1 where 2 belongs.`,
    ],
    make: () =>
      cardSet({
        beforeSigning: (files) => {
          const old = revalue(() => Uint8Array.of(1));
          for (const [name, path] of [
            ['EF.CardAccess', [0x31, 0x30, 0x02]],
            ['EF.DG14', [0x6e, 0x31, 0x30, 0x02]],
          ] as const) {
            files.set(name, editTlv(files.get(name) ?? new Uint8Array(), path, old));
          }
        },
      }),
  },
];

const CVCA = encodeEfCvca(['UTCVCA00001', 'UTCVCA00002']);

const TRUST_POINTS: readonly BadSet[] = (
  [
    ['cvca-wrong-tag', 'EF.CVCA begins with another tag (TR5.1:LDS_G_01)', patch(CVCA, 0, 0x43)],
    ['cvca-no-reference', 'EF.CVCA holds nothing but zeros', new Uint8Array(36)],
    ['cvca-filled-up-wrong', 'EF.CVCA ends in something else than zeros', patch(CVCA, -1, 1)],
    ['cvca-cut-off', 'the second reference of EF.CVCA is cut off', CVCA.subarray(0, 20)],
  ] as const
).map(([id, fault, bytes]) => ({
  ...{ id, fault, check: WELL_FORMED, reason: 'EF.CVCA is malformed:' },
  make: () => cardSet({ beforeSigning: (files) => files.set('EF.CVCA', bytes) }),
}));

const EMPTY_CVCA: BadSet = {
  id: 'cvca-empty',
  fault: 'EF.CVCA has no byte (TR5.1:LDS_G_02)',
  check: WELL_FORMED,
  reason: 'EF.CVCA is empty.',
  make: () => cardSet({ beforeSigning: (files) => files.set('EF.CVCA', new Uint8Array()) }),
};

const PACE: SecurityInfo = {
  ...{ kind: 'pace', oid: '0.4.0.127.0.7.2.2.4.2.2', version: 2, parameterId: 13 },
};

const CARD_SECURITY: readonly BadSet[] = [
  {
    id: 'card-security-no-infos',
    fault: 'what EF.CardSecurity signs is no SET of SecurityInfos',
    check: WELL_FORMED,
    reason: 'EF.CardSecurity is malformed:',
    make: withCardSecurity(() => {
      const file = makeCardSecurity([PACE], CHAIN);
      const at = Buffer.from(file).indexOf(encodeSecurityInfos([PACE]));
      return patch(file, at, ...derInteger(0).subarray(0, 1));
    }),
  },
];

function withCardSecurity(make: () => Uint8Array): () => Promise<CardSet> {
  return () => cardSet({ beforeSigning: (files) => files.set('EF.CardSecurity', make()) });
}

const OTHERS: readonly BadSet[] = [
  {
    id: 'no-chip-key',
    fault: 'neither EF.DG15 nor a key in EF.DG14: the chip can be copied',
    check: '9303-11:AA/cloning',
    reason: 'The chip has no key of its own (no AA, no CA), so it can be copied.',
    outcome: 'warning',
    make: () =>
      cardSet({
        beforeSigning: (files) => {
          files.delete('EF.DG15');
          files.set('EF.COM', comOf([1, 2, 11, 12, 14]));
        },
      }),
  },
  {
    id: 'com-lists-twice',
    fault: 'EF.COM lists EF.DG2 twice',
    check: 'ICAO3:LDS_A/tag-list',
    reason: 'EF.COM lists a data group twice.',
    outcome: 'warning',
    make: changed('EF.COM', () => comOf([1, 2, 2, 11, 12, 14, 15])),
  },
  {
    id: 'mrz-expired',
    fault: 'the document ran out the year before it was looked at',
    check: 'ICAO3:LDS_B/expiry',
    reason: 'The document has expired at the time of the inspection.',
    outcome: 'note',
    make: () => cardSet({ at: new Date('2036-01-01T00:00:00Z') }),
  },
  {
    id: 'sod-ber',
    fault: 'EF.SOD in BER with indefinite lengths',
    check: 'ICAO3:LDS_D/der',
    reason: 'EF.SOD is not in DER: indefinite lengths.',
    outcome: 'warning',
    make: tampered('EF.SOD', inBer),
  },
  {
    id: 'sod-bytes-inside',
    fault: 'bytes stand behind the SignedData inside EF.SOD',
    check: 'ICAO3:LDS_D/der',
    reason: 'Bytes follow behind the SignedData inside EF.SOD.',
    outcome: 'warning',
    make: tampered('EF.SOD', withBytesInside),
  },
];

/** What files say of the chip's protocols, and what a reader notes beside a fault. */
export const BAD_SECURITY_SETS: readonly BadSet[] = [
  ...CHIP_INFOS,
  ...TRUST_POINTS,
  EMPTY_CVCA,
  ...CARD_SECURITY,
  ...OTHERS,
];
