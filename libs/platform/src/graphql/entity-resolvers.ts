import { DomainError } from '@ronghe/kernel';
import type { GraphQLResolveInfo } from 'graphql';
import { entityNames } from './federation-sdl';

type Resolver = (parent: unknown, args: never, context: unknown, info: GraphQLResolveInfo) => unknown;
type TypeResolvers = Record<string, unknown>;
export type ResolverMap = Record<string, TypeResolvers>;
type ReferenceResolver = (
  representation: Representation,
  context: unknown,
  info: GraphQLResolveInfo,
) => unknown;

interface Representation {
  __typename: string;
}

/**
 * Adds `_service` and `_entities` to the resolvers that Nest found. A reference resolver is called for each
 * representation; the domain's loader makes a batch of them.
 */
export function withEntityResolvers(sdl: string, found: ResolverMap | ResolverMap[]): ResolverMap {
  const entities = entityNames(sdl);
  const { merged, references } = separate([found].flat());
  const query: TypeResolvers = { ...merged['Query'], _service: () => ({ sdl }) };
  const resolvers: ResolverMap = { ...merged, Query: query };
  if (entities.length === 0) return resolvers;
  resolvers['_Entity'] = { __resolveType: (value: Representation) => value.__typename };
  const resolveAll: Resolver = (_parent, args: { representations: Representation[] }, context, info) =>
    args.representations.map(async (representation) => {
      if (!entities.includes(representation.__typename)) {
        throw new DomainError('entity_unknown', 'invalid', `No entity ${representation.__typename} here.`);
      }
      const resolve = references.get(representation.__typename);
      const value = resolve ? await resolve(representation, context, info) : representation;
      if (value === null || value === undefined) return null;
      return Object.assign(Object.create(Object.getPrototypeOf(value) as object) as object, value, {
        __typename: representation.__typename,
      });
    });
  query['_entities'] = resolveAll;
  return resolvers;
}

/** Merges the maps and takes the reference resolvers out, which graphql-js does not know. */
function separate(maps: ResolverMap[]): { merged: ResolverMap; references: Map<string, ReferenceResolver> } {
  const merged: ResolverMap = {};
  const references = new Map<string, ReferenceResolver>();
  for (const map of maps) {
    for (const [type, resolvers] of Object.entries(map)) {
      // A scalar's resolver is a GraphQLScalarType, not a map of fields.
      if (Object.getPrototypeOf(resolvers) !== Object.prototype) {
        merged[type] = resolvers;
        continue;
      }
      const { __resolveReference: reference, ...fields } = resolvers;
      if (reference) references.set(type, reference as ReferenceResolver);
      if (Object.keys(fields).length > 0) merged[type] = { ...merged[type], ...fields };
    }
  }
  return { merged, references };
}
