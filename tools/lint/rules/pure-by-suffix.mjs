import path from 'node:path';

/**
 * What a file may do is said by its name: pure by default, impure by suffix. Layers from the inside out; a file
 * may import siblings of its own layer and of those further in.
 * @typedef {'pure' | 'dto' | 'adapter' | 'framework' | 'index' | 'spec'} Layer
 */

const frameworkSuffix = /\.(module|domain|service|store|entity|resolver|controller|subscriber|worker)$/;

/** npm packages and Node modules that compute and do nothing else. */
const pureModules = new Set([
  'csv-parse/sync',
  'libphonenumber-js',
  'libphonenumber-js/max',
  'node:assert',
  'node:buffer',
  'node:crypto',
  'yaml',
  'zod',
]);
const pureLibraries = new Set(['@ronghe/kernel', '@ronghe/contracts', '@ronghe/rating']);
const validationModules = new Set(['class-validator', 'class-transformer']);
/** What only the framework suffixes may import; an adapter may use any other package. */
const frameworkModule =
  /^(@(nestjs|apollo|graphql-tools|fastify)|typeorm|pg|pg-copy-streams|bullmq|ioredis|fastify|graphql|reflect-metadata)(\/|$)/;

/** Globals by which a file would look at the world: the clock, chance, the network, the process. */
const worldlyGlobals = new Set([
  'fetch',
  'process',
  'console',
  'performance',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
]);

/** @type {Record<'pure' | 'dto' | 'adapter', Layer[]>} */
const siblingLayers = {
  pure: ['pure'],
  dto: ['pure', 'dto'],
  adapter: ['pure', 'adapter'],
};

/** @param {string} file @returns {Layer} */
export function layerOf(file) {
  const name = path.basename(file).replace(/\.[mc]?tsx?$/, '');
  // A fixture is what several specs share.
  if (/\.(spec|fixture)$/.test(name)) return 'spec';
  if (name === 'index') return 'index';
  if (frameworkSuffix.test(name) || file.split(/[\\/]/).includes('migrations')) return 'framework';
  if (/\.dto$/.test(name)) return 'dto';
  if (/\.adapter$/.test(name)) return 'adapter';
  return 'pure';
}

/** @param {Layer} layer @param {string} specifier @param {string} file @returns {boolean} */
function isAllowed(layer, specifier, file) {
  if (specifier.startsWith('.')) {
    const target = layerOf(path.resolve(path.dirname(file), specifier));
    if (layer === 'index') return /\.domain$/.test(specifier);
    return siblingLayers[layer].includes(target);
  }
  if (layer === 'index') return false;
  if (pureLibraries.has(specifier) || pureModules.has(specifier)) return true;
  if (specifier === '@ronghe/platform') return layer === 'adapter';
  if (specifier.startsWith('@ronghe/')) return false;
  if (layer === 'dto') return validationModules.has(specifier);
  return layer === 'adapter' && !frameworkModule.test(specifier);
}

/** @type {import('eslint').Rule.RuleModule} */
export default {
  meta: {
    type: 'problem',
    schema: [
      { type: 'object', properties: { everywhere: { type: 'boolean' } }, additionalProperties: false },
    ],
    messages: {
      import:
        "By its name this file is '{{layer}}' and may not import '{{specifier}}'. Do that in a file with the suffix for it (.store, .service, .adapter, …) and hand the value in.",
      index: "A domain's index exports its manifest and nothing else: '{{specifier}}' stays inside.",
      world: "By its name this file is pure: '{{name}}' looks at the world. Take the value as an argument.",
    },
  },
  create(context) {
    const everywhere = context.options[0]?.everywhere ?? false;
    const named = layerOf(context.filename);
    if (named === 'spec') return {};
    const layer = everywhere ? 'pure' : named;
    if (layer === 'framework') return {};

    const checkImport = (/** @type {import('estree').Node} */ node, /** @type {unknown} */ specifier) => {
      if (typeof specifier !== 'string') return;
      if (everywhere && specifier.startsWith('.')) return;
      if (isAllowed(layer, specifier, context.filename)) return;
      context.report({ node, messageId: layer === 'index' ? 'index' : 'import', data: { layer, specifier } });
    };
    const report = (/** @type {import('estree').Node} */ node, /** @type {string} */ name) =>
      context.report({ node, messageId: 'world', data: { name } });

    return {
      ImportDeclaration: (node) => checkImport(node, node.source.value),
      ExportNamedDeclaration: (node) => node.source && checkImport(node, node.source.value),
      ExportAllDeclaration: (node) => checkImport(node, node.source.value),
      ImportExpression: (node) =>
        checkImport(node, node.source.type === 'Literal' ? node.source.value : undefined),
      'Program:exit': (node) => {
        if (layer !== 'pure') return;
        for (const { identifier } of context.sourceCode.getScope(node).through)
          if (worldlyGlobals.has(identifier.name)) report(identifier, identifier.name);
      },
      NewExpression: (node) => {
        const isNow =
          node.callee.type === 'Identifier' && node.callee.name === 'Date' && node.arguments.length === 0;
        if (layer === 'pure' && isNow) report(node, 'new Date()');
      },
      MemberExpression: (node) => {
        const text = context.sourceCode.getText(node);
        if (layer === 'pure' && ['Date.now', 'Math.random'].includes(text)) report(node, text);
      },
    };
  },
};
