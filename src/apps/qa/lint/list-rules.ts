import { SIGNED_LIST_RULES } from '../../../standards/cms/lint/signed-list-rules';
import { CERTIFICATE_RULES } from '../../../standards/pki/lint/certificate-rules';
import type { LintRule } from '../../../standards/pki/lint/lint-rule';
import { REVOCATION_LIST_RULES } from '../../../standards/pki/lint/revocation-list-rules';
import type { LocalText } from '../../../production/document/inspection-report';
import { CHECKS } from '../../../production/inspection/check-registry';
import { text } from '../../../production/inspection/texts/text';

/** A rule or check as it is listed. */
export interface ListedRule {
  readonly rule: string;
  /** What it is asked of: roles of certificates, kinds of lists, or files. */
  readonly of: readonly string[];
  /** A check of the inspection has findings of both kinds. */
  readonly severity: 'error' | 'warning' | 'either';
  readonly clause: string;
  /** What is wrong where it is not met; of a check, what it asks. */
  readonly words: LocalText;
}

/** Every rule of certificates and lists, and every check of the files of a card. */
export function listRules(): readonly ListedRule[] {
  return [
    ...CERTIFICATE_RULES.map((rule) => listed(rule, rule.roles)),
    ...REVOCATION_LIST_RULES.map((rule) => listed(rule, ['revocation-list'])),
    ...SIGNED_LIST_RULES.map((rule) => listed(rule, rule.kinds)),
    ...CHECKS.map(({ id, group, clause, title }) => ({
      ...{ rule: id, of: [group], severity: 'either' as const, words: text(title) },
      clause: clause.replace(/^\[(.*)\]$/, '$1'),
    })),
  ];
}

function listed({ id, severity, clause, fault }: LintRule, of: readonly string[]): ListedRule {
  return { rule: id, of, severity, clause, words: { vi: fault.vi, en: `it ${fault.en}` } };
}
