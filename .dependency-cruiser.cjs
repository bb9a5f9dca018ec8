/**
 * The layer law of docs/architecture.md, one rule a sentence.
 * The production stages stand in the order of the flow; a stage imports document, ports, errors,
 * the standards and earlier stages only.
 */
const stages = [
  'profile',
  'intake',
  'datagroups',
  'signing',
  'personalization',
  'encoding',
  'inspection',
  'face',
  'stock',
  'batches',
  'dispatch',
  'custody',
];
const rungs = [
  ['bytes'],
  ['tlv', 'asn1', 'crypto'],
  ['mrz', 'apdu'],
  ['lds', 'pki', 'cms'],
  ['access', 'gp'],
];
const test = '\\.test\\.ts$|/testing/';

const rungRules = rungs.slice(0, -1).map((names, rung) => ({
  name: `standards-rung-${rung + 1}`,
  comment: 'Within the standards a rung imports itself and lower rungs only.',
  severity: 'error',
  from: { path: `^src/standards/(${names.join('|')})/`, pathNot: test },
  to: {
    path: `^src/standards/(${rungs
      .slice(rung + 1)
      .flat()
      .join('|')})/`,
  },
}));
const stageRules = stages.slice(0, -1).map((stage, index) => ({
  name: `stage-${stage}-imports-earlier-stages`,
  severity: 'error',
  from: { path: `^src/production/${stage}/`, pathNot: test },
  to: { path: `^src/production/(${stages.slice(index + 1).join('|')})/` },
}));

module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'standards-import-standards-only',
      severity: 'error',
      from: { path: '^src/standards/', pathNot: test },
      to: { path: '^(src/(production|adapters|apps|simulation)|hsm-mock)/' },
    },
    {
      name: 'standards-are-pure',
      comment: 'Cryptography and unpacking compute; nothing here reads a file, a clock or chance.',
      severity: 'error',
      from: { path: '^src/standards/', pathNot: test },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(crypto|assert|zlib)$' },
    },
    ...rungRules,
    {
      name: 'production-imports-no-outer-layer',
      severity: 'error',
      from: { path: '^src/production/', pathNot: test },
      to: { path: '^(src/(adapters|apps|simulation)|hsm-mock)/' },
    },
    {
      name: 'stages-do-not-import-the-line',
      severity: 'error',
      from: { path: '^src/production/[^/]+/', pathNot: test },
      to: { path: '^src/production/line\\.ts$' },
    },
    ...stageRules,
    {
      name: 'the-reader-shares-nothing-with-the-writer',
      comment: 'Inspection judges with code that shares only the standards with what it judges.',
      severity: 'error',
      from: { path: '^src/production/inspection/', pathNot: test },
      to: { path: '^src/production/(datagroups|signing|personalization|encoding)/' },
    },
    {
      name: 'adapters-know-ports-and-nouns-only',
      severity: 'error',
      from: { path: '^src/adapters/', pathNot: test },
      to: {
        path: '^(src/(production|apps|simulation)|hsm-mock)/',
        pathNot: '^src/production/(ports|errors|document/.*)',
      },
    },
    {
      name: 'adapters-do-not-know-each-other',
      severity: 'error',
      from: { path: '^src/adapters/([^/]+)/', pathNot: test },
      to: { path: '^src/adapters/', pathNot: '^src/adapters/$1/' },
    },
    {
      name: 'hsm-mock-is-an-adapter',
      severity: 'error',
      from: { path: '^hsm-mock/', pathNot: test },
      to: { path: '^src/', pathNot: '^src/(standards/|production/(ports|errors|document/.*))' },
    },
    {
      name: 'simulation-knows-standards-and-ports',
      severity: 'error',
      from: { path: '^src/simulation/', pathNot: test },
      to: {
        path: '^src/(production|adapters|apps)/',
        pathNot: '^src/production/(ports|errors|document/.*)',
      },
    },
    {
      name: 'apps-do-not-import-each-other',
      comment: 'wiring/ alone picks real or mock.',
      severity: 'error',
      from: { path: '^src/apps/([^/]+)/', pathNot: test },
      to: { path: '^src/apps/[^/]+/', pathNot: '^src/apps/($1|wiring)/' },
    },
    {
      name: 'only-wiring-picks-adapters',
      severity: 'error',
      from: { path: '^src/apps/', pathNot: `^src/apps/wiring/|${test}` },
      to: { path: '^(src/adapters|hsm-mock)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
  },
};
