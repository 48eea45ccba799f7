import type { UsageSourcePolicy } from '@ronghe/contracts';

/**
 * Columns that no file has: what a client says of start and type where the mapping derives these and the client does not
 * give what they are derived from.
 */
export const postedColumns = { start: 'usageDate of TMF635', type: 'usageType of TMF635' } as const;

/** The column whose value, where there is one, stands for a derived one. */
export function insteadOf({ columns }: Pick<UsageSourcePolicy, 'columns'>, derived: string): string | null {
  if (derived === columns.start) return postedColumns.start;
  return derived === columns.type ? postedColumns.type : null;
}
