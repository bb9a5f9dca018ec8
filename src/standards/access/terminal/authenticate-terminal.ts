import type { CommandApdu } from '../../apdu/command';
import { AccessError } from '../access-error';
import { buildGetChallenge } from '../bac/bac-commands';
import { orderCvChain } from '../terminal-authentication/cv-chain';
import type { CvCertificate } from '../terminal-authentication/cv-certificate';
import { encodeTerminalProof } from '../terminal-authentication/terminal-authentication';
import {
  buildSetSignatureKey,
  buildSetTerminalKey,
  buildTerminalProof,
  buildVerifyCertificate,
} from '../terminal-authentication/terminal-authentication-commands';
import type { CommandChannel } from './apdu-channel';
import { expectOk } from './expect-ok';
import { sendChained } from './send-chained';

/** What a terminal needs to prove its rights. */
export interface TerminalCredentials {
  /** Link, DV and terminal certificates in any order. */
  readonly certificates: readonly CvCertificate[];
  /** Signs with the terminal's key, wherever that is; ECDSA plain. */
  readonly sign: (message: Uint8Array) => Promise<Uint8Array>;
  /** Most bytes of data in one command, where the chip has no extended length; 223 fits. */
  readonly mostDataBytes?: number;
}

/** What of the session Terminal Authentication binds to. */
export interface TerminalBinding {
  /** References of the chip's trust points: of EF.CVCA or PACE, the most recent first. */
  readonly authorityReferences: readonly string[];
  /** ID_IC, see `chipIdentifierFromMrz` and `chipIdentifierFromPace`. */
  readonly chipIdentifier: Uint8Array;
  /** Comp(PK_DH,IFD) of the newest Chip Authentication or PACE-CAM. */
  readonly compressedPublicKey: Uint8Array;
}

/**
 * Runs Terminal Authentication on a channel that Chip Authentication or PACE-CAM has made new
 * [9303-11 §7.1].
 *
 * @throws AccessError `unsupported` when no chain fits, `wrong-secret` when the chip does not
 * accept the signature, `refused` when it does not accept a certificate.
 */
export async function authenticateTerminal(
  channel: CommandChannel,
  credentials: TerminalCredentials,
  binding: TerminalBinding,
): Promise<void> {
  const step = 'terminal authentication';
  const chain = orderCvChain(credentials.certificates, binding.authorityReferences);
  const send = (command: CommandApdu) =>
    sendChained(channel, command, credentials.mostDataBytes ?? Number.POSITIVE_INFINITY);
  for (const certificate of chain) {
    const { authorityReference } = certificate;
    expectOk(`${step}, key`, await channel.send(buildSetSignatureKey(authorityReference)));
    expectOk(`${step}, certificate`, await send(buildVerifyCertificate(certificate)));
  }
  const holder = chain.at(-1)?.holderReference ?? '';
  expectOk(`${step}, terminal key`, await channel.send(buildSetTerminalKey(holder)));
  const challenge = expectOk(`${step}, challenge`, await channel.send(buildGetChallenge())).data;
  if (challenge.length !== 8) {
    throw new AccessError(step, 'protocol', 'the challenge is not 8 bytes long');
  }
  const message = encodeTerminalProof({ ...binding, challenge });
  const proof = buildTerminalProof(await credentials.sign(message));
  expectOk(step, await send(proof), true);
}
