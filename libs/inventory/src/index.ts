export { inventoryDomain } from './inventory.domain';
