/** The chip lost power in mid-command: what was not programmed yet stays as it was. */
export class PowerLoss extends Error {
  override readonly name = 'PowerLoss';

  constructor() {
    super('the chip lost its power');
  }
}
