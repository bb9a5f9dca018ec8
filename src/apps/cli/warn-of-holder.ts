import type { HolderWarning } from '../../production/datagroups/holder-warning';
import type { Terminal } from '../terminal';

/** What a person should have seen of a record, one line each, with what was measured. */
export function warnOfHolder(terminal: Terminal, warnings: readonly HolderWarning[]): void {
  for (const { field, en, figures } of warnings) {
    terminal.note(`warning: ${field}: ${en}${figures === undefined ? '' : `: ${figures}`}`);
  }
}
