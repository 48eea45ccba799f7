export { chargingDomain } from './charging.domain';
