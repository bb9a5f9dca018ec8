import { describeSw } from '../../standards/apdu/status-words';

/** A command handler ends here; the dispatcher answers the status word. */
export class StatusWordError extends Error {
  override readonly name = 'StatusWordError';

  constructor(readonly sw: number) {
    super(describeSw(sw));
  }
}

export function refuse(sw: number): never {
  throw new StatusWordError(sw);
}
