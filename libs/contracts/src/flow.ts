import type { CommandName } from './command';
import type { DomainName } from './domain-name';
import type { EventType } from './event';
import type { QueryName } from './query';

/** Who publishes a fact and who may consume it. A reply goes back to whoever gave the command. */
export interface EventFlow {
  producer: DomainName;
  consumers: readonly DomainName[];
  /** True when the event answers a command and so may travel upstream. */
  reply?: true;
}

/** Every event with its producer and consumers; a test holds every handler to it. */
export const eventFlow: Record<EventType, EventFlow> = {
  'customer.registered.v1': { producer: 'customer', consumers: ['ordering', 'billing'] },
  'customer.contact-changed.v1': { producer: 'customer', consumers: ['billing'] },
  'account.opened.v1': {
    producer: 'customer',
    consumers: ['ordering', 'charging', 'billing', 'receivables'],
  },
  'account-relation.changed.v1': { producer: 'customer', consumers: ['billing'] },
  'offering.published.v1': {
    producer: 'catalog',
    consumers: ['ordering', 'charging', 'billing', 'receivables'],
  },
  'policy.published.v1': {
    producer: 'catalog',
    consumers: ['ordering', 'inventory', 'provisioning', 'charging', 'billing', 'receivables'],
  },
  'product.activated.v1': { producer: 'ordering', consumers: ['charging', 'billing', 'receivables'] },
  'product.terminated.v1': { producer: 'ordering', consumers: ['charging', 'billing', 'receivables'] },
  'product.suspended.v1': { producer: 'ordering', consumers: ['charging', 'billing', 'receivables'] },
  'product.resumed.v1': { producer: 'ordering', consumers: ['charging', 'billing', 'receivables'] },
  'product.changed.v1': { producer: 'ordering', consumers: ['charging', 'billing', 'receivables'] },
  'order.completed.v1': { producer: 'ordering', consumers: [] },
  'order.failed.v1': { producer: 'ordering', consumers: ['charging', 'receivables'] },
  'order.cancelled.v1': { producer: 'ordering', consumers: ['charging', 'receivables'] },
  'resource.assigned.v1': { producer: 'inventory', consumers: [] },
  'resource.released.v1': { producer: 'inventory', consumers: [] },
  'service-order.completed.v1': { producer: 'provisioning', consumers: ['ordering'], reply: true },
  'service-order.failed.v1': { producer: 'provisioning', consumers: ['ordering'], reply: true },
  'usage-totals.published.v1': { producer: 'charging', consumers: ['billing'] },
  'usage-source.closed.v1': { producer: 'charging', consumers: ['billing'] },
  'consumption.posted.v1': { producer: 'charging', consumers: ['billing', 'receivables'] },
  'consumption.closed.v1': { producer: 'charging', consumers: ['billing'] },
  'prepaid-fee.debited.v1': { producer: 'charging', consumers: ['billing'] },
  'balance-notice.raised.v1': { producer: 'charging', consumers: [] },
  'bill.published.v1': { producer: 'billing', consumers: ['receivables'] },
  'prepaid-statement.published.v1': { producer: 'billing', consumers: ['receivables'] },
  'payment.received.v1': { producer: 'receivables', consumers: [] },
  'dunning-step.reached.v1': { producer: 'receivables', consumers: [] },
};

/** Who may give a command; `edge` is a person or partner through an API. */
export const commandFlow: Record<
  CommandName,
  { owner: DomainName; givenBy: readonly (DomainName | 'edge')[] }
> = {
  'catalog.applyDocuments': { owner: 'catalog', givenBy: ['edge'] },
  'ordering.placeOrder': { owner: 'ordering', givenBy: ['edge', 'charging', 'receivables'] },
  'inventory.holdResources': { owner: 'inventory', givenBy: ['ordering'] },
  'inventory.confirmResources': { owner: 'inventory', givenBy: ['ordering'] },
  'inventory.releaseResources': { owner: 'inventory', givenBy: ['ordering'] },
  'inventory.returnResources': { owner: 'inventory', givenBy: ['ordering'] },
  'provisioning.placeServiceOrder': { owner: 'provisioning', givenBy: ['ordering'] },
  'provisioning.cancelServiceOrder': { owner: 'provisioning', givenBy: ['ordering'] },
  'charging.topUp': { owner: 'charging', givenBy: ['receivables'] },
  'charging.settleStatement': { owner: 'charging', givenBy: ['billing'] },
  'charging.grantUnits': { owner: 'charging', givenBy: ['edge', 'receivables'] },
  'billing.chargeOnce': { owner: 'billing', givenBy: ['edge', 'receivables', 'ordering'] },
};

/** Who may ask a read port. */
export const queryFlow: Record<QueryName, { owner: DomainName; askedBy: readonly (DomainName | 'edge')[] }> =
  {
    'customer.getCustomer': { owner: 'customer', askedBy: ['ordering'] },
    'customer.getAccount': { owner: 'customer', askedBy: ['ordering', 'charging'] },
    'catalog.resolveDraft': { owner: 'catalog', askedBy: ['charging', 'edge'] },
    'charging.listSources': { owner: 'charging', askedBy: ['billing'] },
    'charging.explainTotal': { owner: 'charging', askedBy: ['billing', 'edge'] },
    'billing.getBillLines': { owner: 'billing', askedBy: ['receivables'] },
    'receivables.getBillDues': { owner: 'receivables', askedBy: ['billing'] },
  };
