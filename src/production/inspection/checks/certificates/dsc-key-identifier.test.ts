import { buildAuthorityKeyIdentifier } from '../../../../standards/pki/build-extensions';
import { EXTENSION_OIDS } from '../../../../standards/pki/extension-oids';
import { buildDocumentSignerTemplate } from '../../../../standards/pki/issuing-templates';
import { issueTestCertificate, makeTestChain } from '../../../../standards/pki/testing/test-issuer';
import { judgeFiles } from '../../judge-files';
import { makeSpecimen } from '../../testing/specimen-set';

test('a signer that names another key of its CSCA is refused for that', async () => {
  const chain = makeTestChain('ecdsa-P-256-sha256');
  const period = { from: new Date('2026-01-01Z'), until: new Date('2036-01-01Z') };
  const template = buildDocumentSignerTemplate({
    csca: chain.csca,
    serialNumber: Uint8Array.of(9),
    signature: chain.cscaKey.algorithm.signature,
    subject: [
      { type: 'C', value: 'UT' },
      { type: 'CN', value: 'DS Utopia 9' },
    ],
    validity: period,
    keyUse: period,
    publicKey: chain.dscKey.publicKey,
    crlUris: ['https://example.invalid/UTO.crl'],
    contact: { state: 'UTO', contact: 'csca@example.invalid' },
    documentTypes: ['P'],
  });
  const extensions = template.extensions.map((extension) =>
    extension.oid === EXTENSION_OIDS.authorityKeyIdentifier
      ? buildAuthorityKeyIdentifier(new Uint8Array(20).fill(7))
      : extension,
  );
  const dsc = issueTestCertificate({ ...template, extensions }, chain.cscaKey);
  const { sentence } = judgeFiles(await makeSpecimen({ chain: { ...chain, dsc } }));
  expect(sentence.en).toBe('Refused: The DSC names another CSCA key than the one that signed it.');
});
