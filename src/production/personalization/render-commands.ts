import { encodeHex } from '../../standards/bytes/hex';
import type { CardKeyWish, PersoScript, PersoStep } from '../document/perso-script';

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
      ...describeKeys(step),
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

/** What is done with keys of the card; its commands are made when the card is there. */
function describeKeys({ channel, putKeys }: Pick<PersoStep, 'channel' | 'putKeys'>): string[] {
  if (putKeys !== undefined) return [`#   ${describeKeySet(putKeys)}`];
  if (channel === undefined) return [];
  const { protocol, level, macBytes, keys } = channel;
  return [
    `#   ${protocol}, ${level}, MAC of ${macBytes} bytes`,
    ...keys.map((wish, index) => `#   ${index === 0 ? '' : 'or '}${describeKeySet(wish)}`),
  ];
}

function describeKeySet({ keySet, keyVersion, diversification }: CardKeyWish): string {
  const version = keyVersion.toString(16).toUpperCase().padStart(2, '0');
  return `keys ${keySet}, version ${version}, diversification ${diversification}`;
}
