import type { PacePassword } from '../../../standards/access/pace/pace-password';
import type { PaceOffer } from '../../../standards/access/pace/pace-protocol';
import { openByPace, resumeByPace } from '../../../standards/access/terminal/open-by-pace';
import { selectEmrtdApplication } from '../../../standards/access/terminal/select';
import { chipIdentifierFromPace } from '../../../standards/access/terminal-authentication/terminal-authentication';
import type { LdsFileName } from '../../document/lds-files';
import { selectPacePlace } from './discover-chip';
import { readCardSecurityFile } from './master-files';
import type { OpenChip, OpenChipRequest } from './opening';

interface PaceRun {
  readonly offer: PaceOffer;
  readonly password: PacePassword;
  /** For a suspended password, which is tried behind the CAN. */
  readonly can?: string;
  /** Name of the step, `PACE with CAN`. */
  readonly words: string;
}

/**
 * Opens a chip by one variant of PACE, reads EF.CardSecurity where the master file has it, and
 * selects the eMRTD application [9303-11 §4.4, 9303-10 §3.11.4].
 *
 * @throws AccessError
 */
export async function runPace(
  request: OpenChipRequest,
  { offer, password, can, words }: PaceRun,
): Promise<OpenChip> {
  const { connection, channel, log, random, discovery } = request;
  const { protocol } = offer;
  const pace = () =>
    log.run(words, async () => {
      await selectPacePlace(channel, discovery.place);
      return can === undefined
        ? openByPace(channel, { offer, password, random })
        : resumeByPace(channel, { offer, password, random, can });
    });
  let opened = await pace();
  const masterFiles = new Map<LdsFileName, Uint8Array>(discovery.files);
  const { chipAuthentication: proof } = opened.result;
  const mapping = proof && { protocol, proof };
  if (discovery.place === 'MF') {
    if (request.withCardSecurity) {
      const { channel: session } = opened;
      const security = await log.run('EF.CardSecurity', () => readCardSecurityFile(session));
      if (security.bytes !== undefined) masterFiles.set('EF.CardSecurity', security.bytes);
      if (security.sessionLost) {
        await connection.reset();
        opened = await pace();
      }
    }
    await selectEmrtdApplication(opened.channel);
  }
  return {
    channel: opened.channel,
    access: { words, protocol: 'pace', paceOffered: true, variant: describe(offer) },
    masterFiles,
    chipIdentifier: chipIdentifierFromPace(protocol.group, opened.result.chipPublicKey),
    authorityReferences: opened.result.authorityReferences,
    ...(mapping && { mapping }),
  };
}

/** `ECDH-GM AES-128, brainpoolP256r1`. */
function describe({ protocol: { algorithm, group } }: PaceOffer): string {
  return `${algorithm.agreement}-${algorithm.mapping} ${algorithm.cipher}, ${group.name}`;
}
