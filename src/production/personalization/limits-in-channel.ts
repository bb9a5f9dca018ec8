import type { ChipLimits, ScriptStep } from '../profile/chip';

const MAC_BYTES = 8;
const CIPHER_BLOCK = 16;

/**
 * What is left of a command for data once a secure channel is open: the MAC takes its eight bytes,
 * encryption pads to whole blocks with at least one byte [GPC-D §6.2.4, §6.2.6].
 *
 * @param before the steps that were done already
 */
export function limitsInChannel(limits: ChipLimits, before: readonly ScriptStep[]): ChipLimits {
  const opened = before.findLast((step) => step.verb === 'open-channel');
  if (opened === undefined) return limits;
  const beside = limits.commandDataBytes - MAC_BYTES;
  const encrypted = opened.channel.level.includes('c-enc');
  const commandDataBytes = encrypted ? beside - (beside % CIPHER_BLOCK) - 1 : beside;
  return { ...limits, commandDataBytes };
}
