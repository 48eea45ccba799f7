import { commandFlow, eventFlow, queryFlow, type DomainName } from '@ronghe/contracts';
import { assertAllowed } from './handler-registry.service';
import type { HandlerKind } from './decorators';

const may = (domain: DomainName, kind: HandlerKind, name: string): boolean => {
  try {
    assertAllowed(domain, { kind, name }, 'SomeService.method');
    return true;
  } catch (error) {
    expect((error as Error).message).toContain(
      `SomeService.method in ${domain} may not handle ${kind} ${name}`,
    );
    return false;
  }
};

it.each(Object.entries(eventFlow))('%s is heard by its consumers alone', (type, { producer, consumers }) => {
  for (const consumer of consumers) expect(may(consumer, 'event', type)).toBe(true);
  expect(may(producer, 'event', type)).toBe(false);
  expect(may('identity', 'event', type)).toBe(false);
});

it.each(Object.entries(commandFlow))('%s is obeyed by its owner alone', (name, { owner }) => {
  expect([may(owner, 'command', name), may('identity', 'command', name)]).toEqual([true, false]);
});

it.each(Object.entries(queryFlow))('%s is answered by its owner alone', (name, { owner }) => {
  expect([may(owner, 'query', name), may('identity', 'query', name)]).toEqual([true, false]);
});

it.each<HandlerKind>(['job', 'due', 'pending-work'])('a %s belongs to the domain in its name', (kind) => {
  expect([may('billing', kind, 'billing.run'), may('billing', kind, 'charging.run')]).toEqual([true, false]);
});
