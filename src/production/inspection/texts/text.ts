import type { LocalText } from '../../document/inspection-report';
import { TEXTS, type TextKey } from './texts';

/** Names of the `{places}` in a text. */
type Places<T extends string> = T extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Places<Rest>
  : never;

type PlacesOf<K extends TextKey> = Places<(typeof TEXTS)[K]['en']>;

/** What may stand in a place: the same in both languages, or a text that differs. */
type PlaceValue = string | number | LocalText;

/** Keys of texts that stand as they are, without places to fill in. */
export type PlainKey = {
  [K in TextKey]: [PlacesOf<K>] extends [never] ? K : never;
}[TextKey];

/**
 * A text of the key set in both languages, its places filled in. The compiler knows which places
 * a key has; a key without places takes no values.
 */
export function text<K extends TextKey>(
  key: K,
  ...values: [PlacesOf<K>] extends [never] ? [] : [Readonly<Record<PlacesOf<K>, PlaceValue>>]
): LocalText {
  const entry: LocalText = TEXTS[key];
  const given: Readonly<Record<string, PlaceValue>> = values[0] ?? {};
  return { vi: fill(entry.vi, given, 'vi'), en: fill(entry.en, given, 'en') };
}

function fill(
  template: string,
  values: Readonly<Record<string, PlaceValue>>,
  language: keyof LocalText,
): string {
  return template.replaceAll(/\{(\w+)\}/g, (place, name: string) => {
    const value = values[name] ?? place;
    return typeof value === 'object' ? value[language] : String(value);
  });
}
