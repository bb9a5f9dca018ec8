import {
  assembleSignedData,
  encodeSignedAttributes,
  prepareSignedData,
} from '../../cms/build-signed-data';
import { derivePublicKey } from '../../crypto/agreement-group';
import { CURVES } from '../../crypto/curve-parameters';
import { signMessage } from '../../crypto/sign-verify';
import { encodeSecurityInfos, type SecurityInfo } from '../../lds/security-infos';
import { makeTestChain } from '../../pki/testing/test-issuer';
import { encodeEcPublicKey } from '../../pki/subject-public-key-info';
import { resolvePaceProtocol } from '../pace/pace-protocol';
import {
  CARD_SECURITY_CONTENT_TYPE,
  findMappingKey,
  parseCardSecurity,
  verifyCardSecurity,
} from './card-security';

const chain = makeTestChain('ecdsa-brainpoolP256r1-sha256');
const cam = resolvePaceProtocol({ oid: '0.4.0.127.0.7.2.2.4.6.2', parameterId: 13 });
const point = derivePublicKey(cam.group, Uint8Array.of(1, 2, 3));

function keyInfo(curve: 'brainpoolP256r1' | 'P-256', keyId?: number): SecurityInfo {
  const { group } = resolvePaceProtocol({
    oid: '0.4.0.127.0.7.2.2.4.2.2',
    parameterId: CURVES[curve].paceParameterId,
  });
  return {
    kind: 'chip-authentication-public-key',
    oid: '0.4.0.127.0.7.2.2.1.2',
    publicKey: encodeEcPublicKey({
      curve: CURVES[curve],
      point: derivePublicKey(group, Uint8Array.of(1, 2, 3)),
      parameters: 'explicit',
    }),
    ...(keyId === undefined ? {} : { keyId }),
  };
}

const INFOS: readonly SecurityInfo[] = [
  { kind: 'pace', oid: cam.algorithm.oid, version: 2, parameterId: 13 },
  keyInfo('brainpoolP256r1', 13),
];

function cardSecurity(contentType = CARD_SECURITY_CONTENT_TYPE): Uint8Array {
  const { signature } = chain.dscKey.algorithm;
  const frame = prepareSignedData({ contentType, signature, certificate: chain.dsc.raw });
  const content = encodeSecurityInfos(INFOS);
  const signedAttributes = encodeSignedAttributes(frame, content);
  return assembleSignedData(frame, {
    content,
    signedAttributes,
    signature: signMessage(signature, chain.dscKey.privateKey, signedAttributes),
  });
}

describe('EF.CardSecurity', () => {
  it('gives the SecurityInfos and the signer that vouches for them', () => {
    const parsed = parseCardSecurity(cardSecurity());
    expect(encodeSecurityInfos(parsed.infos)).toEqual(encodeSecurityInfos(INFOS));
    const verdict = verifyCardSecurity(parsed);
    expect(verdict).toMatchObject({ valid: true, signer: { raw: chain.dsc.raw } });
  });

  it('is refused with another type of content', () => {
    expect(() => parseCardSecurity(cardSecurity('2.23.136.1.1.1'))).toThrow('its content is');
  });

  it('is not valid with any altered byte of its SecurityInfos', () => {
    const file = cardSecurity();
    const start = Buffer.from(file).indexOf(encodeSecurityInfos(INFOS));
    expect(start).toBeGreaterThan(0);
    const altered = file.slice();
    // The number of the domain parameters at the end of the PACEInfo or the key identifier.
    const at = start + encodeSecurityInfos(INFOS).length - 1;
    altered[at] = (altered[at] ?? 0) ^ 1;
    expect(verifyCardSecurity(parseCardSecurity(altered))).toMatchObject({ valid: false });
  });

  it('is not valid without the certificate of its signer, or with two signers', () => {
    const parsed = parseCardSecurity(cardSecurity());
    const { signedData } = parsed;
    const without = { ...parsed, signedData: { ...signedData, certificates: [] } };
    expect(verifyCardSecurity(without)).toMatchObject({ valid: false });
    const signers = [...signedData.signers, ...signedData.signers];
    const twice = { ...parsed, signedData: { ...signedData, signers } };
    expect(verifyCardSecurity(twice)).toMatchObject({ valid: false });
  });
});

describe('the key of chip authentication mapping', () => {
  it('has the number of the domain parameters', () => {
    const other = keyInfo('P-256', 12);
    expect(findMappingKey([other, ...INFOS], cam)).toEqual(point);
    expect(findMappingKey([other], cam)).toBeUndefined();
  });

  it('may stand alone without a number, and must be of the group', () => {
    expect(findMappingKey([keyInfo('brainpoolP256r1')], cam)).toEqual(point);
    expect(findMappingKey([keyInfo('P-256')], cam)).toBeUndefined();
    expect(findMappingKey([keyInfo('P-256', 13)], cam)).toBeUndefined();
    expect(findMappingKey([], cam)).toBeUndefined();
  });
});
