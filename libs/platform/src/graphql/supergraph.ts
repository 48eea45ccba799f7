import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';

export interface SubgraphSource {
  name: string;
  url: string;
  sdl: string;
}

/**
 * Composes the supergraph from the domains' SDL. The order of the subgraphs is theirs by name, so that the
 * same SDL gives the same text.
 * @throws Error naming every composition error.
 */
export function composeSupergraph(subgraphs: readonly SubgraphSource[]): string {
  const sorted = [...subgraphs].sort((a, b) => a.name.localeCompare(b.name));
  const result = composeServices(sorted.map(({ name, url, sdl }) => ({ name, url, typeDefs: parse(sdl) })));
  if (result.errors?.length) {
    throw new Error(`The subgraphs do not compose:\n${result.errors.map((error) => `- ${error.message}`).join('\n')}`);
  }
  if (!result.supergraphSdl) throw new Error('Composition gave no supergraph');
  return result.supergraphSdl;
}
