/**
 * What makes a text unclean (`sạch`): characters that nobody sees or meant, or that only look
 * like the right ones. Undefined when it is clean. The reason names a code point, never the text.
 */
export function findStrayCharacter(
  text: string,
  options: { readonly vietnamese: boolean },
): string | undefined {
  for (const [index, character] of Array.from(text).entries()) {
    const why = strayReason(character);
    if (why !== undefined) return `has ${why} (${codePoint(character)}) at character ${index + 1}`;
  }
  if (text !== text.trim()) return 'begins or ends with a space';
  if (text.includes('  ')) return 'has two spaces in a row';
  if (/^\p{M}/u.test(text)) return 'begins with a mark that belongs to no letter';
  if (options.vietnamese && /[\u00d0\u00f0\u0189\u0256]/.test(text)) {
    return 'has a letter that looks like Đ (U+0110) and is another';
  }
  const word = text.split(/[^\p{L}\p{M}]+/u).find(isMixed);
  return word === undefined ? undefined : 'mixes letters of several scripts in one word';
}

/** As a name: letters, marks, spaces, and the punctuation that names have. */
export function isName(text: string): boolean {
  return /^[\p{L}\p{M}' ’ʼ.,·-]+$/u.test(text) && /\p{L}/u.test(text);
}

function strayReason(character: string): string | undefined {
  if (/\p{Cs}/u.test(character)) return 'half a character';
  if (/\p{Cc}/u.test(character)) return 'a control character';
  if (/[\p{Cf}\p{Zl}\p{Zp}]/u.test(character)) return 'an invisible character';
  if (/\p{Zs}/u.test(character) && character !== ' ') return 'a space of another kind';
  if (/[\p{Co}\p{Cn}]/u.test(character)) return 'a character without meaning';
  if (character === '\ufffd') return 'the sign of a lost character';
  return undefined;
}

const SCRIPTS = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u];

function isMixed(word: string): boolean {
  return SCRIPTS.filter((script) => script.test(word)).length > 1;
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
