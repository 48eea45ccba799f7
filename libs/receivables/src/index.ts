export { receivablesDomain } from './receivables.domain';
