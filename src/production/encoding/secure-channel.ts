import type { SecureChannelWish, CardKeyWish } from '../document/perso-script';
import type { CardChannel } from '../ports';

/** Opens a GlobalPlatform secure channel over a plain one. */
export type SecureChannelOpener = (
  channel: CardChannel,
  wish: SecureChannelWish,
  /** AID of the security domain that is selected. */
  securityDomain: Uint8Array,
) => Promise<SecureCardChannel>;

/** Wraps what it is given until it is closed. */
export interface SecureCardChannel extends CardChannel {
  /** Padded keys and secrets under the data encryption key. */
  encryptKeyData(plain: Uint8Array): Promise<Uint8Array>;
  /** Changes the keys of the security domain, unless the channel was opened with these. */
  putKeys(next: CardKeyWish): Promise<void>;
  /** Overwrites the session keys; nothing can be sent any more. */
  close(): void;
}
