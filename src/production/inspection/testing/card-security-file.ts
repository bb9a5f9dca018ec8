import {
  assembleSignedData,
  encodeSignedAttributes,
  prepareSignedData,
} from '../../../standards/cms/build-signed-data';
import { signMessage } from '../../../standards/crypto/sign-verify';
import { encodeSecurityInfos, type SecurityInfo } from '../../../standards/lds/security-infos';
import type { TestChain } from '../../../standards/pki/testing/test-issuer';

/** EF.CardSecurity with these SecurityInfos, signed by the chain's document signer. */
export function makeCardSecurity(infos: readonly SecurityInfo[], chain: TestChain): Uint8Array {
  const { signature } = chain.dscKey.algorithm;
  const content = encodeSecurityInfos(infos);
  const frame = prepareSignedData({
    contentType: '0.4.0.127.0.7.3.2.1',
    signature,
    certificate: chain.dsc.raw,
  });
  const signedAttributes = encodeSignedAttributes(frame, content);
  const value = signMessage(signature, chain.dscKey.privateKey, signedAttributes);
  return assembleSignedData(frame, { content, signedAttributes, signature: value });
}
