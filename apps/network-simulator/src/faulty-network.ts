import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CommandInput, Events, ProvisioningPolicy, ServiceRequest } from '@ronghe/contracts';
import { DomainError, newId, type Instant, type LocalDate } from '@ronghe/kernel';
import { randomFrom } from './faults';
import { Simulator } from './simulator';

const ORDERS = 16;
const ENDED_WITHIN_MS = 45_000;
const elements = {
  'mobile-main': ['hlr', 'pcrf'],
  broadband: ['olt', 'aaa'],
  'fixed-voice': ['ims'],
} as const;
type Specification = keyof typeof elements;
const specifications = Object.keys(elements) as Specification[];

type Command = 'provisioning.placeServiceOrder' | 'provisioning.cancelServiceOrder';

/** What this needs of a running provisioning domain; the test operator has it. */
export interface FaultyOperator {
  publish(
    type: 'policy.published.v1',
    event: { aggregateId: string; lane: number; payload: Events['policy.published.v1'] },
  ): Promise<void>;
  command<N extends Command>(name: N, input: CommandInput<N>, options: { key: string }): Promise<unknown>;
  graphql(query: string, variables: object, role: 'operations'): Promise<unknown>;
  rest(method: string, path: string): Promise<{ body: unknown }>;
  sql<R>(text: string): Promise<R[]>;
  settle(): Promise<void>;
  stop(): Promise<void>;
}

/** What a network full of faults and some orders came to. */
export interface FaultyNetworkResult {
  /** Reply types by product order. */
  replies: Map<string, string[]>;
  /** What should be on the elements: `hlr/PRODUCT`, of every active service. */
  expected: string[];
  /** What is on them. */
  present: string[];
  differences: unknown[];
}

/**
 * Sells services over a network that errs, refuses, falls silent and cuts connections, with and without having done
 * what it was asked; some orders are cancelled on the way. Faults end at last, as they do.
 * @param start hosts provisioning with these settings.
 */
export async function runFaultyNetwork(
  seed: number,
  start: (environment: Record<string, string>) => Promise<FaultyOperator>,
): Promise<FaultyNetworkResult> {
  const network = new Simulator(undefined).createServer();
  await new Promise<void>((resolve) => network.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(network.address() as AddressInfo).port}`;
  try {
    const operator = await start({ RONGHE_SIMULATOR_URL: url });
    try {
      return await sellAll(operator, url, seed);
    } finally {
      await operator.stop();
    }
  } finally {
    await stop(network);
  }
}

async function sellAll(operator: FaultyOperator, url: string, seed: number): Promise<FaultyNetworkResult> {
  const random = randomFrom(seed);
  await publishPolicy(operator);
  await injectFaults(url, seed);
  const orderIds = Array.from({ length: ORDERS }, () => newId());
  await Promise.all(orderIds.map((orderId) => sell(operator, orderId, random)));
  await fetch(`${url}/faults`, { method: 'DELETE' });
  return outcome(operator, url, orderIds);
}

async function publishPolicy(operator: FaultyOperator): Promise<void> {
  const document: ProvisioningPolicy = {
    kind: 'provisioning',
    code: 'provisioning',
    version: 1,
    effectiveFrom: '2020-01-01' as LocalDate,
    effectiveTo: null,
    // Few, so that tries run out and what may have happened has to be undone.
    maximumAttempts: 2,
    decomposition: specifications.map((specification) => ({
      specification,
      tasks: elements[specification].map((element) => {
        const path = `/elements/${element}/subscriptions/{productId}`;
        return {
          code: element,
          element,
          activate: { action: 'create', method: 'PUT', path, body: [] },
          deactivate: { action: 'delete', method: 'DELETE', path, body: [] },
        };
      }),
    })),
  };
  const publishedAt = '2020-01-01T00:00:00.000Z' as Instant;
  await operator.publish('policy.published.v1', {
    aggregateId: 'provisioning',
    lane: 0,
    payload: { code: 'provisioning', version: 1, document, publishedAt },
  });
  await operator.settle();
}

async function injectFaults(url: string, seed: number): Promise<void> {
  const faults = [
    { mode: 'refuse', probability: 0.04, seed },
    { mode: 'timeout', probability: 0.02, seed: seed + 1, count: 4, applies: true },
    { mode: 'reset', probability: 0.15, seed: seed + 2, applies: true },
    { mode: 'reset', probability: 0.1, seed: seed + 3 },
    { mode: 'error', probability: 0.15, seed: seed + 4, applies: true },
    { mode: 'error', probability: 0.15, seed: seed + 5 },
    { mode: 'slow', probability: 0.1, seed: seed + 6, delayMs: 60 },
  ];
  for (const fault of faults) await fetch(`${url}/faults`, { method: 'POST', body: JSON.stringify(fault) });
}

async function sell(operator: FaultyOperator, orderId: string, random: () => number): Promise<void> {
  const services = Array.from({ length: 1 + Math.floor(random() * 3) }, (): ServiceRequest => {
    const specification = specifications[Math.floor(random() * specifications.length)] ?? 'broadband';
    return { productId: newId(), specification, characteristics: {}, resources: [] };
  });
  const isCancelled = random() < 0.3;
  const afterMs = random() * 400;
  await operator.command(
    'provisioning.placeServiceOrder',
    { orderId, lane: 1, action: 'activate', services },
    { key: newId() },
  );
  if (!isCancelled) return;
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  await operator
    .command('provisioning.cancelServiceOrder', { orderId }, { key: newId() })
    .catch((error: unknown) => {
      if (!(error instanceof DomainError) || error.code !== 'service_order_completed') throw error;
    });
}

/** An element that refuses to undo leaves its order to a person: here one who tries again at once. */
async function retryStuck(operator: FaultyOperator): Promise<void> {
  const stuck = await operator.sql<{ id: string }>(
    `select id from provisioning.service_order where state = 'stuck'`,
  );
  const query = `mutation($id: ID!, $key: String!) { retryServiceOrder(serviceOrderId: $id, idempotencyKey: $key) { state } }`;
  for (const { id } of stuck) await operator.graphql(query, { id, key: newId() }, 'operations');
}

async function outcome(
  operator: FaultyOperator,
  url: string,
  orderIds: string[],
): Promise<FaultyNetworkResult> {
  const deadline = Date.now() + ENDED_WITHIN_MS;
  let replies = await repliesOf(operator, orderIds);
  while ([...replies.values()].some((types) => types.length === 0) && Date.now() < deadline) {
    await retryStuck(operator);
    await new Promise((resolve) => setTimeout(resolve, 250));
    replies = await repliesOf(operator, orderIds);
  }
  await operator.settle();
  const services = await operator.sql<{ product_id: string; specification: Specification }>(
    `select product_id, specification from provisioning.service where state = 'active'`,
  );
  const audit = await operator.rest('POST', '/audit');
  return {
    replies: await repliesOf(operator, orderIds),
    expected: services
      .flatMap((each) => elements[each.specification].map((name) => `${name}/${each.product_id}`))
      .sort(),
    present: await presentOn(url),
    differences: (audit.body as { differences: unknown[] }).differences,
  };
}

async function repliesOf(operator: FaultyOperator, orderIds: string[]): Promise<Map<string, string[]>> {
  const rows = await operator.sql<{ aggregate_id: string; type: string }>(
    `select aggregate_id, type from provisioning.outbox`,
  );
  const typesOf = (orderId: string) =>
    rows.filter((row) => row.aggregate_id === orderId).map((row) => row.type);
  return new Map(orderIds.map((orderId) => [orderId, typesOf(orderId)]));
}

async function presentOn(url: string): Promise<string[]> {
  const names = Object.values(elements).flat();
  const lists = await Promise.all(
    names.map(async (name) => {
      const list = (await (await fetch(`${url}/elements/${name}/subscriptions`)).json()) as {
        subscriptionId: string;
      }[];
      return list.map(({ subscriptionId }) => `${name}/${subscriptionId}`);
    }),
  );
  return lists.flat().sort();
}

async function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
