import { openRawSigner, type RawSigner } from '../../adapters/pkcs11/open-raw-signer';
import { openPkcs11Hsm } from '../../adapters/pkcs11/pkcs11-hsm';
import { ProductionError } from '../../production/errors';
import type { Hsm } from '../../production/ports';
import type { KeyPlace } from './keys';
import { readPin } from './pin';
import { resolveToken } from './token-place';

/** One token, through the port with a number of sessions, and bare. */
export interface BenchToken {
  readonly openHsm: (sessions: number) => Promise<Hsm>;
  readonly openRaw: (order: Parameters<typeof openRawSigner>[1]) => Promise<RawSigner>;
}

/** @throws ProductionError `USAGE` when the token or its PIN is named nowhere. */
export async function openBenchToken(
  place: Pick<KeyPlace, 'pinFrom' | 'token'>,
): Promise<BenchToken> {
  if (place.pinFrom === undefined) {
    throw new ProductionError('USAGE', 'PIN', ['say with --pin-file or --pin-from where it is']);
  }
  const token = { ...(await resolveToken(place.token)), pin: await readPin(place.pinFrom) };
  return {
    openHsm: (sessions) => openPkcs11Hsm({ ...token, sessions }),
    openRaw: (order) => openRawSigner(token, order),
  };
}
