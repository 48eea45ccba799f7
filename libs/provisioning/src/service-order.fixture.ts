import type { Events, ProvisioningPolicy, ServiceRequest } from '@ronghe/contracts';
import { newId, type Instant, type LocalDate } from '@ronghe/kernel';

function step(element: string, body: string[]) {
  const path = `/elements/${element}/subscriptions/{productId}`;
  return {
    code: element,
    element,
    activate: { action: 'create', method: 'PUT' as const, path, body },
    deactivate: { action: 'delete', method: 'DELETE' as const, path, body: [] },
  };
}

/** Two tasks for a card and a line, none for the cloud. */
export const policy: ProvisioningPolicy = {
  kind: 'provisioning',
  code: 'provisioning',
  version: 1,
  effectiveFrom: '2020-01-01' as LocalDate,
  effectiveTo: null,
  maximumAttempts: 3,
  decomposition: [
    {
      specification: 'mobile-main',
      tasks: [step('hlr', ['mobile_number', 'sim']), step('pcrf', ['mobile_number'])],
    },
    { specification: 'broadband', tasks: [step('olt', ['downMbit']), step('aaa', ['downMbit'])] },
    { specification: 'cloud-storage', tasks: [] },
  ],
};

/** The fact that puts the policy in force. */
export const policyPublished: { aggregateId: string; lane: number; payload: Events['policy.published.v1'] } =
  {
    aggregateId: 'provisioning',
    lane: 0,
    payload: {
      code: 'provisioning',
      version: 1,
      document: policy,
      publishedAt: '2020-01-01T00:00:00.000Z' as Instant,
    },
  };

/** A card with number and SIM. */
export function mobile(productId = newId()): ServiceRequest {
  return {
    productId,
    specification: 'mobile-main',
    characteristics: {},
    resources: [
      { resourceId: newId(), kind: 'mobile_number', value: '8613312345678' },
      {
        resourceId: newId(),
        kind: 'sim',
        value: '8986032600000000000',
        attributes: { imsi: '460110000000001' },
      },
    ],
  };
}

/** A line of 500 Mbit/s. */
export function broadband(productId = newId()): ServiceRequest {
  return { productId, specification: 'broadband', characteristics: { downMbit: '500' }, resources: [] };
}
