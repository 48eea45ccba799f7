import { billingDomain } from '@ronghe/billing';
import { catalogDomain } from '@ronghe/catalog';
import { chargingDomain } from '@ronghe/charging';
import { customerDomain } from '@ronghe/customer';
import { identityDomain } from '@ronghe/identity';
import { inventoryDomain } from '@ronghe/inventory';
import { orderingDomain } from '@ronghe/ordering';
import type { DomainManifest } from '@ronghe/platform';
import { provisioningDomain } from '@ronghe/provisioning';
import { receivablesDomain } from '@ronghe/receivables';

/** Every domain of the operator, in the order in which facts flow: what a full installation runs. */
export const allDomains: readonly DomainManifest[] = [
  identityDomain,
  customerDomain,
  catalogDomain,
  orderingDomain,
  inventoryDomain,
  provisioningDomain,
  chargingDomain,
  billingDomain,
  receivablesDomain,
];
