import { verifyCertificateSignature } from '../../../../standards/pki/verify-certificate';
import { sameName } from '../../certificate-chain';
import { type Check, fail, pass } from '../../check';
import { text } from '../../texts/text';

/** A root only: a link certificate is signed with an older key and cannot verify with its own. */
export const cscaSelfSigned: Check = {
  id: 'ICAO3:LDS_D/csca-self-signed',
  group: 'certificates',
  title: 'title.csca-self-signed',
  clause: '[9303-12 §4.1.4]',
  run: ({ chain, trust }) => {
    if (chain.state !== 'found' || !sameName(chain.csca.issuer, chain.csca.subject)) return [];
    const { csca } = chain;
    const verdict = verifyCertificateSignature(csca, csca.publicKey);
    if (verdict.valid) return [pass({ found: verdict.algorithm })];
    const linked = trust.cscas.some(
      (other) => other !== csca && verifyCertificateSignature(csca, other.publicKey).valid,
    );
    return linked ? [] : [fail(text('self-signed.wrong'))];
  },
};
