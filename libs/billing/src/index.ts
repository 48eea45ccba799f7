export { billingDomain } from './billing.domain';
