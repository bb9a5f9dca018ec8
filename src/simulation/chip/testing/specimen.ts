import { concatBytes } from '../../../standards/bytes/concat';
import { encodeUint } from '../../../standards/bytes/integer';
import { encodeAscii } from '../../../standards/bytes/text';
import { type CurveParameters, CURVES } from '../../../standards/crypto/curve-parameters';
import { encodeCardAccess } from '../../../standards/lds/ef-card-access';
import { encodeTlv } from '../../../standards/tlv/tlv';

/** An invented holder's chip: files with content that can be told apart, and its secrets. */
export const SPECIMEN_MRZ = {
  documentNumber: 'X00000047',
  dateOfBirth: '900317',
  dateOfExpiry: '330316',
} as const;

export const SPECIMEN_CAN = '470815';

/** PACE with generic mapping over brainpoolP256r1 and AES-128. */
export const SPECIMEN_CARD_ACCESS = encodeCardAccess([
  { kind: 'pace', oid: '0.4.0.127.0.7.2.2.4.2.2', version: 2, parameterId: 13 },
]);

export const SPECIMEN_FILES: ReadonlyMap<number, Uint8Array> = new Map([
  [0x011c, SPECIMEN_CARD_ACCESS],
  [0x011e, fileOf(0x60, 22)],
  [0x0101, fileOf(0x61, 90)],
  [0x0102, fileOf(0x75, 3000)],
  [0x010e, fileOf(0x6e, 400)],
  [0x011d, fileOf(0x77, 1500)],
]);

function fileOf(tag: number, contentBytes: number): Uint8Array {
  return encodeTlv(
    tag,
    Uint8Array.from({ length: contentBytes }, (_, index) => (index * 7 + tag) & 0xff),
  );
}

/** `62 …` of PUT DATA 0062. */
export function mrzObject(): Uint8Array {
  const { documentNumber, dateOfBirth, dateOfExpiry } = SPECIMEN_MRZ;
  return encodeTlv(
    0x62,
    encodeTlv(0x5f1f, encodeAscii(documentNumber)),
    encodeTlv(0x5f18, encodeAscii(dateOfBirth)),
    encodeTlv(0x5f19, encodeAscii(dateOfExpiry)),
  );
}

/** `66 02 CAN` of PUT DATA 0065. */
export function canObject(): Uint8Array {
  return encodeTlv(0x66, Uint8Array.of(0x02), encodeAscii(SPECIMEN_CAN));
}

/** `81 p … 87 01` of PUT DATA 0063. */
export function chipKeyObject(privateKey: Uint8Array): Uint8Array {
  const curve: CurveParameters = CURVES.brainpoolP256r1;
  const field = (value: bigint) => encodeUint(value, curve.fieldBytes);
  return concatBytes(
    encodeTlv(0x81, field(curve.p)),
    encodeTlv(0x82, field(curve.a)),
    encodeTlv(0x83, field(curve.b)),
    encodeTlv(0x84, Uint8Array.of(0x04), field(curve.gx), field(curve.gy)),
    encodeTlv(0x85, field(curve.n)),
    encodeTlv(0x86, privateKey),
    encodeTlv(0x87, Uint8Array.of(1)),
  );
}

/** Something with the outer form of a certificate body; its content is not looked at on loading. */
export const CVCA_BODY = concatBytes(
  encodeTlv(0x7f4e, encodeTlv(0x42, encodeAscii('XXTESTCVCA00001'))),
  encodeTlv(0x5f37, new Uint8Array(64)),
);
