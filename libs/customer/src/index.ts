export { customerDomain } from './customer.domain';
