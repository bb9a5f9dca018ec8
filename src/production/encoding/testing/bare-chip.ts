import { encodeHex } from '../../../standards/bytes/hex';
import { digestBytes } from '../../../standards/crypto/digest-algorithms';
import { makeCapFile, makeComponents } from '../../personalization/testing/cap-file';
import { ProductionError } from '../../errors';
import type { ProfileSource } from '../../ports';
import { shippedText } from '../../profile/testing/shipped-profiles';

/** A package of our own making with the AIDs of the travel document application. */
export const APPLICATION_PACKAGE = makeCapFile(makeComponents());

const INSTALL_STEPS = (sha256: string): string => `
  # What an interrupted attempt has left.
  - verb: delete
    title: { vi: Xóa gói đã nạp dở, en: Delete what was loaded before }
    send: ['80E40080 (4F05A000000247) / 00']
    expect: ['9000', '6A88']

  - verb: load
    title: { vi: Nạp gói ứng dụng, en: Load the package of the application }
    package: trial-emrtd
    sha256: '${sha256}'
    loadFile: 'A000000247'
    cardChecks: sha256

  - verb: install
    title: { vi: Cài ứng dụng, en: Install the application }
    send: ['80E60C00 ([A000000247] [{application}] [{application}] 0100 02C900 00) / 00']
`;

/**
 * The shipped GlobalPlatform chip as it would be delivered without its application, which is then
 * loaded as a CAP file; the host makes its keys.
 */
export function bareChipText(
  sha256 = encodeHex(digestBytes('sha256', APPLICATION_PACKAGE)),
): string {
  const { text } = shippedText('chips', 'gp-emrtd');
  const keyScript = text.slice(text.indexOf('# Done before the files'), text.indexOf('\nscript:'));
  const bare = text
    .replace(keyScript, '')
    .replaceAll('keyOrigin: either', 'keyOrigin: host')
    // Without the application the security domain answers, and there are no files.
    .replace(
      "answers: { '9F7001079000': open,",
      "answers: { '9F7001019000': open, '9F7001079000': open,",
    )
    .replace("answers: { '6A82': empty,", "answers: { '6A82': empty, '6D00': empty,");
  const at = bare.indexOf('  - verb: install', bare.indexOf('\nscript:'));
  return `${bare.slice(0, at)}${INSTALL_STEPS(sha256).trimStart()}\n${bare.slice(at)}`;
}

export function bareChipSource(text: string, content = APPLICATION_PACKAGE): ProfileSource {
  return {
    listProfiles: () => Promise.resolve([]),
    readProfile: () => Promise.resolve({ text, file: 'gp-emrtd.yaml' }),
    readPackage: (name) =>
      name === 'trial-emrtd'
        ? Promise.resolve(content)
        : Promise.reject(new ProductionError('PROFILE_UNKNOWN', name)),
  };
}
