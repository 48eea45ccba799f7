/** Domains stand on these; never on each other. */
const ground = ['type:kernel', 'type:contracts', 'type:rating', 'type:platform'];

/** @param {string} sourceTag @param {string[]} onlyDependOnLibsWithTags */
const allow = (sourceTag, onlyDependOnLibsWithTags) => ({ sourceTag, onlyDependOnLibsWithTags });
/** @param {string} sourceTag @param {string[]} onlyDependOnLibsWithTags */
const allowWithoutPackages = (sourceTag, onlyDependOnLibsWithTags) => ({
  ...allow(sourceTag, onlyDependOnLibsWithTags),
  bannedExternalImports: ['*'],
});

/** Who may import whom, by kind of project (`type:` in its project.json). */
export const codeConstraints = [
  allowWithoutPackages('type:kernel', []),
  allowWithoutPackages('type:contracts', ['type:kernel']),
  allowWithoutPackages('type:rating', ['type:kernel', 'type:contracts']),
  allow('type:platform', ['type:kernel', 'type:contracts']),
  allow('type:domain', ground),
  allow('type:operator', ['type:domain', 'type:platform']),
  allow('type:testing', ['type:kernel', 'type:contracts', 'type:platform']),
  allow('type:journey', ['type:kernel']),
  allow('type:app', [...ground, 'type:domain', 'type:operator', 'type:journey']),
  // End-to-end tests see everything; nobody can import an app, so nothing of them gets into production.
  allow('type:e2e', ['*']),
  allow('type:tool', []),
];

/** Tests may also use what makes them easy to write; what they test stays where it was. */
export const specConstraints = [
  allow('type:kernel', []),
  allow('type:contracts', ['type:kernel']),
  allow('type:rating', ['type:kernel', 'type:contracts']),
  allow('type:platform', ['type:kernel', 'type:contracts', 'type:testing']),
  allow('type:domain', [...ground, 'type:testing']),
  allow('type:operator', ['type:domain', 'type:platform', 'type:testing']),
  allow('type:testing', ['type:kernel', 'type:contracts', 'type:platform']),
  allow('type:journey', ['type:kernel', 'type:testing']),
  allow('type:app', ['*']),
  allow('type:e2e', ['*']),
  allow('type:tool', ['type:kernel', 'type:contracts', 'type:platform']),
];

/**
 * @param {typeof codeConstraints} depConstraints
 * @returns {[string, object]} the options of `@nx/enforce-module-boundaries`
 */
export const moduleBoundaries = (depConstraints) => [
  'error',
  {
    depConstraints,
    // The platform is tested on the operator that `testing` starts, and `testing` starts it with the platform.
    ignoredCircularDependencies: [['platform', 'testing']],
    enforceBuildableLibDependency: false,
  },
];
