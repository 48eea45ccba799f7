import path from 'node:path';
import { plugin } from '@graphql-codegen/typescript';
import { buildASTSchema, GraphQLError, parse } from 'graphql';
import { Failure } from '../failure.mjs';

/** Instants, dates and amounts travel as text. */
const scalars = { ID: 'string', DateTime: 'string', Date: 'string', Decimal: 'string', JSON: 'unknown' };

/**
 * TypeScript types of a domain's SDL: outputs carry null, never undefined; inputs may leave optional fields out.
 * @param {import('./subgraphs.mjs').Subgraph} subgraph
 * @returns {Promise<{ file: string, text: string }>}
 * @throws {Failure} naming file and line of what cannot be read
 */
export async function generateTypes({ file, sdl }) {
  const { prepend = [], content } = await plugin(schemaOf(file, sdl), [], {
    scalars,
    strictScalars: true,
    enumsAsTypes: true,
    skipTypename: true,
    maybeValue: 'T | null',
    inputMaybeValue: 'T | null | undefined',
    avoidOptionals: { field: true },
    useTypeImports: true,
  });
  const head = `// Made by \`npm run generate\` from ../${path.basename(file)}: do not edit.\n`;
  const target = path.join(path.dirname(file), 'generated', 'graphql.ts');
  return { file: target, text: `${[head, ...prepend, content].join('\n').trimEnd()}\n` };
}

/** Federation's directives are known to the composition, not to graphql-js, so they are not validated here. */
function schemaOf(file, sdl) {
  try {
    return buildASTSchema(parse(sdl), { assumeValidSDL: true });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const line = error.locations?.[0]?.line ?? 1;
    throw new Failure(`${file}:${line}: ${error.message}`, { cause: error });
  }
}
