import { AccessError } from '../../../standards/access/access-error';
import {
  type ActiveAuthenticationFailure,
  verifyActiveAuthentication,
} from '../../../standards/access/active-authentication/verify-active-authentication';
import { SecureMessagingError } from '../../../standards/access/secure-messaging/secure-messaging-error';
import { requestActiveAuthentication } from '../../../standards/access/terminal/internal-authenticate';
import { describeSw } from '../../../standards/apdu/status-words';
import { MalformedError } from '../../../standards/bytes/malformed';
import { DIGESTS } from '../../../standards/crypto/digest-algorithms';
import { parsePublicKeyInfo } from '../../../standards/pki/subject-public-key-info';
import type { RandomSource } from '../../ports';
import type { ChipProof } from '../chip-facts';
import { type LdsContents, readContents } from '../lds-contents';
import { attempt, valueOf } from '../parsed';
import { text } from '../texts/text';
import type { FileReading } from './file-reading';
import type { StepLog } from './step-log';

const CHALLENGE_BYTES = 8;
/** The longest modulus whose signature fits a short response under AES [9303-11 §6.1.4]. */
const MAX_SHORT_MODULUS_BITS = 1792;
const EXTENDED_LE = 0x1_0000;

const FAILURE_WORDS = {
  length: 'the answer has not the length of the key',
  trailer: 'opened with the key, the answer ends in no trailer of a signature',
  header: 'opened with the key, the answer begins with no header of a signature',
  signature: 'the answer does not fit the challenge',
  'der-encoded': 'the answer is DER encoded instead of plain r || s',
  'algorithm-missing': 'EF.DG14 names no known hash function',
  'key-type': 'the key is neither RSA nor EC',
} as const satisfies Record<ActiveAuthenticationFailure, string>;

/**
 * Challenges the chip to prove that it holds the private key of EF.DG15; undefined when it has no
 * such file. What it answers is evidence: a wrong answer is a failed proof, not an error.
 */
export async function proveActiveAuthentication(
  reading: FileReading,
  random: RandomSource,
  log: StepLog,
): Promise<ChipProof | undefined> {
  const contents = readContents(reading.files);
  const dg15 = contents['EF.DG15'];
  if (dg15.state === 'absent') return undefined;
  if (dg15.state === 'malformed') return failed(dg15.detail);
  const challenge = random.bytes(CHALLENGE_BYTES);
  return log.run('AA', async () => {
    try {
      const channel = await reading.openChannel();
      const signature = await requestActiveAuthentication(
        channel,
        challenge,
        expectedLength(dg15.value),
      );
      return judge(contents, { publicKey: dg15.value, challenge, signature });
    } catch (error) {
      return explain(reading, error);
    }
  });
}

function judge(
  contents: LdsContents,
  answer: {
    readonly publicKey: Uint8Array;
    readonly challenge: Uint8Array;
    readonly signature: Uint8Array;
  },
): ChipProof {
  const securityInfos = valueOf(contents['EF.DG14']) ?? [];
  const verdict = verifyActiveAuthentication({ ...answer, securityInfos });
  const key = parsePublicKeyInfo(answer.publicKey, 'EF.DG15');
  const scheme = key.type === 'rsa' ? `RSA ${key.modulusBits} bit` : 'ECDSA';
  if (!verdict.valid) {
    return verdict.failure === 'der-encoded'
      ? { state: 'proved', algorithm: scheme, deviation: text('aa.der-encoded') }
      : failed(FAILURE_WORDS[verdict.failure]);
  }
  return { state: 'proved', algorithm: `${scheme} with ${DIGESTS[verdict.digest].title}` };
}

function explain(reading: FileReading, error: unknown): ChipProof {
  if (error instanceof SecureMessagingError) {
    reading.loseSession();
    return error.receivedSw === undefined ? failed(error.message) : refused(error.receivedSw);
  }
  if (error instanceof AccessError) {
    return error.sw === undefined ? failed(error.message) : refused(error.sw);
  }
  if (error instanceof MalformedError) return failed(error.message);
  throw error;
}

function expectedLength(publicKey: Uint8Array): number | undefined {
  const key = valueOf(attempt(() => parsePublicKeyInfo(publicKey, 'EF.DG15')));
  return key?.type === 'rsa' && key.modulusBits > MAX_SHORT_MODULUS_BITS ? EXTENDED_LE : undefined;
}

function failed(detail: string): ChipProof {
  return { state: 'failed', reason: text('aa.failed', { detail }) };
}

function refused(sw: number): ChipProof {
  return { state: 'failed', reason: text('aa.refused', { status: describeSw(sw) }) };
}
