import type { ChargingQueries } from './charging';
import type { CustomerQueries } from './customer';

/** The few read ports that cannot wait for a projection. */
export interface Queries extends CustomerQueries, ChargingQueries {}

export type QueryName = keyof Queries;
export type QueryInput<N extends QueryName> = Queries[N]['input'];
export type QueryAnswer<N extends QueryName> = Queries[N]['answer'];
