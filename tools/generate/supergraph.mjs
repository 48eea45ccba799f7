import path from 'node:path';
import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { Failure } from '../failure.mjs';

/**
 * The supergraph as the gateway composes it.
 * @param {import('./subgraphs.mjs').Subgraph[]} subgraphs
 * @returns {{ file: string, text: string }}
 * @throws {Failure} naming every reason for which the subgraphs do not compose
 */
export function generateSupergraph(subgraphs) {
  const services = subgraphs.map(({ name, sdl }) => ({
    name,
    url: `http://${name}.internal`,
    typeDefs: parse(sdl),
  }));
  const { errors, supergraphSdl } = composeServices(services);
  if (!supergraphSdl) {
    const details = (errors ?? []).map(({ message }) => `- ${message}`).join('\n');
    throw new Failure('The subgraphs do not compose: mend the SDL that is named above.', { details });
  }
  return { file: path.join('apps', 'gateway', 'supergraph.graphql'), text: `${supergraphSdl.trimEnd()}\n` };
}
