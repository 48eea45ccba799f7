export { orderingDomain } from './ordering.domain';
