import { holderWarning } from '../../production/datagroups/holder-warning';
import { warnOfHolder } from './warn-of-holder';

test('a warning stands with its field and, where something was measured, with the figures', () => {
  const noted: string[] = [];
  const terminal = {
    interactive: false,
    print: () => undefined,
    note: (text: string) => void noted.push(text),
  };
  warnOfHolder(terminal, [
    holderWarning('PORTRAIT_BACKGROUND', 'portrait'),
    { ...holderWarning('PORTRAIT_HEAD', 'portrait'), figures: 'top 30 %' },
  ]);
  expect(noted).toEqual([
    'warning: portrait: the background of the portrait is not even',
    'warning: portrait: the head in the portrait stands in an unusual place or is of an unusual size: top 30 %',
  ]);
});
