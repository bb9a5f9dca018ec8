import { compileKeyScript, compileScript } from './compile-script';
import type { Personalization } from './check-fit';
import { renderCommands } from './render-commands';

/**
 * Every command for a document on a chip, those that have the chip make its own keys before them:
 * what `profile compile` prints and the golden files hold.
 */
export function renderScripts(
  personalization: Personalization,
  secrets: 'shown' | 'hidden',
): string {
  const keyScript = compileKeyScript(personalization);
  const script = renderCommands(compileScript(personalization), secrets);
  return keyScript === undefined ? script : `${renderCommands(keyScript, secrets)}\n${script}`;
}
