import { ProductionError } from '../../production/errors';
import type { Fault } from '../../simulation/chip/fault-script';

/** What may stand behind the colon: pages, a status word, milliseconds. */
const FIGURES: ReadonlyMap<string, RegExp> = new Map([
  ['tear-off', /^\d{1,6}$/],
  ['status', /^[0-9A-Fa-f]{4}$/],
  ['slow', /^\d{1,6}$/],
]);

/**
 * A fault as it is written on the command line, `KIND@APDU` or `KIND@APDU:FIGURE`. `dead` is a chip
 * that loses its power in the middle of a command and never answers again.
 *
 * @throws ProductionError `USAGE`
 */
export function parseFault(text: string): readonly Fault[] {
  const [, kind = '', number = '', figure] =
    /^([a-z-]+)@([1-9]\d{0,6})(?::(\w+))?$/.exec(text) ?? [];
  if (figure !== undefined && FIGURES.get(kind)?.test(figure) !== true) {
    throw new ProductionError('USAGE', '--fault', [`"${text}" has a figure that its kind has not`]);
  }
  const atApdu = Number(number);
  switch (kind) {
    case 'tear-off':
      return [{ kind, atApdu, ...(figure !== undefined && { pages: Number(figure) }) }];
    case 'mute':
    case 'wrong-keys':
      return [{ kind, atApdu }];
    case 'dead':
      return [
        { kind: 'tear-off', atApdu },
        { kind: 'mute', atApdu: atApdu + 1, forever: true },
      ];
    case 'status':
      return [{ kind, atApdu, ...(figure !== undefined && { sw: parseInt(figure, 16) }) }];
    case 'slow':
      return [{ kind, atApdu, delayMs: Number(figure ?? 1000) }];
    default:
      throw new ProductionError('USAGE', '--fault', [
        `"${text}" is not tear-off, mute, dead, status, slow or wrong-keys with @ and a number`,
      ]);
  }
}
