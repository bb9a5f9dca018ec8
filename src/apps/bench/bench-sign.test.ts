import { openPkcs11Hsm } from '../../adapters/pkcs11/pkcs11-hsm';
import { openRawSigner } from '../../adapters/pkcs11/open-raw-signer';
import { makeSoftHsmToken } from '../../adapters/pkcs11/testing/soft-hsm-token';
import { renderSignBench, runSignBench } from './bench-sign';

test('measures SoftHSM2 through the port and bare, for each number of sessions', async () => {
  const token = await makeSoftHsmToken();
  const results = await runSignBench({
    algorithm: 'ecdsa-P-256-sha256',
    seconds: 0.2,
    sessions: [1, 2],
    openHsm: (sessions) => openPkcs11Hsm({ ...token, sessions }),
    openRaw: (order) => openRawSigner(token, order),
  });
  await token.remove();
  expect(results.map(({ sessions }) => sessions)).toEqual([1, 2]);
  for (const { signaturesPerSecond, rawPerSecond, ratio } of results) {
    expect(Math.min(signaturesPerSecond, rawPerSecond, ratio)).toBeGreaterThan(0);
  }
});

test.each([
  [1, 0.9, '1 session: 90 signatures/s', 'met'],
  [4, 0.7, '4 sessions: 70 signatures/s', 'missed'],
])('%i sessions at a ratio of %f', (sessions, ratio, words, verdict) => {
  const rates = { signaturesPerSecond: 100 * ratio, rawPerSecond: 100, ratio };
  const line = renderSignBench({ algorithm: 'rsa-2048-sha256', sessions, ...rates });
  expect(line).toBe(
    `rsa-2048-sha256, ${words}, bare token 100/s, ratio ${ratio.toFixed(2)}, ` +
      `at least 0.80 wanted: ${verdict}`,
  );
});
