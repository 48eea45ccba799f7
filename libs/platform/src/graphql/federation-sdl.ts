import { Kind, parse, visit, type ConstDirectiveNode } from 'graphql';

/** The federation 2 directives that our subgraphs use, as graphql-js must know them to build a schema. */
const federationDirectives = /* GraphQL */ `
  directive @link(url: String!, as: String, for: link__Purpose, import: [link__Import]) repeatable on SCHEMA
  directive @key(fields: federation__FieldSet!, resolvable: Boolean = true) repeatable on OBJECT | INTERFACE
  directive @requires(fields: federation__FieldSet!) on FIELD_DEFINITION
  directive @provides(fields: federation__FieldSet!) on FIELD_DEFINITION
  directive @external(reason: String) on OBJECT | FIELD_DEFINITION
  directive @shareable repeatable on OBJECT | FIELD_DEFINITION
  directive @override(from: String!, label: String) on FIELD_DEFINITION
  directive @inaccessible on FIELD_DEFINITION | OBJECT | INTERFACE | UNION | ARGUMENT_DEFINITION | SCALAR | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION
  scalar federation__FieldSet
  scalar link__Import
  enum link__Purpose {
    SECURITY
    EXECUTION
  }
  scalar _Any
  type _Service {
    sdl: String
  }
`;

/** Names of the types that other subgraphs may refer to: those with a resolvable `@key`. */
export function entityNames(sdl: string): string[] {
  const names: string[] = [];
  visit(parse(sdl), {
    ObjectTypeDefinition(node) {
      if ((node.directives ?? []).some(isResolvableKey)) names.push(node.name.value);
    },
  });
  return names;
}

/** A domain's SDL with what the federation specification adds to every subgraph (`_service`, `_entities`). */
export function subgraphTypeDefs(sdl: string): string {
  const entities = entityNames(sdl);
  const reading = entities.length
    ? `union _Entity = ${entities.join(' | ')}
       extend type Query { _service: _Service! _entities(representations: [_Any!]!): [_Entity]! }`
    : 'extend type Query { _service: _Service! }';
  return `${sdl}\n${federationDirectives}\n${reading}`;
}

function isResolvableKey(directive: ConstDirectiveNode): boolean {
  if (directive.name.value !== 'key') return false;
  return !directive.arguments?.some(
    (argument) =>
      argument.name.value === 'resolvable' && argument.value.kind === Kind.BOOLEAN && !argument.value.value,
  );
}
