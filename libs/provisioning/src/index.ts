export { provisioningDomain } from './provisioning.domain';
