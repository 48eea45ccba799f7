import eslint from '@eslint/js';
import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';
import { codeConstraints, moduleBoundaries, specConstraints } from './tools/lint/boundaries.mjs';
import ronghe from './tools/lint/plugin.mjs';
import { readProjects } from './tools/lint/projects.mjs';

const projects = await readProjects();
/** @param {string[]} tags @returns {string[]} the TypeScript files of the projects that have one of them */
const filesOf = (...tags) =>
  projects
    .filter((project) => project.tags.some((tag) => tags.includes(tag)))
    .map(({ root }) => `${root}/**/*.ts`);

const specs = ['**/*.spec.ts', '**/*.fixture.ts'];
const unusedVariables = [
  'error',
  { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
];

export default tseslint.config(
  {
    ignores: [
      '**/node_modules',
      'dist',
      '.ronghe',
      '.nx',
      'coverage',
      '**/generated',
      '**/fixtures',
      'testdata',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.mjs', '**/*.js'],
    extends: [eslint.configs.recommended],
    languageOptions: { globals: nodeGlobals() },
    rules: { 'no-unused-vars': unusedVariables },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommended],
    languageOptions: {
      parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname },
    },
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': moduleBoundaries(codeConstraints),
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': unusedVariables,
      // Every member of a union has its case; a `default` cannot swallow one that comes later.
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: false, requireDefaultForNonUnion: false },
      ],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: '@nestjs/common',
              importNames: ['forwardRef'],
              message: 'Two classes that need each other are one class, or lack a third.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['tools/lint/fixtures/**/*.ts'],
    languageOptions: { parserOptions: { project: './tools/lint/fixtures/tsconfig.json' } },
  },
  {
    files: ['**/*.ts', '**/*.mjs'],
    plugins: { ronghe },
    rules: {
      'max-lines': ['error', { max: 300 }],
      'max-lines-per-function': ['error', { max: 70 }],
      'max-params': ['error', { max: 5 }],
      'ronghe/constructor-dependencies': 'error',
      'ronghe/described-disables': 'error',
      'ronghe/plain-names': 'error',
    },
  },
  { files: filesOf('type:domain'), plugins: { ronghe }, rules: { 'ronghe/pure-by-suffix': 'error' } },
  {
    files: filesOf('type:kernel', 'type:contracts', 'type:rating'),
    plugins: { ronghe },
    rules: { 'ronghe/pure-by-suffix': ['error', { everywhere: true }] },
  },
  {
    files: specs,
    rules: {
      '@nx/enforce-module-boundaries': moduleBoundaries(specConstraints),
      '@typescript-eslint/no-non-null-assertion': 'off',
      // A `describe` is as long as what it describes.
      'max-lines-per-function': 'off',
    },
  },
  prettier,
);

/** What Node.js offers without an import, as far as our tools use it. */
function nodeGlobals() {
  const names = [
    'AbortController',
    'AbortSignal',
    'Buffer',
    'URL',
    'URLSearchParams',
    'clearInterval',
    'clearTimeout',
  ];
  const more = [
    'console',
    'fetch',
    'performance',
    'process',
    'setInterval',
    'setTimeout',
    'setImmediate',
    'structuredClone',
  ];
  return Object.fromEntries([...names, ...more].map((name) => [name, 'readonly']));
}
