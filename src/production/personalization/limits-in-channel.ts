import type { ChipLimits, ScriptStep } from '../profile/chip';

const CIPHER_BLOCK = { scp02: 8, scp03: 16 } as const;

/**
 * What is left of a command for data once a secure channel is open: the MAC takes its eight or
 * sixteen bytes, encryption pads to whole blocks with at least one byte
 * [GPC-D §6.2.4, §6.2.6; GPC-C §E.4.4, §E.4.6].
 *
 * @param before the steps that were done already
 */
export function limitsInChannel(limits: ChipLimits, before: readonly ScriptStep[]): ChipLimits {
  const last = before.findLast(({ verb }) => verb === 'open-channel' || verb === 'verify');
  if (last?.verb !== 'open-channel') return limits;
  const { protocol, level, macBytes } = last.channel;
  const beside = limits.commandDataBytes - macBytes;
  const block = CIPHER_BLOCK[protocol];
  const commandDataBytes = level.includes('c-enc') ? beside - (beside % block) - 1 : beside;
  return { ...limits, commandDataBytes };
}
