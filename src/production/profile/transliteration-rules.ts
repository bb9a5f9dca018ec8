import type { TransliterationRules } from '../../standards/mrz/transliterate';
import type { IdentityRules } from './product';

/** What the product decides where Doc 9303-3 §6 leaves the issuer a choice. */
export function transliterationRulesOf(identity: IdentityRules): TransliterationRules {
  const { transliteration: choices, cyrillicLanguage } = identity;
  return { choices, ...(cyrillicLanguage !== undefined && { cyrillicLanguage }) };
}
