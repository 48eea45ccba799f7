import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { composeSupergraph } from '@ronghe/platform';
import { Kind, parse, print, visit, type DocumentNode, type FieldDefinitionNode } from 'graphql';

const repository = path.resolve(__dirname, '..', '..');

const subgraphs = readdirSync(path.join(repository, 'libs'))
  .map((name) => ({ name, file: path.join(repository, 'libs', name, 'src', `${name}.graphql`) }))
  .filter(({ file }) => existsSync(file))
  .map(({ name, file }) => ({ name, sdl: readFileSync(file, 'utf8') }));

/** `Query` and `Mutation` are everybody's; a subgraph describes what it adds to them. */
const rootTypes = ['Query', 'Mutation', 'Subscription'];

/** Paths of what has no description: `Customer.name`, `Query.customer(id)`, `BillState.DRAFT`. */
function undescribed(document: DocumentNode): string[] {
  const found: string[] = [];
  const owners: string[] = [];
  const described = [
    Kind.OBJECT_TYPE_DEFINITION,
    Kind.INTERFACE_TYPE_DEFINITION,
    Kind.UNION_TYPE_DEFINITION,
    Kind.INPUT_OBJECT_TYPE_DEFINITION,
    Kind.ENUM_TYPE_DEFINITION,
    Kind.SCALAR_TYPE_DEFINITION,
    Kind.FIELD_DEFINITION,
    Kind.INPUT_VALUE_DEFINITION,
    Kind.ENUM_VALUE_DEFINITION,
  ] as const;
  visit(document, {
    enter(node) {
      const known = described.find((kind) => kind === node.kind);
      if (!known || !('name' in node) || !node.name) return;
      owners.push(node.name.value);
      const isRoot = node.kind === Kind.OBJECT_TYPE_DEFINITION && rootTypes.includes(node.name.value);
      const description = 'description' in node ? node.description?.value.trim() : undefined;
      if (!isRoot && !description) found.push(owners.join('.'));
    },
    leave(node) {
      if (described.some((kind) => kind === node.kind)) owners.pop();
    },
  });
  return found;
}

function mutationsOf(document: DocumentNode): FieldDefinitionNode[] {
  return document.definitions.flatMap((node) =>
    (node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.OBJECT_TYPE_EXTENSION) &&
    node.name.value === 'Mutation'
      ? (node.fields ?? [])
      : [],
  );
}

it('finds what has no docstring', () => {
  const sdl = `"A card." type Card { name(short: Boolean): String } enum Colour { "Red." RED GREEN } type Query { "One." card: Card }`;
  expect(undescribed(parse(sdl))).toEqual(['Card.name', 'Card.name.short', 'Colour', 'Colour.GREEN']);
});

describe.each(subgraphs)('the SDL of $name', ({ sdl }) => {
  it('describes every type, field, argument and value', () => {
    expect(undescribed(parse(sdl))).toEqual([]);
  });

  it('has an idempotency key for every mutation', () => {
    // Signing in makes nothing that could be made twice.
    const without = mutationsOf(parse(sdl)).filter(
      ({ name, arguments: given }) =>
        name.value !== 'signIn' &&
        !given?.some(
          (argument) => argument.name.value === 'idempotencyKey' && print(argument.type) === 'String!',
        ),
    );
    expect(without.map(({ name }) => name.value)).toEqual([]);
  });
});

it('is the supergraph that the gateway composes', () => {
  const composed = composeSupergraph(
    subgraphs.map(({ name, sdl }) => ({ name, sdl, url: `http://${name}.internal` })),
  );
  expect(readFileSync(path.join(repository, 'apps', 'gateway', 'supergraph.graphql'), 'utf8').trim()).toBe(
    composed.trim(),
  );
});
