import { readConfig } from '@ronghe/platform';
import { ElementGateway } from './element-gateway.service';
import { FakeNetwork } from './fake-network.adapter';
import type { Task } from './service-order';

const path = '/elements/hlr/subscriptions/p1';
const task: Task = {
  taskId: 'task-1',
  productId: 'p1',
  code: 'hlr',
  element: 'hlr',
  position: 1,
  forward: { method: 'PUT', path, body: {} },
  backward: { method: 'DELETE', path, body: {} },
  state: 'sent',
  sentRound: 1,
  sends: 1,
  lastError: null,
};

let network: FakeNetwork;
let gateway: ElementGateway;
beforeAll(async () => {
  network = await FakeNetwork.start();
  gateway = new ElementGateway(
    readConfig({
      NODE_ENV: 'test',
      DATABASE_URL: 'postgres://nowhere/nothing',
      RONGHE_INTERNAL_TOKEN: 'internal-token-of-a-test',
      RONGHE_JWT_SECRET: 'jwt-secret-of-a-test-that-is-long-enough',
      RONGHE_IDENTITY_KEY: '0f'.repeat(32),
      RONGHE_SIMULATOR_URL: network.url,
    }),
  );
});
afterAll(() => network?.stop());
beforeEach(() => network.reset());

/** A lease with so much left at each try; lost after the last. */
function asking(...leftMs: number[]) {
  const left = [...leftMs];
  const lease = { renew: async () => left.shift() ?? 0 };
  return { maximumAttempts: 3, lease, signal: new AbortController().signal };
}
const asked = () => network.asked.map(({ method, key }) => `${method} ${key}`);

describe('asking for a round', () => {
  it('ends a request with the lease, and sends nothing after it', async () => {
    network.answer(() => 'silence');
    const before = performance.now();
    const [outcome] = await gateway.askAll({ kind: 'forward', tasks: [task] }, asking(150));
    expect(performance.now() - before).toBeLessThan(2_500);
    expect(outcome).toMatchObject({ result: 'unreachable' });
    expect(asked()).toEqual(['PUT task-1']);
  });

  it('undoes at once what is known', async () => {
    const work = { kind: 'backward' as const, tasks: [task], repeatsFirst: false };
    await gateway.askAll(work, asking(3_000));
    expect(asked()).toEqual(['DELETE task-1-undo']);
  });

  it.each([200, 422])('repeats first what may still be on its way, answered with %i', async (status) => {
    network.answer(({ method }) => (method === 'PUT' ? status : 204));
    const work = { kind: 'backward' as const, tasks: [task], repeatsFirst: true };
    expect(await gateway.askAll(work, asking(3_000, 3_000))).toMatchObject([
      { taskId: 'task-1', direction: 'backward', result: 'done' },
    ]);
    expect(asked()).toEqual(['PUT task-1', 'DELETE task-1-undo']);
  });

  it('does not undo what the element does not answer for', async () => {
    network.answer(({ method }) => (method === 'PUT' ? 503 : 204));
    const work = { kind: 'backward' as const, tasks: [task], repeatsFirst: true };
    expect(await gateway.askAll(work, asking(3_000, 3_000, 3_000, 3_000))).toMatchObject([
      { direction: 'backward', result: 'unreachable', attempts: 3 },
    ]);
    expect(asked()).toEqual(['PUT task-1', 'PUT task-1', 'PUT task-1']);
  });
});
