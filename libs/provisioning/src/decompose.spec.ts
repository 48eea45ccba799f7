import type { ProvisioningPolicy } from '@ronghe/contracts';
import { instantFromIso, parseLocalDate } from '@ronghe/kernel';
import { decompose, policyInForce, SERVICE_LIMIT, type DecomposedService } from './decompose';

const path = '/elements/{element}/subscriptions/{productId}';

function step(code: string, element: string, body: string[]) {
  const filled = path.replace('{element}', element);
  return {
    code,
    element,
    activate: { action: 'create', method: 'PUT' as const, path: filled, body },
    deactivate: { action: 'delete', method: 'DELETE' as const, path: filled, body: [] },
  };
}

const policy: ProvisioningPolicy = {
  kind: 'provisioning',
  code: 'provisioning',
  version: 1,
  effectiveFrom: parseLocalDate('2020-01-01'),
  effectiveTo: null,
  maximumAttempts: 8,
  decomposition: [
    {
      specification: 'mobile-main',
      tasks: [step('subscriber', 'hlr', ['mobile_number', 'sim']), step('policy', 'pcrf', ['mobile_number'])],
    },
    { specification: 'broadband', tasks: [step('line', 'olt', ['optical_terminal', 'downMbit'])] },
    { specification: 'cloud-storage', tasks: [] },
  ],
};

const open = { barring: null, barredBefore: null };

const mobile: DecomposedService = {
  ...open,
  productId: 'p/1',
  specification: 'mobile-main',
  characteristics: {},
  resources: [
    { resourceId: 'r1', kind: 'mobile_number', value: '8613312345678' },
    { resourceId: 'r2', kind: 'sim', value: '8986032600000000000', attributes: { imsi: '460110000000001' } },
  ],
};
const line: DecomposedService = {
  ...open,
  productId: 'p2',
  specification: 'broadband',
  characteristics: { downMbit: '500' },
  resources: [{ resourceId: 'r3', kind: 'optical_terminal', value: 'HWTC0000000F' }],
};
const cloud: DecomposedService = {
  ...open,
  productId: 'p3',
  specification: 'cloud-storage',
  characteristics: {},
  resources: [],
};

describe('decomposition', () => {
  it('gives each element its part, in the order of the policy', () => {
    const tasks = decompose(policy, 'activate', [mobile, line, cloud]);
    expect(tasks.map((task) => [task.position, task.element, task.code])).toEqual([
      [1, 'hlr', 'subscriber'],
      [2, 'pcrf', 'policy'],
      [3, 'olt', 'line'],
    ]);
    expect(tasks[0]?.forward).toEqual({
      method: 'PUT',
      path: '/elements/hlr/subscriptions/p%2F1',
      body: { mobile_number: '8613312345678', sim: '8986032600000000000', imsi: '460110000000001' },
    });
    expect(tasks[2]?.forward.body).toEqual({ optical_terminal: 'HWTC0000000F', downMbit: '500' });
    expect(new Set(tasks.map((task) => task.taskId)).size).toBe(3);
  });

  it('deactivates in reverse order, and would put back what it took away', () => {
    const tasks = decompose(policy, 'deactivate', [mobile]);
    expect(tasks.map((task) => [task.element, task.forward.method, task.backward.method])).toEqual([
      ['pcrf', 'DELETE', 'PUT'],
      ['hlr', 'DELETE', 'PUT'],
    ]);
    expect(tasks[1]?.backward.body).toMatchObject({ mobile_number: '8613312345678' });
  });

  it('bars by sending every element its part again with what is stopped, and would put back what was', () => {
    const bodies = (action: 'bar' | 'unbar' | 'deactivate', service: DecomposedService) =>
      decompose(policy, action, [service]).map(({ element, forward, backward }) => [
        element,
        forward.method,
        forward.body['barring'],
        backward.body['barring'],
      ]);
    expect(bodies('bar', { ...mobile, barring: 'full-stop', barredBefore: 'barred-outgoing' })).toEqual([
      ['hlr', 'PUT', 'full-stop', 'barred-outgoing'],
      ['pcrf', 'PUT', 'full-stop', 'barred-outgoing'],
    ]);
    expect(bodies('unbar', { ...line, barredBefore: 'full-stop' })).toEqual([
      ['olt', 'PUT', undefined, 'full-stop'],
    ]);
    expect(bodies('deactivate', { ...line, barring: 'full-stop', barredBefore: 'full-stop' })).toEqual([
      ['olt', 'DELETE', undefined, 'full-stop'],
    ]);
  });

  it.each([
    ['specification_unknown', [{ ...cloud, specification: 'telegraph' }]],
    ['service_data_missing', [{ ...mobile, resources: [] }]],
    ['service_data_missing', [{ ...line, characteristics: {} }]],
    ['service_repeated', [cloud, cloud]],
    ['too_many_services', []],
    [
      'too_many_services',
      Array.from({ length: SERVICE_LIMIT + 1 }, (_, n) => ({ ...cloud, productId: `p${n}` })),
    ],
  ])('is refused with %s', (code, services) => {
    expect(() => decompose(policy, 'activate', services)).toThrow(
      expect.objectContaining({ code, kind: 'invalid' }),
    );
  });

  it('follows the policy in force', () => {
    const later = { ...policy, version: 2, effectiveFrom: parseLocalDate('2026-07-01') };
    expect(policyInForce([later, policy], instantFromIso('2026-06-30T23:59:59+08:00')).version).toBe(1);
    expect(policyInForce([later, policy], instantFromIso('2026-07-01T00:00:00+08:00')).version).toBe(2);
    expect(() => policyInForce([later], instantFromIso('2026-06-30T23:59:59+08:00'))).toThrow(
      expect.objectContaining({ code: 'provisioning_policy_missing', kind: 'unavailable' }),
    );
  });
});
