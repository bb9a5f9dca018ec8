import { parseEfSod } from '../../../standards/cms/ef-sod';
import { parseSignedData } from '../../../standards/cms/parse-signed-data';
import { encodeDg1 } from '../../../standards/lds/dg1';
import { encodeEfCom } from '../../../standards/lds/ef-com';
import { encodeMrz } from '../../../standards/mrz/encode-mrz';
import { buildCscaRootTemplate } from '../../../standards/pki/issuing-templates';
import { issueTestCertificate, makeTestKey } from '../../../standards/pki/testing/test-issuer';
import { SPECIMEN_MRZ } from './specimen-set';

/** EF.DG1 of somebody else. */
export const OTHER_DG1 = encodeDg1(encodeMrz({ ...SPECIMEN_MRZ, name: 'MARLOWE<<EVE' }));

/** EF.DG1 of the specimen with the check digit of its number one too high. */
export function dg1WithWrongCheckDigit(): Uint8Array {
  const [first = '', second = ''] = encodeMrz(SPECIMEN_MRZ);
  const digit = (Number(second.charAt(9)) + 1) % 10;
  return encodeDg1([first, `${second.slice(0, 9)}${digit}${second.slice(10)}`]);
}

export function comOf(dataGroups: readonly number[], ldsVersion = '0108'): Uint8Array {
  return encodeEfCom({ ldsVersion, unicodeVersion: '040000', dataGroups });
}

/** EF.DG2 whose picture has lost its first marker. */
export function withoutPictureStart(dg2: Uint8Array): Uint8Array {
  const start = Buffer.from(dg2).indexOf('FFD8', 0, 'hex');
  return dg2.map((byte, index) => (index === start || index === start + 1 ? 0 : byte));
}

/** A CSCA of another state, in DER. */
export function foreignCsca(): Uint8Array {
  const key = makeTestKey('ecdsa-P-256-sha256');
  const period = { from: new Date('2020-01-01Z'), until: new Date('2040-01-01Z') };
  const template = buildCscaRootTemplate({
    serialNumber: Uint8Array.of(7),
    signature: key.algorithm.signature,
    subject: [
      { type: 'C', value: 'AT' },
      { type: 'CN', value: 'CSCA Atlantis' },
    ],
    validity: period,
    keyUse: period,
    publicKey: key.publicKey,
    crlUris: ['https://example.invalid/ATL.crl'],
    contact: { state: 'ATL', contact: 'csca@example.invalid' },
  });
  return issueTestCertificate(template, key).raw;
}

/** The first EF.SOD with the signed content of the second and its own signature. */
export function transplantContent(sod: Uint8Array, donor: Uint8Array): Uint8Array {
  const [own, other] = [sod, donor].map((file) => parseSignedData(parseEfSod(file)).content!);
  const at = Buffer.from(sod).indexOf(own!);
  if (own!.length !== other!.length || at < 0) throw new Error('the contents differ in length');
  const changed = sod.slice();
  changed.set(other!, at);
  return changed;
}
