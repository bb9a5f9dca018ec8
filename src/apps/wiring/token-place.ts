import { readTokenReference } from '../../adapters/key-directory/key-directory';
import type { TokenReference } from '../../adapters/key-directory/token-reference';
import { ProductionError } from '../../production/errors';

/** What a command was told of the PKCS #11 token. */
export interface TokenPlace extends TokenReference {
  /** File that names module and token of this site, without any secret. */
  readonly siteFile?: string;
}

/**
 * Module and token to use: what the command was given, then its site file, then what the key
 * directory remembers.
 *
 * @throws ProductionError `USAGE` when one of the two is named nowhere, `INPUT_UNREADABLE`,
 * `INPUT_MALFORMED`.
 */
export async function resolveToken(
  place: TokenPlace = {},
  remembered: TokenReference = {},
): Promise<Required<TokenReference>> {
  const site = place.siteFile === undefined ? {} : await readTokenReference(place.siteFile);
  const modulePath = place.modulePath ?? site.modulePath ?? remembered.modulePath;
  const tokenLabel = place.tokenLabel ?? site.tokenLabel ?? remembered.tokenLabel;
  if (modulePath === undefined || tokenLabel === undefined) {
    throw new ProductionError('USAGE', 'PKCS #11', [
      ...(modulePath === undefined ? ['name the library with --pkcs11-module'] : []),
      ...(tokenLabel === undefined ? ['name the token with --pkcs11-token'] : []),
    ]);
  }
  return { modulePath, tokenLabel };
}
