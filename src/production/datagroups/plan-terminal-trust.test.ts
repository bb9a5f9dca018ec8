import { encodeCvCertificate } from '../../standards/access/terminal-authentication/cv-certificate';
import {
  issueCvCertificate,
  makeCvKey,
  type TestCvKey,
} from '../../standards/access/testing/cv-issuer';
import { shippedChip, shippedProduct } from '../profile/testing/shipped-profiles';
import { securityInfosOf } from './chip-security-infos';
import { parseTrustPoints, planTerminalTrust } from './plan-terminal-trust';

const [older, newer, dv] = ['UTCVCA00001', 'UTCVCA00002', 'UTDV00001'].map((name) =>
  makeCvKey(name),
) as [TestCvKey, TestCvKey, TestCvKey];
const file = (order: Parameters<typeof issueCvCertificate>[0]): Uint8Array => {
  const { body, signature } = issueCvCertificate(order);
  return encodeCvCertificate(body, signature);
};
const root = file({ issuer: older, holder: older, role: 'cvca', from: '260101', to: '281231' });
const link = file({ issuer: older, holder: newer, role: 'cvca', from: '270101', to: '301231' });

const product = shippedProduct('icao-td3-passport');
const chip = shippedChip('gp-emrtd');
const plan = (at: string, files = [root, link]) =>
  planTerminalTrust(parseTrustPoints(files), { product, chip, at: new Date(at) });

test('the newest comes first, and the chip begins with the latest day that is known', () => {
  expect(plan('2026-06-01')).toEqual({ certificates: [link, root], currentDate: '270101' });
  expect(plan('2027-06-01')).toMatchObject({ currentDate: '270601' });
});

test('a CVCA that has expired is nobody to trust', () => {
  expect(() => plan('2029-01-01')).toThrow(
    expect.objectContaining({
      code: 'CERTIFICATE_FAULTY',
      reasons: ['UTCVCA00001 has expired'],
    }) as Error,
  );
});

test('a chip or a product that cannot use it gets nothing', () => {
  const trustPoints = parseTrustPoints([root]);
  const at = new Date('2026-06-01');
  const applet = shippedChip('passport-applet');
  expect(planTerminalTrust(trustPoints, { product, chip: applet, at })).toBeUndefined();
  const plain = { ...product, lds: { ...product.lds, files: ['EF.DG1', 'EF.DG2'] as const } };
  expect(planTerminalTrust(trustPoints, { product: plain, chip, at })).toBeUndefined();
  expect(planTerminalTrust([], { product, chip, at })).toBeUndefined();
});

test.each([
  ['what is no certificate', [Uint8Array.of(0x7f, 0x21, 0)], 'CV certificate'],
  ['a link without the certificate that it leads from', [link], 'is signed by none of them'],
  [
    'a certificate of a document verifier',
    [root, file({ issuer: older, holder: dv, role: 'domestic-dv' })],
    'UTDV00001 is not the name of a CVCA',
  ],
  ['the same twice', [root, root], 'two of them have the same name'],
  ['three', [root, link, root], 'a chip trusts 2 at the most'],
  ['another signature', [root.with(-1, (root.at(-1) ?? 0) ^ 1)], 'is signed by none of them'],
])('%s is refused', (_, files, reason) => {
  expect(() => parseTrustPoints(files)).toThrow(
    expect.objectContaining({
      code: 'INPUT_MALFORMED',
      reasons: expect.arrayContaining([expect.stringContaining(reason)]) as string[],
    }) as Error,
  );
});

test('EF.DG14 announces it, and names EF.CVCA where it stands elsewhere', () => {
  const trust = plan('2026-06-01')!;
  const infos = (files: typeof chip.files) =>
    securityInfosOf({ ...chip, files }, {}, trust).filter(
      ({ kind }) => kind === 'terminal-authentication',
    );
  expect(infos(chip.files)).toEqual([{ kind: 'terminal-authentication', version: 1 }]);
  const moved = new Map([
    ...chip.files,
    ['EF.CVCA', { folder: 'application', fid: Uint8Array.of(1, 0x1f) }] as const,
  ]);
  expect(infos(moved)).toEqual([
    { kind: 'terminal-authentication', version: 1, efCvca: { fid: 0x011f } },
  ]);
});
