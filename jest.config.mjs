import { readFileSync } from 'node:fs';

const { $schema: _schema, ...swc } = JSON.parse(readFileSync(new URL('.swcrc', import.meta.url), 'utf8'));

/**
 * One Jest project per kind of test; a kind is named by the file suffix.
 * `unit` needs nothing, the others need the PostgreSQL that TEST_DATABASE_URL names.
 */
const libraries = [
  'kernel',
  'contracts',
  'rating',
  'platform',
  'testing',
  'journey',
  'customer',
  'catalog',
  'ordering',
  'inventory',
  'provisioning',
  'charging',
  'billing',
  'receivables',
  'identity',
  'operator',
];

const shared = {
  rootDir: import.meta.dirname,
  testEnvironment: 'node',
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/tools'],
  // As .swcrc, but Jest has no dynamic import without a flag: they become requires.
  transform: { '^.+\\.m?[tj]s$': ['@swc/jest', { ...swc, swcrc: false, module: { type: 'commonjs' } }] },
  // Nest 12 and a few others ship ES modules only.
  transformIgnorePatterns: [
    '/node_modules/(?!(@nestjs|@apollo/server|@as-integrations|@exodus|@graphql-tools|@theguild|@whatwg-node|@repeaterjs|@envelop|jose|eta|uuid|p-limit|yocto-queue)/)',
  ],
  moduleNameMapper: Object.fromEntries(
    libraries.map((name) => [`^@ronghe/${name}$`, `<rootDir>/libs/${name}/src/index.ts`]),
  ),
  setupFiles: ['reflect-metadata'],
};

const kind = (displayName, testRegex, testPathIgnorePatterns = []) => ({
  ...shared,
  displayName,
  testRegex,
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/fixtures/', ...testPathIgnorePatterns],
});

const suffixes = ['int', 'e2e', 'fault', 'redis', 'conformance'];

export default {
  // For what hangs: a test that takes seconds on a quiet machine may take minutes on a busy one.
  testTimeout: 180_000,
  projects: [
    kind(
      'unit',
      ['\\.spec\\.ts$'],
      suffixes.map((suffix) => `\\.${suffix}\\.spec\\.ts$`),
    ),
    kind('integration', ['\\.int\\.spec\\.ts$']),
    kind('scenario', ['\\.e2e\\.spec\\.ts$']),
    kind('faults', ['\\.fault\\.spec\\.ts$']),
    kind('redis', ['\\.redis\\.spec\\.ts$']),
    kind('conformance', ['\\.conformance\\.spec\\.ts$']),
  ],
};
