import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { issueTrialKeys } from '../../production/custody/issue-trial-keys';
import type { LdsFileName, LdsFiles } from '../../production/document/lds-files';
import type { DocumentSigner } from '../../production/document/signed-document';
import type { Clock, Hsm, RandomSource } from '../../production/ports';
import {
  buildSecurityObject,
  type SigningRules,
} from '../../production/signing/build-security-object';
import { readDocumentSigner } from '../../production/signing/read-document-signer';
import { signSecurityObject } from '../../production/signing/sign-security-object';
import { CURVES } from '../../standards/crypto/curve-parameters';
import { signMessage } from '../../standards/crypto/sign-verify';
import { parseSignatureAlgorithmName } from '../../standards/crypto/signature-algorithms';
import { coreRateOver, median } from './rates';

export interface SodBenchRequest {
  readonly algorithm: string;
  /** Time for the measurement, half of it for the reference. */
  readonly seconds: number;
  /** An HSM without keys, which is thrown away afterwards. */
  readonly hsm: Hsm;
  readonly clock: Clock;
  readonly random: RandomSource;
}

/** Two rates of the same run, a second of core time. */
export interface SodBenchResult {
  readonly algorithm: string;
  /** EF.SODs a second: hashing the data groups, building, signing, assembling. */
  readonly sodsPerSecond: number;
  /** Signatures a second of node:crypto alone, with a key of the same kind. */
  readonly signaturesPerSecond: number;
  readonly ratio: number;
}

/** The least ratio of the design, by algorithm. */
export const SOD_BENCH_TARGETS: Readonly<Record<string, number>> = {
  'ecdsa-brainpoolP256r1-sha256': 0.75,
  'ecdsa-P-256-sha256': 0.25,
};

const SLICE_MS = 20;
const WARM_UP_MS = 400;
/** Signed attributes of an EF.SOD with a SHA-256 digest and a signing time are about this long. */
const MESSAGE_BYTES = 107;

const RULES: SigningRules = {
  lds: {
    version: '1.8',
    unicodeVersion: '4.0.0',
    files: [],
    dg11: [],
    dg12: [],
    dg13: 'none',
  },
  signing: { securityObjectVersion: 1, digest: 'sha256' },
};

/** Sizes of the files of a Vietnamese card with a portrait of 15 kB. */
const FILE_BYTES: readonly (readonly [LdsFileName, number])[] = [
  ['EF.COM', 30],
  ['EF.DG1', 95],
  ['EF.DG2', 15_100],
  ['EF.DG13', 600],
  ['EF.DG14', 420],
  ['EF.DG15', 170],
];

/**
 * Measures how many security objects one thread signs beside how many bare signatures it makes.
 * The two take turns in short slices of core time, in an order that alternates, and the ratio is the
 * median of the ratios of neighbours: neither other programs nor a core that grows warm decide.
 */
export async function runSodBench(request: SodBenchRequest): Promise<SodBenchResult> {
  const { algorithm, hsm, clock } = request;
  const keys = await issueTrialKeys({ country: 'UT', state: 'UTO', algorithm }, request);
  const [key] = keys.signers;
  if (key === undefined) throw new Error('no signer was issued');
  const files = makeFiles(request.random);
  const signer = readDocumentSigner(key);
  const makeSod = (): Promise<unknown> => signOne(files, signer, { hsm, clock });
  const makeSignature = rawSigner(algorithm, request.random);

  await coreRateOver(WARM_UP_MS, makeSod);
  await coreRateOver(WARM_UP_MS, makeSignature);
  const pairs: RatePair[] = [];
  const end = performance.now() + request.seconds * 1000;
  do {
    if (pairs.length % 2 === 0) {
      const sods = await coreRateOver(SLICE_MS, makeSod);
      pairs.push({ sods, signatures: await coreRateOver(SLICE_MS, makeSignature) });
    } else {
      const signatures = await coreRateOver(SLICE_MS, makeSignature);
      pairs.push({ sods: await coreRateOver(SLICE_MS, makeSod), signatures });
    }
  } while (performance.now() < end);
  return {
    algorithm,
    sodsPerSecond: median(pairs.map(({ sods }) => sods)),
    signaturesPerSecond: median(pairs.map(({ signatures }) => signatures)),
    ratio: median(pairs.map(({ sods, signatures }) => sods / signatures)),
  };
}

/** The result in one line, with the target where the design sets one. */
export function renderSodBench(result: SodBenchResult): string {
  const { algorithm, sodsPerSecond, signaturesPerSecond, ratio } = result;
  const target = SOD_BENCH_TARGETS[algorithm];
  const verdict =
    target === undefined
      ? ''
      : `, at least ${target.toFixed(2)} wanted: ${ratio >= target ? 'met' : 'missed'}`;
  return (
    `${algorithm}: ${Math.round(sodsPerSecond)} SOD/s, ` +
    `${Math.round(signaturesPerSecond)} signatures/s, ratio ${ratio.toFixed(2)}${verdict}`
  );
}

interface RatePair {
  readonly sods: number;
  readonly signatures: number;
}

async function signOne(
  files: LdsFiles,
  signer: DocumentSigner,
  { hsm, clock }: { readonly hsm: Hsm; readonly clock: Clock },
): Promise<Uint8Array> {
  const content = buildSecurityObject(files, RULES);
  return signSecurityObject({ content, signer, signedAt: clock.now() }, hsm);
}

function rawSigner(algorithm: string, random: RandomSource): () => unknown {
  const { key, signature } = parseSignatureAlgorithmName(algorithm);
  const privateKey: KeyObject =
    key.type === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: key.modulusBits }).privateKey
      : generateKeyPairSync('ec', { namedCurve: CURVES[key.curve].opensslName }).privateKey;
  const message = random.bytes(MESSAGE_BYTES);
  return () => signMessage(signature, privateKey, message);
}

function makeFiles(random: RandomSource): LdsFiles {
  return new Map(FILE_BYTES.map(([name, length]) => [name, random.bytes(length)]));
}
