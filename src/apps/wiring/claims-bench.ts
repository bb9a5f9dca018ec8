import { fillWaiting } from '../../adapters/postgres/claims-fill';

/** Lets so many documents wait in a database that is thrown away afterwards. */
export const fillQueue = fillWaiting;
