export { publishFact } from './publish-fact';
export * from './start-operator';
export * from './test-database';
export * from './spawn-app';
export * from './spawn-operator';
