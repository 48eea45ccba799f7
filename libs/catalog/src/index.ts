export { catalogDomain } from './catalog.domain';
