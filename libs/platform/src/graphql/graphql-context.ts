import DataLoader from 'dataloader';
import type { Actor } from '@ronghe/contracts';
import { requestContext } from '../context/request-context';

/** What every resolver of one request shares, over all subgraphs in a process. */
export interface GraphQLContext {
  actor: Actor | null;
  traceId: string;
  loaders: Map<string, DataLoader<unknown, unknown>>;
}

/** A fresh context for the running request. */
export function newGraphQLContext(): GraphQLContext {
  const { actor, traceId } = requestContext();
  return { actor, traceId, loaders: new Map() };
}

/**
 * A request's loader of this name, made at first use: single look-ups become one batch.
 * `load` returns values in the order of the keys, null where there is none.
 */
export function loaderOf<K, V>(
  context: GraphQLContext,
  name: string,
  load: (keys: readonly K[]) => Promise<readonly (V | null)[]>,
): DataLoader<K, V | null> {
  const known = context.loaders.get(name);
  if (known) return known as DataLoader<K, V | null>;
  const made = new DataLoader<K, V | null>(load, { maxBatchSize: 500 });
  context.loaders.set(name, made as DataLoader<unknown, unknown>);
  return made;
}
