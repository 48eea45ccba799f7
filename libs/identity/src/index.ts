export { identityDomain } from './identity.domain';
