import type { ChipAuthenticationOffer } from '../../../../standards/access/chip-authentication/chip-authentication-protocol';
import { verifyActiveAuthentication } from '../../../../standards/access/active-authentication/verify-active-authentication';
import type { SessionKeys } from '../../../../standards/access/session-keys';
import { encodeHex } from '../../../../standards/bytes/hex';
import { derivePrivateKey } from '../../../../standards/crypto/agreement-group';
import { parseDg14 } from '../../../../standards/lds/dg14';
import { parseDg15 } from '../../../../standards/lds/dg15';
import { parsePublicKeyInfo } from '../../../../standards/pki/subject-public-key-info';
import { NotComputable } from '../not-computable';
import { ACTIVE_AUTHENTICATION } from '../topics/active-authentication';
import { CHIP_AUTHENTICATION } from '../topics/chip-authentication';
import { keyInputs } from './record-session';
import type { Candidate } from './recording';
import type { ChannelTape } from './tape';

/**
 * The chip's answer to a challenge, with its public key.
 *
 * @throws NotComputable when the answer proves nothing.
 */
export function recordActiveAuthentication(parts: {
  readonly dg14?: Uint8Array;
  readonly dg15: Uint8Array;
  readonly challenge: Uint8Array;
  readonly signature: Uint8Array;
}): Candidate {
  const { dg14, dg15, challenge, signature } = parts;
  const publicKey = parseDg15(dg15);
  const securityInfos = dg14 === undefined ? [] : parseDg14(dg14);
  const verdict = verifyActiveAuthentication({ publicKey, securityInfos, challenge, signature });
  if (!verdict.valid) throw new NotComputable('the answer of the chip does not verify');
  const isRsa = parsePublicKeyInfo(publicKey).type === 'rsa';
  const member = isRsa ? 'signature' : 'signature_plain';
  return {
    topic: ACTIVE_AUTHENTICATION,
    id: 'active-authentication',
    real: {
      inputs: {
        rnd_ifd: encodeHex(challenge),
        hash: verdict.digest,
        dg15: encodeHex(dg15),
        ...(dg14 === undefined ? {} : { dg14: encodeHex(dg14) }),
      },
      expected: { [member]: encodeHex(signature) },
    },
    notes: 'The public key in dg15 tells which chip this was, and nothing of its holder.',
  };
}

/** Chip authentication in the midst of a session, and a file read under the new keys. */
export function recordChipAuthentication(parts: {
  readonly dg14: Uint8Array;
  readonly offer: ChipAuthenticationOffer;
  readonly random: Uint8Array;
  readonly before: SessionKeys;
  readonly exchanges: ChannelTape['exchanges'];
}): Candidate {
  const { dg14, offer, random, before, exchanges } = parts;
  const { SSC: ssc, ...keys } = keyInputs(before, 'ssc');
  const inputs = {
    dg14: encodeHex(dg14),
    terminal_eph_priv: encodeHex(derivePrivateKey(offer.group, random)),
    sm_before: { ...keys, ssc },
    exchanges: exchanges.map(({ command, response }) => ({
      command: encodeHex(command),
      response: encodeHex(response),
    })),
  };
  const names = ['chip_static_pub', 'terminal_eph_pub', 'shared_secret_x', 'KS_enc', 'KS_mac'];
  const all = [...names, 'new_ssc', 'plain_command_header_and_data'];
  const figures = CHIP_AUTHENTICATION.figures({ id: '', inputs, expected: {} }, []);
  const expected = Object.fromEntries(all.map((name) => [name, figures[name]?.(undefined)]));
  return {
    topic: CHIP_AUTHENTICATION,
    id: 'chip-authentication',
    real: { inputs, expected },
    notes:
      'The key of the chip is its public one; those of the terminal were of this session only.',
  };
}
