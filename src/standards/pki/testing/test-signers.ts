import type { LIST_SIGNER_PURPOSES } from '../extension-oids';
import type { Certificate } from '../certificate';
import {
  buildCscaLinkTemplate,
  buildCscaRootTemplate,
  buildListSignerTemplate,
} from '../issuing-templates';
import { issueTestCertificate, makeTestKey, type TestChain, type TestKey } from './test-issuer';

const KEY_USE = { from: new Date('2027-01-01T00:00:00Z'), until: new Date('2031-01-01T00:00:00Z') };
const VALIDITY = { from: KEY_USE.from, until: new Date('2042-01-01T00:00:00Z') };
const CONTACT = { state: 'UTO', contact: 'csca@example.invalid' };
const CRL_URIS = ['https://pkddownload1.icao.int/CRLs/UTO.crl'];

export interface TestLink {
  readonly key: TestKey;
  /** The new root, signed by itself. */
  readonly root: Certificate;
  /** The new key, signed by the CSCA of the chain. */
  readonly link: Certificate;
}

/** The CSCA that follows the chain's, and the link certificate to it. */
export function makeTestLink(chain: TestChain): TestLink {
  const key = makeTestKey(chain.cscaKey.algorithm.name);
  const common = {
    ...{ keyUse: KEY_USE, validity: VALIDITY, contact: CONTACT, crlUris: CRL_URIS },
    publicKey: key.publicKey,
  };
  const template = buildCscaRootTemplate({
    ...common,
    serialNumber: Uint8Array.of(3),
    signature: key.algorithm.signature,
    subject: [
      { type: 'C', value: 'UT' },
      { type: 'O', value: 'Utopia' },
      { type: 'CN', value: 'CSCA Utopia' },
    ],
  });
  const root = issueTestCertificate(template, key);
  const linkTemplate = buildCscaLinkTemplate({
    ...common,
    serialNumber: Uint8Array.of(4),
    signature: chain.cscaKey.algorithm.signature,
    previous: chain.csca,
    next: root,
  });
  return { key, root, link: issueTestCertificate(linkTemplate, chain.cscaKey) };
}

/** A signer of lists under the chain's CSCA, with a key of its own that is thrown away. */
export function makeTestListSigner(
  chain: TestChain,
  purpose: keyof typeof LIST_SIGNER_PURPOSES,
  key: TestKey = makeTestKey(chain.dscKey.algorithm.name),
): Certificate {
  const template = buildListSignerTemplate({
    ...{ keyUse: KEY_USE, validity: VALIDITY, contact: CONTACT, crlUris: CRL_URIS, purpose },
    csca: chain.csca,
    serialNumber: Uint8Array.of(5),
    signature: chain.cscaKey.algorithm.signature,
    subject: [
      { type: 'C', value: 'UT' },
      { type: 'CN', value: 'List signer Utopia' },
    ],
    publicKey: key.publicKey,
  });
  return issueTestCertificate(template, chain.cscaKey);
}
