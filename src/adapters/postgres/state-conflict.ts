import { ProductionError } from '../../production/errors';

/** What a move found in its way; `place` is a document, a card or an attempt by its number. */
export function stateConflict(place: string, ...reasons: string[]): ProductionError {
  return new ProductionError('STATE_CONFLICT', place, reasons);
}
