import type { CscaKey } from '../../production/document/key-set';
import type { KeySession } from './custody-session';

/** The newest CSCA of the database, else the one of the key directory. */
export async function newestCsca({ custody, keys }: KeySession): Promise<CscaKey> {
  return (await custody.cscas.listCscas()).at(-1) ?? keys.keys.csca;
}
