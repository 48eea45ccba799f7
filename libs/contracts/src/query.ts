import type { BillingQueries } from './billing';
import type { CatalogQueries } from './catalog';
import type { ChargingQueries } from './charging';
import type { CustomerQueries } from './customer';
import type { ReceivablesQueries } from './receivables';

/** The few read ports that cannot wait for a projection. */
export interface Queries
  extends CustomerQueries, CatalogQueries, ChargingQueries, BillingQueries, ReceivablesQueries {}

export type QueryName = keyof Queries;
export type QueryInput<N extends QueryName> = Queries[N]['input'];
export type QueryAnswer<N extends QueryName> = Queries[N]['answer'];
