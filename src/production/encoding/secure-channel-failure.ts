import { MalformedError } from '../../standards/bytes/malformed';
import { SecureChannelError } from '../../standards/gp/secure-channel-error';
import { ProductionError } from '../errors';

export const OPEN_CHANNEL = 'open-channel';

/** What a card or somebody in between did wrong, as the line's own error. */
export async function asChannelFailure<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof SecureChannelError) && !(cause instanceof MalformedError)) throw cause;
    throw new ProductionError('CARD_CHANNEL_FAILED', OPEN_CHANNEL, [cause.message], { cause });
  }
}

export function channelFailure(reasons: readonly string[]): ProductionError {
  return new ProductionError('CARD_CHANNEL_FAILED', OPEN_CHANNEL, reasons);
}

export function wrongCardKeys(reasons: readonly string[], cause?: unknown): ProductionError {
  return new ProductionError('CARD_KEYS_WRONG', OPEN_CHANNEL, reasons, { cause });
}

export function formatKeyVersion(version: number): string {
  return version.toString(16).toUpperCase().padStart(2, '0');
}
