import { domainNames, type DomainName } from './domain-name';
import { commandFlow, eventFlow, queryFlow } from './flow';

const order = (domain: DomainName): number => domainNames.indexOf(domain);
const events = Object.entries(eventFlow).map(([type, flow]) => ({ type, ...flow }));
const commands = Object.entries(commandFlow).map(([name, flow]) => ({ name, ...flow }));
const queries = Object.entries(queryFlow).map(([name, flow]) => ({ name, ...flow }));

/** A way from a domain back to itself along facts; empty where there is none. */
function cycle(edges: readonly { from: string; to: string }[]): string[] {
  const walk = (at: string, way: string[]): string[] => {
    if (way.includes(at)) return [...way, at];
    for (const { to } of edges.filter(({ from }) => from === at)) {
      const found = walk(to, [...way, at]);
      if (found.length > 0) return found;
    }
    return [];
  };
  return edges.map(({ from }) => walk(from, [])).find((way) => way.length > 0) ?? [];
}

describe('facts', () => {
  const facts = events.filter(({ reply }) => !reply);
  const edges = facts.flatMap(({ producer, consumers }) => consumers.map((to) => ({ from: producer, to })));

  it.each(facts)('$type flows downstream', ({ producer, consumers }) => {
    expect(consumers.filter((consumer) => order(consumer) <= order(producer))).toEqual([]);
  });

  it('form no cycle', () => {
    expect(cycle(edges)).toEqual([]);
    expect(cycle([...edges, { from: 'receivables', to: 'ordering' }])).not.toEqual([]);
  });
});

it.each(events.filter(({ reply }) => reply))(
  '$type goes back to who commands its producer',
  ({ producer, consumers }) => {
    const commanders = commands.filter(({ owner }) => owner === producer).flatMap(({ givenBy }) => givenBy);
    expect(consumers.filter((consumer) => !commanders.includes(consumer))).toEqual([]);
  },
);

it.each(events)('$type is named as what has happened, with its version', ({ type }) => {
  expect(type).toMatch(/^[a-z]+(-[a-z]+)*\.([a-z]+-)*[a-z]+ed\.v[1-9]\d*$/);
});

it.each(events)('$type names each consumer once and never its producer', ({ producer, consumers }) => {
  expect(new Set([producer, ...consumers]).size).toBe(consumers.length + 1);
});

describe('commands', () => {
  it.each(commands)('$name is a verb of its owner', ({ name, owner, givenBy }) => {
    expect(name).toMatch(new RegExp(`^${owner}\\.[a-z]+([A-Z][a-z]+)*$`));
    expect(givenBy.length).toBeGreaterThan(0);
    expect(givenBy).not.toContain(owner);
  });

  it('go upstream in few cases only: an order, a top-up, units that come with it, a statement’s money, a one-off charge', () => {
    const upstream = commands.filter(({ owner, givenBy }) =>
      givenBy.some((giver) => giver !== 'edge' && order(giver) > order(owner)),
    );
    const permitted = [
      ...['ordering.placeOrder', 'charging.topUp', 'charging.grantUnits', 'billing.chargeOnce'],
      'charging.settleStatement',
    ];
    expect(upstream.map(({ name }) => name).filter((name) => !permitted.includes(name))).toEqual([]);
  });
});

it.each(queries)('$name is asked of its owner by another', ({ name, owner, askedBy }) => {
  expect(name).toMatch(new RegExp(`^${owner}\\.[a-z]+([A-Z][a-z]+)*$`));
  expect(askedBy.length).toBeGreaterThan(0);
  expect(askedBy).not.toContain(owner);
});
