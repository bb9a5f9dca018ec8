import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SIGNED_LIST_RULES } from '../../standards/cms/lint/signed-list-rules';
import { CERTIFICATE_RULES } from '../../standards/pki/lint/certificate-rules';
import { REVOCATION_LIST_RULES } from '../../standards/pki/lint/revocation-list-rules';
import { CHECKS } from './check-registry';
import { text } from './texts/text';

const document = readFileSync(join(__dirname, '../../../docs/conformity.md'), 'utf8');

test('checks have ids of their own and cite a clause', () => {
  const ids = CHECKS.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { id, clause } of CHECKS) {
    expect(id).toMatch(/^(ICAO3|TR3\.2|TR5\.1|9303-11|persoline):[A-Za-z0-9_]+\/[a-z0-9-]+$/);
    expect(clause).toMatch(/^\[.+ §.+\]$/);
  }
});

test.each(CHECKS)('$id stands in docs/conformity.md with its title and clause', (check) => {
  const { en, vi } = text(check.title);
  expect(document).toContain(`| \`${check.id}\` | ${en} | ${vi} | ${check.clause.slice(1, -1)} |`);
});

test.each(CERTIFICATE_RULES)('rule $id stands in docs/conformity.md', (rule) => {
  const row = [`\`${rule.id}\``, rule.roles.join(', '), rule.severity, rule.fault.en, rule.clause];
  expect(document).toContain(`| ${row.join(' | ')} |`);
});

test.each(REVOCATION_LIST_RULES)('rule $id stands in docs/conformity.md', (rule) => {
  const row = [`\`${rule.id}\``, rule.severity, rule.fault.en, rule.clause];
  expect(document).toContain(`| ${row.join(' | ')} |`);
});

test.each(SIGNED_LIST_RULES)('rule $id stands in docs/conformity.md', (rule) => {
  const row = [`\`${rule.id}\``, rule.kinds.join(', '), rule.severity, rule.fault.en, rule.clause];
  expect(document).toContain(`| ${row.join(' | ')} |`);
});
