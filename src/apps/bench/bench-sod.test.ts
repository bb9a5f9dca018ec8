import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSoftwareHsm } from '../../../hsm-mock/software-hsm';
import { createToken } from '../../../hsm-mock/token';
import { systemClock, systemRandom } from '../system';
import { renderSodBench, runSodBench } from './bench-sod';

test('measures both rates in one run', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'persoline-bench-'));
  await createToken({ directory }, 'bench');
  const hsm = await openSoftwareHsm({ directory, pin: 'bench' });
  const algorithm = 'ecdsa-P-256-sha256';
  const tools = { hsm, clock: systemClock, random: systemRandom };
  const result = await runSodBench({ algorithm, seconds: 0.2, ...tools });
  await hsm.close();
  await rm(directory, { recursive: true, force: true });
  expect(result.sodsPerSecond).toBeGreaterThan(0);
  expect(result.signaturesPerSecond).toBeGreaterThan(0);
  expect(result.ratio).toBeGreaterThan(0);
});

test.each([
  [0.8, 'met'],
  [0.5, 'missed'],
])('a ratio of %f is %s', (ratio, verdict) => {
  const algorithm = 'ecdsa-brainpoolP256r1-sha256';
  const rates = { sodsPerSecond: 1000 * ratio, signaturesPerSecond: 1000 };
  expect(renderSodBench({ algorithm, ...rates, ratio })).toBe(
    `${algorithm}: ${1000 * ratio} SOD/s, 1000 signatures/s, ratio ${ratio.toFixed(2)}, ` +
      `at least 0.75 wanted: ${verdict}`,
  );
});

test('an algorithm without a target has none in its line', () => {
  const rates = { sodsPerSecond: 1, signaturesPerSecond: 2, ratio: 0.5 };
  expect(renderSodBench({ algorithm: 'rsa-3072-pss-sha256', ...rates })).toBe(
    'rsa-3072-pss-sha256: 1 SOD/s, 2 signatures/s, ratio 0.50',
  );
});
