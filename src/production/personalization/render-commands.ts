import { encodeHex } from '../../standards/bytes/hex';
import type { PersoScript } from '../document/perso-script';

/**
 * Every command of a script in hexadecimal, one a line under the words of its step, with the
 * status words that mean done: what `profile compile` prints and the golden files hold.
 *
 * @param secrets what stands in the place of a command that carries a key or password
 */
export function renderCommands(script: PersoScript, secrets: 'shown' | 'hidden'): string {
  const lines = script.steps.flatMap(({ phase, verb, title, commands, expectedSw, ...step }) => {
    const expected = expectedSw.map((sw) => sw.toString(16).toUpperCase()).join(' ');
    const shown = (command: Uint8Array): string =>
      step.secret && secrets === 'hidden' ? `(${command.length} bytes)` : encodeHex(command);
    return [
      `# ${phase}: ${verb}: ${title.en}`,
      ...commands.map((command) => `${shown(command)} -> ${expected}`),
    ];
  });
  const count = script.steps.reduce((sum, { commands }) => sum + commands.length, 0);
  return [
    `# ${script.product} on ${script.chip}, ${count} commands`,
    `# sha256 ${encodeHex(script.sha256)}`,
    ...lines,
    '',
  ].join('\n');
}
