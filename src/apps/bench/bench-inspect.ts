import { judgeFiles } from '../../production/inspection/judge-files';
import { digestBytes } from '../../standards/crypto/digest-algorithms';
import { parseEfSod } from '../../standards/cms/ef-sod';
import { parseSignedData } from '../../standards/cms/parse-signed-data';
import { findSignerCertificate, verifySigner } from '../../standards/cms/verify-signed-data';
import { systemClock } from '../system';
import type { BenchCard } from './bench-card';
import { median, rateOver } from './rates';

export interface InspectBenchResult {
  /** Sets of files judged by every check, in a second of one thread. */
  readonly judgedPerSecond: number;
  /** The same without looking for faults: the hashes and the one signature of EF.SOD. */
  readonly verifiedPerSecond: number;
  readonly ratio: number;
}

const SLICE_MS = 100;

/**
 * Measures how many cards are judged whole, beside the bare passive authentication of the same
 * files. The two take turns in short slices; medians count.
 */
export async function runInspectBench(
  { files, csca }: BenchCard,
  seconds: number,
): Promise<InspectBenchResult> {
  const judge = (): unknown =>
    judgeFiles({ files, trust: { cscas: [csca] }, at: systemClock.now(), expected: files });
  const verify = (): unknown => verifyBare(files);
  await rateOver(SLICE_MS * 4, judge);
  await rateOver(SLICE_MS * 4, verify);
  const pairs: { readonly judged: number; readonly verified: number }[] = [];
  const end = performance.now() + seconds * 1000;
  do {
    const judged = await rateOver(SLICE_MS, judge);
    pairs.push({ judged, verified: await rateOver(SLICE_MS, verify) });
  } while (performance.now() < end);
  return {
    judgedPerSecond: median(pairs.map(({ judged }) => judged)),
    verifiedPerSecond: median(pairs.map(({ verified }) => verified)),
    ratio: median(pairs.map(({ judged, verified }) => judged / verified)),
  };
}

/** The result in one line. */
export function renderInspectBench(result: InspectBenchResult): string {
  const { judgedPerSecond, verifiedPerSecond, ratio } = result;
  return (
    `inspect: ${Math.round(judgedPerSecond)} cards judged a second, ` +
    `bare hashes and signature ${Math.round(verifiedPerSecond)} a second, ratio ${ratio.toFixed(2)}`
  );
}

function verifyBare(files: ReadonlyMap<string, Uint8Array>): boolean {
  for (const bytes of files.values()) digestBytes('sha256', bytes);
  const signedData = parseSignedData(parseEfSod(files.get('EF.SOD') ?? new Uint8Array()));
  const [signer] = signedData.signers;
  const certificate = signer && findSignerCertificate(signer, signedData.certificates);
  if (signer === undefined || certificate === undefined) throw new Error('EF.SOD has no signer');
  return verifySigner(signedData, signer, certificate.publicKey).signature.valid;
}
