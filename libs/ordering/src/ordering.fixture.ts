import type { CommandAnswer, CommandInput, ResourceKind } from '@ronghe/contracts';
import { DomainError, instantFromIso, laneOf, newId, parseLocalDate } from '@ronghe/kernel';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { catalog } from './basket/offers.fixture';
import { orderingDomain } from './ordering.domain';

/** Inventory and provisioning as far as their contracts go: idempotent by key, with switches for what goes wrong. */
export class Neighbours {
  /** What is left of each kind; a kind that is not named never runs out. */
  readonly stock = new Map<ResourceKind, number>();
  readonly soldNumbers = new Set<string>();
  readonly held = new Map<string, CommandAnswer<'inventory.holdResources'>['resources']>();
  readonly confirmed = new Set<string>();
  readonly returned: string[] = [];
  readonly services = new Map<string, 'running' | 'done' | 'undone'>();
  /** What provisioning was asked for, by order. */
  readonly asked = new Map<string, CommandInput<'provisioning.placeServiceOrder'>>();
  readonly customersOnRequest = new Map<string, { customerId: string; accountId: string }>();
  /** Called before each command takes effect: throws to be out of reach. */
  before: (command: string) => void = () => {};
  private readonly answers = new Map<string, unknown>();

  once<T>(command: string, key: string, effect: () => T): T {
    this.before(command);
    if (!this.answers.has(key)) this.answers.set(key, effect());
    return this.answers.get(key) as T;
  }

  hold({
    orderId,
    requests,
  }: CommandInput<'inventory.holdResources'>): CommandAnswer<'inventory.holdResources'> {
    for (const { value } of requests) {
      if (value !== undefined && this.soldNumbers.has(value)) {
        throw new DomainError('resource_not_available', 'conflict', 'the number is not free', { value });
      }
    }
    for (const { kind } of requests) {
      const left = this.stock.get(kind);
      if (left === 0) throw new DomainError('out_of_stock', 'conflict', 'none left', { kind });
      if (left !== undefined) this.stock.set(kind, left - 1);
    }
    const resources = requests.map(({ slot, kind, value }) => {
      const resourceId = newId();
      return { slot, kind, resourceId, value: value ?? `${kind}-${resourceId.slice(-6)}` };
    });
    this.held.set(orderId, resources);
    return { resources };
  }

  release(orderId: string): number {
    const resources = this.held.get(orderId) ?? [];
    for (const { kind } of resources) {
      const left = this.stock.get(kind);
      if (left !== undefined) this.stock.set(kind, left + 1);
    }
    this.held.delete(orderId);
    return resources.length;
  }
}

/** A running ordering domain and its neighbours. */
export class OrderingWorld {
  constructor(
    readonly operator: TestOperator,
    readonly neighbours: Neighbours,
  ) {}

  /** A registered customer with an account, as their facts tell. */
  async newCustomer(): Promise<{ customerId: string; accountId: string }> {
    const [customerId, accountId] = [newId(), newId()];
    const registeredAt = instantFromIso('2026-06-01T00:00:00Z');
    await this.operator.publish('customer.registered.v1', {
      aggregateId: customerId,
      lane: 0,
      payload: { customerId, name: 'Li Lei', phone: null, address: null, registeredAt },
    });
    await this.operator.publish('account.opened.v1', {
      aggregateId: accountId,
      lane: laneOf(accountId),
      payload: accountOpened(customerId, accountId),
    });
    await this.operator.settle();
    return { customerId, accountId };
  }

  /** Provisioning's reply to an order, and everything that follows from it. */
  async reply(orderId: string, outcome: 'completed' | 'failed', reason = 'element refused'): Promise<void> {
    this.neighbours.services.set(orderId, outcome === 'completed' ? 'done' : 'undone');
    const result = {
      serviceOrderId: `so-${orderId}`,
      orderId,
      finishedAt: instantFromIso('2026-06-11T00:00:00Z'),
    };
    const about = { aggregateId: orderId, lane: laneOf(orderId) };
    if (outcome === 'completed') {
      await this.operator.publish('service-order.completed.v1', { ...about, payload: result });
    } else {
      await this.operator.publish('service-order.failed.v1', { ...about, payload: { ...result, reason } });
    }
    await this.operator.settle();
  }
}

/** Starts ordering alone, over the invented catalog, on 11 June 2026 in Shanghai. */
export async function startOrdering(): Promise<OrderingWorld> {
  const neighbours = new Neighbours();
  const operator = await startOperator({
    domains: [orderingDomain],
    startsAt: '2026-06-11T00:00:00+08:00',
    stubs: { commands: commandStubs(neighbours), queries: queryStubs(neighbours) },
  });
  for (const document of catalog) {
    await operator.publish('offering.published.v1', {
      aggregateId: document.code,
      lane: 0,
      payload: {
        code: document.code,
        version: 1,
        document,
        publishedAt: instantFromIso('2026-01-01T00:00:00Z'),
      },
    });
  }
  await publishPolicies(operator);
  await operator.settle();
  return new OrderingWorld(operator, neighbours);
}

function commandStubs(
  world: Neighbours,
): NonNullable<NonNullable<Parameters<typeof startOperator>[0]['stubs']>['commands']> {
  return {
    'inventory.holdResources': (input, key) => world.once('hold', key, () => world.hold(input)),
    'inventory.confirmResources': ({ orderId }, key) =>
      world.once('confirm', key, () => {
        world.confirmed.add(orderId);
        return { confirmed: world.held.get(orderId)?.length ?? 0 };
      }),
    'inventory.releaseResources': ({ orderId }, key) =>
      world.once('release', key, () => ({ released: world.release(orderId) })),
    'inventory.returnResources': ({ resourceIds }, key) =>
      world.once('return', key, () => {
        world.returned.push(...resourceIds);
        return { returned: resourceIds.length };
      }),
    'provisioning.placeServiceOrder': (input, key) =>
      world.once('place', key, () => {
        const { orderId } = input;
        world.asked.set(orderId, input);
        world.services.set(orderId, 'running');
        return { serviceOrderId: `so-${orderId}` };
      }),
    'provisioning.cancelServiceOrder': ({ orderId }, key) =>
      world.once('recall', key, () => {
        const service = world.services.get(orderId);
        if (service === undefined) return { serviceOrderId: null };
        if (service === 'done') throw new DomainError('service_order_completed', 'conflict', 'it is done');
        world.services.set(orderId, 'undone');
        return { serviceOrderId: `so-${orderId}` };
      }),
  };
}

function queryStubs(
  world: Neighbours,
): NonNullable<NonNullable<Parameters<typeof startOperator>[0]['stubs']>['queries']> {
  return {
    'customer.getCustomer': ({ customerId }) => {
      if (!world.customersOnRequest.has(customerId)) {
        throw new DomainError('customer_not_found', 'not_found', 'there is no such customer');
      }
      return { customerId, realNameVerified: true };
    },
    'customer.getAccount': ({ accountId }) => {
      const known = [...world.customersOnRequest.values()].find((each) => each.accountId === accountId);
      if (!known) throw new DomainError('account_not_found', 'not_found', 'there is no such account');
      return accountOpened(known.customerId, accountId);
    },
  };
}

async function publishPolicies(operator: TestOperator): Promise<void> {
  const head = { version: 1, effectiveFrom: parseLocalDate('2020-01-01'), effectiveTo: null };
  const publishedAt = instantFromIso('2026-01-01T00:00:00Z');
  await operator.publish('policy.published.v1', {
    aggregateId: 'ordering',
    lane: 0,
    payload: {
      code: 'ordering',
      version: 1,
      publishedAt,
      document: {
        ...head,
        kind: 'ordering',
        code: 'ordering',
        numbersPerIdentityDocument: 5,
        holdMinutes: 30,
      },
    },
  });
  await operator.publish('policy.published.v1', {
    aggregateId: 'billing',
    lane: 0,
    payload: {
      code: 'billing',
      version: 1,
      publishedAt,
      document: {
        ...head,
        kind: 'billing',
        code: 'billing',
        cutOffHours: 2,
        dueDays: 15,
        billNumberFormat: '{period}-{sequence:8}',
        chargeClasses: [{ code: 'plan fee', name: { en: 'Plan fee', 'zh-CN': '套餐费' } }],
      },
    },
  });
}

/** The fact that an account was opened. */
export function accountOpened(customerId: string, accountId: string) {
  return {
    accountId,
    customerId,
    balanceGroupId: accountId,
    lane: laneOf(accountId),
    zone: 'Asia/Shanghai',
    billDay: 1,
    paymentMode: 'postpaid' as const,
    openedAt: instantFromIso('2026-06-01T00:00:00Z'),
  };
}
