import constructorDependencies from './rules/constructor-dependencies.mjs';
import describedDisables from './rules/described-disables.mjs';
import plainNames from './rules/plain-names.mjs';
import pureBySuffix from './rules/pure-by-suffix.mjs';

/** Our own rules. */
export default {
  rules: {
    'constructor-dependencies': constructorDependencies,
    'described-disables': describedDisables,
    'plain-names': plainNames,
    'pure-by-suffix': pureBySuffix,
  },
};
